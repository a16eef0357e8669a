"""Putting clauses of several texts together into one, so that each can still be found in the text it came from.

An id names a unit within its own text; two texts may use the same id for different units, or for the same words. So
each clause that is taken gets an id that no other one here has, and is found again by it.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from policies.text.align import unused_id
from policies.text.model import Kind, Unit
from policies.text.reading import units_without_ids
from policies.text.similarity import SIMILAR, similarity
from policies.text.units import Document, read_units

_NOTE_MARK = re.compile(r"(?<!\\)\[\^([^\]\s]+)\]")


@dataclass(frozen=True)
class Taken:
    """A unit taken from the text called `source`, where it stands; `new_id` is its id among all that are taken."""

    source: int
    unit: Unit
    new_id: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a unit's words came from: the source, the unit there, and whether they were edited since."""

    source: int
    unit: Unit
    is_edited: bool


def take(chosen: Sequence[tuple[int, str]], texts: Mapping[int, Sequence[Unit]]) -> list[Taken]:
    """The chosen units, by source and id, in the order given; footnotes follow, those the chosen words refer to.

    The first to bring an id keeps it; a later one of the same id gets one that is not used here.
    """
    by_id = {source: {unit.unit_id: unit for unit in units} for source, units in texts.items()}
    words = [Taken(source, by_id[source][unit_id]) for source, unit_id in dict.fromkeys(chosen)]
    words = [taken for taken in words if taken.unit.kind is not Kind.FOOTNOTE]
    return _with_own_ids([*words, *_footnotes(words, texts)])


def gather(taken: Sequence[Taken]) -> tuple[str, tuple[Unit, ...]]:
    """The text made of what was taken, and its units with their new ids; footnotes of the same label are told apart."""
    labels = _labels(taken)
    writer = _Writer()
    for one in taken:
        writer.add(one.source, _relabelled(one, labels))
    text = writer.text
    wanted = [_relabelled(one, labels) for one in taken]
    units = units_without_ids(text)
    if [_said(unit) for unit in units] == [_said(unit) for unit in wanted]:
        return text, tuple(replace(unit, unit_id=one.new_id) for unit, one in zip(units, taken, strict=True))
    return text, read_units(text, wanted)


def read_gathered(taken: Sequence[Taken], title: str, text: str) -> Document:
    """The text as it was edited since; what is left of each unit that was taken keeps its new id.

    A unit that was both moved and edited is found by its words, among those that are not found otherwise.
    """
    known = gather(taken)[1]
    document = Document.read(title, text, known)
    left = {unit.unit_id: unit for unit in known}
    for unit in document.units:
        left.pop(unit.unit_id, None)
    known_ids = {unit.unit_id for unit in known}
    units = tuple(unit if unit.unit_id in known_ids else _found_among(left, unit) for unit in document.units)
    return replace(document, units=units)


def origins(units: Sequence[Unit], taken: Sequence[Taken]) -> dict[str, Origin]:
    """Where each unit came from, by its id; a unit whose words are new, whatever its id, came from nowhere."""
    labels = _labels(taken)
    known = {one.new_id: (one, _relabelled(one, labels)) for one in taken}
    found = {}
    for unit in units:
        if unit.unit_id in known:
            one, was = known[unit.unit_id]
            is_edited = _said(unit) != _said(was)
            if not is_edited or similarity(unit.markdown, was.markdown) >= SIMILAR:
                found[unit.unit_id] = Origin(one.source, one.unit, is_edited)
    return found


def _found_among(left: dict[str, Unit], unit: Unit) -> Unit:
    """The unit with the id of the one it is most like, which is then no longer left; itself where it is like none."""
    alike = {unit_id: similarity(was.markdown, unit.markdown) for unit_id, was in left.items()}
    best = max(alike, key=lambda unit_id: alike[unit_id], default="")
    if not best or alike[best] < SIMILAR:
        return unit
    del left[best]
    return replace(unit, unit_id=best)


def _said(unit: Unit) -> tuple[Kind, str, str]:
    return unit.kind, unit.markdown, unit.label


def _with_own_ids(taken: Sequence[Taken]) -> list[Taken]:
    used = {one.unit.unit_id for one in taken}
    given: set[str] = set()
    ordinals: Counter[str] = Counter()
    named = []
    for one in taken:
        new_id = one.unit.unit_id if one.unit.unit_id not in given else unused_id(one.unit, used, ordinals)
        given.add(new_id)
        named.append(replace(one, new_id=new_id))
    return named


