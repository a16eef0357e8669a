"""Edits that begin or end a paragraph: whole units removed and inserted, and what stands at an end."""

import re

from policies.errors import RuleBroken
from policies.text.instructions.pages import Page, Span
from policies.text.instructions.splicing import Edit, starts_a_block
from policies.text.layout import layout, marker, widest
from policies.text.model import Kind, Unit

_GOES_ON = frozenset(",;:–—")
_LABEL = re.compile(r"\(?(?:\d{1,3}[A-Z]?|[A-Za-z]|[ivxlIVXL]{2,6})[.)]")
_CLOSERS = "\"'”’)]*_»"


def _trimmed(page: Page, span: Span) -> Span:
    start, end = span
    passage = page.text[start:end]
    return start + len(passage) - len(passage.lstrip()), start + len(passage.rstrip())


def units_in(page: Page, span: Span) -> tuple[int, int] | None:
    """The first and last unit of a passage that is made of whole units."""
    first, last = page.unit_at(span[0]), page.unit_at(span[1] - 1)
    if first < 0 or span[0] > page.contents[first][0] or span[1] < page.contents[last][1]:
        return None
    return first, last


def removed(page: Page, span: Span, is_end: bool) -> Edit:
    """Leave out a passage; whole units go with their markers and the gap that is no longer needed."""
    start, end = _trimmed(page, span)
    if end <= start:
        raise RuleBroken("There is nothing to leave out there.")
    whole = units_in(page, (start, _with_last_sign(page, end)))
    if whole:
        return _without_units(page, *whole)
    _must_not_join_kinds(page, start, end)
    _must_not_leave_a_label(page, start, end)
    return Edit(start, end, _last_stop(page, start, end)) if is_end else Edit(start, end, "")


def _with_last_sign(page: Page, end: int) -> int:
    """The end of the paragraph where nothing but its last sign stands after these words."""
    high = page.contents[page.unit_at(end - 1)][1] if page.contents else end
    return end if page.text[end:high].strip(" .;,") else high


def _must_not_leave_a_label(page: Page, start: int, end: int) -> None:
    """Refuse to leave nothing of a line but the number or letter that was typed before it."""
    text = page.text
    line = text.rfind("\n", 0, start) + 1
    tail, _, following = text[end:].partition("\n")
    is_all = not tail.strip(" .;,") and not following[:1].islower()
    if is_all and _LABEL.fullmatch(text[line:start].strip()):
        raise RuleBroken(
            f"Nothing but “{text[line:start].strip()}” would be left there. "
            "Name the point itself, as in “delete point 2”, or say what is to stand there."
        )


def _must_not_join_kinds(page: Page, start: int, end: int) -> None:
    """Refuse to let a heading or an item go on with the rest of another kind of paragraph."""
    first, last = page.unit_at(start), page.unit_at(end - 1)
    if first < 0 or end >= page.contents[last][1]:
        return
    if (page.units[first].kind, page.units[first].level) != (page.units[last].kind, page.units[last].level):
        raise RuleBroken(
            f"That would join what is left of two paragraphs of different kinds, at {page.around((start, start))} and "
            f"{page.around((end, end))}. Leave out each part by itself."
        )


def _last_stop(page: Page, start: int, end: int) -> str:
    """The full stop that the sentence keeps where a passage up to its end is left out."""
    kept = page.text[:start].rstrip()
    first = page.unit_at(start)
    if page.text[end - 1] != "." or len(kept) <= page.contents[first][0]:
        return ""
    if kept[-1] in ",;:-–—":
        raise RuleBroken(
            f"What remains would end with “{kept[-1]}” at {page.around((len(kept) - 1, len(kept)))}. "
            "Leave that out too, or say how it ends."
        )
    return "" if kept.rstrip(_CLOSERS)[-1:] in {".", "!", "?", "…"} else "."


