"""Bringing about what a test needs, through the services, as people would."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import count

from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.amendments import service as amendments
from app.arguments import queries as argument_queries
from app.arguments import service as arguments
from app.arguments.queries import Place
from app.ballots import queries as ballot_queries
from app.ballots import service as ballots
from app.composites import service as composites
from app.desk.ticking import tick
from app.extensions import db
from app.groups import service as groups
from app.joining import service as joining
from app.models import (
    Amendment,
    Argument,
    Ballot,
    Demonstration,
    Offer,
    Participation,
    Person,
    Plank,
    RollEntry,
    Round,
)
from app.mps import service as mps
from app.offers import service as offers
from app.people import links, sessions
from app.people import service as people
from app.planks import service as planks
from app.rounds import service as rounds
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.arguments import Side
from policies.ballots import Choice, RoundKind
from policies.endorsements import Form
from policies.groups import GROUP_KEYS, group_named
from policies.links import Purpose
from policies.permissions import Actor
from policies.planks import Stage
from policies.positions import PositionKind
from policies.visibility import Role
from tests import named as names
from tests import quiet

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
        person = _person(group, is_clerk=is_clerk, days=days)
        return Actor(person_id=person.id, group=group, is_clerk=is_clerk)


def _person(group: str, *, is_clerk: bool = False, days: int = 60) -> Person:
    name = f"Demonstration person {next(_names)}"
    since = clock.now() - timedelta(days=days)
    return people.add_demonstration_member(name, group, is_clerk=is_clerk, active_since=since)


def invited(group: str, address: str = "") -> str:
    """Somebody a clerk has invited; returns the membership's key."""
    with transaction():
        made = joining.invite(group, address or f"invited-{next(_names)}@example.org", by=None)
        assert made is not None
        return made.membership.key


def waiting_member(group: str, address: str = "") -> str:
    """Somebody who accepted an invitation and waits for the clerk's check; returns the membership's key."""
    with transaction():
        made = joining.invite(group, address or f"waiting-{next(_names)}@example.org", by=None)
        assert made is not None
        assert made.secret is not None
        link = links.opened(made.secret, Purpose.INVITATION)
        joining.prove(link, Purpose.INVITATION, "Demonstration applicant", None)
        return made.membership.key


def clerk(group: str) -> Actor:
    """A new clerk of a group."""
    return member(group, is_clerk=True)


def mp(seat: str = "Anytown East", party: str = "Labour") -> Actor:
    """A new made-up MP one can sign in as."""
    with transaction():
        person = mps.add_demonstration_mp(seat, party).person
        assert person is not None
        return person.actor


def position(plank_id: int, by: Actor, kind: PositionKind = PositionKind.SUPPORTS, statement: str = "") -> int:
    """A position that an MP records on a plank's working text; returns its id."""
    with transaction():
        version = plank(plank_id).working_version
        assert version is not None
        return mps.record(version, kind, statement, by=by).id


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
    advance(plank_id, by, to=Stage.SEEKING_SECONDERS)
    return plank_id


def seconded(by: Actor, **words: str) -> int:
    """A plank that clerks check."""
    plank_id = draft(by, **words)
    advance(plank_id, by, to=Stage.CHECKING)
    return plank_id


def open_plank(by: Actor | None = None, **words: str) -> int:
    """A plank that is open."""
    by = by or member("green")
    plank_id = draft(by, **words)
    advance(plank_id, by)
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


def objected(amendment_id: int, reason: str = "It is too late.") -> None:
    """A new member objects to an amendment."""
    by = member("labour")
    with transaction():
        amendments.object_to(amendment(amendment_id), reason, by=by)


def offered(amendment_id: int, by: Actor, old: str, new: str, reason: str = "We could both live with it.") -> int:
    """Another wording for an amendment: what it makes of the text with `new` for `old`."""
    with transaction():
        revision = amendment(amendment_id).revision
        assert revision is not None
        assert old in revision.text
        text = revision.text.replace(old, new)
        row = amendment(amendment_id)
        return offers.make(row, revision.title, text, reason, seen=revision.number, by=by).id


def offer(offer_id: int) -> Offer:
    """The row of an offer."""
    return db.session.get_one(Offer, offer_id)


def argued(
    plank_id: int, by: Actor, side: Side = Side.FOR, words: str = "It keeps people warm.", *, named: bool = False
) -> int:
    """An argument about the working text of a plank; returns its id."""
    with transaction():
        place = replace(argument_queries.place_on_plank(plank(plank_id)), side=side)
        argument = arguments.write(place, words, by=by)
        key, argument_id = argument.key, argument.id
    if named:
        names.show(Role.ARGUMENT, key, by)
    return argument_id