def _footnotes(words: Sequence[Taken], texts: Mapping[int, Sequence[Unit]]) -> list[Taken]:
    """The footnotes that these words refer to, and those that such a footnote refers to in turn."""
    marked = dict.fromkeys((one.source, label) for one in words for label in _marks(one.unit))
    notes: dict[tuple[int, str], list[Taken]] = {}
    waiting = list(marked)
    while waiting:
        source, label = waiting.pop(0)
        if (source, label) not in notes:
            found = [
                Taken(source, unit) for unit in texts[source] if unit.kind is Kind.FOOTNOTE and unit.label == label
            ]
            notes[source, label] = found
            waiting += [(source, further) for one in found for further in _marks(one.unit)]
    return [one for found in notes.values() for one in found]


def _marks(unit: Unit) -> list[str]:
    return _NOTE_MARK.findall(unit.markdown)


def _labels(taken: Sequence[Taken]) -> dict[tuple[int, str], str]:
    """What each source's footnotes are called here: a label that an earlier source uses is replaced by a number."""
    wanted = dict.fromkeys(
        (one.source, label) for one in taken for label in (*_marks(one.unit), one.unit.label) if label
    )
    reserved = {label for _, label in wanted}
    owners: dict[str, int] = {}
    numbers = (str(number) for number in count(1))
    labels = {}
    for source, label in wanted:
        new = label if owners.setdefault(label, source) == source else next(n for n in numbers if n not in reserved)
        labels[source, label] = new
    return labels


def _relabelled(one: Taken, labels: Mapping[tuple[int, str], str]) -> Unit:
    def renamed(mark: re.Match[str]) -> str:
        return f"[^{labels[one.source, mark.group(1)]}]"

    label = labels[one.source, one.unit.label] if one.unit.label else ""
    return replace(one.unit, unit_id=one.new_id, markdown=_NOTE_MARK.sub(renamed, one.unit.markdown), label=label)


@dataclass
class _OpenItem:
    """A list item under which others may stand: its place in its own text, its indentation here, its number."""

    path: tuple[int, ...]
    indent: str
    marker: str
    number: int

    @property
    def inner(self) -> str:
        """What stands before a line that belongs to it."""
        return self.indent + " " * len(self.marker)


class _Writer:
    """Writes units one after the other, each as the kind it is."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.glue: list[str] = []
        self.source: int | None = None
        self.open: list[_OpenItem] = []

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(glue + block for glue, block in zip(self.glue, self.blocks, strict=True))

    def add(self, source: int, unit: Unit) -> None:
        """Write one more unit."""
        if source != self.source:
            self.open = []
        self.source = source
        if unit.kind is Kind.LIST_ITEM:
            self._add_item(unit)
        elif unit.kind is Kind.FOOTNOTE:
            self._add_note(unit)
        elif unit.path and self.open and self.open[-1].path == unit.path:
            self._write(_indented(unit.markdown, self.open[-1].inner))
        else:
            self.open = []
            self._write(_block(unit))

    def _write(self, block: str, glue: str = "\n\n") -> None:
        self.glue.append(glue if self.blocks else "")
        self.blocks.append(block)

    def _add_item(self, unit: Unit) -> None:
        run_on = bool(self.open)
        before = None
        while self.open and not _is_inside(unit.path, self.open[-1].path):
            before = self.open.pop()
        outer = self.open[-1] if self.open else None
        indent = outer.inner if outer else ""
        number = before.number + 1 if unit.ordered and before and before.number else 1
        marker = f"{number}. " if unit.ordered else "- "
        entry = _OpenItem(unit.path, indent, marker, number if unit.ordered else 0)
        self.open.append(entry)
        words = _indented(unit.markdown, entry.inner).removeprefix(entry.inner)
        self._write(indent + marker + words, "\n" if run_on else "\n\n")

    def _add_note(self, unit: Unit) -> None:
        if "-" in unit.clause:
            # A further paragraph of the footnote that was just written.
            self._write(_indented(unit.markdown, "    "))
            return
        self.open = []
        first, *rest = unit.markdown.split("\n")
        self._write("\n".join([f"[^{unit.label}]: {first}", *("    " + line for line in rest)]))


def _block(unit: Unit) -> str:
    if unit.kind is Kind.HEADING:
        return f"{'#' * unit.level} {unit.markdown}"
    if unit.kind is Kind.QUOTE:
        return "\n".join("> " * unit.level + line for line in unit.markdown.split("\n"))
    return unit.markdown


def _is_inside(path: tuple[int, ...], outer: tuple[int, ...]) -> bool:
    return len(path) > len(outer) and path[: len(outer)] == outer


def _indented(markdown: str, indent: str) -> str:
    return "\n".join(indent + line for line in markdown.split("\n"))
