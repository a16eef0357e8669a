"""The exact difference of two whole texts."""

from hypothesis import given

from policies.text.diff import Op
from policies.text.whole import accepted, hunks_of, rejected
from tests.policies.text.strategies import ANY_TEXT, LONELY, PLANK_TEXTS


def test_blocks_are_compared_with_their_counterparts() -> None:
    hunks = hunks_of("# Head\n\none two three\n\n- a b\n- c d\n", "# Head\n\nnew\n\none two four\n\n- a b\n- c e\n")
    changed = [(hunk.op, hunk.text) for hunk in hunks if hunk.op is not Op.EQUAL]
    assert changed == [
        (Op.INSERT, "new\n\n"),
        (Op.DELETE, "three"),
        (Op.INSERT, "four"),
        (Op.DELETE, "d"),
        (Op.INSERT, "e"),
    ]
    assert hunks_of("", "") == ()


def test_a_long_text_is_never_all_replaced() -> None:
    old = "\n\n".join(f"paragraph{number} " + "word " * 150 for number in range(200))
    changed = [hunk for hunk in hunks_of(old, old.replace("word", "term", 7)) if hunk.op is not Op.EQUAL]
    assert sum(len(hunk.text) for hunk in changed) < 100


@given(ANY_TEXT | PLANK_TEXTS, ANY_TEXT | PLANK_TEXTS | LONELY)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(old: str, new: str) -> None:
    hunks = hunks_of(old, new)
    assert accepted(hunks) == new
    assert rejected(hunks) == old
