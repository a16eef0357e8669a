"""Finding amendments, within what the person asking may see."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager, joinedload, load_only

from app import drawer
from app.extensions import db
from app.models import (
    Amendment,
    AmendmentSecond,
    Objection,
    Plank,
    Revision,
    Round,
    RoundQuestion,
    Settlement,
    Stance,
    Version,
)
from app.models.bearing import bears_on
from policies.agreement import LevelKey, level
from policies.amendments import LIVE_STAGES, OBJECTION_PERIOD, AmendmentStage
from policies.ballots import RoundStage
from policies.errors import NotThere
from policies.permissions import Actor
from policies.planks import Second, Stage


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """Which amendments `actor` may read: `Permission.AMENDMENT_READ` said in SQL; a test holds the two together."""
    return _shown_to_reader(actor.person_id, is_member=actor.is_member)


def _shown_to_reader(person: int | BindParameter[int] | None, *, is_member: bool) -> ColumnElement[bool]:
    public = Amendment.number.is_not(None)
    if person is None:
        return public
    own = Amendment.mover_id == person
    if not is_member:
        return or_(public, own)
    return or_(public, own, Amendment.stage != AmendmentStage.DRAFT)


def counting(*, is_known: bool, is_member: bool) -> Select[int]:
    """How many amendments of a `plank` a reader may see, the `person` where it is known who reads."""
    person: BindParameter[int] | None = bindparam("person") if is_known else None
    shown = _shown_to_reader(person, is_member=is_member)
    return select(func.count()).select_from(Amendment).where(Amendment.plank_id == bindparam("plank"), shown)


def visible(actor: Actor, ref: str) -> Amendment:
    """The amendment called "P12-A3", or with this key; raises `NotThere` whether absent or not to be seen."""
    plank_part, dash, number = ref.partition("-A")
    named = _numbered(plank_part, number) if dash else Amendment.key == ref
    found = db.session.scalars(_full().where(named, shown_to(actor))).unique().one_or_none()
    if found is None:
        raise NotThere("There is no amendment at this address. Its plank's page lists the amendments.")
    return found


def of_plank(plank: Plank, actor: Actor) -> Sequence[Amendment]:
    """The amendments of a plank that `actor` may see, numbered ones first, at most 200."""
    query = _full().where(Amendment.plank_id == plank.id, shown_to(actor))
    return db.session.scalars(query.order_by(Amendment.number.nulls_last(), Amendment.id).limit(200)).unique().all()


def open_on(plank: Plank) -> Sequence[Amendment]:
    """The open amendments of a plank by number, whether or not the text has moved under them."""
    query = _full().where(Amendment.plank_id == plank.id, Amendment.stage == AmendmentStage.OPEN)
    return db.session.scalars(query.order_by(Amendment.number)).unique().all()


def overdue_for_adoption(now: datetime) -> Sequence[int]:
    """The ids of open amendments whose 72 hours have passed without an objection, on texts no group has decided on."""
    heard = aliased(Revision)
    objected = (
        select(Objection.revision_id)
        .join(heard, heard.id == Objection.revision_id)
        .where(heard.amendment_id == Amendment.id, heard.words_id == Revision.words_id)
        .exists()
    )
    decided = select(Stance.id).where(Stance.version_id == Plank.working_version_id).exists()
    query = (
        select(Amendment.id)
        .join(Amendment.plank)
        .join(Revision, Revision.id == Amendment.revision_id)
        .where(Amendment.stage == AmendmentStage.OPEN, Amendment.opened_at <= now - OBJECTION_PERIOD)
        .where(Plank.stage == Stage.OPEN, Revision.base_id == Plank.working_version_id, ~objected, ~decided)
        .where(Plank.id.not_in(_in_notice()), ~drawer.hidden_rows(Revision, Revision.id))
    )
    return db.session.scalars(query.order_by(Amendment.opened_at, Amendment.id)).all()


def opening_announced_on(plank: Plank) -> datetime | None:
    """When the round on a plank opens whose notice runs now: until it is over nothing is adopted by agreement."""
    query = select(Round.opens_at).where(Round.plank_id == plank.id, Round.stage == RoundStage.PREPARED)
    return db.session.scalar(query.where(Round.opens_at.is_not(None)))


def live_on(plank: Plank) -> Sequence[Amendment]:
    """The amendments of a plank that are neither drafts nor on a ballot nor ended."""
    query = _full().where(Amendment.plank_id == plank.id, Amendment.stage.in_(LIVE_STAGES)).order_by(Amendment.id)
    return db.session.scalars(query).unique().all()


def waiting_for_a_seconder(limit: int = 50) -> Sequence[Amendment]:
    """Submitted amendments, the longest waiting first. For members only."""
    query = _full().where(Amendment.stage == AmendmentStage.SUBMITTED).order_by(Amendment.id).limit(limit)
    return db.session.scalars(query).unique().all()


def moved_by(actor: Actor, limit: int = 50) -> Sequence[Amendment]:
    """The person's own amendments, newest first."""
    query = _full().where(Amendment.mover_id == actor.person_id).order_by(Amendment.id.desc()).limit(limit)
    return db.session.scalars(query).unique().all()


