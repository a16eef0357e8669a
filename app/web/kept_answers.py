"""What is the same for every reader and takes a look at everything is worked out once, until something public changes.

It is kept as pages are (`app.web.kept`), in a worker's memory: used only under the mark that this very request reads,
in its own transaction and before it looks at anything kept, and never past a moment at which it turns by time alone.
Only plain values are kept, slim ones; what a page says of what it shows is read from the database all the same.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from flask import Flask, current_app

from app import clock, unchanged
from app.config import Settings
from app.web.keeping import Turns
from app.web.kept import turns
from policies.keeping import WITHOUT_THE_TIME, good_until

EXTENSION = "kept answers"
# How many a worker keeps, those worked out longest ago given up first: most are a number each.
MOST = 256
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class KeptAnswer:
    """What was worked out: under which mark, and from when until when that holds."""

    answer: Any
    mark: str
    since: datetime
    until: datetime

    def is_good(self, mark: str, moment: datetime) -> bool:
        """Whether this is what would be worked out now."""
        return self.mark == mark and self.since <= moment < self.until


class KeptAnswers:
    """The answers of one worker, by name: of each the newest alone."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._kept: dict[Hashable, KeptAnswer] = {}
        self._turns = Turns()

    def get(self, name: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """As it is kept, or worked out now."""
        mark, moment = unchanged.mark(), clock.now()
        if mark is None:
            return work_out()
        kept = self._good(name, mark, moment)
        if kept is None:
            with self._turns.of((repr(name), mark)):
                kept = self._good(name, mark, moment) or self._keep(name, mark, moment, work_out)
        answer: Answer = kept.answer
        return answer

    def _good(self, name: Hashable, mark: str, moment: datetime) -> KeptAnswer | None:
        kept = self._kept.get(name)
        return kept if kept is not None and kept.is_good(mark, moment) else None

    def _keep(self, name: Hashable, mark: str, moment: datetime, work_out: Callable[[], Any]) -> KeptAnswer:
        """The mark was read before: what is kept never holds less than its mark promises."""
        until = good_until(moment, turns(), longest=WITHOUT_THE_TIME)
        kept = KeptAnswer(work_out(), mark, moment, until)
        self._kept.pop(name, None)
        self._kept[name] = kept
        while len(self._kept) > MOST:
            self._kept.pop(next(iter(self._kept)), None)
        return kept


def init_app(app: Flask) -> None:
    """Have answers kept, unless nothing is."""
    settings: Settings = app.config["SETTINGS"]
    if settings.kept_pages == "on":
        app.extensions[EXTENSION] = KeptAnswers()


def answer_of(name: Hashable, work_out: Callable[[], Answer]) -> Answer:
    """The answer of this name, kept or worked out."""
    kept: KeptAnswers | None = current_app.extensions.get(EXTENSION)
    return work_out() if kept is None else kept.get(name, work_out)
