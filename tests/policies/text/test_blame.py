"""Who changed this: every unit has one origin, and every change of it is there, in order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.text.blame import Act, History, Step, blame, history_of
from policies.text.render import plain_with_marks
from policies.text.units import Document, Unit
from tests.policies.text.strategies import PLANK_TEXTS, amended

HOMES = "Every home must be warm by 2030. The state pays for the work on it."
RAIL = "A night train must run every evening."


def shown(unit: Unit) -> str:
    """The words of a unit."""
    return plain_with_marks(unit.markdown, targets=True)


def chain(*texts: str) -> list[tuple[Unit, ...]]:
    """The units of some wordings, each with the ids of the one before."""
    units: list[tuple[Unit, ...]] = [()]
    for text in texts:
        units.append(Document.read("", text, units[-1]).units)
    return units[1:]


def acts_of(versions: list[tuple[Unit, ...]]) -> list[tuple[Act, ...]]:
    """What happened to the first unit of the last of these versions."""
    return [step.acts for step in history_of(versions[-1][0].unit_id, versions).steps]


def told(*texts: str) -> list[list[tuple[int, str]]]:
    """For each unit of the last wording: what happened in which version."""
    versions = chain(*texts)
    histories = blame(versions)
    return [[(step.version, "+".join(step.acts)) for step in histories[unit.unit_id].steps] for unit in versions[-1]]


@pytest.mark.parametrize(
    ("texts", "happened"),
    [
        ((HOMES,), [[(0, "brought")]]),
        ((HOMES, HOMES, f"{RAIL}\n\n{HOMES}"), [[(2, "brought")], [(0, "brought")]]),
        ((HOMES, HOMES.replace("2030", "2035")), [[(0, "brought"), (1, "reworded")]]),
        ((HOMES, HOMES.replace(". The", "; the")), [[(0, "brought"), (1, "editorial")]]),
        ((HOMES, HOMES.replace("warm", "**warm**")), [[(0, "brought"), (1, "marked")]]),
        ((HOMES, f"- {HOMES}"), [[(0, "brought"), (1, "retagged")]]),
        (
            (f"{HOMES}\n\n{RAIL}\n\nThird.", f"{RAIL}\n\nThird.\n\n{HOMES}"),
            [[(0, "brought")], [(0, "brought")], [(0, "brought"), (1, "moved")]],
        ),
    ],
    ids=["first", "new", "reworded", "editorial", "marked", "retagged", "moved"],
)
def test_what_happened_to_each_unit(texts: tuple[str, ...], happened: list[list[tuple[int, str]]]) -> None:
    assert told(*texts) == happened


def test_what_was_split_off_has_the_origin_of_what_it_was_split_off():
    parts = "Every home must be warm by 2030.\n\nThe state pays for the work on it."
    assert sorted(told(HOMES, RAIL + "\n\n" + parts)[1:]) == [
        [(0, "brought"), (1, "reworded")],
        [(0, "brought"), (1, "split")],
    ]


def test_what_was_joined_names_all_that_it_was_made_of():
    versions = chain(f"{HOMES}\n\n{RAIL}", f"{HOMES} {RAIL}")
    (unit,) = versions[-1]
    step = history_of(unit.unit_id, versions).last_worded
    assert (step.acts, [was.markdown for was in step.before]) == ((Act.JOINED,), [HOMES, RAIL])


def test_words_are_found_in_the_middle_of_a_much_longer_unit_and_out_of_it():
    around = ["many more words than these " * 30, "and others after them " * 30]
    short, long = chain(f"{HOMES}\n\n{RAIL}")[0], chain(f"{around[0]} {HOMES} {around[1]}")[0]
    assert acts_of([short[:1], long]) == [(Act.BROUGHT,), (Act.REWORDED,)]
    assert acts_of([long, short[:1]]) == [(Act.BROUGHT,), (Act.SPLIT,)]
    both = chain(f"{around[0]} {HOMES} {RAIL} {around[1]}")[0]
    assert acts_of([short, both]) == [(Act.BROUGHT,), (Act.JOINED,)]


def test_a_few_common_words_prove_nothing():
    assert told("Warm homes.", "Warm homes and schools and trains and ferries and buses and hills.")[-1][-1] in {
        (1, "brought"),
        (1, "reworded"),
    }
    assert told(f"{HOMES} Not so.", f"{HOMES}\n\nNot so.")[1] == [(1, "brought")]


def test_the_last_change_of_words_passes_over_what_leaves_the_words_alone():
    versions = chain(HOMES, HOMES.replace("2030", "2035"), f"- {HOMES.replace('2030', '2035')}")
    history = history_of(versions[-1][0].unit_id, versions)
    assert (history.origin.version, history.last_worded.version, history.steps[-1].version) == (0, 1, 2)
    assert History((Step(0, (Act.BROUGHT,), (), versions[0][0]),)).last_worded.version == 0


@settings(max_examples=settings().max_examples // 2)
@given(st.data(), PLANK_TEXTS)
def test_every_unit_has_one_origin_and_its_changes_are_whole_and_in_order(data: st.DataObject, text: str) -> None:
    documents = [Document.read("", text)]
    for _ in range(data.draw(st.integers(0, 3))):
        documents.append(data.draw(amended(documents[-1])))
    histories = blame([document.units for document in documents])
    assert set(histories) == {unit.unit_id for unit in documents[-1].units}
    for unit in documents[-1].units:
        history = histories[unit.unit_id]
        places = [step.version for step in history.steps]
        assert places == sorted(set(places))
        assert [Act.BROUGHT in step.acts for step in history.steps] == [True] + [False] * (len(places) - 1)
        assert history.steps[-1].after.markdown == unit.markdown
        same = [_words_under(document, unit) == shown(unit) for document in documents[history.origin.version :]]
        if all(same):
            assert history.last_worded == history.origin


def _words_under(document: Document, unit: Unit) -> str:
    """What stood under a unit's id in a version."""
    return next((shown(other) for other in document.units if other.unit_id == unit.unit_id), "")
