"""Hundreds of amendments in words, as parliaments and conferences print them: the text a clerk would make, or none.

Of those whose base is named “beforehand: …” the outcome was written down, by a plain replacement, before they were run.
"""

import json
import re
from pathlib import Path

import pytest

from policies.errors import RuleBroken
from policies.text.instructions import apply_instruction

_FIRST, *_ROWS = Path(__file__).with_name("corpus.jsonl").read_text(encoding="utf-8").splitlines()
BASES: dict[str, str] = json.loads(_FIRST)["bases"]
ROWS: list[list[str | None]] = [json.loads(row) for row in _ROWS]


@pytest.mark.parametrize("name", BASES)
def test_an_amendment_gives_the_text_that_a_clerk_would_make(name: str) -> None:
    rows = [row for row in ROWS if row[0] == name and row[2] is not None]
    assert len(rows) >= 3
    wrong = [row[1] for row in rows if _outcome(name, row[1]) != row[2]]
    assert not wrong


@pytest.mark.parametrize("name", BASES)
def test_what_is_unclear_absent_or_no_amendment_is_refused_with_a_sentence(name: str) -> None:
    for _, instruction, outcome, *told in (row for row in ROWS if row[0] == name):
        if outcome is None:
            with pytest.raises(RuleBroken) as refusal:
                apply_instruction(BASES[name], instruction or "")
            assert re.search((told or [None])[0] or r"\w{3}.*[.?]$", str(refusal.value)), instruction


def _outcome(name: str, instruction: str | None) -> str:
    try:
        return apply_instruction(BASES[name], instruction or "")
    except RuleBroken as refusal:
        return f"refused: {refusal}"


def test_a_heading_is_known_by_its_first_words_where_they_stand_nowhere_else() -> None:
    notes = "Conference notes that:\n\n1. rents rise;\n2. wages do not."
    instruction = "In 'Conference notes', add new point 3: 'homes are few.'"
    assert apply_instruction(notes, instruction) == f"{notes}\n3. homes are few."
    with pytest.raises(RuleBroken):
        apply_instruction(f"{notes}\n\nConference notes this.", instruction)


def test_a_point_lettered_a_with_a_full_stop_is_no_article() -> None:
    notes = "Conference notes that:\n\nA. Rents have risen by 25%.\nB. Wages have not."
    for instruction, outcome in {
        "In A. (line 3), delete “25%” and insert “a quarter”": notes.replace("25%", "a quarter"),
        "Composite 5: after A. insert “Homes are cold.”": notes.replace("B.", "Homes are cold.\nB."),
        "Emergency motion 2: delete A.": notes.replace("A. Rents have risen by 25%.\n", ""),
    }.items():
        assert apply_instruction(notes, instruction) == outcome


def test_a_point_added_to_a_section_by_its_number_stands_in_its_list_there() -> None:
    motion = "Conference notes:\n\ni) Rents rise.\nii) Pay does not.\n\nConference believes:\n\ni) Homes are a right."
    outcome = motion.replace("not.\n", "not.\niii) Bills rise too.\n")
    for place in ("to Conference notes", "under Conference notes"):
        assert apply_instruction(motion, f"Add new iii) {place}: “Bills rise too.”") == outcome


def test_what_is_inserted_at_the_start_of_a_paragraph_stands_after_its_code() -> None:
    policy = "TR210 Roads are for all.\n\nTR211 No more are built."
    instruction = "Insert at start of TR211 ‘From 2030,’"
    assert apply_instruction(policy, instruction) == policy.replace("TR211", "TR211 From 2030,")
