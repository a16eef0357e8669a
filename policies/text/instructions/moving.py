"""Moving a passage to another place, and two passages changing places."""

from policies.errors import RuleBroken
from policies.text.instructions.blocks import units_in
from policies.text.instructions.pages import Page, Span
from policies.text.instructions.splicing import Edit
from policies.text.instructions.structure import typed_lines
from policies.text.layout import layout, widest
from policies.text.model import Kind

Run = tuple[int, int]
"""The first and last unit of a run."""


def moved(page: Page, span: Span, to: Span, is_after: bool, is_edge: bool) -> list[Edit]:
    """The edits that take a passage from its place and put it after or before another one."""
    source = units_in(page, _trimmed(page, span))
    if source:
        target = units_in(page, _trimmed(page, to)) or _at_edge_of_units(page, to, is_after)
        if target:
            return _units_moved(page, source, target, is_after, is_edge)
        raise RuleBroken(
            f"A whole paragraph cannot stand within another one, at {page.around(to)}. Name where one ends."
        )
    lines = _lines_moved(page, span, to, is_after)
    if lines:
        return lines
    start, end = _trimmed(page, span)
    place = _trimmed(page, to)[1 if is_after else 0]
    if start <= place <= end:
        raise RuleBroken("A passage cannot be moved to a place within itself.")
    return [Edit(start, end, ""), Edit(place, place, page.text[start:end])]


def _trimmed(page: Page, span: Span) -> Span:
    passage = page.text[span[0] : span[1]]
    return span[0] + len(passage) - len(passage.lstrip()), span[0] + len(passage.rstrip())


def _at_edge_of_units(page: Page, to: Span, is_after: bool) -> Run | None:
    """The unit that a place begins or ends."""
    index = max(page.unit_at(to[1] - 1 if is_after else to[0]), 0)
    low, high = page.contents[index]
    closed = page.text[to[1] : high].strip(".;:,!?”’\"'*_")
    is_edge = not closed if is_after else to[0] <= low
    return (index, index) if is_edge else None


def _units_moved(page: Page, source: Run, target: Run, is_after: bool, is_edge: bool) -> list[Edit]:
    first, last = source
    place = target[1] + 1 if is_after else target[0]
    if not is_edge and (target[0] <= first <= target[1] or first <= target[0] <= last):
        raise RuleBroken("A passage cannot be moved to a place within itself.")
    units = list(range(len(page.units)))
    run = units[first : last + 1]
    if place > last:
        order = [*units[:first], *units[last + 1 : place], *run, *units[place:]]
    else:
        order = [*units[:place], *run, *units[place:first], *units[last + 1 :]]
    return [rearranged(page, order)]


def rearranged(page: Page, order: list[int]) -> Edit:
    """The units in another order, each with its own lines, as one edit of the passage that changes."""
    moving = [place for place, index in enumerate(order) if place != index]
    if not moving:
        raise RuleBroken("It stands there already.")
    first, last = moving[0], moving[-1]
    parts = layout(page.text, page.units)
    within = parts.gaps[first + 1 : last + 1]
    pieces = ["\n".join(parts.blocks[order[first]])]
    for place in range(first + 1, last + 1):
        before, index = order[place - 1], order[place]
        gap = parts.gaps[index] if index == before + 1 else _seam(page, before, index, within)
        pieces += ["\n" * (len(gap) + 1), "\n".join(parts.blocks[index])]
    return Edit(page.blocks[first][0], page.blocks[last][1], "".join(pieces), exact=True, is_order=True)


def _seam(page: Page, before: int, index: int, gaps: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The gap between two units that were not neighbours: none between items of a list, else a blank line."""
    kinds = {page.units[before].kind, page.units[index].kind}
    if kinds == {Kind.LIST_ITEM}:
        return min(gaps, key=len)
    return widest([("",), *gaps])[:1]


def _lines_moved(page: Page, span: Span, to: Span, is_after: bool) -> list[Edit]:
    """Whole lines within a paragraph that is written line by line; nothing where these are none."""
    lines = typed_lines(page)
    starts, ends = {start for start, _ in lines}, {end for _, end in lines}
    (start, end), (low, high) = ((one[0], len(page.text[: one[1]].rstrip())) for one in (span, to))
    if not (start in starts and end in ends and low in starts and high in ends) or "\n" not in page.text:
        return []
    if low < end and start < high:
        raise RuleBroken("A passage cannot be moved to a place within itself.")
    words = page.text[start:end]
    cut = Edit(start - 1, end, "", exact=True) if start else Edit(start, end + 1, "", exact=True)
    if is_after:
        return [cut, Edit(high, high, f"\n{words}", exact=True)]
    return [cut, Edit(low, low, f"{words}\n", exact=True)]


def swapped(page: Page, one: Span, other: Span) -> list[Edit]:
    """The edits that put two passages each in the place of the other."""
    first, second = sorted([_trimmed(page, one), _trimmed(page, other)])
    if first[1] > second[0]:
        raise RuleBroken("The two passages that change places overlap. Name two that do not.")
    runs = units_in(page, first), units_in(page, second)
    if runs[0] and runs[1]:
        (low, high), (start, end) = runs[0], runs[1]
        units = list(range(len(page.units)))
        order = [
            *units[:low],
            *units[start : end + 1],
            *units[high + 1 : start],
            *units[low : high + 1],
            *units[end + 1 :],
        ]
        return [rearranged(page, order)]
    words = [page.text[start:end] for start, end in (first, second)]
    return [Edit(*first, words[1], exact=True), Edit(*second, words[0], exact=True)]
