"""What is held about one person, found by the declarations of the tables alone; and which accounts are to be erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, false, func, or_, select, true

from app.extensions import Base, db
from app.models import (
    Amendment,
    CaseAppeal,
    DataExport,
    Delegacy,
    Dormancy,
    Mail,
    Membership,
    Mp,
    Offer,
    OfficeProposal,
    Operator,
    Person,
    Plank,
    Removal,
    Report,
    SignIn,
)
from app.models.personal import HELD
from app.people.secrets import digest_of
from policies.amendments import AmendmentStage
from policies.errors import NotThere
from policies.mail import MailStage
from policies.membership import PENDING, MembershipStage
from policies.offices import OfficeChange, ProposalStage
from policies.permissions import Actor
from policies.planks import Stage
from policies.privacy import Kept, forgotten_until

# The columns that hold an address; what else ends a path holds a person's number.
ADDRESSES = frozenset({"email", "address"})
# In the record: what was done to the person, whoever did it.
SUBJECT = "subject_id"
AT_ONCE = 100
ABOUT_MEMBER = "membership_id.person_id"
# What one clerk has said of a member, before a second one has said the same.
BY_ONE_CLERK = frozenset({"removal proposed", "removal given up", "office proposed", "office proposal given up"})


@dataclass(frozen=True)
class OwnRows:
    """What one table holds about somebody: its words, the columns shown, and their values."""

    table: str
    about: str
    rows: Sequence[Mapping[str, Any]]


def everything_about(person: Person) -> list[OwnRows]:
    """All that is held about a person, table by table; nothing of anybody else's, and nothing that opens a door."""
    return [OwnRows(name, held.about, _own_rows(name, held.found_by, person)) for name, held in HELD.items()]


def own_export(actor: Actor, secret: str) -> DataExport:
    """The archive at an address; raises `NotThere`, for anybody else's as well."""
    query = select(DataExport).where(DataExport.digest == digest_of(secret), DataExport.person_id == actor.person_id)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotThere("There is no such archive. Ask for one on your account’s page.")
    return found


def drafts(person_id: int) -> Sequence[Plank]:
    """The planks somebody has begun and not submitted."""
    return db.session.scalars(select(Plank).where(Plank.mover_id == person_id, Plank.stage == Stage.DRAFT)).all()


def amendments_drafted(person_id: int) -> Sequence[Amendment]:
    """The amendments somebody has begun and not submitted."""
    query = select(Amendment).where(Amendment.mover_id == person_id, Amendment.stage == AmendmentStage.DRAFT)
    return db.session.scalars(query).unique().all()


def planks_not_public(person_id: int) -> Sequence[Plank]:
    """The planks of somebody that members alone can read yet."""
    stages = (Stage.SEEKING_SECONDERS, Stage.CHECKING)
    return db.session.scalars(select(Plank).where(Plank.mover_id == person_id, Plank.stage.in_(stages))).all()


def amendments_not_public(person_id: int) -> Sequence[Amendment]:
    """The amendments of somebody that members alone can read yet."""
    query = select(Amendment).where(Amendment.mover_id == person_id, Amendment.stage == AmendmentStage.SUBMITTED)
    return db.session.scalars(query).unique().all()


def offers_not_accepted(person_id: int) -> Sequence[Offer]:
    """The wordings somebody offered that became no amendment: nobody but the two ever reads them."""
    return db.session.scalars(select(Offer).where(Offer.offerer_id == person_id, Offer.became_id.is_(None))).all()


def left_dormant(_now: datetime) -> Sequence[int]:
    """The ids of those who belong nowhere any more, and are not noted as such yet."""
    noted = exists().where(Dormancy.person_id == Person.id)
    return db.session.scalars(select(Person.id).where(_belongs_nowhere(), ~noted).limit(AT_ONCE)).all()


def dormant_no_more(_now: datetime) -> Sequence[int]:
    """The ids of those noted so who belong somewhere again, or did so since; nothing may have run meanwhile."""
    came_back = exists().where(Membership.person_id == Person.id, Membership.active_since > Dormancy.since)
    query = select(Dormancy.person_id).join(Person, Person.id == Dormancy.person_id)
    return db.session.scalars(query.where(or_(~_belongs_nowhere(), came_back)).limit(AT_ONCE)).all()


def dormant_for_long(now: datetime) -> Sequence[int]:
    """The ids of those whose account has served nothing for so long that it is to be erased."""
    since = Dormancy.since <= forgotten_until(Kept.DORMANT, now)
    return db.session.scalars(select(Dormancy.person_id).where(since).order_by(Dormancy.since).limit(AT_ONCE)).all()


def removals_to_erase(now: datetime) -> Sequence[int]:
    """The ids of removals that ended long ago."""
    return _ended_before(Removal.id, Removal.ended_at, Kept.REMOVALS, now)


def proposals_to_erase(now: datetime) -> Sequence[int]:
    """The ids of proposals about an office that ended long ago."""
    return _ended_before(OfficeProposal.id, OfficeProposal.ended_at, Kept.OFFICES, now)


