"""Drafts: how much is kept of what somebody types. It is more than can be submitted, so that no words are lost."""

from policies.errors import RuleBroken
from policies.planks import REASON_CHARACTERS

KEPT_TITLE = 500
KEPT_TEXT = 25_000
KEPT_REASON = 4_000


def require_kept(text: str) -> None:
    """A draft's text is kept up to a length that is well beyond what can be submitted."""
    if len(text) > KEPT_TEXT:
        raise RuleBroken(f"Shorten the text to {KEPT_TEXT:,} characters; it has {len(text):,}.")


def require_reason_fits(reason: str) -> None:
    """Whoever proposes or amends says why, shortly."""
    if not reason.strip():
        raise RuleBroken("Say why, in a sentence or two.")
    if len(reason) > REASON_CHARACTERS:
        raise RuleBroken(f"Shorten the reason to {REASON_CHARACTERS:,} characters; it has {len(reason):,}.")