def draft_of(actor: Actor, plank: Plank) -> Amendment | None:
    """The person's newest draft amendment of a plank, if there is one."""
    query = _full().where(
        Amendment.mover_id == actor.person_id,
        Amendment.plank_id == plank.id,
        Amendment.stage == AmendmentStage.DRAFT,
    )
    return db.session.scalars(query.order_by(Amendment.id.desc()).limit(1)).unique().one_or_none()


def draft_with_key(actor: Actor, plank: Plank, key: str) -> Amendment | None:
    """The person's own draft of a plank with this key."""
    query = _full().where(
        Amendment.key == key,
        Amendment.mover_id == actor.person_id,
        Amendment.plank_id == plank.id,
        Amendment.stage == AmendmentStage.DRAFT,
    )
    return db.session.scalars(query).unique().one_or_none()


def is_submitted(actor: Actor, key: str) -> bool:
    """Whether this is the key of an amendment that the person has submitted."""
    own = select(Amendment.stage).where(Amendment.key == key, Amendment.mover_id == actor.person_id)
    return db.session.scalar(own) not in {None, AmendmentStage.DRAFT}


def is_taken(key: str) -> bool:
    """Whether an amendment has this key, whoever's it is."""
    return db.session.scalar(select(Amendment.id).where(Amendment.key == key)) is not None


def seconds(revision: Revision) -> list[Second]:
    """Who has seconded these words, before they were carried over to a newer text or since."""
    rows = db.session.scalars(_given_for(AmendmentSecond, revision))
    return [Second(row.person_id, row.group) for row in rows]


def revisions_of_words(amendment: Amendment) -> Sequence[int]:
    """The ids of the revisions with the words that an amendment has now, on whichever text they stood."""
    if amendment.revision is None:
        return []
    query = select(Revision.id).where(Revision.amendment_id == amendment.id)
    return db.session.scalars(query.where(Revision.words_id == amendment.revision.words_id)).all()


def second_of(actor: Actor, amendment: Amendment) -> AmendmentSecond | None:
    """This person's second of the words now before the groups."""
    if actor.person_id is None or amendment.revision is None:
        return None
    given = _given_for(AmendmentSecond, amendment.revision).where(AmendmentSecond.person_id == actor.person_id)
    return db.session.scalars(given).first()


def has_seconded(actor: Actor, amendment: Amendment) -> bool:
    """Whether this person has seconded the words now before the groups."""
    return second_of(actor, amendment) is not None


def seconded_by(amendment: Amendment) -> Sequence[tuple[AmendmentSecond, str]]:
    """The seconds of the words now before the groups, oldest first, with the version each was given for."""
    return _with_version(AmendmentSecond, amendment, AmendmentSecond.seconded_at)


def objections(amendment: Amendment) -> Sequence[tuple[Objection, str]]:
    """The objections to the words now before the groups, oldest first, with the version each was made for."""
    return _with_version(Objection, amendment, Objection.objected_at)


def objected_words(plank: Plank) -> set[int]:
    """Which words of a plank's amendments somebody has objected to, by `Revision.words_id`."""
    query = (
        select(Revision.words_id)
        .join(Objection, Objection.revision_id == Revision.id)
        .join(Amendment, Amendment.id == Revision.amendment_id)
    )
    return set(db.session.scalars(query.where(Amendment.plank_id == plank.id)))