def _without_units(page: Page, first: int, last: int) -> Edit:
    following = page.units[last + 1 : last + 2]
    clauses = [unit.clause for unit in page.units[first : last + 1] if unit.kind is Kind.LIST_ITEM]
    if following and any(following[0].clause.startswith((f"{clause}.", f"{clause}-")) for clause in clauses):
        raise RuleBroken(f"The item at {page.around(page.contents[last])} holds others. Say what becomes of those.")
    start, end = page.blocks[first][0], page.blocks[last][1]
    before = page.blocks[first - 1][1] if first else 0
    after = page.blocks[last + 1][0] if following else len(page.text)
    gaps = layout(page.text, page.units).gaps
    if not following:
        return Edit(before, end, "", exact=True)
    if not first or widest([gaps[first], gaps[last + 1]]) is gaps[first]:
        return Edit(start, after, "", exact=True)
    return Edit(before, end, "", exact=True)


def replaced(page: Page, span: Span, words: str) -> Edit:
    """Put words in the place of a passage; the marker of an item or heading stays."""
    start, end = _trimmed(page, span)
    index = page.unit_at(start)
    if index >= 0 and start < page.contents[index][0] and page.unit_at(end - 1) == index:
        start = page.blocks[index][0] if starts_a_block(words) else page.contents[index][0]
    _must_not_join_kinds(page, start, end)
    return Edit(start, end, words, exact=bool(units_in(page, (start, end))))


def beside(page: Page, span: Span, words: str, new: str | None, is_after: bool, is_line: bool) -> Edit:
    """Insert after or before a paragraph or line: a new paragraph or item, or words within the same paragraph."""
    start, end = _trimmed(page, span)
    index = page.unit_at(end - 1) if is_after else page.unit_at(start)
    if index < 0:
        raise RuleBroken("There is no paragraph there.")
    is_edge = end >= page.contents[index][1] if is_after else start <= page.contents[index][0]
    if is_edge and (new or not is_line or starts_a_block(words) or _is_paragraph(words)):
        return _new_unit(page, index, words, new, is_after)
    if new or is_edge:
        raise RuleBroken(
            f"Say whether this is a new paragraph or goes on within one, at {page.around((start, end))}: "
            "“after paragraph 2 insert new paragraph …” or “at end of line 7 insert …”."
        )
    return at_end(page, (start, end), words, None) if is_after else Edit(start, start, words)


def new_line(page: Page, span: Span, words: str, new: str, is_after: bool) -> Edit | None:
    """A line of its own beside a line that was typed as one; None where that one begins or ends a paragraph."""
    start, end = _trimmed(page, span)
    index = page.unit_at(start)
    if index < 0:
        return None
    low, high = page.contents[index]
    is_edge = end >= high if is_after else start <= low
    is_one = page.text.count("\n", page.blocks[index][0], page.blocks[index][1]) == 0
    if is_one or page.units[index].kind in {Kind.LIST_ITEM, Kind.HEADING} or new in {"sentence", "bullet", "item"}:
        return None
    if is_edge and ("\n\n" in page.text or new):
        return None
    place = end if is_after else start
    is_typed = page.text[place : place + 1] in {"", "\n"} if is_after else page.text[place - 1 : place] in {"", "\n"}
    if not is_typed or _goes_on(words):
        return None
    return Edit(place, place, f"\n{words}" if is_after else f"{words}\n", exact=True)


def is_line_by_line(page: Page, place: int) -> bool:
    """Whether a line ends here within a paragraph that has a sentence on each of its lines."""
    index = page.unit_at(place - 1)
    lines = page.text[slice(*page.blocks[index])].split("\n") if index >= 0 else []
    is_end = page.text[place : place + 1] in {"", "\n"}
    return is_end and len(lines) > 1 and all(line.rstrip(_CLOSERS)[-1:] in {".", ";", ":", "!", "?"} for line in lines)


def _is_paragraph(words: str) -> bool:
    """Whether these words can only be a paragraph or item of their own."""
    return words[:1].isupper() and (words.rstrip(_CLOSERS)[-1:] in {".", "!", "?", ";", ":"} or "\n" in words)


def _goes_on(words: str) -> bool:
    """Whether these words go on with the line before them."""
    return words[:1] in _GOES_ON