def reports_to_erase(now: datetime) -> Sequence[int]:
    """The ids of reports that clerks decided on long ago."""
    return _ended_before(Report.id, Report.settled_at, Kept.REPORT_WORDS, now)


def appeals_to_erase(now: datetime) -> Sequence[int]:
    """The ids of appeals against decisions on texts that were decided long ago."""
    return _ended_before(CaseAppeal.id, CaseAppeal.decided_at, Kept.REPORT_WORDS, now)


def how_many_overdue(now: datetime) -> int:
    """How many things are kept longer than they should be."""
    due = (dormant_for_long, removals_to_erase, proposals_to_erase, reports_to_erase, appeals_to_erase)
    return sum(len(found(now)) for found in due)


def how_many_dormant() -> int:
    """How many accounts belong to no group and wait to be erased."""
    return db.session.scalar(select(func.count()).select_from(Dormancy)) or 0


def erased_with_leftovers(_now: datetime) -> Sequence[int]:
    """The ids of the erased of whom something came late: a letter that was on its way, a draft kept at that moment."""
    mail = exists().where(Mail.person_id == Person.id, Mail.stage != MailStage.SENDING)
    drafted = exists().where(Plank.mover_id == Person.id, Plank.stage == Stage.DRAFT)
    amending = exists().where(Amendment.mover_id == Person.id, Amendment.stage == AmendmentStage.DRAFT)
    signed_in = exists().where(SignIn.person_id == Person.id)
    late = or_(mail, drafted, amending, signed_in)
    return db.session.scalars(select(Person.id).where(Person.erased_at.is_not(None), late).limit(AT_ONCE)).all()


def how_much(person_id: int) -> dict[str, int]:
    """How many drafts, and texts that are not public yet, go or end with an account."""
    return {
        "drafts": len(drafts(person_id)) + len(amendments_drafted(person_id)),
        "not public": len(planks_not_public(person_id)) + len(amendments_not_public(person_id)),
    }


def _belongs_nowhere() -> ColumnElement[bool]:
    """`policies.privacy.belongs_nowhere` said in SQL, of people whose account nothing else is for."""
    ended = (MembershipStage.LAPSED, MembershipStage.LEFT, MembershipStage.REMOVED)
    stays = (*PENDING, MembershipStage.ACTIVE, MembershipStage.SUSPENDED)
    return and_(
        Person.erased_at.is_(None),
        exists().where(Membership.person_id == Person.id, Membership.stage.in_(ended)),
        ~exists().where(Membership.person_id == Person.id, Membership.stage.in_(stays)),
        ~_has_another_reason_to_stay(),
    )


def _has_another_reason_to_stay() -> ColumnElement[bool]:
    """An MP's account is no member's, nor an operator's, nor that of an MP's delegate or of who is invited as one."""
    drafts = and_(Delegacy.ended_at.is_(None), or_(Delegacy.person_id == Person.id, Delegacy.address == Person.email))
    return or_(
        exists().where(Mp.person_id == Person.id),
        exists().where(Operator.person_id == Person.id),
        exists().where(drafts),
    )


def _ended_before(id_: Any, ended_at: Any, kept: Kept, now: datetime) -> Sequence[int]:
    query = select(id_).where(ended_at <= forgotten_until(kept, now)).order_by(id_).limit(AT_ONCE)
    return db.session.scalars(query).all()


def _own_rows(name: str, found_by: Mapping[str, str], person: Person) -> list[dict[str, Any]]:
    table, found = Base.metadata.tables[name], []
    for path, shown in found_by.items():
        query = select(*(table.c[column] for column in shown.split())).where(_leads_to(table, path, person))
        query = query.where(_is_told(table, path))
        rows = [dict(row) for row in db.session.execute(query.order_by(*table.primary_key)).mappings()]
        found += [row for row in rows if row not in found]
    return found


def _is_told(table: Table, path: str) -> ColumnElement[bool]:
    """Not what one clerk alone has said about a member: nobody is told, and the member least of all."""
    if (table.name, path) == ("removals", ABOUT_MEMBER):
        return table.c.confirmed_at.is_not(None)
    if (table.name, path) == ("office_proposals", ABOUT_MEMBER):
        return or_(table.c.change != OfficeChange.END, table.c.stage == ProposalStage.DONE)
    return table.c.act.not_in(BY_ONE_CLERK) if path == SUBJECT else true()


def _leads_to(table: Table, path: str, person: Person) -> ColumnElement[bool]:
    """Whether a row of this table leads along a path to the person."""
    first, _, rest = path.partition(".")
    column = table.c[first]
    if rest:
        target = next(iter(column.foreign_keys)).column.table
        return column.in_(select(target.c.id).where(_leads_to(target, rest, person)))
    if first in ADDRESSES:
        return false() if person.email is None else column == person.email
    return _is_about(table, person) if first == SUBJECT else column == person.id


def _is_about(table: Table, person: Person) -> ColumnElement[bool]:
    own = select(Membership.id).where(Membership.person_id == person.id)
    return or_(
        and_(table.c.subject == Person.__tablename__, table.c.subject_id == person.id),
        and_(table.c.subject == Membership.__tablename__, table.c.subject_id.in_(own)),
    )
