"""The people of a demonstration: plainly made up, by name."""

from datetime import timedelta
from itertools import count

from app import clock
from app.mps import service as mps
from app.people import service
from app.web.transactions import transaction
from policies.groups import GROUPS, Group
from policies.permissions import Actor

CLERKS = 2
MEMBERS = 6
VOTERS = 62
# One of each group's party. No such seat exists, and an MP is in no group.
MPS = {"Anytown East": "Labour", "Anytown West": "Liberal Democrat", "Anytown Central": "Green Party"}
JOINED_AGO = timedelta(days=60)


class Cast:
    """Everybody who acts in a demonstration, by group: clerks and members one can sign in as, and voters one cannot.

    MPs are in no group; they stand by their seats.
    """

    def __init__(self) -> None:
        """Nobody yet."""
        self.clerks: dict[str, list[Actor]] = {}
        self.members: dict[str, list[Actor]] = {}
        self.voters: dict[str, list[Actor]] = {}
        self.mps: dict[str, Actor] = {}

    def clerk(self, group: str, number: int = 1) -> Actor:
        """A clerk of a group."""
        return self.clerks[group][number - 1]

    def member(self, group: str, number: int = 1) -> Actor:
        """A member of a group who is no clerk."""
        return self.members[group][number - 1]

    def everybody_offered(self) -> list[Actor]:
        """Everybody one can sign in as."""
        return [actor for by_group in (self.clerks, self.members) for actors in by_group.values() for actor in actors]


def gather() -> Cast:
    """Have everybody join, long enough ago to vote now."""
    cast = Cast()
    numbers = count(1)
    with transaction():
        for group in GROUPS:
            cast.clerks[group.key] = [_join("clerk", number, group, is_clerk=True) for number in range(1, CLERKS + 1)]
            cast.members[group.key] = [_join("member", number, group) for number in range(1, MEMBERS + 1)]
            cast.voters[group.key] = [_join("voter", next(numbers), group, can_sign_in=False) for _ in range(VOTERS)]
        cast.mps = {seat: _take_seat(seat, party) for seat, party in MPS.items()}
    return cast


def _take_seat(seat: str, party: str) -> Actor:
    person = mps.add_demonstration_mp(seat, party).person
    assert person is not None
    return person.actor


def _join(role: str, number: int, group: Group, *, is_clerk: bool = False, can_sign_in: bool = True) -> Actor:
    return service.add_demonstration_member(
        f"Demonstration {role} {number} ({group.name})",
        group.key,
        is_clerk=is_clerk,
        can_sign_in=can_sign_in,
        active_since=clock.now() - JOINED_AGO,
    ).actor
