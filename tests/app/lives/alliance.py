"""A small alliance that lives by chance: its members, clerks and clock do what comes, as far as they may.

Each act asks the permission table first, as a route does, and then the service. What the rules refuse changes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from app import clock
from app.amendments import service as amendments
from app.ballots import queries as ballot_queries
from app.ballots import service as ballots
from app.editorial import service as editorial
from app.extensions import db
from app.models import (
    Amendment,
    EditorialChange,
    Membership,
    Person,
    Plank,
    RegisteredRuling,
    Round,
    Stance,
)
from app.people import service as people
from app.planks import service as planks
from app.rounds import joint
from app.rounds import service as rounds
from app.rulings import appeals
from app.rulings import service as rulings
from app.suspensions import service as suspensions
from app.takeovers import queries as takeover_queries
from app.takeovers import service as takeovers
from app.web.transactions import transaction
from policies.ballots import Choice, RoundKind
from policies.endorsements import Condition, Form, FormKind
from policies.errors import NotPermitted, NotThere, RuleBroken
from policies.groups import GROUP_KEYS
from policies.membership import MembershipStage
from policies.permissions import Actor, Permission, require
from policies.rulings import Answer
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
        act = lambda by: rulings.rule(plank, verdict, "It is outside the standing orders.", by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.PLANK_RULE, plank, act)

    def withdraw(self, which: int) -> None:
        """The mover withdraws a plank."""
        plank = self._one(Plank, which)
        mover = self._person(plank.mover_id)
        self._try(mover, Permission.PLANK_WITHDRAW, plank, lambda by: planks.withdraw(plank, by=by))

    def archive(self, which: int, who: int) -> None:
        """A clerk says that a plank belongs in the archive."""
        plank = self._one(Plank, which)
        act = lambda by: rulings.archive(plank, "It is law now.", by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.PLANK_ARCHIVE, plank, act)

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
        act = lambda by: rounds.prepare(plank, version, kind, by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.ROUND_PREPARE, plank, act)

    def agree_to_open(self, which: int, who: int, kind: FormKind) -> None:
        """A clerk agrees to a round, with a question for the own group."""
        of_round = self._one(Round, which)
        form = self._form(of_round, kind, who)
        act = lambda by: rounds.agree_to_open(of_round, form, by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.ROUND_OPEN, of_round, act)

    def _form(self, of_round: Round, kind: FormKind, who: int) -> Form:
        version = of_round.version
        units = [unit.unit_id for unit in version.units]
        if kind is FormKind.EXCEPT:
            return Form(kind, units=(units[who % len(units)],))
        if kind is FormKind.RESERVE:
            return Form(kind, "We would go further.")
        if kind is FormKind.CONDITIONAL:
            other = version.text.replace("2030", "2032")
            return Form(kind, condition=Condition.of(version.title, other, clock.now().date() + timedelta(days=60)))
        if kind is FormKind.ENDORSE and who % 3 == 0:
            return Form(kind, separate=(units[who % len(units)],))
        return Form(kind)

    def cancel(self, which: int, who: int) -> None:
        """A clerk cancels a round that has not opened."""
        of_round = self._one(Round, which)
        act = lambda by: rounds.cancel(of_round, "It came too early.", by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.ROUND_CANCEL, of_round, act)

    def extend(self, which: int, days: int) -> None:
        """A clerk of each group wants an open round to close later."""
        for clerk in self._clerks_of_all():
            of_round = self._one(Round, which)
            act = lambda by, of_round=of_round: joint.extend(of_round, days, by=by)  # noqa: E731
            self._try(clerk, Permission.ROUND_CHANGE, of_round, act)

    def annul(self, which: int, *, together: bool) -> None:
        """Clerks of all groups, or of one alone, want a round void."""
        for clerk in self._clerks_of_all()[: None if together else 1]:
            of_round = self._one(Round, which)
            act = lambda by, of_round=of_round: joint.annul(of_round, "The text was shown wrongly.", by=by)  # noqa: E731
            self._try(clerk, Permission.ROUND_CHANGE, of_round, act)

    def vote(self, which: int, group: str, choices: Sequence[Choice]) -> None:
        """Members of a group vote, one after another, each saying the same of every question."""
        round_id = self._one(Round, which).id
        for voter, choice in zip(builders.voters(round_id, group), choices, strict=False):
            of_round = builders.a_round(round_id)
            seen = ballot_queries.seen_by(voter, of_round)
            if seen.ballot is not None:
                paper = dict.fromkeys(ballots.questions_of(seen.ballot), choice)
                act = lambda by, seen=seen, paper=paper: ballots.cast(seen, paper, by=by)  # noqa: E731
                self._try(voter, Permission.BALLOT_CAST, seen, act)

    def mend(self, which: int, *, on_agreed: bool, together: bool) -> None:
        """Clerks of all groups, or of one alone, want punctuation mended."""
        plank = self._one(Plank, which)
        plank_id, base = plank.id, plank.agreed_version if on_agreed else plank.working_version
        if base is None:
            return
        first, *others = self._clerks_of_all()
        text = base.text.replace(".", "!", 1) if "." in base.text else base.text.replace("!", ".", 1)
        act = lambda by: editorial.propose(plank, base, base.title, text, by=by)  # noqa: E731
        self._try(first, Permission.EDITORIAL_MEND, plank, act)
        changes = db.session.scalars(select(EditorialChange).where(EditorialChange.plank_id == plank_id)).all()
        last = changes[-1].id if changes else 0
        for clerk in others if together and changes else ():
            change = db.session.get_one(EditorialChange, last)
            say = lambda by, change=change: editorial.answer(change, says_yes=True, reason="", by=by)  # noqa: E731
            self._try(clerk, Permission.EDITORIAL_MEND, change, say)

    def pause(self, which: int, days: int) -> None:
        """Two clerks of a group pause one of its stances."""
        stance = self._one(Stance, which)
        clerks, stance_id = self._clerks_of(stance.group), stance.id
        if len(clerks) < 2:
            return
        ask = lambda by: suspensions.ask(stance, days, "A conference decides on it.", by=by)  # noqa: E731
        self._try(clerks[0], Permission.STANCE_PAUSE, stance.version.plank, ask)
        again = db.session.get_one(Stance, stance_id)
        if again.suspension is not None:
            seen = again.suspension.id
            confirm = lambda by: suspensions.confirm(again, seen, by=by)  # noqa: E731
            self._try(clerks[1], Permission.STANCE_PAUSE, again.version.plank, confirm)

    def refer(self, which: int, who: int) -> None:
        """A clerk wants a plank back with its drafters; its mover answers if it is."""
        plank = self._one(Plank, which)
        act = lambda by: rulings.refer(plank, "The second clause is unclear.", by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.PLANK_REFER, plank, act)

    def appeal(self, which: int, who: int, said: Answer) -> None:
        """A clerk appeals against a ruling, and clerks of all groups answer alike."""
        first = self._one(RegisteredRuling, which)
        act = lambda by: appeals.appeal(first, "It is within the standing orders.", by=by)  # noqa: E731
        self._try(self._clerk(who), Permission.RULING_APPEAL, first, act)
        for clerk in self._clerks_of_all():
            ruling = self._one(RegisteredRuling, which)
            answer = lambda by, ruling=ruling: appeals.answer(ruling, said, "It is.", by=by)  # noqa: E731
            self._try(clerk, Permission.RULING_UPHOLD, ruling, answer)

    def take_over(self, which: int, who: int) -> None:
        """Somebody takes over a plank that was withdrawn."""
        by, plank = self._member(who), self._one(Plank, which)
        try:
            seen = takeover_queries.visible_plank(by, plank.ref)
        except NotThere:
            return
        self._try(by, Permission.PLANK_TAKE_OVER, seen, lambda by: takeovers.take_over_plank(plank, by=by))

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
            if isinstance(about, Round):
                about = ballot_queries.seen_by(by, about)
            if about is not None:
                require(by, permission, about.facts_for(by))
            with transaction():
                act(by)
        except (RuleBroken, NotPermitted, NotThere):
            db.session.rollback()

    def _one(self, kind: type[Thing], which: int) -> Thing:
        ids = db.session.scalars(select(kind.id).order_by(kind.id)).all()
        return db.session.get_one(kind, ids[which % len(ids)])

    def _clerks_of_all(self) -> list[Actor]:
        return [clerks[0] for clerks in map(self._clerks_of, GROUP_KEYS) if clerks]

    def _clerks_of(self, group: str) -> list[Actor]:
        return [actor for actor in map(self._clerk, range(2 * len(GROUP_KEYS))) if actor.group == group]

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
