"""Writing the platform as files: what is written reads back the same, and nothing else is touched."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app import create_app
from app.config import Settings
from app.extensions import db
from app.models import Plank, Theme, Version
from app.planks import plank_files
from app.planks.exporting import ExportRefused, export_to
from app.planks.importing import Imported, import_folder
from app.web.transactions import transaction
from policies.planks import Stage
from policies.text.canonical import digest, normalise, normalise_title, word_count
from tests import builders
from tests.conftest import SECRET, dispose
from tests.databases import Databases

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def take_in(folder: Path) -> Imported:
    """Import as the command does."""
    with transaction():
        return import_folder(folder)


def hashes() -> dict[str, str]:
    """The shown hash of each plank by its id."""
    planks = db.session.scalars(select(Plank).where(Plank.number.is_not(None)))
    return {plank.key: plank.shown_version.sha256 for plank in planks if plank.shown_version}


@given(
    title=WORDS,
    text=WORDS,
    reason=WORDS,
    theme=st.from_regex(r"[A-Za-z][^\x00-\x1f\ud800-\udfff]{0,20}", fullmatch=True),
)
def test_whatever_is_written_reads_back_the_same(title: str, text: str, reason: str, theme: str) -> None:
    title, text = "T" + normalise_title(title), normalise("A " + text)
    plank = Plank(key="abcdefghjkmn", theme=Theme(name=normalise_title(theme)), reason=normalise(reason))
    version = Version(number=2, minor=1, title=title, text=text, sha256=digest(title, text))
    found, faults = plank_files.read("x.md", plank_files.written(plank, version))
    assert faults == []
    assert found is not None
    assert (found.title, found.text, found.reason) == (title, text, plank.reason)
    assert (found.sha256, found.key, found.theme) == (version.sha256, plank.key, plank.theme.name)


def test_importing_an_export_changes_nothing(app: Flask, copied_texts: Path, tmp_path: Path) -> None:
    known = take_in(copied_texts).new
    out = tmp_path / "out"
    assert export_to(out) == known
    first = contents(out)
    assert take_in(out) == Imported(new=0, known=known)
    assert export_to(out) == known
    assert contents(out) == first


def test_an_export_brings_the_same_words_and_ids_to_an_empty_database(
    app: Flask, shared: Path, copied_texts: Path, tmp_path: Path, databases: Databases
) -> None:
    take_in(shared / "data" / "manifesto" / "planks")
    take_in(copied_texts)
    export_to(tmp_path / "out")
    expected = hashes()
    db.session.remove()
    (tmp_path / "second").mkdir()
    other = create_app(Settings(database_url=databases.fresh(tmp_path / "second"), secret_key=SECRET))
    with other.app_context():
        assert take_in(tmp_path / "out").new == len(expected)
        assert hashes() == expected
        export_to(tmp_path / "again")
        assert contents(tmp_path / "again") == contents(tmp_path / "out")
    dispose(other)


def test_the_agreed_version_is_written_though_a_newer_text_is_worked_on(app: Flask, tmp_path: Path) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    round_id = builders.open_round(plank_id, builders.RoundKind.AMENDMENTS)
    for group in builders.GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, group))
    builders.pass_time(days=7, minutes=1)
    plank = builders.plank(plank_id)
    assert plank.working_version.name == "2"
    assert plank.agreed_version.name == "1"
    export_to(tmp_path)
    written = (tmp_path / "housing" / "warm-homes-for-all.md").read_text(encoding="utf-8")
    assert 'version: "1"' in written
    assert "2030" in written
    assert take_in(tmp_path) == Imported(new=0, known=1)


def test_only_what_everybody_may_read_is_written(app: Flask, tmp_path: Path) -> None:
    mover = builders.member("green")
    builders.draft(mover, title="A draft")
    builders.submitted(mover, title="Seeking seconders")
    builders.seconded(mover, title="Being checked")
    archived = builders.open_plank(title="Archived")
    with transaction():
        builders.plank(archived).stage = Stage.ARCHIVED
    builders.open_plank(title="Open")
    export_to(tmp_path / "out")
    assert list(contents(tmp_path / "out")) == ["housing/open.md"]


def test_two_planks_of_one_title_get_two_files_that_keep_their_names(app: Flask, tmp_path: Path) -> None:
    first = builders.open_plank(title="Warm homes")
    builders.open_plank(title="Warm homes")
    export_to(tmp_path / "before")
    with transaction():
        builders.plank(first).stage = Stage.ARCHIVED
    export_to(tmp_path / "after")
    assert sorted(contents(tmp_path / "before")) == ["housing/warm-homes-p2.md", "housing/warm-homes.md"]
    assert list(contents(tmp_path / "after")) == ["housing/warm-homes-p2.md"]


def test_files_of_others_stay_and_stop_the_export(app: Flask, tmp_path: Path) -> None:
    builders.open_plank(title="Warm homes")
    (tmp_path / "housing").mkdir()
    (tmp_path / "housing" / "notes.md").write_text("My notes.")
    export_to(tmp_path)
    (tmp_path / "housing" / "warm-homes.md").write_text("My own words.")
    with pytest.raises(ExportRefused, match="no export of the same plank"):
        export_to(tmp_path)
    assert (tmp_path / "housing" / "warm-homes.md").read_text() == "My own words."
    assert (tmp_path / "housing" / "notes.md").read_text() == "My notes."


@pytest.mark.parametrize("link", ["housing", "housing/warm-homes.md"])
def test_no_link_leads_an_export_elsewhere(app: Flask, tmp_path: Path, link: str) -> None:
    builders.open_plank(title="Warm homes")
    outside = tmp_path / "outside"
    outside.mkdir()
    place = tmp_path / "out" / link
    place.parent.mkdir(parents=True)
    place.symlink_to(outside)
    with pytest.raises(ExportRefused, match="links are not followed"):
        export_to(tmp_path / "out")
    assert contents(outside) == {}


def test_the_command_says_how_many_were_written_and_exits_with_1_where_none_can_be(app: Flask, tmp_path: Path) -> None:
    builders.open_plank()
    run = app.test_cli_runner()
    done = run.invoke(args=["platform", "export", str(tmp_path / "out")])
    assert (done.exit_code, done.output) == (0, f"1 plank written to {tmp_path / 'out'}.\n")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "housing").write_text("A file.")
    refused = run.invoke(args=["platform", "export", str(tmp_path / "full")])
    assert refused.exit_code == 1
    assert "something else has this name" in refused.stderr


def test_words_of_an_export_are_within_the_limits(app: Flask, copied_texts: Path, tmp_path: Path) -> None:
    take_in(copied_texts)
    export_to(tmp_path / "out")
    for name, content in contents(tmp_path / "out").items():
        found, faults = plank_files.read(name, content)
        assert faults == []
        assert found is not None
        assert 60 <= word_count(found.text) <= 250


def test_where_a_text_was_taken_from_travels_with_it(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "housing"
    folder.mkdir(parents=True)
    head = '---\ntitle: "Warm homes"\ntheme: "Housing"\nsource: "a manifesto, page 3"\nlicence: CC0-1.0\n---\n\n'
    (folder / "warm-homes.md").write_text(head + "Every home must be warm.\n", encoding="utf-8")
    with transaction():
        import_folder(tmp_path / "in")
    export_to(tmp_path / "out")
    written = (tmp_path / "out" / "housing" / "warm-homes.md").read_text(encoding="utf-8")
    assert "a manifesto, page 3" in written
    assert "CC0-1.0" in written
