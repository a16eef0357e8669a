"""An instruction that is written says the amendment to the letter: whoever applies it has the amended text."""

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policies.errors import RuleBroken
from policies.text.canonical import normalise
from policies.text.instructions import apply_instruction, instruct
from policies.text.instructions.applying import AS_IT_STANDS
from policies.text.units import Document
from tests.policies.text.strategies import ANY_TEXT, PLANK_TEXTS, amended

REAL = Path(__file__).parents[5] / "shared" / "data" / "amendments" / "manifesto_revisions.jsonl"


@given(PLANK_TEXTS.map(lambda text: Document.read("Title", text)), st.data())
def test_applying_what_instruct_wrote_gives_the_amended_plank(base: Document, data: st.DataObject) -> None:
    new = data.draw(amended(base))
    assert apply_instruction(base.text, instruct(base.text, new.text)) == new.text


@example("a.", "..")
@given(ANY_TEXT, ANY_TEXT)
def test_applying_what_instruct_wrote_gives_the_amended_text_in_any_script(base: str, new: str) -> None:
    assert apply_instruction(base, instruct(base, new)) == normalise(new)


PLANK = "# Land\n\nWe will tax land. Land is ours, and land it stays.\n\n- one\n- two"


@pytest.mark.parametrize(
    ("base", "new", "instruction"),
    [
        (PLANK, PLANK, "Make no change."),
        (PLANK, "", "Leave out all."),
        (PLANK, PLANK.replace("tax", "double"), "Leave out “tax” and insert “double”."),
        (PLANK, PLANK.replace("land it", "sea it"), "Leave out second “land” and insert “sea”."),
        (PLANK, PLANK.replace("will tax", "will not tax"), "After “will”, insert “not”."),
        (PLANK, "# The Land" + PLANK[6:], "Before first “Land”, insert “The”."),
        (PLANK, PLANK.replace("\n- two", ""), "Leave out clause 1.2."),
        (PLANK, PLANK.replace("one", "one\n- half"), "After clause 1.1, insert new item “half”."),
        (PLANK, PLANK.replace("\n\n-", "\n\nAll:\n\n-"), "Before clause 1.1, insert new paragraph “All:”."),
        ("a b", "a b c", "Insert at end “c”."),
        ("say no", "say “no", "Before “no”, insert ‘“’."),
        (
            "one " * 40 + "two three " + "x y z " * 20 + "four",
            "one " * 40 + "ten",
            "Leave out from “two three” to end and insert “ten”.",
        ),
        ("(a" + " b" * 40 + "c)", "(a" + " d" * 40 + "c)", None),
        ("a\n\n" + "b " * 8 + "b", "a\n\n" + "b " * 8 + "c", None),
        ("aa aa aa", "aa aa bb aa", None),
        ("a\n\nb\n\nc", "c\n\na\n\nb", "Move clause 3 to before clause 1."),
        ("# A\n\nb\n\nc", "b\n\n# A\n\nc", "Move the heading “A” to after clause 1."),
        ("a", "” ’ and «\n\nb", "Replace clause 1 with:\n” ’ and «\n\nb"),
        ("z\n\na\n\nb", "z\n\na\n\nx ” ’ and « x\n\nb", "Replace clause 3 with:\nx ” ’ and « x\n\nb"),
        ("# ” ’ and «\n\nb", "b\n\n# ” ’ and «", None),
        ("# A\n\nb\n\n# A\n\nc", "# A\n\nb\n\nc\n\n# A", None),
        ("x full employment y", "x [full employment](http://a.b) y", None),
        ("say [a](http://a.b) and [b](http://b.c)\n\nend", "say a and b\n\nends", None),
        ("a\n\n# H\n\nb\n\nc", "a\n\nc", "Leave out from the heading “H” to clause 2."),
        ("a\n\n# H\n\nb\n\nc", "a\n\n# I\n\nbb\n\nc", None),
        ("a\n\nb", "a\n\n> q\n\n- r\n\nb", None),
        ("# ” ’ and «\n\nb", "# ” ’ and « c\n\nd\n\n> b", None),
        ("a b\nc d", "a b x\nc d", None),
        ("a b\nc d", "a x b\nc d", None),
        ("a **b c** d\n\ne f g", "a b **c** d\n\ne **f** g h", None),
        ("one **a b** two *c d*\n\nx", "one a **b** two c *d*\n\nx y", None),
        ("a\n\n- b\n- c", "a b\n\n- c", None),
        ("\n\n".join("abcdefgh"), "a\n\nt u\n\nv w\n\nx y\n\nh", None),
        (" ".join(f"a{at} b" for at in range(99)), " ".join(f"c{at} b" for at in range(99)), None),
        ("", "a\n\nb", "Insert at end “a\n\nb”."),
        ("", "” ’ and «", AS_IT_STANDS + "” ’ and «"),
    ],
)
def test_the_shortest_words_that_say_the_amendment_are_chosen(base: str, new: str, instruction: str | None) -> None:
    said = instruct(base, new)
    assert instruction in (None, said)
    assert apply_instruction(base, said) == new


def test_where_hundreds_of_lines_have_changed_all_between_the_ends_is_replaced_without_looking_at_each_word() -> None:
    lines = [f"Point {number} is about {number * 7}." for number in range(600)]
    turned = [lines[0], *reversed(lines[1:-1]), lines[-1]]
    new = [line.replace("about", "on") for line in lines]
    for now in (turned, new, lines[:100] + lines[500:]):
        base, amended = "\n\n".join(lines), "\n\n".join(now)
        started = process_time()
        said = instruct(base, amended)
        assert process_time() - started < 2
        assert apply_instruction(base, said) == amended
    assert said == "Leave out from clause 101 to clause 500"


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(RuleBroken, match="at most 400,000"):
        instruct("a" * 400_001, "")


@pytest.mark.no_cover
@pytest.mark.skipif(not REAL.exists(), reason="the real amendments are not beside this repository")
def test_real_edits_of_a_manifesto_are_written_and_read_to_the_letter_and_most_in_words() -> None:
    written = 0
    for line in REAL.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        said = instruct(record["base"], record["amended"])
        assert apply_instruction(record["base"], said) == normalise(record["amended"])
        written += not said.startswith(AS_IT_STANDS)
    assert written >= 75
