"""The index follows the database: told by notes that belong to the change, made anew where it is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import jobs
from app.config import Settings
from app.desk.ticking import tick
from app.extensions import db
from app.models import Plank, SearchChange, SearchDocument
from app.planks import service as planks
from app.rulings import service as rulings
from app.search import work
from app.search.in_whoosh import WhooshEngine
from app.web.transactions import transaction
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from tests import builders, many
from tests.app.ballots.test_killed import kill_in_the_middle_of
from tests.searched import drained, proposed


def notes() -> int:
    """How much the index has not been told."""
    with transaction():
        return db.session.scalar(select(func.count()).select_from(SearchChange)) or 0


def archived(plank_id: int) -> None:
    """Clerks of all groups have archived a plank."""
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(plank_id), "It is done.", by=clerk)


def submit_and_fail(plank_id: int, by: Actor) -> None:
    """A plank is submitted, and the transaction fails before its end."""
    with transaction():
        planks.submit(builders.plank(plank_id), by=by)
        db.session.flush()
        assert db.session.scalar(select(func.count()).select_from(SearchChange))
        raise ZeroDivisionError


def is_on_sqlite(app: Flask) -> bool:
    """Whether the index is a folder."""
    return isinstance(work.engine(), WhooshEngine)


def test_each_change_is_noted_in_its_own_transaction_and_told_once(app: Flask) -> None:
    drained()
    mover = builders.member("green")
    with pytest.raises(ZeroDivisionError):
        submit_and_fail(builders.draft(mover), mover)
    assert notes() == 0
    plank_id = builders.open_plank(title="Zebra crossings")
    assert notes() > 0
    assert (drained(), drained(), notes()) == (1, 0, 0)
    assert proposed("zebra") == [f"plank:{plank_id}"]


def test_a_draft_leaves_no_note(app: Flask) -> None:
    builders.draft(builders.member("green"), title="Zebra crossings")
    assert notes() == 0


def test_planks_versions_amendments_and_statements_are_found_and_what_ended_is_not(app: Flask) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, builders.member("labour"), "2030", "Michaelmas")
    builders.statement("green", "We begin with zebras.")
    drained()
    assert proposed("2030") == [f"plank:{plank_id}"]
    assert proposed("michaelmas") == [f"amendment:{amendment_id}"]
    assert proposed("zebras") == ["statement:1"]
    builders.pass_time(hours=73)
    builders.statement("green", "We go on.", seen=1)
    drained()
    assert set(proposed("michaelmas")) == {f"amendment:{amendment_id}", f"plank:{plank_id}"}
    assert proposed("2030") == ["version:1"]
    assert proposed("zebras") == []
    archived(plank_id)
    drained()
    assert proposed("michaelmas 2030", every=False) == []


def test_an_amendment_is_found_by_what_it_changes_and_not_by_what_it_leaves(app: Flask) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, builders.member("labour"), "national fund", "zebra fund")
    drained()
    assert proposed("coldest") == [f"plank:{plank_id}"]
    assert proposed("exact") == [f"amendment:{amendment_id}"]


def break_files(folder: Path) -> None:
    """Write rubbish over every file of the index."""
    for path in folder.iterdir():
        path.write_bytes(b"\x80rubbish" * 20)


def break_some(folder: Path) -> None:
    """Lose the segments and keep the table of contents."""
    for path in folder.glob("*.seg"):
        path.unlink()


# The library forgets to close what it cannot read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("harm", [break_files, break_some, shutil.rmtree])
def test_a_lost_index_is_made_anew_by_itself_while_the_page_says_so(app: Flask, harm: Callable[[Path], None]) -> None:
    folder = work.folder()
    if not is_on_sqlite(app):
        pytest.skip("There the index is a table.")
    [plank_id] = many.planks(1)
    drained()
    harm(folder)
    waited = jobs.waiting() or 0
    page = app.test_client().get("/search?q=homes")
    assert "The search index is being built again" in page.text
    assert "1 text found" in page.text
    tick()
    assert jobs.waiting() == waited + 1
    drained()
    assert proposed("coldest") == [f"plank:{plank_id}"]
    assert "being built again" not in app.test_client().get("/search?q=coldest").text


def test_an_emptied_table_is_filled_again(app: Flask) -> None:
    if is_on_sqlite(app):
        pytest.skip("There the index is a folder.")
    [plank_id] = many.planks(1)
    drained()
    with transaction():
        db.session.query(SearchDocument).delete()
    assert "The search index is being built again" in app.test_client().get("/search?q=homes").text
    drained()
    assert proposed("coldest") == [f"plank:{plank_id}"]


def test_the_clock_asks_the_worker_only_where_there_is_something_to_do(app: Flask) -> None:
    drained()
    tick()
    before = jobs.waiting() or 0
    tick()
    assert jobs.waiting() == before
    many.planks(1)
    tick()
    assert jobs.waiting() == before + 1


def test_a_fault_of_the_index_does_not_stop_the_clock(app: Flask) -> None:
    app.config["SETTINGS"].index_folder = Path(__file__)
    plank_id = builders.submitted(builders.member("green"))
    builders.pass_time(days=61)
    assert builders.plank(plank_id).stage == "lapsed"


def test_the_index_can_be_rebuilt_by_hand(app: Flask) -> None:
    plank_ids = many.planks(2)
    printed = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert printed.output == "2 texts indexed.\n"
    assert set(proposed("coldest")) == {f"plank:{plank_id}" for plank_id in plank_ids}
    assert notes() == 0


def test_a_worker_killed_while_it_writes_loses_nothing(app: Flask, settings: Settings) -> None:
    drained()
    [plank_id] = many.planks(1)
    waiting = notes()
    kill_in_the_middle_of("index", settings)
    assert (notes(), proposed("coldest")) == (waiting, [])
    assert drained() == 1
    assert (notes(), proposed("coldest")) == (0, [f"plank:{plank_id}"])


def test_a_theme_moves_with_its_plank(app: Flask) -> None:
    [plank_id] = many.planks(1)
    drained()
    with transaction():
        db.session.get_one(Plank, plank_id).theme = planks.theme_named("Transport", "transport")
    assert drained() == 1
    assert work.engine().digests()[f"plank:{plank_id}"].startswith("public:transport:")
