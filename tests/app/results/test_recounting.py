"""Counting a round again: from its file by two programs, and from its papers for clerks of two groups."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from app.audit import queries as record
from app.extensions import db
from app.models import AuditRow, Count, CountedPaper, CountedReceipt, Recount
from app.results import service
from app.web.transactions import transaction
from policies.ballots import Choice, Outcome
from policies.errors import RuleBroken
from policies.results import RecountAnswer
from tests import builders
from tests.app.reading import main_of
from tests.app.results.published import published

SCRIPT = Path(__file__).parents[3] / "docs" / "recount.py"


@pytest.fixture
def counted(app: Flask) -> int:
    """A published round with a ballot whose figures show, one with a band, and one that was all but unanimous."""
    return published({"labour": (38, 15, 2), "lib_dem": (20, 9, 3), "green": (53, 1, 0)})


def told(client: FlaskClient) -> dict:
    answer = client.get("/rounds/1/round.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="R1.json"'
    return json.loads(answer.text)


def by_script(path: Path) -> tuple[int, str]:
    """What the script without the service says of a file."""
    ran = subprocess.run([sys.executable, str(SCRIPT), str(path)], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def by_command(app: Flask, path: Path, *options: str) -> tuple[int, str]:
    """What the service's own command says of it."""
    ran = app.test_cli_runner().invoke(args=["ballots", "recount", str(path), *options])
    return ran.exit_code, ran.output


def test_the_script_is_short_enough_to_be_read() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 60


def test_the_file_holds_lists_from_fifty_votes_and_of_other_ballots_what_their_result_says(
    app: Flask, client: FlaskClient, counted: int
) -> None:
    labour, lib_dem, green = told(client)["ballots"]
    assert len(labour["receipts"]) == len(labour["questions"][0]["choices"]) == 55
    assert labour["questions"][0]["figures"] == {"yes": 38, "no": 15, "abstain": 2}
    assert (labour["rules"]["quorum"], labour["rules"]["threshold"], labour["rules"]["strict"]) == ("1/10", "1/2", True)
    assert lib_dem["receipts"] is lib_dem["questions"][0]["figures"] is lib_dem["questions"][0]["choices"] is None
    assert "Carried, with a majority in favour." in lib_dem["questions"][0]["said"]
    assert len(green["receipts"]) == 54
    assert green["questions"][0]["figures"] is green["questions"][0]["choices"] is None
    assert "not the Labour Party" in labour["name"]
    assert "a demonstration" in told(client)["about"]
    assert "/rounds/1/recounts" in main_of(client.get("/rounds/1"))


def test_nothing_of_a_file_is_there_before_publication(app: Flask, client: FlaskClient) -> None:
    builders.open_round(builders.open_plank())
    assert client.get("/rounds/1/round.json").status_code == 409
    assert "not published yet" in main_of(client.get("/rounds/1/recounts"))


ALTERED: dict[str, tuple[int, Callable[[dict], object]]] = {
    "the outcome": (1, lambda of: of["questions"][0].update(outcome="not_carried")),
    "a figure": (1, lambda of: of["questions"][0]["figures"].update(yes=39)),
    "a choice": (1, lambda of: of["questions"][0]["choices"].pop()),
    "a receipt taken away": (1, lambda of: of["receipts"].pop()),
    "the roll": (1, lambda of: of.update(roll=54)),
    "the threshold": (1, lambda of: of["rules"].update(threshold="3/4")),
    "a choice that is none": (2, lambda of: of["questions"][0]["choices"].append("zebra")),
    "a receipt twice": (2, lambda of: of["receipts"].append(of["receipts"][-1])),
    "no roll": (2, lambda of: of.pop("roll")),
    "no rules": (2, lambda of: of.update(rules=None)),
    "a share that is none": (2, lambda of: of["rules"].update(quorum="1/0")),
    "a share that would never end": (2, lambda of: of["rules"].update(quorum="1e999999999")),
}


def test_both_programs_count_the_file_and_refuse_what_was_altered_or_is_none(
    app: Flask, client: FlaskClient, counted: int, tmp_path: Path
) -> None:
    path, whole = tmp_path / "R1.json", client.get("/rounds/1/round.json").text
    path.write_text(whole, encoding="utf-8")
    status, said = by_script(path)
    assert (status, said.split("\n")[:3]) == (
        0,
        ["labour, text: agrees", "lib_dem, text: withheld", "green, text: withheld"],
    )
    status, said = by_command(app, path)
    assert status == 0, said
    assert "labour, text: agrees (carried: 38 yes, 15 no, 2 abstained)" in said
    assert "lib_dem: as published here; its counted papers: agrees" in said
    for what, (expected, change) in ALTERED.items():
        file = json.loads(whole)
        change(file["ballots"][0])
        path.write_text(json.dumps(file), encoding="utf-8")
        assert (by_script(path)[0], by_command(app, path, "--file-alone")[0]) == (expected, expected), what
    for text in ("", "{}", "[]", '{"format": "common-platform-round-1"}', '{"format": "other", "ballots": []}'):
        path.write_text(text, encoding="utf-8")
        assert (by_script(path)[0], by_command(app, path)[0]) == (2, 2), text
    assert by_script(tmp_path / "none.json")[0] == by_command(app, tmp_path / "none.json")[0] == 2


