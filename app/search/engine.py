"""What a search engine does here, whichever it is: it is told texts and proposes keys. It decides nothing.

Two of them keep to this, and one suite of tests holds both to it: Whoosh in a folder, and PostgreSQL in a table.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from app.search.documents import Document, Hit
from policies.searching import Asked, Audience, Kind

SECONDS_FOR_A_QUERY = 2
SECONDS_TO_WAIT_FOR_A_WRITER = 20


class IndexNotReady(Exception):
    """There is no index that can be read now; the worker makes one."""


class TookTooLong(Exception):
    """The engine gave up: the machine is busy, or the query is odd."""


@dataclass(frozen=True)
class Within:
    """Where to look: texts of these audiences, and of one kind and one theme where they are said."""

    audiences: Collection[Audience]
    kind: Kind | None = None
    theme: str | None = None


class Writer(Protocol):
    """Writes into the index; there is one at a time, and what it wrote is seen when it is done, all or nothing."""

    def replace(self, subjects: Collection[str], documents: Sequence[Document]) -> None:
        """Forget whatever there is of these planks and groups, and take in these texts of theirs."""


class Engine(Protocol):
    """Finds texts by words. Every question raises `IndexNotReady`, and `find` `TookTooLong` as well."""

    def is_ready(self) -> bool:
        """Whether there is an index, whole."""

    def find(self, asked: Asked, within: Within, limit: int, *, every: bool = True) -> list[Hit]:
        """What answers best, the best first."""

    def beginning(self, complete: Sequence[str], beginning: str, within: Within, limit: int) -> list[Hit]:
        """Texts whose title has all complete words and one that begins so."""

    def spelled(self, words: Iterable[str], within: Within) -> list[str]:
        """Those of these words that stand in some text, the most usual first."""

    def digests(self) -> dict[str, str]:
        """What the index knows, by key."""

    def writing(self) -> AbstractContextManager[Writer]:
        """Wait to be the only one who writes."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make the index anew of these and nothing else; the old one answers until it is done. Returns how many."""


def strongest(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """The best of what several parts of an index propose; what is equally good stands in the order of keys."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.key))[:limit]
