"""Finding names that may be told, and the things behind which somebody stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import aliased, joinedload, load_only

from app.extensions import db
from app.models import (
    Amendment,
    AmendmentSecond,
    Argument,
    GeneralReach,
    Membership,
    NameChoice,
    Offer,
    Person,
    Plank,
    PlankSecond,
    Revision,
    Version,
)
from policies.amendments import AmendmentStage
from policies.errors import NotThere
from policies.membership import MembershipStage
from policies.permissions import Actor, ServiceFacts
from policies.planks import Stage
from policies.visibility import UNCHOSEN, Choice, Reach, Role

Thing = Plank | Amendment | Argument | Offer
KINDS: dict[Role, type[Any]] = {
    Role.PLANK: Plank,
    Role.PLANK_SECOND: Plank,
    Role.AMENDMENT: Amendment,
    Role.AMENDMENT_SECOND: Amendment,
    Role.ARGUMENT: Argument,
    Role.OFFER: Offer,
}
OF_THE_GROUP = (MembershipStage.ACTIVE, MembershipStage.LAPSED, MembershipStage.SUSPENDED)


@dataclass(frozen=True)
class Known:
    """Somebody's name, what that person chose for single things and in general, and the groups they are of."""

    name: str
    general: Reach
    groups: set[str] = field(default_factory=set)
    choices: dict[tuple[Role, int], Choice] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnThing:
    """A thing behind which somebody stands: as what, of which group then, and what that person chose for the name."""

    role: Role
    thing: Thing
    group: str
    choice: Choice | None
    general: Reach

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """Nobody else finds it."""
        return ServiceFacts()


def known(people: Collection[int], things: Collection[int], actor: Actor) -> dict[int, Known]:
    """What may be told of these people beside these things. But to clerks nobody is brought who chose nothing."""
    own = (NameChoice.person_id == Person.id) & NameChoice.thing_id.in_(things)
    columns = (NameChoice.role, NameChoice.thing_id, NameChoice.choice)
    query = select(Person.id, Person.name, GeneralReach.reach, Membership.group, *columns)
    query = query.outerjoin(GeneralReach, GeneralReach.person_id == Person.id).outerjoin(NameChoice, own)
    is_of = (Membership.person_id == Person.id) & Membership.stage.in_(OF_THE_GROUP)
    query = query.outerjoin(Membership, is_of).where(Person.id.in_(people))
    if not actor.is_clerk:
        query = query.where(NameChoice.id.is_not(None))
    found: dict[int, Known] = {}
    for person_id, name, general, group, role, thing_id, choice in db.session.execute(query):
        one = found.setdefault(person_id, Known(name, general or UNCHOSEN))
        if group is not None:
            one.groups.add(group)
        if choice is not None:
            one.choices[role, thing_id] = choice
    return found


def general_reach(person_id: int | None) -> Reach:
    """How far somebody's name goes on things for which "as in general" was chosen."""
    found = db.session.scalar(select(GeneralReach.reach).where(GeneralReach.person_id == person_id))
    return found or UNCHOSEN


def groups_of(person_id: int | None) -> set[str]:
    """The groups whose clerks know somebody."""
    query = select(Membership.group).where(Membership.person_id == person_id, Membership.stage.in_(OF_THE_GROUP))
    return set(db.session.scalars(query))


def choice_of(person_id: int | None, role: Role, thing_id: int) -> NameChoice | None:
    """What somebody chose for the own name on one thing."""
    query = select(NameChoice).where(NameChoice.role == role, NameChoice.thing_id == thing_id)
    return db.session.scalars(query.where(NameChoice.person_id == person_id)).one_or_none()


def counted_as_in_general(person_id: int | None) -> int:
    """On how many things somebody's name goes as far as that person chose in general."""
    query = select(func.count()).select_from(NameChoice).where(NameChoice.person_id == person_id)
    return db.session.scalar(query.where(NameChoice.choice == Choice.AS_IN_GENERAL)) or 0


def own_thing(actor: Actor, role: str, key: str) -> OwnThing:
    """The thing at an address, behind which the person asking stands; raises `NotThere` for all others."""
    as_what = Role(role)
    kind = KINDS[as_what]
    # In one question, so that what is somebody else's takes no longer than what is not there.
    own = _own(as_what, actor.person_id).subquery()
    row = db.session.execute(select(own).join(kind, kind.id == own.c.thing_id).where(kind.key == key)).first()
    if row is None:
        raise NotThere("You stand behind nothing at this address. The page “How others see you” lists what you do.")
    thing: Thing = db.session.get_one(kind, row.thing_id)
    chosen = choice_of(actor.person_id, as_what, thing.id)
    return OwnThing(as_what, thing, row.group, chosen.choice if chosen else None, general_reach(actor.person_id))


