"""Paragraphs made of others, and words told by those beside them: each instruction, and the text or the refusal."""

import pytest

from policies.errors import RuleBroken
from policies.text.instructions import apply_instruction

TEXT = """One a. Two b. Three c.

Four d; five e. Two f.

- six g. Seven h.
- eight

> Said one. Said two.

## Head"""


@pytest.mark.parametrize(
    ("instruction", "was", "now"),
    [
        ("combine paragraphs 1 and 2", "Three c.\n\nFour", "Three c. Four"),
        ("merge paragraphs 1 and 2 to read 'All.'", TEXT[: TEXT.index("\n\n-")], "All."),
        ("split paragraph 1 after 'a'", "a. Two b", "a.\n\nTwo b"),
        ("split paragraph 1 at 'Three'", "b. Three", "b.\n\nThree"),
        ("divide the first bullet in two before 'Seven'", "g. Seven", "g.\n- Seven"),
        ("start a new paragraph after 'd;'", "d; five", "d;\n\nfive"),
        ("start a new paragraph after 'Said one.'", "one. Said", "one.\n>\n> Said"),
        ("make the second sentence of paragraph 1 a paragraph of its own", "a. Two b. Three", "a.\n\nTwo b.\n\nThree"),
        ("rename the section 'Head' to 'Foot'", "## Head", "## Foot"),
        ("after 'Four d;' delete 'five'", "; five e", "; e"),
        ("before 'b' replace 'Two' with 'Ten'", "Two b", "Ten b"),
        ("at end of paragraph 2, delete 'f.' and insert 'z.'", "f.", "z."),
        ("delete from 'Two b' to end of the sentence and 'Three c.'", " Two b. Three c.", ""),
        ("delete second 'Two … f.'", " Two f.", ""),
        ("for 'Two b' and 'Three' substitute respectively 'Dix' and 'Mil'", "Two b. Three", "Dix. Mil"),
    ],
)
def test_paragraphs_are_joined_divided_and_named(instruction: str, was: str, now: str) -> None:
    assert apply_instruction(TEXT, instruction) == TEXT.replace(was, now)


@pytest.mark.parametrize(
    ("instruction", "refusal"),
    [
        ("split paragraph 1", "not understood"),
        ("split paragraph 1 at 'Two b.'", "after those words or with them"),
        ("split paragraph 1 after 'Two'", "No sentence ends"),
        ("split paragraph 1 after 'Three c.'", "nothing to divide"),
        ("start a new paragraph after 'Head'", "is no paragraph"),
        ("make paragraph 1 a new paragraph", "of its own already"),
        ("combine paragraph 1", "Two or more paragraphs"),
        ("combine paragraphs 1 and 3", "do not stand next to each other"),
        ("rename paragraph 1 'x'", "no heading"),
        ("move paragraph 1 to the beginning of 'Head'", "Nothing stands below"),
        ("after 'Said' delete second 'two'", "not understood"),
        ("at the beginning, delete 'One'", "not understood"),
        ("after 'Four' delete '.'", "occurs 2 times"),
        ("delete the first nine 'Two'", "does not occur so often"),
        ("replace 'One' and 'Two b' with 'x', 'y' and 'z' respectively", "2 places and 3 new texts"),
        ("add point 1 of paragraph 2: 'x'", "not understood"),
    ],
)
def test_what_cannot_be_joined_divided_or_named_is_refused(instruction: str, refusal: str) -> None:
    with pytest.raises(RuleBroken, match=refusal):
        apply_instruction(TEXT, instruction)


@pytest.mark.parametrize(
    ("base", "instruction", "outcome"),
    [
        ("a b\n\na c", "before 'b' delete 'a'", "b\n\na c"),
        ("a b\n\na c", "amend paragraph 2 as follows: delete 'a'", "a b\n\nc"),
        ("a b\n\na c", "amend paragraph 2 as follows:\n(i) delete 'a'\n(ii) after 'c' insert 'd'", "a b\n\nc d"),
        ("a b\n\na c", "amend the text by deleting 'b' and by adding 'd' after 'c'", "a\n\na c d"),
        ("a b\n\na c", "amend paragraph 2 as follows: d e", "a b\n\nd e"),
        ("a b\n\na c", "replace paragraph 2 as follows: delete 'a'", None),
        ("a x b x c x", "after second 'x' delete 'c'", "a x b x x"),
        ("a y x b x", "after 'a' delete 'x'", None),
        ("a. b.\n\n> q", "combine paragraphs 1 and 2", None),
        ("Aa.\nBb.\nCc.", "combine paragraphs 1 and 2", "Aa. Bb.\nCc."),
        ("Aa. Bb.\nCc.", "split paragraph 1 after 'Aa.'", "Aa.\nBb.\nCc."),
        ("Aa. Bb.\nCc.", "split paragraph 1 after 'Bb.'", None),
        ("1. Do it.\n2. Go.", "rename point 1 'x'", None),
        ("1. Do it.\n2. Go.", "add point 2: 'x'", None),
        ("Notes:\n\nAa.", "rename 'Notes' 'Believes'", "Believes:\n\nAa."),
        ("2 * 3 **is six** now", "delete '2 * 3 is'", "**six** now"),
        ("*[a b](u)* c", "delete 'a b c'", None),
        ("Say it. No. Never.", "delete the second sentence", "Say it. Never."),
        ("See No. 5. Go.", "delete the last sentence", "See No. 5."),
        ("1. A\n\nx.\n\n2. B\n\ny.", "delete section 1 and renumber accordingly", "1. B\n\ny."),
        ("1. A\n\nx.\n\n2. B\n\n# C\n\ny.", "delete section 2", "1. A\n\nx.\n\n# C\n\ny."),
        ("1.1 x y.\n1.2 z w.", "insert new clause 1.3 'v u.'", "1.1 x y.\n1.2 z w.\n1.3 v u."),
        ("1.1 x y.\n1.2 z w.", "insert new clause 1.0 'v u.'", None),
        ("(2) x y.\n(2A) z w.", "after (2A) insert new subsection 'v u.'", None),
        ("a b", "insert new final paragraph:²“c”", "a b\n\n²“c”"),
        ("a b", f"delete line {'9' * 5000}", None),
    ],
)
def test_numbers_marks_and_lines_are_kept_right(base: str, instruction: str, outcome: str | None) -> None:
    if outcome is None:
        with pytest.raises(RuleBroken):
            apply_instruction(base, instruction)
    else:
        assert apply_instruction(base, instruction) == outcome
