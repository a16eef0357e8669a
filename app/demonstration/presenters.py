"""The clock's page of a demonstration: what comes next, and the rounds in which made-up voters can vote."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.demonstration import queries
from app.demonstration.queries import Turn
from app.models import Round
from app.web.filters import minute
from policies.groups import Group, group_named

MOST_TURNS = 5


@dataclass(frozen=True)
class ShownTurn:
    """One step of what comes next."""

    when: str
    what: str
    url: str
    detail: str


@dataclass(frozen=True)
class OpenRound:
    """A round that is open, with the groups that vote in it."""

    number: int
    name: str
    title: str
    url: str
    groups: Sequence[Group]


@dataclass(frozen=True)
class ClockPage:
    """What the page shows besides the time."""

    turns: Sequence[ShownTurn]
    rounds: Sequence[OpenRound]


def clock_page() -> ClockPage:
    """The next openings and closes, and the open rounds."""
    return ClockPage(
        turns=[_turn(turn) for turn in queries.next_turns()[:MOST_TURNS]],
        rounds=[_open_round(found) for found in queries.rounds_to_vote_in()],
    )


def _turn(turn: Turn) -> ShownTurn:
    verb = "opens" if turn.opens else "closes"
    return ShownTurn(minute(turn.at), f"Round {turn.round.name} {verb}", _address(turn.round), turn.round.version.title)


def _open_round(found: Round) -> OpenRound:
    groups = [group_named(key) for key in found.groups]
    return OpenRound(found.number, found.name, found.version.title, _address(found), groups)


def _address(of_round: Round) -> str:
    return url_for("ballots.show", number=of_round.number)