def _new_unit(page: Page, index: int, words: str, new: str | None, is_after: bool) -> Edit:
    unit = page.units[index]
    words = words.strip("\n")
    following = page.units[index + 1 : index + 2]
    if is_after and following and following[0].clause.startswith((f"{unit.clause}.", f"{unit.clause}-")):
        raise RuleBroken(
            f"The paragraph at {page.around(page.contents[index])} goes on with clause {following[0].clause}. "
            "Say after which clause the new words stand."
        )
    if unit.kind is Kind.LIST_ITEM and new not in {"paragraph", "section", "heading"}:
        return _new_item(page, index, words, is_after)
    neighbour = following if is_after else page.units[max(index - 1, 0) : index]
    if unit.kind is Kind.LIST_ITEM and neighbour and neighbour[0].kind is Kind.LIST_ITEM:
        raise RuleBroken("A paragraph cannot stand between two items of a list; insert a new item.")
    place = page.blocks[index][1] if is_after else page.blocks[index][0]
    if not is_after:
        return Edit(place, place, f"{words}\n\n", exact=True)
    is_separate = page.text[place : place + 2] in {"", "\n\n"}
    return Edit(place, place, f"\n\n{words}" if is_separate else f"\n\n{words}\n", exact=True)


def _new_item(page: Page, index: int, words: str, is_after: bool) -> Edit:
    place = page.blocks[index][1] if is_after else page.blocks[index][0]
    if not starts_a_block(words):
        if "\n" in words:
            raise RuleBroken("A new item is one paragraph; insert each item by itself.")
        words = _marked(page, page.units[index], index, is_after) + words
    return Edit(place, place, f"\n{words}" if is_after else f"{words}\n", exact=True)


def _marked(page: Page, unit: Unit, index: int, is_after: bool) -> str:
    """The marker of a list's next item."""
    own = marker(unit, layout(page.text, page.units).blocks[index]).split("\n")[-1]
    return re.sub(r"\d+", lambda number: str(int(number.group()) + 1), own) if is_after else own


def marked_on(page: Page, index: int) -> str:
    """The marker of the item after this one."""
    return _marked(page, page.units[index], index, is_after=True)


def at_start(page: Page, span: Span, words: str, new: str | None) -> Edit:
    """Insert at the beginning of the text, or of a line or paragraph."""
    if not page.units:
        return Edit(0, len(page.text), words, exact=True)
    start = _trimmed(page, span)[0]
    index = max(page.unit_at(start), 0)
    if new or starts_a_block(words):
        return beside(page, (start, start), words, new or "block", is_after=False, is_line=True)
    if page.units[index].kind in {Kind.HEADING, Kind.FOOTNOTE}:
        raise RuleBroken("A heading or a footnote stands there. Say “insert new paragraph …”, or name a word.")
    start = max(start, page.contents[index][0])
    return Edit(start, start, words)


def at_end(page: Page, span: Span, words: str, new: str | None) -> Edit:
    """Insert at the end of a passage; words that go on with its last sentence take the place of its full stop."""
    end = _trimmed(page, span)[1]
    index = page.unit_at(end - 1) if end else -1
    if index < 0:
        return Edit(0, len(page.text), words, exact=True)
    if new or starts_a_block(words):
        return beside(page, (span[0], end), words, new or "block", is_after=True, is_line=False)
    if page.units[index].kind in {Kind.HEADING, Kind.FOOTNOTE}:
        raise RuleBroken("The text ends with a heading or a footnote. Say after which words the new ones stand.")
    is_aside = words[0] == "(" and words[-1] == ")"
    if words[0] not in _GOES_ON and not words[0].islower() and not is_aside:
        if page.units[index].kind is Kind.LIST_ITEM:
            raise RuleBroken("A list stands there. Say “insert new item …” or “insert new paragraph …”.")
        return Edit(end, end, words)
    last = page.text[:end].rstrip(_CLOSERS)[-1:]
    if last not in {".", "!", "?", "…"}:
        return Edit(end, end, words)
    if page.text[end - 1] != ".":
        raise RuleBroken(
            f"The last sentence is closed at {page.around((end - 1, end))}. Leave out its end and insert the words."
        )
    is_closed = words.rstrip(_CLOSERS)[-1:] in {".", "!", "?", "…"}
    return Edit(end - 1, end, words if is_closed else f"{words}.")
