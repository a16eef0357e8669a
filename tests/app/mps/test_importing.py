"""Reading the register: a diff that is shown and confirmed, all of it or nothing, and nothing twice."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit import queries as record
from app.extensions import db
from app.models import AuditRow, Mp, Position, RegisterImport
from app.mps import importing, register
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.positions import PositionKind, PositionState
from tests import builders
from tests.app.reading import main_of

HEAD = ("person_id", "name", "gender", "party", "gss", "constituency")
ANN = ("p/1", "Dame Ann Example", "F", "Labour", "E14000001", "Stone, Wold and Fen")
BOB = ("p/2", "Bob Éxample", "M", "Green Party", "S14000002", "Ynys Môn")
CAT = ("p/3", "Cat Example", "F", "Alliance of Cats", "E14000003", "Eastwold")
VACANT = ("", "", "", "", "E14000004", "Westwold")


def written(path: Path, rows: Sequence[Sequence[str]], *, mark: bool = False, head: Sequence[str] = HEAD) -> Path:
    """A register as a file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *rows])
    path.write_text(text.getvalue(), encoding="utf-8-sig" if mark else "utf-8", newline="")
    return path


def take_in(app: Flask, path: Path, *options: str, answer: str | None = None) -> Result:
    """Run the command."""
    return app.test_cli_runner().invoke(args=["mps", "import", str(path), *options], input=answer)


def mps() -> list[Mp]:
    """Every MP by the register's id."""
    return list(db.session.scalars(select(Mp).order_by(Mp.register_id)))


def acts() -> list[str]:
    """What the record says was done, in order."""
    return list(db.session.scalars(select(AuditRow.act).order_by(AuditRow.id)))


def test_the_real_register_is_taken_in_with_a_report_of_what_it_met_and_twice_changes_nothing(
    app: Flask, shared: Path, tmp_path: Path, client: FlaskClient
) -> None:
    real = shared / "data" / "mps" / "mps.csv"
    done = take_in(app, real, "--yes")
    assert done.exit_code == 0
    assert "650 rows: 403 Labour (of whom 42 Labour and Co-operative), 72 Liberal Democrats, 5 Green" in done.output
    assert "Unknown" not in done.output
    assert len(acts()) == 651
    marked = tmp_path / "marked.csv"
    marked.write_bytes(b"\xef\xbb\xbf" + real.read_bytes())
    assert "Nothing has changed" in take_in(app, marked, "--yes").output
    assert len(acts()) == 651
    page = main_of(client.get("/mps?q=ynys+mon"))
    assert "Ynys Môn" in page
    assert "Contains Parliamentary information licensed under the Open Parliament Licence v3.0." in page


def test_what_changes_is_shown_and_only_a_yes_takes_it_in(app: Flask, tmp_path: Path) -> None:
    path = written(tmp_path / "mps.csv", [ANN, BOB, CAT, VACANT], mark=True)
    for answer in ("n\n", ""):
        refused = take_in(app, path, answer=answer)
        assert (refused.exit_code, mps(), acts()) == (1, [], [])
        assert "Not confirmed; nothing was imported." in refused.output
    done = take_in(app, path, answer="y\n")
    assert done.exit_code == 0
    for words in (
        "4 rows: 1 Labour, 0 Liberal Democrats, 0 Green Party of England and Wales, 2 of no group’s party",
        "Unknown party: “Alliance of Cats” (1). It is kept as written and counts for no group.",
        "Vacant seat: Westwold (E14000004).",
        "Bob Éxample (Ynys Môn), “Green Party”, is taken for Scottish Greens, a party of its own.",
        "this file has 4 rows",
        "3 new:\n  Dame Ann Example, Labour, Stone, Wold and Fen",
    ):
        assert words in done.output
    assert [(mp.name, mp.party, mp.party_group) for mp in mps()] == [
        ("Dame Ann Example", "Labour", "labour"),
        ("Bob Éxample", "Green Party", None),
        ("Cat Example", "Alliance of Cats", None),
    ]
    assert acts() == ["MP came"] * 3 + ["register imported"]


