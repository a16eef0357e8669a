"""The demonstration members as the sign-in page offers them: by group, clerks apart, and MPs after them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models import Person
from policies.groups import GROUPS, Group


@dataclass(frozen=True)
class OfferedMember:
    """One button of the sign-in page."""

    id: int
    name: str


@dataclass(frozen=True)
class OfferedGroup:
    """A group with the people one can sign in as."""

    group: Group
    clerks: Sequence[OfferedMember]
    members: Sequence[OfferedMember]


def offered(people: Sequence[Person]) -> list[OfferedGroup]:
    """The people on offer, by group in the list's own order; groups with nobody are left out."""
    found = []
    for group in GROUPS:
        of_group = [person for person in people if person.actor.group == group.key]
        if of_group:
            found.append(
                OfferedGroup(
                    group,
                    clerks=[_offer(person) for person in of_group if person.actor.is_clerk],
                    members=[_offer(person) for person in of_group if not person.actor.is_clerk],
                )
            )
    return found


@dataclass(frozen=True)
class OfferedMp:
    """One made-up MP, with the party that tells them apart."""

    id: int
    name: str
    party: str


def offered_mps(people: Sequence[Person]) -> list[OfferedMp]:
    """The MPs on offer, in their own order."""
    return [OfferedMp(person.id, person.name, person.mp.party) for person in people if person.mp is not None]


def _offer(person: Person) -> OfferedMember:
    return OfferedMember(person.id, person.name)