def argued_about_amendment(
    amendment_id: int, by: Actor, side: Side = Side.FOR, words: str = "It is time enough."
) -> int:
    """An argument about an amendment."""
    with transaction():
        place = Place(amendment(amendment_id).plank, amendment=amendment(amendment_id), side=side)
        return arguments.write(place, words, by=by).id


def prepared_round(plank_id: int, kind: RoundKind = RoundKind.ENDORSEMENT) -> int:
    """A round that a Labour clerk has prepared on the working text."""
    preparer = clerk("labour")
    with transaction():
        version = plank(plank_id).working_version
        assert version is not None
        return rounds.prepare(plank(plank_id), version, kind, by=preparer).id


def agree(round_id: int, by_clerk: Actor, form: Form) -> None:
    """A clerk agrees to a round, with the form put to the own group."""
    with transaction():
        rounds.agree_to_open(a_round(round_id), form, by=by_clerk)


def open_round(
    plank_id: int,
    kind: RoundKind = RoundKind.ENDORSEMENT,
    forms: dict[str, Form] | None = None,
    members: int = 6,
    *,
    told: bool = False,
) -> int:
    """A round that clerks of all groups agreed to and whose notice has run out.

    Each group has `members` more voters. Unless people are `told`, nobody who is there by now wants notice of ballots.
    """
    with transaction():
        for key in GROUP_KEYS * members:
            _person(key)
    round_id = prepared_round(plank_id, kind)
    for by_clerk in [clerk(key) for key in GROUP_KEYS]:
        with transaction():
            form = (forms or {}).get(by_clerk.group or "", Form())
            rounds.agree_to_open(a_round(round_id), form, by=by_clerk)
    if not told:
        with transaction():
            quiet.tell_nobody_of_ballots()
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


def statement(group: str = "green", text: str = "We begin.", *, seen: int = 0) -> None:
    """A launch statement that a clerk of the group has published."""
    by = clerk(group)
    with transaction():
        groups.publish(group_named(group), text, seen=seen, by=by)


def plank(plank_id: int) -> Plank:
    """The row of a plank."""
    return db.session.get_one(Plank, plank_id)


def amendment(amendment_id: int) -> Amendment:
    """The row of an amendment."""
    return db.session.get_one(Amendment, amendment_id)


def argument(argument_id: int) -> Argument:
    """The row of an argument."""
    return db.session.get_one(Argument, argument_id)


def a_round(round_id: int) -> Round:
    """The row of a round."""
    return db.session.get_one(Round, round_id)


def sign_in(client: FlaskClient, actor: Actor, *, by_passkey: bool = True) -> None:
    """Give a test client the session of a person who showed a passkey, or who came by a mailed link."""
    with client.application.app_context(), transaction():
        key = sessions.start(db.session.get_one(Person, actor.person_id), by_passkey=by_passkey).session_key
    with client.session_transaction() as session:
        session["_user_id"] = key
        session["_fresh"] = True


def composite(by: Actor, *plank_ids: int, title: str = "Warm homes, well paid for") -> int:
    """A draft put together from all clauses of these planks' working texts."""
    with transaction():
        versions = [plank(plank_id).working_version for plank_id in plank_ids]
        chosen = [(version, unit.unit_id) for version in versions if version for unit in version.units]
        return composites.begin(chosen, planks.theme_named("Housing", "housing"), title, "One is enough.", by=by).id


def answer(plank_id: int, composite_id: int, word: str, by: Actor) -> None:
    """Have the mover of a plank accept or refuse a composite."""
    with transaction():
        composites.answer(plank(plank_id), plank(composite_id).ref, word, by=by)


def advance(plank_id: int, by: Actor, *, to: Stage = Stage.OPEN) -> None:
    """Take a draft through its submission, its seconders and the clerks, as far as `to`."""
    with transaction():
        planks.submit(plank(plank_id), by=by)
    if to is Stage.SEEKING_SECONDERS:
        return
    other = next(key for key in GROUP_KEYS if key != by.group)
    for seconder in (member(by.group or ""), member(other)):
        with transaction():
            planks.second(plank(plank_id), by=seconder)
    for by_clerk in [clerk(key) for key in GROUP_KEYS[:2]] if to is Stage.OPEN else []:
        with transaction():
            rulings.rule(plank(plank_id), "in_order", "", by=by_clerk)