def settlements_of(actor: Actor, fingerprints: Collection[str]) -> dict[str, Settlement]:
    """How this person settled the same conflicts before, by fingerprint, the latest of each. Theirs alone to see."""
    query = select(Settlement).where(Settlement.person_id == actor.person_id, Settlement.fingerprint.in_(fingerprints))
    return {one.fingerprint: one for one in db.session.scalars(query.order_by(Settlement.settled_at, Settlement.id))}


def stances_on(version_id: int) -> int:
    """How many groups have a stance on a version or on the same words: while none has, silence can adopt amendments."""
    query = select(func.count()).select_from(Stance).where(bears_on(version_id))
    return db.session.scalar(query) or 0


def has_objected(actor: Actor, amendment: Amendment) -> bool:
    """Whether this person has objected to the words now before the groups."""
    if actor.person_id is None or amendment.revision is None:
        return False
    given = _given_for(Objection, amendment.revision).where(Objection.person_id == actor.person_id)
    return db.session.scalars(given).first() is not None


def version_made_by(amendment: Amendment) -> Version | None:
    """The version that an adopted amendment brought about."""
    return db.session.scalars(select(Version).where(Version.amendment_id == amendment.id)).one_or_none()


def versions_made(plank: Plank) -> dict[int, Version]:
    """The versions that adopted amendments of a plank brought about, without their texts, by amendment id."""
    query = select(Version).where(Version.plank_id == plank.id, Version.amendment_id.is_not(None))
    name_alone = load_only(Version.number, Version.minor, Version.amendment_id)
    made = db.session.scalars(query.options(name_alone))
    return {version.amendment_id: version for version in made if version.amendment_id is not None}


def round_of(amendment: Amendment) -> int | None:
    """The number of the round on whose paper these words stand or stood."""
    query = (
        select(Round.number)
        .join(RoundQuestion, RoundQuestion.round_id == Round.id)
        .where(RoundQuestion.revision_id == amendment.revision_id)
    )
    return db.session.scalar(query.order_by(Round.number.desc()).limit(1))


def by_id(amendment_id: int) -> Amendment | None:
    """The amendment behind a version or an audit row."""
    return db.session.get(Amendment, amendment_id)


def is_agreed(plank: Plank, version: Version) -> bool:
    """Whether every group backs `version` whole now; false once a group took its backing back."""
    rows = db.session.execute(select(Stance.group, Stance.kind).where(bears_on(version.id)))
    stances = {row[0]: row[1] for row in rows}
    return level(stances, was_agreed=plank.agreed_version_id == version.id).key is LevelKey.AGREED


Given = TypeVar("Given", AmendmentSecond, Objection)


def _given_for(kind: type[Given], revision: Revision) -> Select[Given]:
    """What was given for these words, on whichever text they then stood."""
    same_words = select(Revision.id).where(
        Revision.amendment_id == revision.amendment_id, Revision.words_id == revision.words_id
    )
    return select(kind).where(kind.revision_id.in_(same_words))


def _with_version(
    kind: type[Given], amendment: Amendment, moment: InstrumentedAttribute[datetime]
) -> list[tuple[Given, str]]:
    if amendment.revision is None:
        return []
    query = _given_for(kind, amendment.revision).add_columns(Version.number, Version.minor)
    query = query.join(Revision, Revision.id == kind.revision_id).join(Version, Version.id == Revision.base_id)
    rows = db.session.execute(query.order_by(moment, kind.person_id))
    return [(given, f"{number}.{minor}" if minor else str(number)) for given, number, minor in rows]


def _numbered(plank_part: str, number: str) -> ColumnElement[bool]:
    return (Plank.number == int(plank_part[1:])) & (Amendment.number == int(number))


def _full() -> Select[Amendment]:
    return (
        select(Amendment)
        .join(Amendment.plank)
        .options(
            contains_eager(Amendment.plank).joinedload(Plank.working_version),
            joinedload(Amendment.revision).joinedload(Revision.base),
            joinedload(Amendment.draft_base),
        )
    )


def _in_notice() -> Select[int]:
    """The ids of the planks on which the notice of a round runs."""
    return select(Round.plank_id).where(Round.stage == RoundStage.PREPARED, Round.opens_at.is_not(None))
