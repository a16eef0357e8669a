"""What can be found: what the index is told of a text, and what is known of it without reading its words."""

from dataclasses import dataclass

from policies.searching import Audience, Kind


@dataclass(frozen=True)
class Entry:
    """A text that can be found, without its words: whoever sees it, and a digest that changes whenever its words do."""

    kind: Kind
    row_id: int
    subject: str
    """What has it read again when it changes: its plank or its group."""
    audience: Audience
    theme: str
    digest: str

    @property
    def key(self) -> str:
        """How the index calls it: "amendment:7"."""
        return f"{self.kind}:{self.row_id}"


@dataclass(frozen=True)
class Document:
    """The same with its words, a unit a line."""

    entry: Entry
    title: str
    text: str


@dataclass(frozen=True)
class Hit:
    """What an engine proposes: nothing of it is shown before the database has been asked."""

    key: str
    digest: str
    score: float


def subject_of_plank(plank_id: int) -> str:
    """What a plank and all its texts are read again as."""
    return f"plank:{plank_id}"


def subject_of_group(group: str) -> str:
    """What a group's statement is read again as."""
    return f"group:{group}"


def row_of(key: str) -> tuple[Kind, int]:
    """The kind and the id in a key."""
    kind, _, row_id = key.partition(":")
    return Kind(kind), int(row_id)
