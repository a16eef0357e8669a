"""Where both sides add the same and one of them goes on: what both say is there once, and the further sentences follow.

Only whole sentences count as going on. "not" and "not ever" are two wordings, between which a person chooses.
"""

from collections.abc import Sequence

from policies.text.words import tokens

__all__ = ["goes_on", "with_longer"]

_SENTENCE_ENDS = frozenset(".!?…。！？")
_FEW = 2_500


def goes_on(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the longer tokens are the shorter ones with further sentences before or after them."""
    size = len(shorter)
    if not 0 < size < len(longer):
        return False
    if _are_same(shorter, longer[:size]) and _is_end(shorter, longer[size:]):
        return True
    return _are_same(shorter, longer[-size:]) and _is_end(longer[:-size], shorter)


def _are_same(one: Sequence[str], other: Sequence[str]) -> bool:
    return all(mine == yours or (mine.isspace() and yours.isspace()) for mine, yours in zip(one, other, strict=True))


def _is_end(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a sentence ends between the two."""
    last = next((token for token in reversed(before) if not token.isspace()), "")
    first = next((token for token in after if not token.isspace()), "")
    return last in _SENTENCE_ENDS or first in _SENTENCE_ENDS


def with_longer(
    ours: Sequence[tuple[object, ...]], theirs: Sequence[tuple[object, ...]]
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """What new units are and say, the wording last; of two of which one goes on from the other both say the longer."""
    sides = list(ours), list(theirs)
    if len(ours) * len(theirs) > _FEW:
        return sides
    cut = [[tokens(str(words)) for *_, words in side] for side in sides]
    for first, one in enumerate(ours):
        for second, other in enumerate(theirs):
            if one[:-1] != other[:-1]:
                continue
            if goes_on(cut[0][first], cut[1][second]):
                sides[0][first] = other
            elif goes_on(cut[1][second], cut[0][first]):
                sides[1][second] = one
    return sides
