"""What stands in a file that is carried away, described once, so that all forms of it say the same.

A paper has a title, facts, sections and a foot. A section is a text, clause by clause, whole or with its changes
tracked. Who made a paper stands nowhere in it: it is the platform's.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from policies.text.diff import Op
from policies.text.dressed import PLAIN, Dress
from policies.text.model import Kind
from policies.text.tracked import Stretch

# What XML cannot hold, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Form(StrEnum):
    """The forms in which a paper is written; the values are the endings of their files."""

    PDF = "pdf"
    WORD = "docx"
    OPEN_DOCUMENT = "odt"
    MARKDOWN = "md"


MEDIA_TYPES: dict[Form, str] = {
    Form.PDF: "application/pdf",
    Form.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.OPEN_DOCUMENT: "application/vnd.oasis.opendocument.text",
    Form.MARKDOWN: "text/markdown; charset=utf-8",
}
NAMES: dict[Form, str] = {
    Form.PDF: "PDF",
    Form.WORD: "Word",
    Form.OPEN_DOCUMENT: "OpenDocument",
    Form.MARKDOWN: "Markdown",
}
# Who made the tracked changes of a Word file, as Word names somebody: no person ever.
AUTHOR = "Common Platform"
INDENT = "\u2003"


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item, quote or footnote.

    `op` says whether it is inserted or deleted as a whole; `stretches` what happens to its words. `lines` are the same
    words in printed lines, where those are numbered.
    """

    kind: Kind
    stretches: tuple[Stretch, ...]
    op: Op = Op.EQUAL
    level: int = 0
    clause: str = ""
    path: tuple[int, ...] = ()
    ordered: bool = False
    label: str = ""
    is_bracketed: bool = False
    lines: tuple[tuple[int, tuple[Stretch, ...]], ...] = ()

    @property
    def words(self) -> str:
        """Its words, whatever happens to them."""
        return "".join(stretch.text for stretch in self.stretches)

    @property
    def is_changed(self) -> bool:
        """Whether anything happens to it."""
        return self.op is not Op.EQUAL or any(stretch.op is not Op.EQUAL for stretch in self.stretches)

    @property
    def point(self) -> str:
        """What stands before a list item where its list is set in numbered lines: "2. " or "• ", indented."""
        if self.kind is not Kind.LIST_ITEM:
            return INDENT * len(self.path)
        sign = f"{self.path[-1]}." if self.ordered and self.path else "•"
        return f"{INDENT * max(0, len(self.path) - 1)}{sign} "

    @property
    def is_rtl(self) -> bool:
        """Whether it is written from right to left: its first letter decides."""
        return runs_right_to_left(self.words)


@dataclass(frozen=True)
class Section:
    """A part of a paper under a heading of its own: sentences, facts, and then a text.

    `source` is the text in Markdown as it is stored, where this is a whole text without changes. `title` is empty for
    the one section of a short paper.
    """

    title: str = ""
    blocks: Sequence[Block] = ()
    said: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    after: Sequence[str] = ()
    """Sentences that follow the text: reservations, and what stands in brackets."""
    source: str = ""
    level: int = 2
    starts_page: bool = False
    is_kept_whole: bool = False
    """Whether it stands on one page where that can be."""
    is_tracked: bool = False
    """Whether its text is two in one: the words stand alone then, and accepted they are exactly the new text."""


@dataclass(frozen=True)
class Paper:
    """A whole file: `name` is its file's name without the ending."""

    name: str
    title: str
    made: datetime
    kicker: str = ""
    """A few words over the title: what kind of paper this is."""
    said: Sequence[str] = ()
    facts: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = ()
    foot: Sequence[str] = field(default=())
    """Whose it is not, who is responsible for it, what it was made from."""
    has_contents: bool = False
    is_large: bool = False
    """Whether it is set large, for a table round which several read it: then office files number the lines too."""


def plain(words: str) -> tuple[Stretch, ...]:
    """Words that look plain and stay."""
    return (Stretch(Op.EQUAL, words, PLAIN),) if words else ()


def heading(words: str, level: int = 1) -> Block:
    """A heading of the paper's own."""
    return Block(Kind.HEADING, plain(words), level=level)


def runs_right_to_left(words: str) -> bool:
    """Whether the first letter of these words belongs to a script that runs from right to left."""
    for sign in words:
        direction = unicodedata.bidirectional(sign)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def storable(words: str) -> str:
    """The words without what no XML can hold."""
    return _NOT_XML.sub("", words)


def look_of(dress: Dress) -> str:
    """The look of words in a few letters, by which a file names its style: "bi" for strong and emphasised."""
    return "b" * dress.strong + "i" * dress.emphasis + "m" * dress.is_mark
