"""What an instruction says, once it is read: what is to be done, where, and with which words."""

import re
from dataclasses import dataclass

CODE = re.compile(r"[A-Z]{1,4}\d{2,4}(?:\.\d{1,3})*\b")
Path = tuple[str, ...]
"""A printed number with what stands in it: 2(b) is ("2", "b")."""
AT_END = "at the end"
"""Which one it is of words that stand at the end of a place."""


@dataclass(frozen=True)
class Place:
    """A line, paragraph, clause, sentence, section or heading, or several of them."""

    kind: str
    numbers: tuple[tuple[Path, Path], ...] = ()
    ordinal: int = 0
    count: int = 1
    manner: str = ""
    words: str = ""
    within: "Place | None" = None

    @property
    def is_coded(self) -> bool:
        """Whether it goes by a code such as PB101, which is printed before a paragraph as its name."""
        return self.manner == "beginning" and bool(CODE.fullmatch(self.words))

    def named(self) -> str:
        """The place as a refusal names it."""
        kind = {"label": "point", "quoted": "passage"}.get(self.kind, self.kind)
        if self.numbers:
            shown = ", ".join(
                _path(first) + (f" to {_path(last)}" if last != first else "") for first, last in self.numbers
            )
            return f"{kind} {shown}"
        if self.manner:
            return f"{kind} {self.manner} “{self.words[:60]}”"
        if not self.ordinal:
            return kind
        return f"{kind} {self.ordinal}" if self.ordinal > 0 else f"last {kind}"


def _path(path: Path) -> str:
    bare = [part.strip("().") for part in path]
    return bare[0] + "".join(f"({part})" for part in bare[1:])


@dataclass(frozen=True)
class Anchor:
    """Quoted words, and which of several places of them is meant: -1 for the last, None where none is said."""

    words: str
    ordinal: int | None = None
    within: Place | None = None
    which: str = ""
    beside: "Anchor | None" = None
    """Other quoted words that stand right before these, or after them where `is_before` says so."""
    is_before: bool = False


@dataclass(frozen=True)
class Every:
    """All places of quoted words; as many as `count` says, or those of `ordinals` alone."""

    words: str
    within: Place | None = None
    count: int = 0
    ordinals: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sign:
    """A comma or another sign right after or before quoted words, or at the end of a place."""

    sign: str
    at: "Anchor | Place"
    is_after: bool = True


@dataclass(frozen=True)
class End:
    """An end: of the text, of a place, or of the sentence or paragraph where a passage begins."""

    of: Place | None = None
    kind: str = ""


@dataclass(frozen=True)
class Stretch:
    """From one place to another; without a first one from the beginning."""

    first: "Anchor | Place | None"
    last: "Anchor | Place | End"
    is_after: bool = False
    is_before: bool = False


@dataclass(frozen=True)
class Whole:
    """All of the text."""


Target = Anchor | Every | Sign | Stretch | Whole | Place


@dataclass(frozen=True)
class Where:
    """Where something is put: `after` or `before` a place, `between` two, at the `end` or `start` of one."""

    side: str
    at: "Anchor | Place | None" = None
    other: "Anchor | Place | None" = None


@dataclass(frozen=True)
class New:
    """What the new words are to be: a paragraph, a bullet …, with the number or place it is to have."""

    kind: str = ""
    label: str = ""
    ordinal: int = 0
    is_last: bool = False
    """Whether none of that number may stand there already, as it is not said that this one is new."""


@dataclass(frozen=True)
class Part:
    """One thing to be done."""

    verb: str
    start: int
    targets: tuple[Target, ...] = ()
    words: str = ""
    where: Where | None = None
    new: New | None = None
    scope: Place | None = None
    reads: str = ""
    each: tuple[str, ...] = ()
    """The new words of each target, where they are said respectively."""
    is_loose: bool = False
    """Whether the place was named in the sentence before, and may not be meant any more."""