def test_who_left_changed_or_swapped_seats_is_told_by_the_id_and_nobody_is_deleted(app: Flask, tmp_path: Path) -> None:
    path = written(tmp_path / "mps.csv", [ANN, BOB, CAT])
    take_in(app, path, "--yes")
    dan = ("p/4", "Cat Example", "F", "Labour", *CAT[4:])
    swapped = [("p/1", "Ann Other", "F", "Independent", *BOB[4:]), (*BOB[:4], *ANN[4:]), dan]
    done = take_in(app, written(path, swapped), "--yes")
    for words in (
        "1 no longer in the register",
        "Cat Example (Eastwold) has another person_id: taken for another person without positions.",
        "Ann Other: Labour → Independent",
        "Ann Other: Dame Ann Example → Ann Other",
        "Ann Other: Stone, Wold and Fen (E14000001) → Ynys Môn (S14000002)",
    ):
        assert words in done.output
    assert [(mp.name, mp.seat, mp.is_sitting) for mp in mps()] == [
        ("Ann Other", "Ynys Môn", True),
        ("Bob Éxample", "Stone, Wold and Fen", True),
        ("Cat Example", "Eastwold", False),
        ("Cat Example", "Eastwold", True),
    ]
    back = [swapped[0], swapped[1], CAT]
    done = take_in(app, written(path, back), "--yes")
    assert "1 back in the House, with no position yet:\n  Cat Example" in done.output
    assert [mp.is_sitting for mp in mps()] == [True, True, True, False]
    assert acts()[4:] == [
        *("MP left", "MP changed", "MP changed", "MP came", "register imported"),
        *("MP left", "MP returned", "register imported"),
    ]
    with transaction():
        assert record.verify().fault == ""


def test_a_register_under_other_ids_is_remarked_on_before_it_is_confirmed(app: Flask, tmp_path: Path) -> None:
    take_in(app, written(tmp_path / "mps.csv", [ANN]), "--yes")
    done = take_in(app, written(tmp_path / "mps.csv", [("4359", *ANN[1:])]), answer="n\n")
    assert "Nobody in this file is known by the person_id it gives." in done.output


def test_the_made_up_are_no_part_of_the_register(app: Flask, tmp_path: Path) -> None:
    plank_id, mp = builders.open_plank(), builders.mp()
    position_id = builders.position(plank_id, mp)
    done = take_in(app, written(tmp_path / "mps.csv", [ANN]), "--yes")
    assert "no longer" not in done.output
    assert db.session.get_one(Mp, mp.mp_id).is_sitting
    assert db.session.get_one(Position, position_id).state is PositionState.CONFIRMED
    assert db.session.get_one(Position, position_id).kind is PositionKind.SUPPORTS


def test_everything_wrong_is_said_with_its_line_and_nothing_is_taken_in(app: Flask, tmp_path: Path) -> None:
    rows = [ANN, ("p/2", "", "F", "Labour", "E1400000", "East"), ("p/1", "Bob", "M", "Labour", ANN[4], ""), ("p/9",)]
    refused = take_in(app, written(tmp_path / "mps.csv", rows), "--yes")
    assert refused.exit_code == 1
    assert [line.split(":", 1)[1] for line in refused.output.splitlines()[:-1]] == [
        "3: Fill in name: it is empty.",
        "3: Write gss as the code of a seat of the Commons, such as E14001063; “E1400000” is none.",
        "4: Fill in constituency: it is empty.",
        "4: Line 2 has the same person_id. Keep one of the two.",
        "4: Line 2 has the same gss. Keep one of the two.",
        "5: This row has 1 cells and the head has 6. Put cells that hold a comma in double quotes.",
    ]
    assert refused.output.endswith("Error: 6 to mend; nothing was imported.\n")
    assert (mps(), acts()) == ([], [])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "1: The first line does not name the columns person_id, name, party, gss, constituency."),
        (b"Seat;Member\nx;y\n", "1: The first line does not name the columns"),
        (b"person_id,name,party,gss\n", "1: The first line does not name the column constituency."),
        (b"person_id,name,name,party,gss,constituency\n", "1: The column name is there twice."),
        (b"person_id,name,party,gss,constituency\n", "1: No row follows"),
        (b"person_id,name,party,gss,constituency\np,Si\xe2n,x,y,z\n", "2: Save the file as UTF-8"),
        (b'person_id,name,party,gss,constituency\np,"a"b,x,y,z\n', "2: This line is not CSV"),
        (b"x" * (4 * 1024 * 1024 + 1), "1: This file has more than 4 MB"),
    ],
)
def test_a_file_of_another_shape_is_refused_in_words(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(register.RegisterRefused, match=f":{fault}"):
        register.read(path)
    for missing in (tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(register.RegisterRefused, match=r":1: This (is a folder|file cannot be read)"):
            register.read(missing)


def test_an_import_that_no_longer_is_what_was_shown_is_refused(app: Flask, tmp_path: Path) -> None:
    found = register.read(written(tmp_path / "mps.csv", [ANN]))
    with transaction():
        shown = importing.plan(found)
    with transaction():
        importing.take_in(found, shown)
    with pytest.raises(RuleBroken, match="Another import has changed the MPs"), transaction():
        importing.take_in(found, shown)
    with transaction():
        # Asked again with nothing left to change, it writes nothing.
        importing.take_in(found, importing.plan(found))
    assert db.session.query(RegisterImport).count() == 1
