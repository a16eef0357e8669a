"""One place of a text in several wordings, as a reader sees it there: its words with their look, and what they hide."""

from collections.abc import Sequence
from dataclasses import dataclass

from policies.text.formatted import Look, Part, Run
from policies.text.redline import Hunk, Op, counterparts, title_redline
from policies.text.units import Unit


@dataclass(frozen=True)
class Passage:
    """The words of one wording against another, and what these do not show: "Formatting only", "Was a heading"."""

    parts: Sequence[Part]
    note: str = ""


def passage(was: Unit | None, now: Unit | None) -> Passage | None:
    """A unit as it is now, against what it was; nothing where it never was."""
    entry = counterparts(was, now)
    return None if entry is None else Passage(entry.parts, entry.note)


def plain_passage(was: str, now: str) -> Passage:
    """The same for words without a look, such as a title."""
    return _without_look(title_redline(was, now))


def unchanged(words: str) -> Passage:
    """Words that are as they were."""
    return _without_look((Hunk(Op.EQUAL, words),))


def _without_look(hunks: Sequence[Hunk]) -> Passage:
    return Passage([Part(hunk.op, (Run(hunk.text, Look()),)) for hunk in hunks])
