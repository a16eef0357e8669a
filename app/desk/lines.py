"""What the to-do list and the clerks' desk are made of: sections of lines, each with one thing to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import url_for

from app.ballots import wording as ballot_wording
from app.desk import queries
from app.models import Amendment, Plank, Round


@dataclass(frozen=True)
class Action:
    """One click: a link, or a button that does it at once."""

    label: str
    url: str
    is_post: bool = False
    kind: str = "secondary"
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """Something that waits: what it is, where it is, how it stands, and what can be done."""

    title: str
    url: str
    detail: str
    action: Action | None = None
    flag: str = ""
    other: Action | None = None
    """The other answer, where the thing to do is a choice of two."""
    beside: Sequence[tuple[str, str]] = ()
    """What is shown beside it, each with its address."""


@dataclass(frozen=True)
class Section:
    """Lines of one kind under a heading; `empty` is said where there is none and the section is always shown."""

    name: str
    heading: str
    lines: Sequence[Line]
    empty: str = ""


def count_line(count: int, noun: str, what: str, url: str) -> Line:
    """So many things of one kind, and where they wait."""
    number = f"{count} or more" if count >= queries.LONGEST else str(count)
    return Line(f"{number} {noun}{'' if count == 1 else 's'} {what}", url, "", Action("Go to the desk", url))


def line_of_round(of_round: Round, detail: str, action: Action | None = None) -> Line:
    """A round and how it stands."""
    title = f"Round {of_round.name}: {ballot_wording.title(of_round)}"
    return Line(title, url_for("ballots.show", number=of_round.number), detail, action)


def title_of_plank(plank: Plank) -> str:
    """A plank by number and title."""
    return f"{plank.name}: {plank.title}" if plank.name else plank.title


def title_of_amendment(amendment: Amendment) -> str:
    """An amendment by number, or what it is to."""
    name = amendment.name or "Amendment"
    return f"{name} to “{amendment.plank.title}”"


def sentence_of(parts: Iterable[str]) -> str:
    """The parts that say something, as one sentence."""
    joined = "; ".join(parts)
    return f"{joined}." if joined else ""
