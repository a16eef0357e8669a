"""What the clock's page of a demonstration tells: when rounds open and close, and which of them are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app import clock
from app.ballots import queries as ballots
from app.ballots.service import is_open_now
from app.models import Round


@dataclass(frozen=True)
class Turn:
    """A moment at which a round opens, or else closes."""

    at: datetime
    round: Round
    opens: bool


def next_turns() -> list[Turn]:
    """When rounds next open or close, soonest first."""
    now = clock.now()
    turns = [
        Turn(at, live, opens=at == live.opens_at)
        for live in ballots.live()
        for at in (live.opens_at, live.closes_at)
        if at is not None and at > now
    ]
    return sorted(turns, key=lambda turn: (turn.at, turn.round.number))


def rounds_to_vote_in() -> Sequence[Round]:
    """The rounds that take votes now, the next to close first."""
    return [live for live in ballots.live() if is_open_now(live)]