def own_things(actor: Actor) -> Select[Any]:
    """As what and behind which things somebody stands, the newest first: role, id, group."""
    every = union_all(*(_own(role, actor.person_id) for role in Role)).subquery()
    columns = (every.c.role, every.c.thing_id, every.c.group)
    return select(*columns).order_by(every.c.moment.desc(), every.c.role, every.c.thing_id)


def with_choices(rows: Collection[Any], actor: Actor) -> list[OwnThing]:
    """The same with the things themselves and what was chosen for them; six queries at most, however many."""
    chosen = select(NameChoice.role, NameChoice.thing_id, NameChoice.choice)
    chosen = chosen.where(NameChoice.person_id == actor.person_id)
    choices = {(row[0], row[1]): row[2] for row in db.session.execute(chosen)}
    things = {kind: _loaded(kind, rows) for kind in dict.fromkeys(KINDS.values())}
    general = general_reach(actor.person_id)
    found = []
    for row in rows:
        role = Role(row.role)
        thing = things[KINDS[role]][row.thing_id]
        found.append(OwnThing(role, thing, row.group, choices.get((role, row.thing_id)), general))
    return found


def _own(role: Role, person_id: int | None) -> Select[Any]:
    """The things behind which somebody stands in one role: role, id, group, since when."""

    def columns(thing_id: Any, group: Any, moment: Any) -> Select[Any]:
        name = literal(role.value).label("role")
        return select(name, thing_id.label("thing_id"), group.label("group"), moment.label("moment"))

    if role is Role.PLANK:
        query = columns(Plank.id, Plank.group, Plank.submitted_at)
        return query.where(Plank.mover_id == person_id, Plank.stage != Stage.DRAFT)
    if role is Role.PLANK_SECOND:
        query = columns(PlankSecond.plank_id, PlankSecond.group, PlankSecond.seconded_at)
        return query.where(PlankSecond.person_id == person_id)
    if role is Role.AMENDMENT:
        query = columns(Amendment.id, Amendment.group, Amendment.created_at)
        return query.where(Amendment.mover_id == person_id, Amendment.stage != AmendmentStage.DRAFT)
    if role is Role.AMENDMENT_SECOND:
        given, now = aliased(Revision), aliased(Revision)
        query = columns(Amendment.id, AmendmentSecond.group, func.max(AmendmentSecond.seconded_at))
        query = query.join(given, given.id == AmendmentSecond.revision_id)
        query = query.join(Amendment, Amendment.id == given.amendment_id).join(now, now.id == Amendment.revision_id)
        query = query.where(AmendmentSecond.person_id == person_id, given.words_id == now.words_id)
        return query.group_by(Amendment.id, AmendmentSecond.group)
    if role is Role.ARGUMENT:
        query = columns(Argument.id, Argument.group, Argument.written_at)
        return query.where(Argument.author_id == person_id, Argument.withdrawn_at.is_(None))
    return columns(Offer.id, Offer.group, Offer.offered_at).where(Offer.offerer_id == person_id)


def _loaded(kind: type[Any], rows: Collection[Any]) -> Mapping[int, Any]:
    wanted = {row.thing_id for row in rows if KINDS[Role(row.role)] is kind}
    if not wanted:
        return {}
    query = select(kind).where(kind.id.in_(wanted)).options(*_options(kind))
    return {one.id: one for one in db.session.scalars(query).unique()}


def _options(kind: type[Any]) -> list[Any]:
    """What a line says of a thing is read with it, without the texts."""
    titles = [joinedload(pointer).options(_name()) for pointer in (Plank.working_version, Plank.agreed_version)]
    if kind is Plank:
        return titles
    if kind is Amendment:
        return [joinedload(Amendment.plank).options(*titles)]
    if kind is Argument:
        of_version = joinedload(Argument.version).options(_name(), joinedload(Version.plank).options(*titles))
        return [of_version, joinedload(Argument.amendment).options(joinedload(Amendment.plank).options(*titles))]
    became = joinedload(Offer.became)
    return [joinedload(Offer.amendment).options(joinedload(Amendment.plank).options(*titles)), became]


def _name() -> Any:
    return load_only(Version.number, Version.minor, Version.title, Version.plank_id)
