"""Before a vote: which open amendments of a text say the same, which have to be chosen between, and which are free."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from flask import url_for

from app.amendments.beside import Beside, beside
from app.amendments.presenters import compared
from app.models import Amendment, Plank, Revision, Version
from policies.amendments import AmendmentStage
from policies.groups import GROUPS
from policies.text.graph import Graph, conflict_graph
from policies.text.units import Document

# Of so many the pairs are looked at one by one; of more it is only said that they hang together.
FEW = 8
COUNTED = (
    "At the count the largest change that every group carries is taken first, then the next that can still be adopted"
    " beside it; the others fall."
)


@dataclass(frozen=True)
class Wording:
    """One wording in a choice, with all the amendments that say it, and the groups whose members moved them."""

    names: Sequence[str]
    urls: Sequence[str]
    moved_by: str
    sentence: str

    @property
    def name(self) -> str:
        """ "P1-A1 and P1-A4"."""
        return _and(self.names)

    @property
    def links(self) -> Sequence[tuple[str, str]]:
        """Each name with the address it leads to."""
        return list(zip(self.names, self.urls, strict=True))


@dataclass(frozen=True)
class Choice:
    """Wordings that cannot all come into the text; `rows` are the places in dispute, of the first few wordings."""

    heading: str
    sentence: str
    wordings: Sequence[Wording]
    rows: Sequence[Beside]
    shown: Sequence[Wording]
    numbers: Sequence[int]


@dataclass(frozen=True)
class Choices:
    """What is to be chosen between, what several say alike, and what is free. Empty where there is nothing to say."""

    choices: Sequence[Choice] = ()
    alike: Sequence[Wording] = ()
    """Wordings outside every choice that two amendments or more have alike."""
    free: Sequence[Wording] = ()
    together: Sequence[Sequence[int]] = field(default=())
    """The numbers of the amendments that belong together: those of a choice, those that say the same, each alone."""

    @property
    def is_worth_saying(self) -> bool:
        """Whether anything is to be chosen, or said twice."""
        return bool(self.choices or self.alike)


def choices_among_open(plank: Plank, amendments: Sequence[Amendment]) -> Choices:
    """The choices among those of a plank's amendments that a round could ask about now; no query of its own."""
    votable = [one for one in amendments if one.stage is AmendmentStage.OPEN and not one.needs_rebase]
    base = plank.working_version
    return choices_of(base, [one.revision for one in votable if one.revision]) if base else Choices()


def choices_of(base: Version, revisions: Sequence[Revision]) -> Choices:
    """The same of their words, in the order of their numbers."""
    if len(revisions) < 2:
        return Choices(together=[[one.amendment.number or 0] for one in revisions])
    ordered = sorted(revisions, key=lambda revision: revision.amendment.number or 0)
    graph = _graph(_texts(base, ordered))
    twins = {numbers[0]: [ordered[number] for number in numbers] for numbers in graph.identical}
    said = {first: _wording(base, alike) for first, alike in twins.items()}
    choices = [_choice(base, twins, said, part) for part in graph.choices]
    alone = {first: [one.amendment.number or 0 for one in twins[first]] for first in graph.free}
    return Choices(
        choices=choices,
        alike=[said[first] for first in graph.free if len(twins[first]) > 1],
        free=[said[first] for first in graph.free],
        together=sorted([*(choice.numbers for choice in choices), *alone.values()], key=min),
    )


@dataclass(frozen=True)
class _Texts:
    """A text and its amendments; known by their hashes, which never change."""

    hashes: tuple[str, ...]
    base: Document = field(compare=False)
    amended: tuple[Document, ...] = field(compare=False)


@lru_cache(maxsize=256)
def _graph(texts: _Texts) -> Graph:
    return conflict_graph(texts.base, texts.amended)


@lru_cache(maxsize=1024)
def _in_words(texts: _Texts) -> str:
    return compared(texts.base, texts.amended[0]).sentence


def _texts(base: Version, revisions: Sequence[Revision]) -> _Texts:
    hashes = (base.sha256, *(revision.sha256 for revision in revisions))
    return _Texts(hashes, base.document, _documents(revisions))


def _documents(revisions: Sequence[Revision]) -> tuple[Document, ...]:
    return tuple(revision.document for revision in revisions)


def _choice(base: Version, twins: dict[int, list[Revision]], said: dict[int, Wording], part: Sequence[int]) -> Choice:
    numbers = [revision.amendment.number or 0 for first in part for revision in twins[first]]
    first_few = [twins[first][0] for first in part[:FEW]]
    rows = beside(base.document, _documents(first_few))
    disputed = [row for row in rows if len(row.changed) > 1]
    return Choice(
        heading=" or ".join(said[first].name for first in part[:FEW]) + _more(part),
        sentence=_sentence(base, first_few, len(part)),
        wordings=[said[first] for first in part],
        rows=disputed or rows,
        shown=[said[first] for first in part[:FEW]],
        numbers=sorted(numbers),
    )


def _more(part: Sequence[int]) -> str:
    return f" or {len(part) - FEW} more" if len(part) > FEW else ""


def _sentence(base: Version, revisions: Sequence[Revision], number: int) -> str:
    if number == 2:
        return f"These two change the same words, so at most one of them can come into the text. {COUNTED}"
    if number <= FEW and _exclude_each_other(base, revisions):
        return f"These {number} change the same words, so at most one of them can come into the text. {COUNTED}"
    return (
        f"These {number} hang together: where two of them change the same words, at most one of the two can come into"
        f" the text. {COUNTED}"
    )


def _exclude_each_other(base: Version, revisions: Sequence[Revision]) -> bool:
    pairs = [(one, other) for place, one in enumerate(revisions) for other in revisions[place + 1 :]]
    return all(_graph(_texts(base, pair)).choices for pair in pairs)


def _wording(base: Version, alike: Sequence[Revision]) -> Wording:
    amendments = [revision.amendment for revision in alike]
    return Wording(
        names=[amendment.name for amendment in amendments],
        urls=[url_for("amendments.show", ref=amendment.ref) for amendment in amendments],
        moved_by=_moved_by([amendment.group for amendment in amendments]),
        sentence=_in_words(_texts(base, alike[:1])),
    )


def _moved_by(movers: Sequence[str]) -> str:
    titles = [f"the {group.title}" for group in GROUPS if group.key in movers]
    return f"moved by {'a member' if len(movers) == 1 else 'members'} of {_and(titles)}"


def _and(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
