"""New words in the place of marked ones: emphasis and links stay on what is not touched, and on what is reworded."""

import re
from bisect import bisect_left

from policies.text.instructions.pages import Page, Span, folded
from policies.text.words import tokens

_HAS_MARKS = re.compile(r"[*\[]")
_MARK = re.compile(r"\*\*|\*|\[|\]\([^()\s]{0,500}\)")


def narrowed(page: Page, span: Span, words: str) -> tuple[Span, str]:
    """The part of a marked passage that the new words change, and the words that it changes to."""
    start, end = span
    if not _HAS_MARKS.search(page.text, start, end) or _HAS_MARKS.search(words) or "\n" in words:
        return span, words
    shown = page.visible[bisect_left(page.visible, start) : bisect_left(page.visible, end)]
    old, new = tokens("".join(page.text[place] for place in shown)), tokens(words)
    head = _alike(old, new, 0)
    tail = _alike(old[::-1], new[::-1], head)
    if head + tail >= len(old) or head + tail >= len(new):
        return span, words
    first = sum(map(len, old[:head]))
    last = len(shown) - sum(map(len, old[len(old) - tail :]))
    low, high = shown[first], shown[last - 1] + 1
    if any(crossed(page, _beginning(page, start), low, high)):
        low, high = page.with_marks(low if head else start, high if tail else end)
    return (low, high), "".join(new[head : len(new) - tail])


def _beginning(page: Page, place: int) -> int:
    """Where the words of the paragraph begin that this place is in."""
    index = page.unit_at(place)
    return min(page.contents[index][0], place) if index >= 0 else 0


def _alike(old: list[str], new: list[str], taken: int) -> int:
    """How many tokens both begin with, those left out that are taken from the other end."""
    most = min(len(old), len(new)) - taken
    same = 0
    while same < most and folded(old[same]).text == folded(new[same]).text:
        same += 1
    return same


def crossed(page: Page, low: int, start: int, end: int) -> tuple[str, str]:
    """The marks that a passage closes and does not open, and those that it opens and does not close."""
    if not _HAS_MARKS.search(page.text, start, end) and page.text.find("](", start, end) < 0:
        return "", ""
    closed = ""
    opened: list[str] = []
    outer = {mark for mark in ("**", "*") if _count(page.text[low:start], mark) % 2}
    for found in _MARK.finditer(page.text, start, end):
        mark = found.group()
        own = "[" if mark.startswith("]") else mark
        if found.start() not in page.hidden:
            continue
        if own in opened:
            opened.remove(own)
        elif mark.startswith("]") or mark in outer:
            closed += mark
            outer.discard(mark)
        else:
            opened.append(mark)
    return ("", "") if closed == "".join(opened) else (closed, "".join(opened))


def _count(words: str, mark: str) -> int:
    return words.count("**") if mark == "**" else words.replace("**", "").count("*")
