"""The search index follows the database, mends itself, and takes whatever people type."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.desk.ticking import tick
from app.rulings import service as rulings
from app.search import index, service
from app.search.index import Entry, IndexNotReady
from app.web.transactions import transaction
from policies.groups import GROUP_KEYS
from tests import builders, many

HOMES = Entry("P1 1", "Warm homes", "Every home must be insulated by 2030, says Zoë.", "a")
BUSES = Entry("P2 2", "Buses that run", "Every village has a bus. No bus leaves early.", "b")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two planks."""
    made = tmp_path / "search"
    index.rebuild(made, {1: HOMES, 2: BUSES})
    return made


@pytest.fixture(scope="module")
def kept_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, for tests that only read."""
    made = tmp_path_factory.mktemp("kept") / "search"
    index.rebuild(made, {1: HOMES, 2: BUSES})
    return made


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("home", [1]),
        ("HOMES", [1]),
        ("insulate", [1]),
        ("zoe", [1]),
        ("Zoë", [1]),
        ("buses", [2]),
        ("bus homes", [2, 1]),
        ('"bus leaves"', [2]),
        ('"leaves bus"', []),
        ("“bus leaves”", [2]),
        ("P2", [2]),
        ("1", [1]),
        ("zebra", []),
        ("the", []),
        ("2030", [1]),
    ],
)
def test_planks_are_found_by_their_words(kept_folder: Path, words: str, found: list[int]) -> None:
    assert sorted(index.find(kept_folder, words)) == sorted(found)


def test_a_title_weighs_more_than_a_text(folder: Path) -> None:
    index.update(folder, {3: Entry("P3 3", "Trees", "A bus, a bus, and trees.", "c")}, set())
    assert index.find(folder, "bus")[0] == 2


@given(st.text(max_size=200))
@example('"""')
@example("a AND OR NOT (b")
@example("title:homes text:* [a TO b]")
@example("~~^^2 -+ \\ / {} <>")
@example('"a b"~99999999999999')
@example("*" * 200)
@example("\x00\ud800")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_no_error(kept_folder: Path, words: str) -> None:
    assert set(index.find(kept_folder, words)) <= {1, 2}


def test_signs_of_other_search_engines_mean_nothing_here(kept_folder: Path) -> None:
    assert index.find(kept_folder, "hom*") == []
    assert index.find(kept_folder, "title:warm AND homes") == [1]


def test_without_an_index_nothing_can_be_found_for_now(tmp_path: Path) -> None:
    with pytest.raises(IndexNotReady):
        index.find(tmp_path / "nowhere", "homes")


def break_files(folder: Path) -> None:
    """Write rubbish over every file of the index."""
    for path in folder.iterdir():
        path.write_bytes(b"\x80rubbish" * 20)


def break_some(folder: Path) -> None:
    """Lose the segments and keep the table of contents."""
    for path in folder.glob("*.seg"):
        path.unlink()


def empty(folder: Path) -> None:
    """Delete the folder."""
    shutil.rmtree(folder)


# The library forgets to close what it cannot read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("harm", [break_files, break_some, empty])
def test_a_broken_index_is_made_anew_by_the_next_refresh(app: Flask, tmp_path: Path, harm: object) -> None:
    folder = tmp_path / "search"
    [plank_id] = many.planks(1)
    assert service.refresh(folder) == 1
    harm(folder)  # type: ignore[operator]
    with pytest.raises(IndexNotReady):
        index.find(folder, "homes")
    assert service.refresh(folder) == 1
    assert index.find(folder, "homes") == [plank_id]


def test_a_refresh_writes_only_what_has_changed(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    plank_ids = many.planks(5)
    assert [service.refresh(folder), service.refresh(folder)] == [5, 0]
    many.newer_versions(plank_ids[:2])
    many.planks(1, first=6)
    assert [service.refresh(folder), service.refresh(folder)] == [3, 0]


def test_the_clock_keeps_the_index_true_to_the_database(app: Flask) -> None:
    folder: Path = app.config["SETTINGS"].index_folder
    plank_id = builders.open_plank(title="Zebra crossings")
    tick()
    assert index.find(folder, "zebra") == [plank_id]
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "Michaelmas")
    assert index.find(folder, "michaelmas") == []
    builders.pass_time(hours=73)
    assert index.find(folder, "michaelmas") == [plank_id]
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(plank_id), "It is done.", by=clerk)
    tick()
    assert index.find(folder, "zebra") == []


def test_only_public_words_are_indexed(app: Flask) -> None:
    mover = builders.member("green")
    builders.draft(mover, title="Zebra crossings")
    builders.submitted(mover, title="Zebra crossings")
    builders.seconded(mover, title="Zebra crossings")
    tick()
    assert index.known(app.config["SETTINGS"].index_folder) == {}


def test_a_fault_of_the_index_does_not_stop_the_clock(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.config["SETTINGS"].index_folder = Path(__file__)
    plank_id = builders.submitted(builders.member("green"))
    builders.pass_time(days=61)
    assert builders.plank(plank_id).stage == "lapsed"
    assert "The search index was not refreshed" in caplog.text


def test_the_index_can_be_rebuilt_by_hand(app: Flask) -> None:
    plank_ids = many.planks(2)
    printed = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert printed.output == "2 planks indexed.\n"
    assert sorted(index.find(app.config["SETTINGS"].index_folder, "homes")) == plank_ids


def test_the_old_index_answers_while_the_new_one_is_made(folder: Path) -> None:
    with index.open_index(folder).searcher() as searcher:
        index.rebuild(folder, {2: BUSES})
        assert searcher.doc_count() == 2
    assert index.known(folder) == {2: "b"}
