"""Many made-up members at once, whom nobody signs in as: they fill the rolls, and vote."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import func, select

from app import clock
from app.audit import service as audit
from app.ballots import queries as ballot_queries
from app.ballots import service as ballots
from app.extensions import db
from app.models import Membership, Person
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.membership import MembershipStage
from tests import builders

JOINED_AGO = timedelta(days=60)


def fill(sizes: Mapping[str, int]) -> None:
    """Have members join, long enough ago to vote now, until each group has as many as this."""
    with transaction():
        since = clock.now() - JOINED_AGO
        joined = [person for group, size in sizes.items() for person in _missing(group, size)]
        for person, _group in joined:
            person.created_at = person.memberships[0].active_since = since
        db.session.add_all(person for person, _group in joined)
        db.session.flush()
        told = [(person, {"group": group, "is_clerk": False}) for person, group in joined]
        audit.record_each("member joined", told, by=None)


def vote(round_id: int, group: str, question: str, yes: int, no: int, abstain: int) -> None:
    """Have so many of a group's members who have not voted cast their papers, in one transaction."""
    choices = [Choice.YES] * yes + [Choice.NO] * no + [Choice.ABSTAIN] * abstain
    waiting = builders.voters(round_id, group)[-len(choices) :]
    with transaction():
        of_round = builders.a_round(round_id)
        for voter, choice in zip(waiting, choices, strict=True):
            ballots.cast(ballot_queries.seen_by(voter, of_round), {question: choice}, by=voter)


def _missing(group: str, size: int) -> list[tuple[Person, str]]:
    active = select(func.count()).where(Membership.group == group, Membership.stage == MembershipStage.ACTIVE)
    return [(_person(group, number), group) for number in range(db.session.scalar(active) or 0, size)]


def _person(group: str, number: int) -> Person:
    person = Person(name=f"Demonstration voter {group} {number}", is_demonstration=True)
    person.memberships.append(Membership(group=group, stage=MembershipStage.ACTIVE, is_clerk=False))
    return person
