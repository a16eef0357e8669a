"""How a reader reads changes: inline, side by side, the changes alone or the new text; and how they are spoken."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import request, session, url_for

from policies.errors import NotUnderstood

_SPOKEN = "spoken"


class View(StrEnum):
    """The ways to set two wordings out."""

    INLINE = "inline"
    SIDES = "sides"
    CHANGES = "changes"
    CLEAN = "clean"


class Spoken(StrEnum):
    """How much a screen reader says of each change."""

    FULL = "full"
    BRIEF = "brief"
    OFF = "off"


VIEWS = {
    View.INLINE: "Inline",
    View.SIDES: "Side by side",
    View.CHANGES: "Changes only",
    View.CLEAN: "New text",
}


SPOKEN = (
    (Spoken.FULL, "In full", "“inserted: 2032, end of insertion”"),
    (Spoken.BRIEF, "Briefly", "“inserted: 2032”"),
    (Spoken.OFF, "Not at all", "“2032”"),
)


@dataclass(frozen=True)
class Reading:
    """The view asked for, the addresses of all of them, and where to choose how changes are spoken."""

    view: View
    ways: Sequence[tuple[str, str, str]]
    spoken_url: str


def reading(page_url: str, otherwise: View = View.INLINE) -> Reading:
    """What the address asks for, else `otherwise`; raises `NotUnderstood` for a view that there is not.

    `page_url` is where the page is read.
    """
    asked = request.args.get("view", otherwise)
    if asked not in list(View):
        raise NotUnderstood("There is no such view. Read the changes inline, side by side, alone, or the new text.")
    joint = "&" if "?" in page_url else "?"
    ways = [(view.value, words, f"{page_url}{joint}view={view.value}#changes-shown") for view, words in VIEWS.items()]
    back = f"{page_url}{joint}view={asked}"
    return Reading(View(asked), ways, url_for("platform.spoken", next=back))


def spoken() -> Spoken:
    """What this browser has chosen; full where it has chosen nothing."""
    chosen = session.get(_SPOKEN)
    return Spoken(chosen) if chosen in list(Spoken) else Spoken.FULL


def choose_spoken(asked: str | None) -> None:
    """Keep a choice in this browser's session, for as long as that lasts; raises `NotUnderstood` for no choice."""
    if asked not in list(Spoken):
        raise NotUnderstood("Choose whether changes are spoken in full, briefly or not at all.")
    if asked == Spoken.FULL:
        session.pop(_SPOKEN, None)
    else:
        session[_SPOKEN] = asked
