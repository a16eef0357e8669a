"""The search index in tests: told of everything, as the worker does after a change."""

from collections.abc import Sequence

from app.search import work
from app.search.engine import Within
from app.search.finding import Filters, Search
from app.search.words import read
from policies.permissions import VISITOR, Actor
from policies.searching import Audience


def drained() -> int:
    """The worker has done its job; returns how many texts it wrote."""
    return work.drain()


def proposed(words: str, *audiences: Audience, every: bool = True) -> list[str]:
    """The keys that the engine proposes, best first, before anything is read again."""
    within = Within(audiences or (Audience.PUBLIC,))
    return [hit.key for hit in work.engine().find(read(words), within, 50, every=every)]


def found(words: str, actor: Actor = VISITOR, filters: Filters | None = None) -> Sequence[str]:
    """The keys that somebody finds."""
    search = Search(work.engine(), actor, filters or Filters())
    return [entry.key for entry in search.find(read(words), words).entries]


def offered(words: str, actor: Actor = VISITOR) -> str:
    """How somebody is offered to spell it otherwise."""
    return Search(work.engine(), actor).find(read(words), words).instead
