"""What somebody was told, what they chose, what they follow, and what waits to be mailed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import Amendment, Follow, Mail, Notice, NoticeChoice, Plank, Round, Version
from policies.mail import LONG_WAIT, MailStage
from policies.notices import MAIL_MENDED_WITHIN, Channel, NoticeKind, digest_moment
from policies.permissions import Actor

BATCH = 200
MOST_COUNTED = 100
_NEEDS_A_HAND = (MailStage.UNKNOWN, MailStage.FAILED)


@dataclass(frozen=True)
class NamedPlank:
    """A plank on a list: its public number if it has one, its address's part, its title."""

    ref: str
    name: str
    title: str


@dataclass(frozen=True)
class NamedRound:
    """A round's public number, and when it closes."""

    number: int
    closes_at: datetime | None


@dataclass(frozen=True)
class Things:
    """What some notices are about, by id; of amendments what addresses them."""

    planks: dict[int, NamedPlank]
    amendments: dict[int, str]
    rounds: dict[int, NamedRound]


def unread_of(person: ColumnElement[int]) -> Select[int]:
    """How many notices somebody has not read, up to `MOST_COUNTED`: for the head of every page."""
    unread = select(Notice.id).where(Notice.person_id == person, Notice.read_at.is_(None)).limit(MOST_COUNTED)
    return select(func.count()).select_from(unread.subquery())


def own(actor: Actor) -> Select[Notice]:
    """What a person was told, the unread first, then the newest."""
    query = select(Notice).where(Notice.person_id == actor.person_id)
    return query.order_by(Notice.read_at.is_not(None), Notice.id.desc())


def things_of(notices: Sequence[Notice], *, with_titles: bool = True) -> Things:
    """What these are about, in at most three queries however many they are, without the texts of planks.

    Where no title is wanted, a plank is looked up only for what leads to its page.
    """
    named = [one for one in notices if with_titles or (one.round_id is None and one.amendment_id is None)]
    return Things(
        planks=planks_named(_ids(notice.plank_id for notice in named)),
        amendments=_amendments_named(_ids(notice.amendment_id for notice in notices)),
        rounds=_rounds_named(_ids(notice.round_id for notice in notices)),
    )


def planks_named(ids: Sequence[int]) -> dict[int, NamedPlank]:
    """The titles that these planks have now, by id."""
    if not ids:
        return {}
    agreed, working = aliased(Version), aliased(Version)
    query = (
        select(Plank.id, Plank.number, Plank.key, func.coalesce(agreed.title, working.title))
        .outerjoin(agreed, agreed.id == Plank.agreed_version_id)
        .outerjoin(working, working.id == Plank.working_version_id)
        .where(Plank.id.in_(ids))
    )
    return {
        plank_id: NamedPlank(str(number or key), f"P{number}" if number else "", title or "")
        for plank_id, number, key, title in db.session.execute(query)
    }


def followed(actor: Actor) -> Select[int]:
    """The ids of the planks a person follows, the newest first."""
    query = select(Follow.plank_id).where(Follow.person_id == actor.person_id)
    return query.order_by(Follow.followed_at.desc(), Follow.plank_id.desc())


def follows(actor: Actor, plank_id: int) -> bool:
    """Whether a person follows a plank."""
    return actor.is_member and db.session.get(Follow, (actor.person_id, plank_id)) is not None


def choices_of(actor: Actor) -> dict[NoticeKind, Channel]:
    """How a person is told of each kind: as chosen, else as is usual."""
    rows = db.session.scalars(select(NoticeChoice).where(NoticeChoice.person_id == actor.person_id))
    return {kind: kind.usual_channel for kind in NoticeKind} | {row.kind: row.channel for row in rows}


def to_mail_at_once(_now: datetime) -> Sequence[int]:
    """The ids of people for whom mail waits that goes out at once."""
    query = select(Notice.person_id).where(Notice.channel == Channel.AT_ONCE, Notice.mailed_at.is_(None))
    return db.session.scalars(query.distinct().order_by(Notice.person_id).limit(BATCH)).all()


def to_mail_digest(now: datetime) -> Sequence[int]:
    """The ids of people whose digest is due and has not gone out since it was."""
    due = digest_moment(now)
    waits = (Notice.channel == Channel.DIGEST, Notice.mailed_at.is_(None), Notice.told_at < due)
    query = select(Notice.person_id).where(*waits, ~_had_digest(due))
    return db.session.scalars(query.distinct().order_by(Notice.person_id).limit(BATCH)).all()


def waiting_at_once(person_id: int) -> Sequence[Notice]:
    """What waits to be mailed to somebody at once, oldest first."""
    return db.session.scalars(_waiting(person_id, Channel.AT_ONCE)).all()


def waiting_for_digest(person_id: int, now: datetime) -> Sequence[Notice]:
    """What belongs into somebody's digest of today; nothing where that has gone out."""
    due = digest_moment(now)
    query = _waiting(person_id, Channel.DIGEST).where(Notice.told_at < due, ~_had_digest(due))
    return db.session.scalars(query).all()


def mail_needs_a_hand(now: datetime) -> bool:
    """Whether any mail of late failed, may not have arrived, or has waited too long for the mail server."""
    late = and_(Mail.stage.in_(_NEEDS_A_HAND), Mail.next_try_at > now - MAIL_MENDED_WITHIN)
    stuck = and_(Mail.stage == MailStage.QUEUED, Mail.created_at <= now - LONG_WAIT)
    return bool(db.session.scalar(select(exists().where(or_(late, stuck)))))


def _waiting(person_id: int, channel: Channel) -> Select[Notice]:
    waits = (Notice.person_id == person_id, Notice.channel == channel, Notice.mailed_at.is_(None))
    return select(Notice).where(*waits).order_by(Notice.id).limit(BATCH)


def _had_digest(due: datetime) -> ColumnElement[bool]:
    earlier = aliased(Notice)
    return exists().where(
        earlier.person_id == Notice.person_id, earlier.channel == Channel.DIGEST, earlier.mailed_at >= due
    )


def _amendments_named(ids: Sequence[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = (
        select(Amendment.id, Amendment.number, Amendment.key, Plank.number)
        .join(Plank, Plank.id == Amendment.plank_id)
        .where(Amendment.id.in_(ids))
    )
    return {
        amendment_id: f"P{plank}-A{number}" if number else key
        for amendment_id, number, key, plank in db.session.execute(query)
    }


def _rounds_named(ids: Sequence[int]) -> dict[int, NamedRound]:
    if not ids:
        return {}
    rows = db.session.execute(select(Round.id, Round.number, Round.closes_at).where(Round.id.in_(ids)))
    return {round_id: NamedRound(number, closes_at) for round_id, number, closes_at in rows}


def _ids(found: Iterable[int | None]) -> list[int]:
    return sorted({one for one in found if one is not None})
