"""Whether the outcome reads as an instruction says that it will."""

import re

from policies.errors import RuleBroken
from policies.text.instructions.pages import Page, folded
from policies.text.instructions.quotations import shortened

_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)\s*")


def must_read(before: str, after: str, reads: str) -> None:
    """Refuse an amendment whose outcome is not what it says; words may be left out of what it says with “…”."""
    pieces = [piece for piece in (folded(piece).text.strip(" .") for piece in _ELLIPSIS.split(reads)) if piece]
    if not pieces:
        return
    was, now = _shown(before), _shown(after)
    if not _has(now, pieces) or (len(pieces) == 1 and now.count(pieces[0]) <= was.count(pieces[0])):
        raise RuleBroken(
            f"The instruction says that it then reads “{shortened(reads)}”, but it would read "
            f"“{shortened(_difference(was, now))}”. Correct one of the two."
        )


def _shown(text: str) -> str:
    page = Page(text)
    return folded("".join(text[place] for place in page.visible)).text


def _has(text: str, pieces: list[str]) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def _difference(was: str, now: str) -> str:
    """The new text about the first place where it differs."""
    first = next((place for place, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), len(was))
    return now[max(0, first - 20) : first + 60]
