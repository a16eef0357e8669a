"""What a demonstration's groups say of themselves, and the made-up people who want to hear from them."""

from dataclasses import dataclass

from sqlalchemy import select

from app.demonstration.members import Cast
from app.extensions import db
from app.groups import queries as group_queries
from app.groups import service as groups
from app.interest import service as interest
from app.models import MailedLink
from app.web.transactions import transaction
from policies.groups import GROUPS, group_named
from policies.interest import ConsentPurpose
from policies.links import Purpose

STATEMENT = """{habit} This is a demonstration: the group and its words are made up.

## What we are here for

We look for positions that all three groups can back in the same words, and say openly where we do not.

- We read what members of the other groups propose before we write our own.
- We say why we propose what we propose, in a sentence or two.
- When we cannot back a text, we say which words stand in the way.

## How we decide

Every decision is taken by our own members in a secret ballot. No clerk decides for them."""

HABITS = {
    "labour": "We ask of every plank what it changes for people at work.",
    "lib_dem": "We ask of every plank who decides, and who can say no.",
    "green": "We ask of every plank what it leaves to those who come after us.",
}
OFFICES = {
    "labour": "labour.clerks@example.org",
    "lib_dem": "Clerks’ office\n2 Demonstration Street, Anytown\nlib-dem.clerks@example.org",
    "green": "green.clerks@example.org",
}
BOTH = (ConsentPurpose.CONTACT, ConsentPurpose.NEWS)


@dataclass(frozen=True)
class Interested:
    """A made-up person of no party, and what they want to hear of."""

    name: str
    address: str
    purposes: tuple[ConsentPurpose, ...]


INTERESTED = (
    Interested("Demonstration neighbour 1", "neighbour-1@example.org", BOTH),
    Interested("Demonstration neighbour 2", "neighbour-2@example.org", (ConsentPurpose.NEWS,)),
    Interested("", "neighbour-3@example.org", (ConsentPurpose.CONTACT,)),
    Interested("Demonstration neighbour 4", "neighbour-4@example.org", BOTH),
)
UNCONFIRMED = Interested("Demonstration neighbour 5", "neighbour-5@example.org", (ConsentPurpose.NEWS,))


def introduce(cast: Cast) -> None:
    """Have a clerk of each group publish a launch statement and say where the clerks are reached."""
    for group in GROUPS:
        with transaction():
            by = cast.clerk(group.key)
            groups.publish(group, STATEMENT.format(habit=HABITS[group.key]), seen=0, by=by)
            groups.change_office(group, OFFICES[group.key], seen=0, by=by)


def reword(cast: Cast) -> None:
    """Have another clerk of one group say a thing more exactly."""
    with transaction():
        group = group_named("green")
        stands = group_queries.statement(group, 1)
        text = stands.text.replace("to those who come after us", "to those who will live after us, here and elsewhere")
        groups.publish(group, text, seen=1, by=cast.clerk("green", 2))


def register_interest() -> None:
    """Have people of no party register; one of them has not followed the link."""
    for one in INTERESTED:
        _register(one)
        with transaction():
            interest.confirm(_link_to(one.address), one.address)
    _register(UNCONFIRMED)


def _register(one: Interested) -> None:
    with transaction():
        interest.register(one.name, one.address, one.purposes)


def _link_to(address: str) -> MailedLink:
    query = select(MailedLink).where(MailedLink.address == address, MailedLink.purpose == Purpose.INTEREST)
    return db.session.scalars(query).one()
