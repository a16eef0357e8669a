"""What may be kept of a draft is more than may be submitted, and a reason is short and there."""

import pytest

from policies import drafts, planks
from policies.errors import RuleBroken


def test_a_draft_keeps_more_than_can_be_submitted() -> None:
    assert drafts.KEPT_TITLE > planks.TITLE_CHARACTERS
    assert drafts.KEPT_TEXT > planks.TEXT_CHARACTERS
    assert drafts.KEPT_REASON > planks.REASON_CHARACTERS


@pytest.mark.parametrize("reason", ["Because.", "r" * planks.REASON_CHARACTERS])
def test_a_short_reason_is_enough(reason: str) -> None:
    drafts.require_reason_fits(reason)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Say why, in a sentence or two."),
        (" \n", "Say why, in a sentence or two."),
        ("r" * 1_001, "Shorten the reason to 1,000 characters; it has 1,001."),
    ],
)
def test_no_reason_and_a_long_one_are_refused_in_words(reason: str, said: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        drafts.require_reason_fits(reason)
    assert str(refusal.value) == said


def test_a_draft_is_kept_up_to_its_length_and_no_further() -> None:
    drafts.require_kept("w" * drafts.KEPT_TEXT)
    with pytest.raises(RuleBroken, match="Shorten the text to 25,000 characters; it has 25,001"):
        drafts.require_kept("w" * (drafts.KEPT_TEXT + 1))
