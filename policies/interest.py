"""Registering interest without belonging to a party: what one agrees to, each thing by itself, and in which words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken
from policies.membership import NAME_CHARACTERS

# Somebody who never confirmed the address is forgotten after this time.
UNCONFIRMED_KEPT = timedelta(days=14)


class ConsentPurpose(StrEnum):
    """What somebody can agree to. The values are stored."""

    CONTACT = "contact"
    NEWS = "news"


@dataclass(frozen=True)
class Wording:
    """The words somebody agrees to: what stands beside the box, and what it means."""

    label: str
    meaning: str


# Every wording that anybody ever agreed to, oldest first. New words are added at the end; none is ever changed.
WORDINGS: dict[ConsentPurpose, tuple[Wording, ...]] = {
    ConsentPurpose.CONTACT: (
        Wording(
            "Hear when there is something to do",
            "Clerks of the Compass groups see your address and write to you when you can help, such as at a meeting.",
        ),
    ),
    ConsentPurpose.NEWS: (
        Wording(
            "News by mail",
            "Clerks of the Compass groups see your address and send you news: what was agreed, and what comes next.",
        ),
    ),
}


def newest_wording(purpose: ConsentPurpose) -> int:
    """The number of the words in use now, counted from 1."""
    return len(WORDINGS[purpose])


def wording(purpose: ConsentPurpose, number: int | None = None) -> Wording:
    """The words with this number; those in use now where none is named."""
    return WORDINGS[purpose][(number or newest_wording(purpose)) - 1]


def require_some_purpose(purposes: Collection[ConsentPurpose]) -> None:
    """Whoever registers says what for."""
    if not purposes:
        raise RuleBroken("Tick at least one of these, so that we know what to write to you about.")


def require_name_fits(name: str) -> None:
    """A name may be left out."""
    if len(name) > NAME_CHARACTERS:
        raise RuleBroken(f"Shorten the name to {NAME_CHARACTERS} characters, or leave it out; it has {len(name)}.")


def is_forgotten(asked_at: datetime, now: datetime) -> bool:
    """Whether what somebody asked for and never confirmed has to be erased."""
    return now >= asked_at + UNCONFIRMED_KEPT
