"""Brackets in a text that is carried away as Markdown."""

from dataclasses import replace

from policies.text.bracketing import NOT_ACCEPTED, bracketed
from policies.text.reading import units_without_ids

TEXT = "# Homes\n\nWarm *homes*.\n\n1. One;\n   - two;\n   - two;\n2. three.\n\n> Quoted[^1]\n\n[^1]: Beside it."
UNITS = tuple(replace(unit, unit_id=str(place)) for place, unit in enumerate(units_without_ids(TEXT)))


def test_what_a_group_left_out_stands_in_brackets_and_nothing_else_changes() -> None:
    assert UNITS[4].markdown == "two;"
    assert bracketed(TEXT, UNITS, {"4"}) == TEXT.replace("two;\n2.", f"[two;] *{NOT_ACCEPTED}*\n2.")
    assert bracketed(TEXT, UNITS, ()) == TEXT


def test_a_unit_of_every_kind_can_stand_in_brackets() -> None:
    text = bracketed(TEXT, UNITS, {unit.unit_id for unit in UNITS})
    after = units_without_ids(text)
    assert [unit.kind for unit in after] == [unit.kind for unit in UNITS]
    assert [unit.markdown for unit in after] == [f"[{unit.markdown}] *{NOT_ACCEPTED}*" for unit in UNITS]
