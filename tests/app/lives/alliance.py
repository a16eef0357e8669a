"""A small alliance that lives by chance: its members, clerks and clock do what comes, as far as they may.

Each act asks the permission table first, as a route does, and then the service. What the rules refuse changes nothing.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from app.amendments import service as amendments
from app.ballots import queries as ballot_queries
from app.ballots import service as ballots
from app.extensions import db
from app.models import Amendment, Membership, Person, Plank, Round
from app.people import service as people
from app.planks import service as planks
from app.web.transactions import transaction
from policies.ballots import Choice, RoundKind
from policies.endorsements import Form, FormKind
from policies.errors import NotPermitted, NotThere, RuleBroken
from policies.groups import GROUP_KEYS
from policies.membership import MembershipStage
from policies.permissions import Actor, Permission, require
from tests import builders

Thing = TypeVar("Thing")
CLERKS, MEMBERS = 2, 7
WORDS = ("homes", "must", "should", "2030", "2032", "councils", "fund", "coldest", "not", "Tenants,", "Tenants")


class Alliance:
    """What somebody can try to do; every number says which of those there are, whatever their number."""

    def __init__(self) -> None:
        """Three groups of clerks and members who have all been there long enough to vote."""
        builders.start_demonstration()
        for key in GROUP_KEYS:
            for number in range(CLERKS + MEMBERS):
                builders.member(key, is_clerk=number < CLERKS)

    def propose(self, who: int) -> None:
        """Somebody puts a plank before the members."""
        self._try(self._member(who), Permission.PLANK_PROPOSE, None, lambda by: builders.submitted(by))

    def second(self, which: int, who: int) -> None:
        """Somebody seconds a plank."""
        plank = self._one(Plank, which)
        self._try(self._member(who), Permission.PLANK_SECOND, plank, lambda by: planks.second(plank, by=by))

    def rule(self, which: int, who: int, verdict: str) -> None:
        """A clerk rules on a plank."""
        plank = self._one(Plank, which)
        act = lambda by: planks.rule(plank, verdict, "It is outside the standing orders.", by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.PLANK_RULE, plank, act)

    def withdraw(self, which: int) -> None:
        """The mover withdraws a plank."""
        plank = self._one(Plank, which)
        mover = self._person(plank.mover_id)
        self._try(mover, Permission.PLANK_WITHDRAW, plank, lambda by: planks.withdraw(plank, by=by))

    def archive(self, which: int, who: int) -> None:
        """A clerk says that a plank belongs in the archive."""
        plank = self._one(Plank, which)
        act = lambda by: planks.archive(plank, "It is law now.", by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.PLANK_RULE, plank, act)

    def amend(self, which: int, who: int, at: int, word: int) -> None:
        """Somebody puts one word of a plank's text in place of another."""
        plank = self._one(Plank, which)
        version = plank.working_version
        if version is None:
            return
        words = version.text.split(" ")
        words[at % len(words)] = WORDS[word % len(WORDS)]

        def act(by: Actor) -> None:
            drafted = amendments.begin(plank, version.title, " ".join(words), "It is more exact.", None, by=by)
            amendments.submit(drafted, by=by)

        self._try(self._member(who), Permission.PLANK_AMEND, plank, act)

    def second_amendment(self, which: int, who: int) -> None:
        """Somebody seconds an amendment."""
        one = self._one(Amendment, which)
        self._try(self._member(who), Permission.AMENDMENT_SECOND, one, lambda by: amendments.second(one, by=by))

    def object_to(self, which: int, who: int) -> None:
        """Somebody objects to an amendment."""
        one = self._one(Amendment, which)
        act = lambda by: amendments.object_to(one, "It goes too far.", by=by)  # noqa: E731
        self._try(self._member(who), Permission.AMENDMENT_OBJECT, one, act)

    def withdraw_amendment(self, which: int) -> None:
        """The mover withdraws an amendment."""
        one = self._one(Amendment, which)
        mover = self._person(one.mover_id)
        self._try(mover, Permission.AMENDMENT_WITHDRAW, one, lambda by: amendments.withdraw(one, by=by))

    def prepare(self, which: int, who: int, kind: RoundKind, *, on_agreed: bool) -> None:
        """A clerk prepares a round on one of a plank's texts."""
        plank = self._one(Plank, which)
        version = plank.agreed_version if on_agreed else plank.working_version
        act = lambda by: ballots.prepare(plank, version, kind, by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.ROUND_PREPARE, plank, act)

    def agree_to_open(self, which: int, who: int, kind: FormKind) -> None:
        """A clerk agrees to a round, with a form for the own group."""
        of_round = self._one(Round, which)
        units = tuple(unit.unit_id for unit in of_round.version.units[:1]) if kind is FormKind.EXCEPT else ()
        form = Form(kind, "We would go further." if kind is FormKind.RESERVE else "", units)
        act = lambda by: ballots.agree_to_open(of_round, form, by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.ROUND_OPEN, of_round, act)

    def cancel(self, which: int, who: int) -> None:
        """A clerk cancels a round that has not opened."""
        of_round = self._one(Round, which)
        act = lambda by: ballots.cancel(of_round, "It came too early.", by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.ROUND_CANCEL, of_round, act)

    def vote(self, which: int, group: str, choices: Sequence[Choice]) -> None:
        """Members of a group vote, one after another, each saying the same of every question."""
        of_round = self._one(Round, which)
        waiting = builders.voters(of_round.id, group)
        for voter, choice in zip(waiting, choices, strict=False):
            seen = ballot_queries.seen_by(voter, of_round)
            paper = dict.fromkeys(ballots.question_names(of_round), choice)
            act = lambda by, seen=seen, paper=paper: ballots.cast(seen, paper, by=by)  # noqa: E731
            self._try(voter, Permission.BALLOT_CAST, seen, act)

    def leave(self, who: int) -> None:
        """Somebody leaves the own group."""
        by = self._member(who)
        membership = db.session.scalars(
            select(Membership).where(Membership.person_id == by.person_id, Membership.stage == MembershipStage.ACTIVE)
        ).one()
        self._try(by, Permission.GROUP_LEAVE, membership, lambda by: people.leave(membership, by=by))

    def join(self, group: str) -> None:
        """Somebody new is a member from today."""
        builders.member(group, days=0)

    def pass_time(self, hours: int) -> None:
        """The clock goes on, and what is due is done."""
        builders.pass_time(hours=hours)

    def _try(self, by: Actor, permission: Permission, about: Any, act: Callable[[Actor], object]) -> None:
        """Do something as far as one may and the rules allow; a refusal leaves everything as it was."""
        try:
            if about is not None:
                require(by, permission, about.facts_for(by))
            with transaction():
                act(by)
        except (RuleBroken, NotPermitted, NotThere):
            db.session.rollback()

    def _one(self, kind: type[Thing], which: int) -> Thing:
        ids = db.session.scalars(select(kind.id).order_by(kind.id)).all()
        return db.session.get_one(kind, ids[which % len(ids)])

    def _member(self, who: int) -> Actor:
        return self._chosen(who, clerks=False)

    def _clerk(self, who: int) -> Actor:
        return self._chosen(who, clerks=True)

    def _chosen(self, who: int, *, clerks: bool) -> Actor:
        query = select(Person).join(Membership, Membership.person_id == Person.id)
        query = query.where(Membership.stage == MembershipStage.ACTIVE, Membership.is_clerk.is_(clerks))
        found = db.session.scalars(query.order_by(Person.id)).unique().all()
        return found[who % len(found)].actor

    def _person(self, person_id: int | None) -> Actor:
        return db.session.get_one(Person, person_id).actor if person_id else Actor()

    def has(self, kind: type[Any]) -> bool:
        """Whether there is one."""
        return db.session.scalar(select(kind.id).limit(1)) is not None
