"""The ways to write an amendment: part by part, the whole text at once, or in words. What was written goes along."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.amendments.editing import Sheet
from app.models import Amendment, Plank
from policies.errors import NotUnderstood

_WORDS = {
    "whole": "Amend the whole text at once",
    "parts": "Amend it part by part",
    "words": "Give it in words (“In line 3, …”)",
}


@dataclass(frozen=True)
class OtherWays:
    """Where a form is sent to go on in another way, and the ways there are, each with its words."""

    url: str
    ways: Sequence[tuple[str, str]]


def ways_to_begin(plank: Plank, sheet: Sheet) -> OtherWays:
    """From the page of a new amendment to each other way."""
    other = "parts" if sheet.parts is None else "whole"
    return OtherWays(url_for("amendments.begin_otherwise", ref=plank.ref), [_way(other), _way("words")])


def ways_to_go_on(amendment: Amendment, sheet: Sheet, *, whole: bool) -> OtherWays:
    """From the page of a draft: to the whole text, or from there back to its parts."""
    others = ["whole"] if sheet.parts is not None else ["parts"] if whole else []
    return OtherWays(url_for("amendments.edit_otherwise", ref=amendment.ref), [_way(other) for other in others])


def way_to(plank: Plank, asked: str | None, draft: Amendment | None) -> str:
    """Where one goes on in the way asked for: in the draft, if there is one. Raises `NotUnderstood` for no such way."""
    if asked not in _WORDS:
        raise NotUnderstood("Choose to amend the text part by part, as a whole, or in words.")
    if asked == "words":
        return url_for("amendments.begin_in_words", ref=plank.ref)
    if draft is not None:
        return url_for("amendments.edit", ref=draft.ref, whole="yes" if asked == "whole" else None)
    return url_for("amendments.begin", ref=plank.ref, parts="yes" if asked == "parts" else None)


def _way(name: str) -> tuple[str, str]:
    return name, _WORDS[name]