def test_the_command_compares_a_file_with_what_was_published(
    app: Flask, client: FlaskClient, counted: int, tmp_path: Path
) -> None:
    path, file = tmp_path / "R1.json", told(client)
    file["ballots"][1]["questions"][0]["outcome"] = "not_carried"
    path.write_text(json.dumps(file), encoding="utf-8")
    # What is withheld cannot be found out from the file, but here it was published otherwise.
    assert by_script(path)[0] == by_command(app, path, "--file-alone")[0] == 0
    status, said = by_command(app, path)
    assert (status, "lib_dem: differs from what is published here" in said) == (1, True)
    path.write_text(json.dumps({**told(client), "sha256": "0" * 64}), encoding="utf-8")
    status, said = by_command(app, path)
    assert (status, "The file differs from what is published here in: sha256." in said) == (1, True)
    path.write_text(json.dumps({**told(client), "round": 99}), encoding="utf-8")
    status, said = by_command(app, path)
    assert (status, "Round R99 is not published here" in said) == (0, True)


def test_the_command_counts_a_file_without_a_database_too(bare_app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "R1.json"
    rules = {"quorum_mode": "approval", "quorum": "1/10", "threshold": "1/2", "strict": True, "minority": "1/4"}
    question = {"question": "text", "outcome": "carried", "figures": None, "choices": None}
    ballot = {"group": "green", "roll": 9, "rules": rules, "receipts": None, "questions": [question]}
    path.write_text(json.dumps({"format": "common-platform-round-1", "round": 1, "ballots": [ballot]}), "utf-8")
    with bare_app.app_context(), transaction():
        db.session.execute(db.text("ALTER TABLE rounds RENAME TO elsewhere"))
    try:
        status, said = by_command(bare_app, path)
    finally:
        with bare_app.app_context(), transaction():
            db.session.execute(db.text("ALTER TABLE elsewhere RENAME TO rounds"))
    assert (status, "cannot be read, so only the file was counted" in said) == (0, True)


def agree(group: str) -> Recount:
    """A new clerk of a group agrees to a recount of round 1."""
    by = builders.clerk(group)
    with transaction():
        return service.agree_to_recount(builders.a_round(1), by=by)


@pytest.mark.both
def test_clerks_of_two_groups_have_a_round_recounted_and_everybody_reads_the_one_word(
    app: Flask, client: FlaskClient, counted: int, no_tokens: None
) -> None:
    builders.sign_in(client, builders.clerk("green"))
    page = main_of(client.post("/rounds/1/recount", follow_redirects=True))
    assert "It runs as soon as a clerk of another group agrees." in page
    assert "Agree to the recount" not in page
    assert client.post("/rounds/1/recount").status_code == 409
    assert "Ask for" not in main_of(app.test_client().get("/rounds/1/recounts"))
    builders.sign_in(client, builders.clerk("labour"))
    desk = main_of(client.get("/clerk"))
    assert "Asked for by a clerk of the Compass Green group on" in desk
    assert "/rounds/1/recounts" in desk
    assert "Agree to the recount" in main_of(client.get("/rounds/1/recounts"))
    assert "it agrees with what was published" in main_of(client.post("/rounds/1/recount", follow_redirects=True))
    shown = main_of(app.test_client().get("/rounds/1/recounts"))
    assert "for clerks of the Compass Green group and the Compass Labour group: agrees with what was" in shown
    rows = db.session.scalars(select(AuditRow).where(AuditRow.subject == "recounts").order_by(AuditRow.id)).all()
    assert [(row.act, row.by_group, row.details) for row in rows] == [
        ("recount asked for", "green", {"round": 1}),
        ("round recounted", "labour", {"round": 1, "answer": "agrees"}),
    ]
    assert record.verify().fault == ""


def test_a_recount_of_papers_that_were_altered_says_that_it_differs(app: Flask, counted: int) -> None:
    one_receipt = select(CountedReceipt.receipt).limit(1).scalar_subquery()
    altered = (
        update(CountedPaper).where(CountedPaper.choice == Choice.NO).values(choice=Choice.YES),
        update(CountedPaper).values(question="A9"),
        update(Count).where(Count.yes == 20).values(outcome=Outcome.NOT_CARRIED),
        update(Count).where(Count.yes == 20).values(yes=21),
        delete(CountedReceipt).where(CountedReceipt.receipt == one_receipt),
    )
    for one in altered:
        db.session.execute(one, execution_options={"synchronize_session": False})
        db.session.expire_all()
        assert service.answer_of(builders.a_round(counted)) is RecountAnswer.DIFFERS
        db.session.rollback()
    assert service.answer_of(builders.a_round(counted)) is RecountAnswer.AGREES


def test_before_publication_nothing_is_recounted(app: Flask) -> None:
    builders.open_round(builders.open_plank())
    with pytest.raises(RuleBroken):
        agree("green")
