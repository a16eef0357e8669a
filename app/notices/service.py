"""Telling people of something, and what they do about it: read, choose how to be told, follow a plank, end a mail.

None of it leaves a row in the record of changes but the choice of mail: what somebody follows or has read is nobody's
business, and a notice can be worked out from what it tells of, which has its own row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, delete, func, literal, select, true, update

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import (
    Amendment,
    Follow,
    MailStop,
    Membership,
    Moment,
    Notice,
    NoticeChoice,
    Offer,
    Person,
    Plank,
    Round,
)
from app.notices import audiences, queries
from app.notices.audiences import Audience
from app.notices.once import insertion
from policies.notices import KEPT, Channel, NoticeKind, day_name, require_can_be_followed, without_mail
from policies.permissions import Actor


@dataclass(frozen=True)
class About:
    """What is told of. `thing` is told of once a person and kind; `word` is what came of it."""

    thing: str
    word: str = ""
    plank_id: int | None = None
    amendment_id: int | None = None
    round_id: int | None = None

    @staticmethod
    def round(of_round: Round, word: str = "") -> "About":
        """A round, once, or what became of it."""
        thing = f"round {of_round.id} {word}".strip()
        return About(thing, word, plank_id=of_round.plank_id, round_id=of_round.id)

    @staticmethod
    def plank(plank: Plank, word: str) -> "About":
        """A plank that has come to a stage, or to a version."""
        return About(f"plank {plank.id} {word}", word, plank_id=plank.id)

    @staticmethod
    def offer(original: Plank, composite: Plank) -> "About":
        """A composite that takes clauses of a plank, once."""
        return About(f"plank {original.id} in plank {composite.id}", plank_id=original.id)

    @staticmethod
    def wording(offer: Offer, word: str = "") -> "About":
        """Another wording offered for an amendment, or what became of the offer."""
        thing = f"offer {offer.id} {word}".strip()
        return About(thing, word, plank_id=offer.amendment.plank_id, amendment_id=offer.amendment_id)

    @staticmethod
    def amendment(amendment: Amendment, word: str = "") -> "About":
        """An amendment in its words of now."""
        thing = f"revision {amendment.revision_id} {word}".strip()
        return About(thing, word, plank_id=amendment.plank_id, amendment_id=amendment.id)


def tell(kind: NoticeKind, audience: Audience, about: About) -> None:
    """Tell everybody in `audience` who can be told and wants to be, in one statement, each once."""
    db.session.flush()
    channel = func.coalesce(NoticeChoice.channel, literal(kind.usual_channel, Notice.channel.type))
    told: dict[str, Any] = {
        "person_id": Person.id,
        "kind": literal(kind, Notice.kind.type),
        "thing": literal(about.thing, String()),
        "word": literal(about.word, String()),
        "plank_id": literal(about.plank_id, Integer()),
        "amendment_id": literal(about.amendment_id, Integer()),
        "round_id": literal(about.round_id, Integer()),
        "channel": channel,
        "told_at": literal(clock.now(), Moment()),
    }
    everybody = (
        select(*told.values())
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(NoticeChoice, and_(NoticeChoice.person_id == Person.id, NoticeChoice.kind == kind))
        .where(Person.id.in_(audience), audiences.can_be_told(), channel != Channel.OFF)
    )
    statement = insertion(Notice).from_select(list(told), everybody)
    db.session.execute(statement.on_conflict_do_nothing(index_elements=["person_id", "kind", "thing"]))


def tell_each(kind: NoticeKind, told: Sequence[tuple[int, About]]) -> None:
    """Tell each of these persons of a thing of their own, in as many statements for many as for few."""
    chosen = func.coalesce(NoticeChoice.channel, literal(kind.usual_channel, Notice.channel.type))
    reached = (
        select(Person.id, chosen)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(NoticeChoice, and_(NoticeChoice.person_id == Person.id, NoticeChoice.kind == kind))
        .where(Person.id.in_({person_id for person_id, _ in told}), audiences.can_be_told(), chosen != Channel.OFF)
    )
    channels = {row.id: row[1] for row in db.session.execute(reached)} if told else {}
    rows = [
        {**asdict(about), "kind": kind, "person_id": person_id, "channel": channels[person_id], "told_at": clock.now()}
        for person_id, about in told
        if person_id in channels
    ]
    if rows:
        statement = insertion(Notice).on_conflict_do_nothing(index_elements=["person_id", "kind", "thing"])
        db.session.execute(statement, rows)


def mark_read(newest: int, *, by: Actor) -> None:
    """Mark as read all that were shown: those that came after `newest` were not."""
    _mark_read(Notice.id <= newest, by=by)


def mark_all_read(*, by: Actor) -> None:
    """Mark as read whatever there is."""
    _mark_read(true(), by=by)


def choose(choices: Mapping[NoticeKind, Channel], *, by: Actor) -> None:
    """Choose for some kinds how to be told. Mail that waits for its hour follows the new choice."""
    person = db.session.get_one(Person, by.person_id)
    for kind, channel in choices.items():
        _set_channel(person.id, kind, channel)
    audit.record("notices chosen", person, by=by)


def end_mail(stop: MailStop) -> None:
    """Send no more mail of the kind that a key stands for. To end it twice is to end it once."""
    person = db.session.get_one(Person, stop.person_id)
    for kind in [stop.kind] if stop.kind else list(NoticeKind):
        channel = _channel(person.id, kind)
        if stop.kind or channel is Channel.DIGEST:
            _set_channel(person.id, kind, without_mail(channel))
    audit.record("notice mail ended", person, by=None, kind=stop.kind or "digest")


def follow(plank: Plank, *, by: Actor) -> None:
    """Be told of what happens to a plank; to follow twice is to follow once."""
    require_can_be_followed(plank.stage)
    row = {"person_id": by.person_id, "plank_id": plank.id, "followed_at": clock.now()}
    db.session.execute(insertion(Follow).values(row).on_conflict_do_nothing())


def unfollow(plank: Plank, *, by: Actor) -> None:
    """Be told no more."""
    db.session.execute(delete(Follow).where(Follow.person_id == by.person_id, Follow.plank_id == plank.id))


def tell_of_failed_mail() -> None:
    """Tell the clerks, once a day, while mail of late needs a hand."""
    now = clock.now()
    if queries.mail_needs_a_hand(now):
        tell(NoticeKind.MAIL_FAILED, audiences.clerks(), About(day_name(now)))


def forget_old() -> None:
    """Delete notices that were given long ago, read or not."""
    db.session.execute(delete(Notice).where(Notice.told_at <= clock.now() - KEPT))


def _mark_read(which: ColumnElement[bool], *, by: Actor) -> None:
    unread = update(Notice).where(Notice.person_id == by.person_id, Notice.read_at.is_(None), which)
    db.session.execute(unread.values(read_at=clock.now()))


def _channel(person_id: int, kind: NoticeKind) -> Channel:
    chosen = db.session.get(NoticeChoice, (person_id, kind))
    return kind.usual_channel if chosen is None else chosen.channel


def _set_channel(person_id: int, kind: NoticeKind, channel: Channel) -> None:
    chosen = insertion(NoticeChoice).values(person_id=person_id, kind=kind, channel=channel)
    db.session.execute(chosen.on_conflict_do_update(index_elements=["person_id", "kind"], set_={"channel": channel}))
    waits = (Notice.person_id == person_id, Notice.kind == kind, Notice.mailed_at.is_(None))
    still = Channel.SITE if channel is Channel.OFF else channel
    db.session.execute(update(Notice).where(*waits, Notice.channel != Channel.SITE).values(channel=still))
