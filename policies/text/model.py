"""What the parts of a text are called: units, and the nodes that nest them for a page."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """The five kinds of unit."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    FOOTNOTE = "footnote"


@dataclass(frozen=True)
class Unit:
    """One heading, paragraph, list item, quote or footnote of a text, with an id that survives edits.

    `level` is the heading level, the depth of the list (from 1), the depth of the quote, else 0. `path` is the place in
    the enclosing lists: the number printed for ordered lists, the position for others. `markdown` is the unit's own
    source without its block marker. `first_line` and `last_line` are source lines counted from 0, the last excluded,
    the marker included. `label` is the footnote's label.
    """

    unit_id: str
    kind: Kind
    level: int
    path: tuple[int, ...]
    ordered: bool
    markdown: str
    first_line: int
    last_line: int
    clause: str
    label: str = ""


NodeKind = Literal["heading", "paragraph", "quote", "footnote", "list", "list_item"]


@dataclass(frozen=True)
class Node:
    """A unit with its place on the page; a list has no unit of its own, nor has a list item that holds only a list."""

    kind: NodeKind
    unit: Unit | None
    ordered: bool = False
    start: int = 1
    children: tuple["Node", ...] = ()
