"""What every search engine does here, whichever it is: run on SQLite it is Whoosh, on PostgreSQL PostgreSQL itself."""

from collections.abc import Iterable

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.search import work
from app.search.documents import Document, Entry
from app.search.engine import Engine, IndexNotReady, Within
from app.search.words import read
from policies.searching import Audience, Kind, misspellings

pytestmark = pytest.mark.both

PUBLIC, MEMBERS = Within([Audience.PUBLIC]), Within(list(Audience))


def document(
    row_id: int,
    title: str,
    text: str,
    kind: Kind = Kind.PLANK,
    audience: Audience = Audience.PUBLIC,
    theme: str = "housing",
) -> Document:
    return Document(Entry(kind, row_id, f"plank:{row_id}", audience, theme, f"{title}:{text}"[:40]), title, text)


HOMES = document(1, "P1\nWarm homes", "Every home must be insulated by 2030, says Zoë. It isn't much: O'Brien's fund.")
BUSES = document(2, "P2\nBuses that run", "Every village has a bus. No bus leaves early.", theme="transport")
TREES = document(3, "P3\nTrees", "A bus, a bus, and trees; well-being and הביתה of children, ﾞ.")
CHANGED = document(4, "P1-A1", "Every home must be insulated by Michaelmas.", Kind.AMENDMENT)
WAITING = document(5, "Homes on boats", "A home can float.", audience=Audience.MEMBERS)
ALL = (HOMES, BUSES, TREES, CHANGED, WAITING)


@pytest.fixture
def engine(app: Flask) -> Engine:
    """An index of five texts."""
    made = work.engine()
    assert made.rebuild(iter(ALL)) == len(ALL)
    return made


def found(engine: Engine, words: str, within: Within = PUBLIC, *, every: bool = True, limit: int = 50) -> list[int]:
    """The numbers of what is found, the best first."""
    return [int(hit.key.partition(":")[2]) for hit in engine.find(read(words), within, limit, every=every)]


FOUND: dict[str, set[int]] = {
    "home HOMES": {1, 4},
    "insulate": {1, 4},
    "zoe": {1},
    "Zoë": {1},
    "isn't": {1},
    "o’brien": {1},
    "buses": {2, 3},
    "child": {3},
    "הביתה": {3},
    "bus leaves": {2},
    '"bus leaves"': {2},
    '"leaves bus"': set(),
    '"and trees"': {3},
    '"trees a"': set(),
    "well-being": {3},
    "being-well": set(),
    "bus -trees": {2},
    'home -"by michaelmas"': {1},
    "P2": {2},
    "2030": {1},
    "zebra": set(),
    "hom*": set(),
    "trees michaelmas": set(),
}


def test_texts_are_found_by_their_words(engine: Engine) -> None:
    assert {words: set(found(engine, words)) for words in FOUND} == FOUND


def test_some_of_the_words_will_do_where_that_is_asked_for(engine: Engine) -> None:
    assert set(found(engine, "trees michaelmas zebra", every=False)) == {3, 4}
    assert found(engine, "trees michaelmas -bus", every=False) == [4]


def test_titles_come_before_texts_and_what_stands_before_what_may_be(engine: Engine) -> None:
    assert found(engine, "bus")[0] == 2
    assert found(engine, "home") == [1, 4]
    assert found(engine, "home", limit=1) == [1]


def test_kinds_themes_and_audiences_bound_what_is_found(engine: Engine) -> None:
    assert set(found(engine, "home", MEMBERS)) == {1, 4, 5}
    assert found(engine, "home", Within([Audience.PUBLIC], Kind.AMENDMENT)) == [4]
    assert found(engine, "bus", Within([Audience.PUBLIC], theme="transport")) == [2]


def test_what_members_alone_may_find_moves_nothing_of_what_everybody_finds(engine: Engine) -> None:
    before = engine.find(read("home bus"), PUBLIC, 50, every=False)
    with engine.writing() as writer:
        writer.replace(["plank:6"], [document(6, "Home home bus", "Home bus home.", audience=Audience.MEMBERS)])
    assert engine.find(read("home bus"), PUBLIC, 50, every=False) == before


def test_titles_are_completed_in_any_order_of_words(engine: Engine) -> None:
    def completed(complete: Iterable[str], beginning: str, within: Within = PUBLIC) -> list[str]:
        return [hit.key for hit in engine.beginning(list(complete), beginning, within, 8)]

    assert completed([], "ho") == ["plank:1"]
    assert completed(["homes"], "wa") == ["plank:1"]
    assert completed(["homes"], "bu") == []
    assert completed([], "insul") == []
    assert completed([], "boa", MEMBERS) == ["plank:5"]
    assert completed([], "boa") == []


def test_spelled_words_are_told_from_those_that_are_not_the_most_usual_first(engine: Engine) -> None:
    assert engine.spelled(["trees", "bus", "buss", "insul", "o'brien"], PUBLIC) == ["bus", "o'brien", "trees"]
    assert engine.spelled(misspellings("insualted"), PUBLIC) == ["insulated"]
    assert engine.spelled(["boats"], PUBLIC) == []
    assert engine.spelled(["boats"], MEMBERS) == ["boats"]


def test_a_plank_is_replaced_whole_and_forgotten_whole(engine: Engine) -> None:
    with engine.writing() as writer:
        writer.replace(["plank:1", "plank:2"], [document(1, "Cold homes", "A zebra.")])
    assert (found(engine, "insulated zoe"), found(engine, "village"), found(engine, "zebra")) == ([], [], [1])
    with engine.writing() as writer:
        writer.replace(["plank:5"], [document(5, "Homes on boats", "A home can float.")])
    assert 5 in found(engine, "float")
    assert set(engine.digests()) == {"plank:1", "plank:3", "amendment:4", "plank:5"}


def test_a_writer_that_fails_leaves_the_index_as_it_was(engine: Engine) -> None:
    def write_and_fail() -> None:
        with engine.writing() as writer:
            writer.replace(["plank:1"], [])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert found(engine, "zoe") == [1]


def test_without_an_index_every_question_says_so(app: Flask) -> None:
    engine = work.engine()
    assert not engine.is_ready()
    for ask in (
        lambda: engine.find(read("home"), PUBLIC, 1),
        lambda: engine.beginning([], "ho", PUBLIC, 1),
        lambda: engine.spelled(["home"], PUBLIC),
        engine.digests,
    ):
        with pytest.raises(IndexNotReady):
            ask()
    assert engine.rebuild([]) == 0
    assert engine.is_ready()
    assert found(engine, "home") == []


@given(st.text(max_size=200))
@example('"""')
@example("a AND OR NOT (b")
@example("title:homes text:* [a TO b] 'x' & !y | z <-> \\")
@example("~~^^2 -+ \\ / {} <>")
@example("'' o''brien \\' it\\'s ::tsquery 'a':* ")
@example("\x00\ud800")
@example("ﾞ home")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_is_typed_is_no_error(engine: Engine, words: str) -> None:
    asked = read(words)
    if asked.wanted:
        assert set(found(engine, words)) <= {1, 2, 3, 4}
        engine.spelled(asked.loose, PUBLIC)
        engine.beginning(asked.loose, asked.wanted[0][0], PUBLIC, 5)
