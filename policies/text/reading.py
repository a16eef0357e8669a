"""Cutting a text into its units, with their places and clause numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from policies.text.model import Kind, Unit
from policies.text.parser import block_tokens


@dataclass
class _OpenItem:
    """A list item being read: its place, where it starts, and how many paragraphs it has had."""

    first_line: int
    paragraphs: int = 0


@dataclass
class _OpenList:
    """A list being read: the number its next item will have, and the item being read."""

    ordered: bool
    ordinal: int
    entry: _OpenItem | None = None


@dataclass
class _OpenNote:
    """A footnote being read."""

    label: str
    first_line: int
    paragraphs: int = 0


@dataclass
class _Reader:
    """Walks the parser's tokens once and collects the units."""

    units: list[Unit] = field(default_factory=list)
    lists: list[_OpenList] = field(default_factory=list)
    note: _OpenNote | None = None
    heading_level: int = 0
    quote_depth: int = 0
    number: int = 0
    notes: int = 0
    may_lead_list: bool = False

    def open_list(self, token: Token) -> None:
        if not self.lists and not self.may_lead_list:
            self.number += 1
        if self.lists and (entry := self.lists[-1].entry):
            # What comes after an inner list is a further paragraph, even where the item began with that list.
            entry.paragraphs = max(entry.paragraphs, 1)
        self.may_lead_list = False
        start = token.attrGet("start")
        self.lists.append(_OpenList(token.type == "ordered_list_open", 0 if start is None else int(start) - 1))

    def open_item(self, token: Token) -> None:
        self.lists[-1].ordinal += 1
        self.lists[-1].entry = _OpenItem(_lines(token)[0])

    def close_list(self, _token: Token) -> None:
        self.lists.pop()

    def open_or_close_quote(self, token: Token) -> None:
        self.quote_depth += token.nesting

    def open_note(self, token: Token) -> None:
        self.notes += 1
        self.note = _OpenNote(token.meta["label"], _lines(token)[0])

    def close_note(self, _token: Token) -> None:
        if self.note and not self.note.paragraphs:
            self._add_note(self.note, "", self.note.first_line, self.note.first_line + 1)
        self.note = None

    def open_heading(self, token: Token) -> None:
        self.heading_level = int(token.tag[1:])

    def add_words(self, token: Token) -> None:
        self._add(_trimmed_lines(token.content), *_lines(token))

    def _add(self, markdown: str, first_line: int, last_line: int) -> None:
        if self.note:
            self._add_note(self.note, markdown, first_line, last_line)
        elif self.lists and (entry := self.lists[-1].entry):
            self._add_to_item(entry, markdown, first_line, last_line)
        elif self.heading_level:
            self.may_lead_list = False
            self._append(Kind.HEADING, self.heading_level, markdown, first_line, last_line, "")
            self.heading_level = 0
        else:
            self.number += 1
            self.may_lead_list = True
            kind = Kind.QUOTE if self.quote_depth else Kind.PARAGRAPH
            self._append(kind, self.quote_depth, markdown, first_line, last_line, str(self.number))

    def _add_note(self, note: _OpenNote, markdown: str, first_line: int, last_line: int) -> None:
        note.paragraphs += 1
        first = note.first_line if note.paragraphs == 1 else first_line
        clause = _continued(f"n{self.notes}", note.paragraphs)
        self._append(Kind.FOOTNOTE, 0, markdown, first, last_line, clause, note.label)

    def _add_to_item(self, entry: _OpenItem, markdown: str, first_line: int, last_line: int) -> None:
        entry.paragraphs += 1
        kind, first = (Kind.LIST_ITEM, entry.first_line) if entry.paragraphs == 1 else (Kind.PARAGRAPH, first_line)
        clause = ".".join(str(number) for number in (self.number, *self._path()))
        self._append(kind, len(self.lists), markdown, first, last_line, _continued(clause, entry.paragraphs))

    def _path(self) -> tuple[int, ...]:
        return tuple(open_list.ordinal for open_list in self.lists)

    def _append(
        self, kind: Kind, level: int, markdown: str, first_line: int, last_line: int, clause: str, label: str = ""
    ) -> None:
        ordered = kind is Kind.LIST_ITEM and self.lists[-1].ordered
        self.units.append(Unit("", kind, level, self._path(), ordered, markdown, first_line, last_line, clause, label))


def _lines(token: Token) -> tuple[int, int]:
    first_line, last_line = token.map or (0, 0)
    return first_line, last_line


def _continued(clause: str, paragraph: int) -> str:
    return clause if paragraph == 1 else f"{clause}-{paragraph}"


def _trimmed_lines(content: str) -> str:
    return "\n".join(line.strip(" \t") for line in content.split("\n"))


_STEPS: dict[str, Callable[[_Reader, Token], None]] = {
    "bullet_list_open": _Reader.open_list,
    "ordered_list_open": _Reader.open_list,
    "bullet_list_close": _Reader.close_list,
    "ordered_list_close": _Reader.close_list,
    "list_item_open": _Reader.open_item,
    "blockquote_open": _Reader.open_or_close_quote,
    "blockquote_close": _Reader.open_or_close_quote,
    "footnote_reference_open": _Reader.open_note,
    "footnote_reference_close": _Reader.close_note,
    "heading_open": _Reader.open_heading,
    "inline": _Reader.add_words,
}


def units_without_ids(text: str) -> Sequence[Unit]:
    """The units of a text in reading order; their ids are still empty."""
    reader = _Reader()
    for token in block_tokens(text):
        if step := _STEPS.get(token.type):
            step(reader, token)
    return reader.units
