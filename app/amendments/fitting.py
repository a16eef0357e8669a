"""Which amendments on one paper exclude each other, and which can be put into one text."""

from collections.abc import Sequence

from app.amendments.rebasing import fits
from app.models import Revision, Version
from policies.text.adoption import adopted_in_turn
from policies.text.graph import rival_pairs


def rivals(base: Version, revisions: Sequence[Revision]) -> set[frozenset[int]]:
    """The pairs of amendments, by number, that conflict on `base`: both cannot be adopted as they stand."""
    numbers = [revision.amendment.number or 0 for revision in revisions]
    pairs = rival_pairs(base.document, [revision.document for revision in revisions])
    return {frozenset({numbers[one], numbers[other]}) for one, other in pairs}


def fit_together(base: Version, revisions: Sequence[Revision]) -> bool:
    """Whether these amendments can all be put into one text, in this order, and each time it is short enough."""
    texts = adopted_in_turn(base.document, [revision.document for revision in revisions])
    return texts is not None and all(fits(text) for text in texts)
