"""What an amendment does, as it is stored: it gives the amended text again, whichever engine wrote it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import RuleBroken
from policies.text import ENGINE_VERSION
from policies.text.operations import apply_operations, operations
from policies.text.units import Document
from tests.policies.text.strategies import PLANK_TEXTS, amended

BASE = Document.read("Homes", "Rents must fall by 2030.\n\n- cap rents\n- build homes\n\nThat is all.\n\nSchools.")
AMENDED = Document.read(
    "Warm homes",
    "That is all.\n\nRents must not fall by 2032.\n\n- cap rents\n\n\n1. build homes\n\nBills fall too.",
    BASE.units,
)
# What version 1 wrote for it, sign by sign: this fixture is never brought up to date.
STORED_BY_VERSION_1 = """
{"engine": 1,
 "title": [{"at": 0, "delete": "Homes", "insert": "Warm homes"}],
 "units": [
  {"op": "delete", "unit": "cac6af6a"},
  {"op": "move", "unit": "42aabca7", "after": null},
  {"op": "edit", "unit": "35878ad9", "hunks": [
    {"at": 11, "delete": "", "insert": "not "}, {"at": 19, "delete": "2030", "insert": "2032"}]},
  {"op": "retag", "unit": "551c18b1", "from": {"kind": "list_item", "level": 1, "ordered": false, "label": ""},
   "to": {"kind": "list_item", "level": 1, "ordered": true, "label": ""}},
  {"op": "edit", "unit": "551c18b1", "hunks": [{"at": 0, "delete": "-", "insert": "1."}]},
  {"op": "insert", "unit": "127271b4", "after": "551c18b1",
   "tag": {"kind": "paragraph", "level": 0, "ordered": false, "label": ""}, "text": "Bills fall too."},
  {"op": "gap", "after": "84d127c6", "lines": ["", ""]}]}
"""


@given(PLANK_TEXTS, st.data())
def test_what_is_stored_gives_the_amended_text_again(text: str, data: st.DataObject) -> None:
    base = Document.read("Title", text)
    amendment = data.draw(amended(base))
    stored = json.loads(json.dumps(operations(base, amendment)))
    assert apply_operations(base, stored) == amendment
    assert stored["engine"] == ENGINE_VERSION


def test_what_version_1_stored_still_reads_and_is_what_is_stored_for_the_same_change() -> None:
    stored = json.loads(STORED_BY_VERSION_1)
    assert apply_operations(BASE, stored) == AMENDED
    assert operations(BASE, AMENDED) == stored | {"engine": ENGINE_VERSION}


@pytest.mark.parametrize("engine", [ENGINE_VERSION + 1, 0, None, "1"])
def test_what_an_unknown_engine_stored_is_refused_in_words(engine: object) -> None:
    stored = json.loads(STORED_BY_VERSION_1) | {"engine": engine}
    with pytest.raises(RuleBroken, match=f"stored by version {engine} of the text engine; this is version"):
        apply_operations(BASE, stored)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("Homes", "Rents must fall by 2031.\n\n- cap rents\n- build homes\n\nThat is all.", id="words"),
        pytest.param("Houses", BASE.text, id="title"),
        pytest.param("Homes", "Another text.", id="units"),
    ],
)
def test_what_was_stored_for_one_text_is_put_on_no_other(title: str, text: str) -> None:
    with pytest.raises(RuleBroken, match="not made to this text"):
        apply_operations(Document.read(title, text), json.loads(STORED_BY_VERSION_1))


@pytest.mark.parametrize(
    "step",
    [
        {"op": "insert", "unit": "new", "after": "nowhere", "text": "Words."},
        {"op": "edit", "unit": "nowhere", "hunks": [{"at": 0, "delete": "", "insert": "Words."}]},
        {"op": "insert", "unit": "new", "after": None, "text": ""},
    ],
)
def test_a_step_that_names_no_place_or_no_words_of_the_text_is_refused(step: dict[str, object]) -> None:
    with pytest.raises(RuleBroken, match="not made to this text"):
        apply_operations(BASE, {"engine": 1, "title": [], "units": [step]})
