"""The words of a redline look as they do in the text: emphasised, strong, linked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.text.diff import Op
from policies.text.formatted import Look, Part, Run, formatted
from policies.text.redline import redline
from policies.text.render import plain_with_marks
from policies.text.units import Document, read_units
from tests.policies.text.strategies import PLANK_TEXTS, amended

PLAIN, STRONG, SITE = Look(), Look(strong=True), Look(link="https://a.org")


def parts(old: str, new: str) -> tuple[Part, ...]:
    base = read_units(old)
    (entry,) = redline(base, read_units(new, base))
    return entry.parts


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a **bold** word", "a **bold** word", [(Op.EQUAL, [("a ", PLAIN), ("bold", STRONG), (" word", PLAIN)])]),
        (
            "pay **now** for it",
            "pay **later** for it",
            [
                (Op.EQUAL, [("pay ", PLAIN)]),
                (Op.DELETE, [("now", STRONG)]),
                (Op.INSERT, [("later", STRONG)]),
                (Op.EQUAL, [(" for it", PLAIN)]),
            ],
        ),
        ("see  [*this*](https://a.org)", "", [(Op.DELETE, [("see ", PLAIN), ("this", Look(False, True, SITE.link))])]),
        ("", "[this](/root)[^1] \n", [(Op.INSERT, [("this[1]", PLAIN)])]),
        (
            "see this",
            "see [this](https://a.org)",
            [(Op.EQUAL, [("see ", PLAIN), ("this", SITE)]), (Op.INSERT, [(" (https://a.org)", PLAIN)])],
        ),
    ],
)
def test_words_keep_their_look(old: str, new: str, expected: list[tuple[Op, list[tuple[str, Look]]]]) -> None:
    shown = [(part.op, [(run.text, run.look) for run in part.runs]) for part in parts(old, new)]
    assert shown == expected


def test_words_that_only_look_otherwise_are_marked_so() -> None:
    (part,) = parts("some plain words", "some **plain** words")
    assert part.runs == (Run("some ", PLAIN), Run("plain", STRONG, relooked=True), Run(" words", PLAIN))


@given(PLANK_TEXTS, st.data())
def test_no_word_is_lost_or_invented_by_its_look(text: str, data: st.DataObject) -> None:
    base = Document.read("", text)
    for entry in redline(base.units, data.draw(amended(base)).units):
        shown = {op: "".join(r.text for part in entry.parts if part.op is not op for r in part.runs) for op in Op}
        hunks = {op: "".join(hunk.text for hunk in entry.hunks if hunk.op is not op) for op in Op}
        assert shown == hunks
        assert [part.op for part in formatted(entry.hunks, entry.was, entry.now)] == [one.op for one in entry.hunks]
        if "Link changed" not in entry.note:
            assert shown[Op.DELETE] == plain_with_marks(entry.now)
