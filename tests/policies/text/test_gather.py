"""Putting clauses of several texts together: no word is lost, and no clause is said to come from the wrong text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.text.gather import Taken, gather, origins, read_gathered, take
from policies.text.units import Kind, Unit, read_units
from tests.policies.text.strategies import ANY_TEXT, PLANK_TEXTS

HOMES, RAIL = 1, 2


def everything(texts: dict[int, str]) -> tuple[dict[int, tuple[Unit, ...]], list[Taken]]:
    """The units of some texts, and all of them taken, one text after the other."""
    units = {source: read_units(text) for source, text in texts.items()}
    chosen = [(source, unit.unit_id) for source, found in units.items() for unit in found]
    return units, take(chosen, units)


def came_from(taken: list[Taken], text: str) -> list[tuple[int, str, bool] | None]:
    """For each unit of an edited text: its source, its clause there and whether it was edited; None for new words."""
    units = read_gathered(taken, "", text).units
    found = origins(units, taken)
    return [
        (found[unit.unit_id].source, found[unit.unit_id].unit.clause, found[unit.unit_id].is_edited)
        if unit.unit_id in found
        else None
        for unit in units
    ]


def test_clauses_stand_in_the_order_chosen_each_as_what_it_was():
    texts = {
        HOMES: "# Homes\n\nEvery home must be warm.\n\n"
        "1. Coldest first\n   - those with children\n2. Then the rest\n\n   and no later",
        RAIL: "> A fair fare.\n\n- Night trains\n- Day trains",
    }
    units, _ = everything(texts)
    homes, rail = units[HOMES], units[RAIL]
    order = [(RAIL, rail[0]), (HOMES, homes[0]), (HOMES, homes[2]), (HOMES, homes[3]), (HOMES, homes[4])]
    order += [(HOMES, homes[5]), (RAIL, rail[2]), (RAIL, rail[1])]
    text, _ = gather(take([(source, unit.unit_id) for source, unit in order], units))
    assert text == (
        "> A fair fare.\n\n# Homes\n\n"
        "1. Coldest first\n   - those with children\n2. Then the rest\n\n   and no later\n\n"
        "- Day trains\n- Night trains"
    )


def test_the_same_words_in_two_texts_have_two_ids_and_each_is_found_in_its_own():
    text = "## What we will do\n\nEvery home must be warm."
    _, taken = everything({HOMES: text, RAIL: text})
    gathered, units = gather(taken)
    assert [one.unit.unit_id for one in taken[:2]] == [one.unit.unit_id for one in taken[2:]]
    assert len({unit.unit_id for unit in units}) == 4
    assert [unit.unit_id for unit in units[:2]] == [one.unit.unit_id for one in taken[:2]]
    assert came_from(taken, gathered) == [
        (HOMES, "", False),
        (HOMES, "1", False),
        (RAIL, "", False),
        (RAIL, "1", False),
    ]


def test_edited_words_keep_their_origin_and_new_ones_have_none():
    _, taken = everything({HOMES: "Every home must be warm by 2030.", RAIL: "Trains must run at night."})
    edited = "Trains must run at night.\n\nCouncils pay for all of this.\n\nEvery home must be warm by 2035."
    assert came_from(taken, edited) == [(RAIL, "1", False), None, (HOMES, "1", True)]


def test_an_id_alone_proves_nothing_once_the_words_are_wholly_new():
    _, taken = everything({HOMES: "Every home must be warm by 2030.", RAIL: "Trains must run at night."})
    (unit,) = read_units("Fishing quotas are shared out anew each spring.")
    renamed = Unit(**{**vars(unit), "unit_id": taken[0].new_id})
    assert origins([renamed], taken) == {}


def test_footnotes_follow_the_words_that_refer_to_them_and_keep_apart():
    texts = {
        HOMES: "Warm.[^1]\n\nCold.[^2]\n\n[^1]: Source one, as [^2] says.\n\n[^2]: Source two.\n\n    More of it.",
        RAIL: "Trains.[^1] Not [^x].\n\n[^1]: A timetable.",
    }
    units, _ = everything(texts)
    chosen = [(HOMES, units[HOMES][0].unit_id), (RAIL, units[RAIL][0].unit_id)]
    taken = take(chosen, units)
    text, gathered = gather(taken)
    assert text == (
        "Warm.[^1]\n\nTrains.[^3] Not [^x].\n\n[^1]: Source one, as [^2] says.\n\n[^3]: A timetable.\n\n"
        "[^2]: Source two.\n\n    More of it."
    )
    assert [origin[:1] for origin in came_from(taken, text) if origin] == [
        (HOMES,),
        (RAIL,),
        (HOMES,),
        (RAIL,),
        (HOMES,),
        (HOMES,),
    ]
    assert [unit.kind for unit in gathered].count(Kind.FOOTNOTE) == 4


def test_words_that_read_as_something_else_by_themselves_are_still_found_again():
    _, taken = everything({HOMES: "Homes must be warm and\n    # not dear", RAIL: "Trains must run at night."})
    text, gathered = gather(taken)
    assert [unit.kind for unit in gathered] == ["paragraph", "heading", "paragraph"]
    assert came_from(taken, text) == [(HOMES, "1", True), None, (RAIL, "1", False)]


@settings(max_examples=settings().max_examples // 4)
@given(PLANK_TEXTS, PLANK_TEXTS, st.randoms(use_true_random=False))
def test_every_clause_chosen_is_there_once_in_its_order_and_known_by_its_source(one, other, random):
    units = {HOMES: read_units(one), RAIL: read_units(other)}
    chosen = [(source, unit.unit_id) for source, found in units.items() for unit in found if unit.kind != "footnote"]
    random.shuffle(chosen)
    taken = take(chosen, units)
    text, gathered = gather(taken)
    assert [(unit.kind, unit.unit_id) for unit in gathered] == [(one.unit.kind, one.new_id) for one in taken]
    assert [unit.markdown for unit in gathered if unit.kind != "footnote"] == [
        unit.markdown for one in taken if (unit := one.unit).kind != "footnote"
    ]
    found = origins(gathered, taken)
    assert [(found[one.new_id].source, found[one.new_id].unit) for one in taken] == [
        (one.source, one.unit) for one in taken
    ]
    assert not any(origin.is_edited for origin in found.values())
    assert read_gathered(taken, "", text).units == gathered


@given(ANY_TEXT, ANY_TEXT)
def test_whatever_was_typed_can_be_put_together(one, other):
    _, taken = everything({HOMES: one, RAIL: other})
    text, gathered = gather(taken)
    assert len({unit.unit_id for unit in gathered}) == len(gathered)
    assert set(origins(gathered, taken)) <= {one.new_id for one in taken}
    assert read_units(text, gathered) is not None


def test_a_clause_moved_and_reworded_in_every_phrase_is_known_by_its_words():
    _, taken = everything({HOMES: "Every home must be warm by 2030.", RAIL: "Trains must run at night."})
    edited = "Trains must run at night.\n\nEach old home must soon be quite warm by 2040."
    assert came_from(taken, edited) == [(RAIL, "1", False), (HOMES, "1", True)]
