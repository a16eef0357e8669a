"""Bringing about what a test needs, through the services, as people would."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count

from sqlalchemy import select

from app import clock
from app.amendments import service as amendments
from app.ballots import queries as ballot_queries
from app.ballots import service as ballots
from app.desk.ticking import tick
from app.extensions import db
from app.models import Amendment, Ballot, Demonstration, Participation, Person, Plank, RollEntry, Round
from app.people import service as people
from app.planks import service as planks
from app.web.transactions import transaction
from policies.ballots import Choice, RoundKind
from policies.endorsements import Form
from policies.groups import GROUP_KEYS
from policies.permissions import Actor

TEXT = """Every home that is rented from a council must be insulated by 2030.

The government will pay councils for this work from a national fund.

- Work begins with the coldest homes.
- Tenants keep their home while work is done.
"""
_names = count(1)


def start_demonstration() -> None:
    """Mark an empty database as a demonstration, so that its clock can be moved."""
    with transaction():
        db.session.add(Demonstration(id=1))


def move_clock(**span: float) -> None:
    """Move the service's clock forward while nothing does what becomes due."""
    with transaction():
        db.session.get_one(Demonstration, 1).clock_offset += int(timedelta(**span).total_seconds())


def pass_time(**span: float) -> None:
    """Move the service's clock forward and do what has become due."""
    move_clock(**span)
    tick()


def member(group: str = "green", *, is_clerk: bool = False, days: int = 60) -> Actor:
    """A new active member who joined `days` ago."""
    with transaction():
        return _person(group, is_clerk=is_clerk, days=days).actor


def _person(group: str, *, is_clerk: bool = False, days: int = 60) -> Person:
    name = f"Demonstration person {next(_names)}"
    since = clock.now() - timedelta(days=days)
    return people.add_demonstration_member(name, group, is_clerk=is_clerk, active_since=since)


def clerk(group: str) -> Actor:
    """A new clerk of a group."""
    return member(group, is_clerk=True)


def theme(name: str, slug: str) -> None:
    """A theme to choose."""
    with transaction():
        planks.theme_named(name, slug)


def draft(by: Actor, title: str = "Warm homes for all", text: str = TEXT, reason: str = "Cold homes harm.") -> int:
    """A draft plank; returns its id."""
    with transaction():
        theme = planks.theme_named("Housing", "housing")
        return planks.begin(theme, title, text, reason, by=by).id


def submitted(by: Actor, **words: str) -> int:
    """A plank that seeks seconders."""
    plank_id = draft(by, **words)
    with transaction():
        planks.submit(plank(plank_id), by=by)
    return plank_id


def seconded(by: Actor, **words: str) -> int:
    """A plank that clerks check."""
    plank_id = submitted(by, **words)
    other = next(key for key in GROUP_KEYS if key != by.group)
    for seconder in (member(by.group or ""), member(other)):
        with transaction():
            planks.second(plank(plank_id), by=seconder)
    return plank_id


def open_plank(by: Actor | None = None, **words: str) -> int:
    """A plank that is open."""
    plank_id = seconded(by or member("green"), **words)
    for by_clerk in [clerk(key) for key in GROUP_KEYS[:2]]:
        with transaction():
            planks.rule(plank(plank_id), "in_order", "", by=by_clerk)
    return plank_id


def submitted_amendment(plank_id: int, by: Actor, old: str, new: str) -> int:
    """An amendment that replaces `old` by `new` in the working text and seeks a seconder."""
    with transaction():
        version = plank(plank_id).working_version
        assert version is not None
        assert old in version.text
        drafted = amendments.begin(
            plank(plank_id), version.title, version.text.replace(old, new), "It is more exact.", None, by=by
        )
        amendments.submit(drafted, by=by)
        return drafted.id


