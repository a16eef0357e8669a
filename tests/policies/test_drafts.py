"""Drafts: every proposal says why, shortly, and a draft keeps more than may be submitted."""

import pytest

from policies import drafts, planks
from policies.errors import RuleBroken


@pytest.mark.parametrize("reason", ["Rivers flood.", "w" * 1_000])
def test_a_reason_up_to_its_limit_fits(reason):
    drafts.require_reason_fits(reason)


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        ("", "Say why, in a sentence or two"),
        (" \n ", "Say why, in a sentence or two"),
        ("w" * 1_001, "Shorten the reason to 1,000 characters; it has 1,001"),
    ],
)
def test_a_reason_that_is_missing_or_too_long_is_refused_with_the_remedy(reason, remedy):
    with pytest.raises(RuleBroken, match=remedy):
        drafts.require_reason_fits(reason)


def test_a_draft_keeps_more_than_may_be_submitted():
    assert drafts.KEPT_TITLE > planks.TITLE_CHARACTERS
    assert drafts.KEPT_TEXT > planks.TEXT_CHARACTERS
    assert drafts.KEPT_REASON > planks.REASON_CHARACTERS
