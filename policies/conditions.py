"""Conditional backing: a group will back one other exact text, named by its hash, if that is adopted by a date."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Promise:
    """The one text that a group will back, on which plank, and the last day on which it may be adopted."""

    plank_id: int
    sha256: str
    by_date: date


@dataclass(frozen=True)
class Adopted:
    """A text that has just become the working text of its plank."""

    plank_id: int
    sha256: str
    on: date


def comes_true(promise: Promise, adopted: Adopted) -> bool:
    """Only the very text, letter for letter and sign for sign, on the same plank and in time."""
    return promise.plank_id == adopted.plank_id and promise.sha256 == adopted.sha256 and adopted.on <= promise.by_date


def has_lapsed(promise: Promise, today: date) -> bool:
    """The day after its date a condition can no longer come true."""
    return today > promise.by_date
