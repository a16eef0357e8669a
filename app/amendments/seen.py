"""What lay before a person's eyes when they pressed: what is given or submitted holds for those words and no others."""

from app.models import Amendment
from policies.errors import RuleBroken
from policies.text.canonical import digest

_OTHER_DRAFT = (
    "Your draft says something else now than the preview you pressed “Submit” on: it was changed in another window."
    " Read the preview again, then submit it."
)
_OTHER_WORDS = (
    "Its mover has submitted other words since you read this amendment, so nothing was done in your name."
    " Read it as it is now, and decide again."
)


def mark_of_draft(amendment: Amendment) -> str:
    """By what a preview is known to show the draft as it is kept now, its reason too."""
    words = digest(amendment.draft_title or "", amendment.draft_text or "")
    return digest(words, amendment.draft_reason or "")


def mark_of_words(amendment: Amendment) -> str:
    """By what a page is known to show the words now before the groups; the same once they followed a moved text."""
    return "" if amendment.revision is None else str(amendment.revision.words_id)


def require_seen_draft(amendment: Amendment, seen: str | None) -> None:
    """Refuse to submit another draft than the one that was read: raises `RuleBroken`. None: it was read just now."""
    if seen is not None and seen != mark_of_draft(amendment):
        raise RuleBroken(_OTHER_DRAFT)


def require_seen_words(amendment: Amendment, seen: str | None) -> None:
    """Refuse to second or object to other words than those that were read: raises `RuleBroken`. None: read just now."""
    if seen is not None and seen != mark_of_words(amendment):
        raise RuleBroken(_OTHER_WORDS)
