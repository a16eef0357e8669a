"""The parts of a text that an instruction may count or name: paragraphs, bullets, sentences, sections and labels."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from policies.text.instructions.numerals import roman
from policies.text.instructions.pages import Page, Span
from policies.text.model import Kind

PARAGRAPHS = {Kind.PARAGRAPH, Kind.QUOTE}
_LABELLED = re.compile(
    r"(?P<lead>[ ]*(?:#{1,6} |[-*+>•] )?(?:\*\*)?(?:(?:clause|section|article) )?)"
    r"(?P<label>\((?:\d{1,3}[A-Z]{0,2}|[A-Za-z]|[ivxl]{2,6})\)|(?:\d{1,3}[A-Z]{0,2}|[A-Za-z]|[ivxl]{2,6})[.)]"
    r"|\d{1,3}(?:\.\d{1,3})+\.?)(?:\*\*)?\s+(?=\S)"
    r"|(?P<bare_lead>[ ]*(?:#{1,6} )?(?:(?:clause|section|article) )?)(?P<bare>\d{1,3}(?-i:[A-Z]{0,2}))"
    r"(?=\s+[A-Z(“\"‘'])\s+",
    re.IGNORECASE,
)
_FIRST_BELOW = re.compile(r"\n{1,2}[ ]{0,8}\(1\)\s")
_BULLET = re.compile(r"[ ]*[•·–▪◦‣]\s+\S")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’'»)\]*_]{0,4}(?=\s+[\"“‘'«(\[*_]{0,4}[^\W_a-z]|\s*$)")
_SHORTENED = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|approx|Mr|Mrs|Ms|Dr|Prof|St|Cllr|Hon|Rt|Gov|Sen|Rep|Inc|Ltd)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.\Z"
)
_BEFORE_NUMBER = re.compile(r"\b(?:no|nos|art|para|p|pp|ch|sec)\.\Z", re.IGNORECASE)
_NUMBER_NEXT = re.compile(r"\s\d")
_TYPES = (("num", re.compile(r"\d")), ("upper", re.compile(r"[A-Z]")), ("lower", re.compile(r"[a-z]")))


@dataclass(frozen=True)
class Labelled:
    """A printed number or letter at the beginning of a line, with what it stands in and where it ends."""

    path: tuple[str, ...]
    start: int
    label_start: int
    content: int
    end: int
    style: str
    is_list_item: bool
    is_heading: bool
    kind: str = ""
    group: int = 0
    parent: int = -1
    """The number of the label that it stands below."""

    @property
    def span(self) -> Span:
        return self.start, self.end


def typed_lines(page: Page) -> list[Span]:
    """Where each line stands, blank ones too."""
    starts = [0, *(found.end() for found in re.finditer("\n", page.text))]
    return list(zip(starts, [*(start - 1 for start in starts[1:]), len(page.text)], strict=True))


def labels(page: Page) -> list[Labelled]:
    """Every line that begins with a printed number or letter, in order."""
    lines = typed_lines(page)
    heads = _heads(page, lines)
    found: list[Labelled] = []
    levels: list[tuple[str, str, int]] = []
    titles = _titles(page, lines, heads)
    group = 0
    for place, (number, match) in enumerate(heads):
        label = match.group("label") or match.group("bare")
        is_heading = "#" in match.group()
        if is_heading or _is_broken_before(page, lines, heads[place - 1][0] if place else 0, number):
            levels, group = [], group + 1
        levels = _with_level(levels, label, place)
        index = page.unit_at(match.start())
        next_head = heads[place + 1][0] if place + 1 < len(heads) else len(lines)
        found.append(
            Labelled(
                path=tuple(name for _, name, _ in levels),
                start=match.start(),
                label_start=match.start("label" if match.group("label") else "bare"),
                content=match.end(),
                end=titles.get(number) or _own_end(page, lines, number, next_head),
                style=label,
                is_list_item=_is_item(page, index, match.start()),
                is_heading=is_heading,
                kind=levels[-1][0],
                group=-1 if number in titles else group,
                parent=levels[-2][2] if len(levels) > 1 else -1,
            )
        )
    return _with_children(found)


def _is_item(page: Page, index: int, place: int) -> bool:
    """Whether a line is the first one of an item of a list."""
    return index >= 0 and page.units[index].kind is Kind.LIST_ITEM and page.blocks[index][0] == place


def _heads(page: Page, lines: list[Span]) -> list[tuple[int, re.Match[str]]]:
    """The lines that begin with a label; a bare number is one only where it counts on."""
    heads: list[tuple[int, re.Match[str]]] = []
    count = 0
    for number, (start, end) in enumerate(lines):
        match = _LABELLED.match(page.text, start, end)
        if match and match.group("bare"):
            is_named = bool(re.search(r"[a-z]", match.group("bare_lead"), re.IGNORECASE))
            opens = bool(_FIRST_BELOW.match(page.text, end)) and not count
            figure = match.group("bare").rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            is_next = int(figure) == (count + 1 if figure == match.group("bare") else count)
            if not is_next and not is_named and not opens:
                continue
            count = int(figure)
        if match:
            heads.append((number, match))
    return heads


def _is_broken_before(page: Page, lines: list[Span], previous: int, number: int) -> bool:
    """Whether a heading, a line that opens a new list, or another paragraph stands between two labels."""
    for line in range(previous + 1, number):
        start, end = lines[line]
        words = page.text[start:end]
        if words.lstrip().startswith("#") or words.rstrip("*_ ").endswith(":"):
            return True
        if words.strip() and not words.startswith(" ") and not page.text[slice(*lines[line - 1])].strip():
            return True
    return False


def _with_level(levels: list[tuple[str, str, int]], label: str, place: int) -> list[tuple[str, str, int]]:
    """The labels that are open with this one: below those of other kinds, in the place of one of the same kind."""
    bare = label.strip("().")
    if "." in bare:
        return _with_dots(levels, bare.split("."), place)
    kind = next(name for name, pattern in _TYPES if pattern.match(bare))
    style = kind + ("()" if label.startswith("(") else "")
    last = next((name for level, name, _ in levels if level == style), "")
    names = [name for name, _, _ in levels]
    counts_on = len(bare) == 1 and len(last) == 1 and ord(bare) - ord(last) in {0, 1}
    may_be_roman = len(bare) > 1 or bare in "iI" or (bare in "vxVX" and f"roman{style}" in names)
    if kind != "num" and roman(bare) and may_be_roman and not counts_on:
        style = "roman" + style
    kept = levels[: names.index(style)] if style in names else levels
    return [*kept, (style, bare, place)]


def _with_dots(levels: list[tuple[str, str, int]], parts: list[str], place: int) -> list[tuple[str, str, int]]:
    """The labels that are open with 2.1: the 2 above it, where one is printed."""
    found: list[tuple[str, str, int]] = []
    for depth, part in enumerate(parts):
        kind = f"dot{depth}" if depth else "num"
        known = levels[depth] if depth < len(levels) else None
        is_open = known and known[:2] == (kind, part) and depth < len(parts) - 1
        found.append(known if known and is_open else (kind, part, place if depth == len(parts) - 1 else -1))
    return found


def _titles(page: Page, lines: list[Span], heads: list[tuple[int, re.Match[str]]]) -> dict[int, int]:
    """Numbered lines that are titles of what follows them, and where that ends; none where any two stand together."""
    numbers = [
        number for number, match in heads if (match.group("label") or match.group("bare")).rstrip(".").isdecimal()
    ]
    ends: dict[int, int] = {}
    for number, following in pairwise([*numbers, len(lines)]):
        filled = [line for line in range(number + 1, following) if page.text[slice(*lines[line])].strip()]
        if not filled or not page.text[lines[number][1] - 1].isalnum():
            return {}
        heading = next((line for line in filled if page.text[lines[line][0]] == "#"), following)
        ends[number] = max((lines[line][1] for line in filled if line < heading), default=lines[number][1])
    return ends


def _own_end(page: Page, lines: list[Span], number: int, next_head: int) -> int:
    """Where the words of a labelled line end, with the lines that go on with them."""
    end = lines[number][1]
    for start, stop in lines[number + 1 : next_head]:
        line, before = page.text[start:stop], page.text[max(0, end - 9) : end].rstrip()[-1:]
        if not line.strip() or line.lstrip().startswith(("#", "- ", "* ", "• ")):
            break
        if not line.startswith(" ") and not line[0].islower() and (before in ".;:!?" or line.rstrip().endswith(":")):
            break
        end = stop
    return end


def _with_children(found: list[Labelled]) -> list[Labelled]:
    """Each label with the ends of those inside it."""
    ends = [one.end for one in found]
    for place in range(len(found) - 1, -1, -1):
        parent = found[place].parent
        if parent >= 0:
            ends[parent] = max(ends[parent], ends[place])
    return [replace(one, end=end) for one, end in zip(found, ends, strict=True)]


def paragraphs(page: Page) -> list[Span]:
    """The paragraphs in order; where no blank line divides the text, each of its lines that ends a sentence is one."""
    found = [
        (page.blocks[index][0], page.blocks[index][1])
        for index, unit in enumerate(page.units)
        if unit.kind in PARAGRAPHS
    ]
    lines = [span for span in typed_lines(page) if page.text[slice(*span)].strip()]
    is_by_line = len(found) == 1 == len(page.units) and len(lines) > 1
    ends = (page.text[slice(*span)].rstrip("\"”’')*_ ")[-1:] for span in lines)
    return lines if is_by_line and all(end in ".;:!?,—" for end in ends) else found


def bullets(page: Page) -> list[list[Span]]:
    """The items of each list, those inside others too."""
    lists: list[list[Span]] = []
    last = -2
    for index, unit in enumerate(page.units):
        if unit.kind is Kind.LIST_ITEM:
            if last != index - 1:
                lists.append([])
            lists[-1].append(page.blocks[index])
            last = index
        elif unit.path:
            last = index
    return lists or _typed_bullets(page)


def _typed_bullets(page: Page) -> list[list[Span]]:
    """Lines that begin with a bullet sign, which is no markup here."""
    lists: list[list[Span]] = []
    before = -2
    for number, (start, end) in enumerate(typed_lines(page)):
        if _BULLET.match(page.text, start, end):
            if not lists or before != number - 1:
                lists.append([])
            lists[-1].append((start, end))
            before = number
        elif not page.text[start:end].strip():
            before += before == number - 1
    return lists


def sentences(page: Page, span: Span) -> list[Span]:
    """The sentences of the paragraphs and items in this passage, each without the space around it."""
    found: list[Span] = []
    for index, unit in enumerate(page.units):
        low, high = max(span[0], page.contents[index][0]), min(span[1], page.contents[index][1])
        if unit.kind is Kind.HEADING or low >= high:
            continue
        start = low
        for match in _SENTENCE_END.finditer(page.text, low, high):
            before = page.text[max(low, match.start() - 20) : match.start()]
            is_number_next = _NUMBER_NEXT.match(page.text, match.end())
            is_shortened = _SHORTENED.search(before) or (is_number_next and _BEFORE_NUMBER.search(before))
            if is_shortened and match.end() < high:
                continue
            found.append(_trimmed(page, start, match.end()))
            start = match.end()
        if page.text[start:high].strip():
            found.append(_trimmed(page, start, high))
    return found


def _trimmed(page: Page, start: int, end: int) -> Span:
    passage = page.text[start:end]
    return start + len(passage) - len(passage.lstrip()), start + len(passage.rstrip())


def sections(page: Page) -> list[tuple[str, Span]]:
    """The words of each heading, or of a line that ends with a colon, and the passage that it stands over."""
    heads = [index for index, unit in enumerate(page.units) if unit.kind is Kind.HEADING]
    ends = _ends_of_headings(page, heads)
    found = [(page.units[index].markdown, (page.blocks[index][0], ends[index])) for index in heads]
    intros = [
        (start, end)
        for start, end in typed_lines(page)
        if page.text[start:end].rstrip("*_ ").endswith(":") and not _LABELLED.match(page.text, start, end)
    ]
    starts = sorted([*(span[0] for span in intros), *(page.blocks[index][0] for index in heads), len(page.text)])
    for start, end in intros:
        following = starts[bisect_right(starts, start)]
        found.append((page.text[start:end].strip("*_ "), (start, page.without_space(start, following))))
    return found


def _ends_of_headings(page: Page, heads: list[int]) -> dict[int, int]:
    """Where the section of each heading ends: before the next one of its level or a higher one."""
    ends: dict[int, int] = {}
    open_ones: list[int] = []
    for index in heads:
        while open_ones and page.units[open_ones[-1]].level >= page.units[index].level:
            earlier = open_ones.pop()
            ends[earlier] = page.without_space(page.blocks[earlier][0], page.blocks[index][0])
        open_ones.append(index)
    return {**ends, **dict.fromkeys(open_ones, len(page.text.rstrip()))}