def open_amendment(plank_id: int, by: Actor, old: str, new: str) -> int:
    """An amendment that a member of another group has seconded."""
    amendment_id = submitted_amendment(plank_id, by, old, new)
    other = next(key for key in GROUP_KEYS if key != by.group)
    seconder = member(other)
    with transaction():
        amendments.second(amendment(amendment_id), by=seconder)
    return amendment_id


def prepared_round(plank_id: int, kind: RoundKind = RoundKind.ENDORSEMENT) -> int:
    """A round that a Labour clerk has prepared on the working text."""
    preparer = clerk("labour")
    with transaction():
        version = plank(plank_id).working_version
        assert version is not None
        return ballots.prepare(plank(plank_id), version, kind, by=preparer).id


def agree(round_id: int, by_clerk: Actor, form: Form) -> None:
    """A clerk agrees to a round, with the form put to the own group."""
    with transaction():
        ballots.agree_to_open(a_round(round_id), form, by=by_clerk)


def open_round(
    plank_id: int, kind: RoundKind = RoundKind.ENDORSEMENT, forms: dict[str, Form] | None = None, members: int = 6
) -> int:
    """A round that clerks of all groups agreed to and whose notice has run out; each group has `members` voters."""
    with transaction():
        for key in GROUP_KEYS * members:
            _person(key)
    round_id = prepared_round(plank_id, kind)
    for by_clerk in [clerk(key) for key in GROUP_KEYS]:
        with transaction():
            form = (forms or {}).get(by_clerk.group or "", Form())
            ballots.agree_to_open(a_round(round_id), form, by=by_clerk)
    pass_time(days=3, minutes=1)
    return round_id


def voters(round_id: int, group: str) -> list[Actor]:
    """The active members on a group's roll who have not voted, by id."""
    with transaction():
        voted = select(Participation.person_id).where(Participation.ballot_id == RollEntry.ballot_id)
        query = (
            select(Person)
            .join(RollEntry, RollEntry.person_id == Person.id)
            .join(Ballot, Ballot.id == RollEntry.ballot_id)
            .where(Ballot.round_id == round_id, Ballot.group == group, Person.id.not_in(voted))
        )
        actors = [person.actor for person in db.session.scalars(query.order_by(Person.id))]
        return [one for one in actors if one.group == group]


def vote(round_id: int, actors: Iterable[Actor], choices: dict[str, Choice] | None = None) -> list[str]:
    """Have each of these cast the same paper; returns their receipts."""
    with transaction():
        of_round = a_round(round_id)
        paper = choices or dict.fromkeys(ballots.question_names(of_round), Choice.YES)
        return [ballots.cast(ballot_queries.seen_by(actor, of_round), paper, by=actor) for actor in actors]


def decided(plank_id: int, yes: Iterable[str] = GROUP_KEYS, forms: dict[str, Form] | None = None) -> int:
    """A published endorsement round: groups in `yes` carry it, the others vote it down (with a quorum)."""
    round_id = open_round(plank_id, forms=forms)
    for key in GROUP_KEYS:
        waiting = voters(round_id, key)
        # A tenth of the roll has to say yes for the quorum to hold, also where a group votes the text down.
        quorum = len(waiting) // 10 + 1
        vote(round_id, waiting[:quorum], {"text": Choice.YES})
        vote(round_id, waiting[quorum:], {"text": Choice.YES if key in yes else Choice.NO})
    pass_time(days=7, minutes=1)
    return round_id


def plank(plank_id: int) -> Plank:
    """The row of a plank."""
    return db.session.get_one(Plank, plank_id)


def amendment(amendment_id: int) -> Amendment:
    """The row of an amendment."""
    return db.session.get_one(Amendment, amendment_id)


def a_round(round_id: int) -> Round:
    """The row of a round."""
    return db.session.get_one(Round, round_id)


def sign_in(client: object, actor: Actor) -> None:
    """Give a test client the session of a person."""
    with client.session_transaction() as session:  # type: ignore[attr-defined]
        session["_user_id"] = str(actor.person_id)
        session["_fresh"] = True
