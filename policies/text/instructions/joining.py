"""Edits that make one paragraph of several, or several of one, and that give what stands over them another name."""

from itertools import pairwise

from policies.errors import RuleBroken
from policies.text.instructions.blocks import marked_on
from policies.text.instructions.marking import crossed
from policies.text.instructions.pages import Page, Span
from policies.text.instructions.splicing import Edit
from policies.text.instructions.structure import labels, paragraphs
from policies.text.model import Kind

_ENDS = frozenset(".!?…;:")
_CLOSERS = "\"'”’)]*_»"
_OWN_LINE = {Kind.PARAGRAPH: "\n\n", Kind.QUOTE: "\n>\n> "}


def joined(page: Page, spans: list[Span]) -> list[Edit]:
    """The edits that make one paragraph of several that stand next to each other."""
    known = [unit.kind for unit in page.units]
    pieces = [one for one in paragraphs(page) if any(low <= one[0] < high for low, high in spans)]
    gaps = [(one[1], other[0]) for one, other in pairwise(pieces)]
    ends = min(low for low, _ in spans), max(page.without_space(low, high) for low, high in spans)
    if len(pieces) < 2 or (pieces[0][0], pieces[-1][1]) != ends:
        raise RuleBroken("Two or more paragraphs are needed to make one of them. For items, say how the new one reads.")
    if any(page.text[low:high].strip() for low, high in gaps):
        raise RuleBroken("Those paragraphs do not stand next to each other. Move one of them first.")
    if any(known[page.unit_at(one[0])] is not Kind.PARAGRAPH for one in pieces) or _has_label(page, pieces[1:]):
        raise RuleBroken("Those are not plain paragraphs. Replace them by one, and say how it reads.")
    return [Edit(low, high, " ", exact=True) for low, high in gaps]


def _has_label(page: Page, pieces: list[Span]) -> bool:
    starts = {one.start for one in labels(page)}
    return any(low in starts for low, _ in pieces)


def divided(page: Page, span: Span, side: str) -> Edit:
    """The edit that begins a new paragraph or item after these words, or with them."""
    index = page.unit_at(span[0])
    before, after = _with_signs(page, index, span[1]), span[0]
    if side == "at":
        fits = [place for place in (before, after) if _fault(page, index, place) is None]
        if len(fits) > 1:
            raise RuleBroken("Say whether the new paragraph begins after those words or with them.")
        return _break(page, index, fits[0] if fits else after)
    return _break(page, index, before if side == "after" else after)


def set_apart(page: Page, span: Span) -> list[Edit]:
    """The edits that make a paragraph of its own of sentences within one."""
    index = page.unit_at(span[0])
    low, high = page.contents[index]
    start, end = span[0], page.without_space(*span)
    edges = [place for place in (start, end) if low < place < high]
    if not edges or page.units[index].kind is not Kind.PARAGRAPH:
        raise RuleBroken("That is a paragraph of its own already, or cannot be one. Name a sentence of a paragraph.")
    return [_break(page, index, place) for place in edges]


def _with_signs(page: Page, index: int, place: int) -> int:
    """The place after the signs that close these words."""
    high = page.contents[index][1]
    while place < high and page.text[place] in (*_ENDS, *_CLOSERS, ","):
        place += 1
    return place


def _break(page: Page, index: int, place: int) -> Edit:
    if fault := _fault(page, index, place):
        raise RuleBroken(fault)
    unit = page.units[index]
    start, end = _around(page, index, place)
    gap = _OWN_LINE.get(unit.kind) or f"\n{marked_on(page, index)}"
    return Edit(start, end, "\n" if _is_by_line(page) else gap, exact=True)


def _around(page: Page, index: int, place: int) -> Span:
    """The space around a place within a paragraph."""
    low, high = page.contents[index]
    end = place
    while end < high and page.text[end].isspace():
        end += 1
    return page.without_space(low, place), end


def _fault(page: Page, index: int, place: int) -> str | None:
    """Why no paragraph can end here."""
    unit, (low, high) = page.units[index], page.contents[index]
    start, end = _around(page, index, place)
    if unit.kind in {Kind.HEADING, Kind.FOOTNOTE} or _has_label(page, [page.blocks[index]]):
        return (
            f"What stands at {page.around((place, place))} has one number or is no paragraph. Say how both parts read."
        )
    is_at_edge = start <= low or end >= high or (_is_by_line(page) and "\n" in page.text[start:end])
    if is_at_edge or start == end:
        return f"There is nothing to divide at {page.around((place, place))}. Quote words within the paragraph."
    if page.text[low:start].rstrip(_CLOSERS)[-1:] not in _ENDS or any(crossed(page, low, low, start)):
        return f"No sentence ends at {page.around((place, place))}. Quote the words up to the end of one."
    return None


def _is_by_line(page: Page) -> bool:
    return len(page.units) == 1 and len(paragraphs(page)) > 1


def renamed(page: Page, span: Span, words: str) -> Edit:
    """The edit that gives a section another heading; its number and its colon stay."""
    start = span[0]
    index = page.unit_at(start)
    end = page.text.find("\n", start)
    end = len(page.text) if end < 0 else end
    label = next((one for one in labels(page) if one.start == start), None)
    low = label.content if label else start
    if page.units[index].kind is Kind.HEADING:
        low, end = max(low, page.contents[index][0]), page.contents[index][1]
    elif not label and not page.text[start:end].rstrip("*_ ").endswith(":"):
        raise RuleBroken(f"There is no heading at {page.around((start, start))}. Quote the words that are to change.")
    elif label and page.text[low:end].rstrip()[-1:] in {".", ";", ","}:
        raise RuleBroken(f"What stands at {page.around((low, end))} is no heading. Quote the words that are to change.")
    colon = ":" if page.text[low:end].endswith(":") and not words.endswith(":") else ""
    return Edit(low, end, words + colon, exact=True)
