"""Finding rounds, and what of them the person asking may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, literal, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager, joinedload, lazyload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.extensions import db
from app.models import (
    Ballot,
    CountedPaper,
    CountedReceipt,
    FormCondition,
    JointWord,
    Membership,
    Participation,
    Plank,
    Revision,
    RollEntry,
    Round,
    RoundQuestion,
    SeparateVote,
    Stance,
    Version,
)
from app.models.bearing import bears_on, is_last_word
from policies.ballots import Choice, RoundStage
from policies.endorsements import COUNTING, Condition
from policies.errors import NotThere
from policies.membership import MAY_STILL_VOTE
from policies.notices import REMINDED_BEFORE_CLOSE
from policies.permissions import Actor, RoundFacts
from policies.rounds import JointAct

LIVE_STAGES = (RoundStage.PREPARED, RoundStage.OPEN, RoundStage.CLOSED)
NO_SUCH_ROUND = "There is no round with this number. The register of decisions lists all published rounds."
# Another ballot with its round and version, and the version asked about. Made once: every vote asks with them.
_OTHER, _THEIRS, _ON, _ASKED = aliased(Ballot), aliased(Round), aliased(Version), aliased(Version)


@dataclass(frozen=True)
class BallotAsSeen:
    """One group's ballot in a round, as everybody may see it."""

    round: Round
    ballot: Ballot

    def facts_for(self, _actor: Actor) -> RoundFacts:
        """Its round as the permissions see one."""
        return RoundFacts(frozenset(self.round.groups))


@dataclass(frozen=True)
class RoundAsSeen:
    """A round with what concerns the person asking: the own ballot, if on its roll, and whether they have voted."""

    round: Round
    ballot: Ballot | None
    has_voted: bool
    is_locked: bool = False
    """Whether it was read under the lock that a vote needs."""

    def facts_for(self, _actor: Actor) -> RoundFacts:
        """This round as the permissions see one."""
        return RoundFacts(frozenset(self.round.groups), asker_is_on_roll=self.ballot is not None)


def visible(actor: Actor, number: int) -> RoundAsSeen:
    """The round with this number as `actor` sees it; raises `NotThere`."""
    query = full().where(Round.number == number)
    if not actor.is_member:
        # A round is announced when its notice begins to run; one cancelled before that was never but the groups'.
        query = query.where(Round.opens_at.is_not(None))
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotThere(NO_SUCH_ROUND)
    return seen_by(actor, found)


def to_vote_in(actor: Actor, number: int) -> RoundAsSeen:
    """The same for who casts a vote: read in one statement, under the lock that makes the count wait for it.

    What only pages need is read when it is asked for.
    """
    asked = {"number": number, "person": actor.person_id}
    found = db.session.execute(_to_vote_in(), asked).one_or_none()
    if found is None or (found.Round.opens_at is None and not actor.is_member):
        raise NotThere(NO_SUCH_ROUND)
    if found.Ballot is not None and not found.has_parts:
        set_committed_value(found.Ballot, "separate_votes", [])
    return RoundAsSeen(found.Round, found.Ballot if found.may_vote else None, found.has_voted, is_locked=True)


@cache
def _to_vote_in() -> Select[Round, Ballot, bool, bool, bool]:
    person: BindParameter[int] = bindparam("person")
    belongs = select(Membership.id).where(_is_still_the_voter(person)).correlate(Ballot, Round).exists()
    cast = exists().where(Participation.ballot_id == Ballot.id, Participation.person_id == person).correlate(Ballot)
    apart = (SeparateVote.round_id == Ballot.round_id, SeparateVote.group == Ballot.group)
    return (
        select(
            Round,
            Ballot,
            (belongs & ~has_voted_elsewhere(person)).label("may_vote"),
            cast.label("has_voted"),
            exists().where(*apart).correlate(Ballot).label("has_parts"),
        )
        .outerjoin(RollEntry, (RollEntry.round_id == Round.id) & (RollEntry.person_id == person))
        .outerjoin(Ballot, Ballot.id == RollEntry.ballot_id)
        .where(Round.number == bindparam("number"))
        .options(lazyload("*"), joinedload(Round.version, innerjoin=True).load_only(Version.title))
        .with_for_update(read=True, of=Round)
        .execution_options(populate_existing=True)
    )


def seen_by(actor: Actor, of_round: Round) -> RoundAsSeen:
    """A round that `actor` may know of, with what concerns them."""
    ballot = own_ballot(of_round, actor)
    voted = ballot is not None and has_voted_in(ballot, actor.person_id)
    return RoundAsSeen(of_round, ballot, voted)


def ballot_of(actor: Actor, number: int, group: str) -> BallotAsSeen:
    """The ballot of a group in a round that has opened; raises `NotThere`."""
    of_round = visible(actor, number).round
    for ballot in of_round.ballots:
        if ballot.group == group:
            return BallotAsSeen(of_round, ballot)
    raise NotThere("This group has no ballot in this round. The round's page says which groups vote in it.")


def own_ballot(of_round: Round, actor: Actor) -> Ballot | None:
    """The ballot in which `actor` may vote: on its roll, a member of that group since, and no voter in another one."""
    if actor.person_id is None:
        return None
    return db.session.scalars(_own_ballot(), {"round": of_round.id, "person": actor.person_id}).first()


@cache
def _own_ballot() -> Select[Ballot]:
    """Put together once: that takes longer than the answer."""
    person: BindParameter[int] = bindparam("person")
    return (
        select(Ballot)
        .join(RollEntry, RollEntry.ballot_id == Ballot.id)
        .join(Round, Round.id == Ballot.round_id)
        .join(Membership, _is_still_the_voter(RollEntry.person_id))
        .where(Ballot.round_id == bindparam("round"), RollEntry.person_id == person)
        .where(~has_voted_elsewhere(person))
    )


def of_plank(plank: Plank) -> Sequence[Round]:
    """All rounds on a plank, newest first."""
    query = full().where(Round.plank_id == plank.id).order_by(Round.number.desc()).limit(100)
    return db.session.scalars(query).unique().all()


def live(limit: int = 50) -> Sequence[Round]:
    """All rounds being prepared, open or uncounted, the next to close first."""
    query = full().where(Round.stage.in_(LIVE_STAGES)).order_by(Round.closes_at.nulls_last(), Round.number)
    return db.session.scalars(query.limit(limit)).unique().all()


def published() -> Select[Round]:
    """All published rounds, newest first: the register of decisions."""
    return full().where(Round.stage == RoundStage.PUBLISHED).order_by(Round.published_at.desc(), Round.number.desc())


def awaiting_vote_of(actor: Actor, now: datetime, limit: int = 50) -> Sequence[Round]:
    """Open rounds in which `actor` may vote and has not, the next to close first."""
    voted = select(Participation.ballot_id).where(Participation.person_id == actor.person_id)
    query = (
        full()
        .join(RollEntry, RollEntry.round_id == Round.id)
        .join(Ballot, Ballot.id == RollEntry.ballot_id)
        .join(Membership, _is_still_the_voter(RollEntry.person_id))
        .where(Round.stage == RoundStage.OPEN, Round.closes_at > now, RollEntry.person_id == actor.person_id)
        .where(RollEntry.ballot_id.not_in(voted), ~has_voted_elsewhere(actor.person_id))
        .order_by(Round.closes_at)
    )
    return db.session.scalars(query.limit(limit)).unique().all()


def due_to_remind(now: datetime) -> Sequence[int]:
    """The ids of open rounds that close within a day and of which nobody was reminded."""
    soon = (Round.closes_at > now, Round.closes_at <= now + REMINDED_BEFORE_CLOSE)
    query = select(Round.id).where(Round.stage == RoundStage.OPEN, Round.reminded_at.is_(None), *soon)
    return db.session.scalars(query.order_by(Round.closes_at, Round.id)).all()


def due_to_close(now: datetime) -> Sequence[int]:
    """The ids of open rounds whose closing time has come."""
    query = select(Round.id).where(Round.stage == RoundStage.OPEN, Round.closes_at <= now)
    return db.session.scalars(query.order_by(Round.closes_at, Round.id)).all()


def closed(_now: datetime) -> Sequence[int]:
    """The ids of rounds that are closed and wait to be counted and published."""
    return db.session.scalars(select(Round.id).where(Round.stage == RoundStage.CLOSED).order_by(Round.id)).all()


def backing(of_round: Round, group: str) -> Stance | None:
    """A group's backing of the very version voted on, where it backs it now: whole, in part or with a reservation."""
    query = select(Stance).where(bears_on(of_round.version_id), Stance.group == group)
    return db.session.scalars(query.where(Stance.kind.in_(COUNTING))).one_or_none()


def other_backing(of_round: Round, group: str) -> Stance | None:
    """A group's backing of the newest version of the plank that it backs, other than the one voted on."""
    query = (
        select(Stance)
        .join(Stance.version)
        .options(contains_eager(Stance.version))
        .where(Stance.plank_id == of_round.plank_id, ~bears_on(of_round.version_id))
        .where(Stance.group == group, Stance.kind.in_(COUNTING), is_last_word())
        .order_by(Version.number.desc(), Version.minor.desc())
    )
    return db.session.scalars(query.limit(1)).one_or_none()


def is_extended(of_round: Round) -> bool:
    """Whether a round has been extended: its close is the one that clerks of all groups named."""
    said = select(JointWord.closes_at).where(JointWord.round_id == of_round.id, JointWord.act == JointAct.EXTEND)
    return of_round.closes_at is not None and of_round.closes_at in set(db.session.scalars(said))


def condition_of(of_round: Round, group: str) -> Condition | None:
    """The other text on which a group's backing is to depend, where it is asked like that."""
    kept = db.session.get(FormCondition, (of_round.id, group))
    return None if kept is None else kept.condition


def has_voted_elsewhere(person_id: int | BindParameter[int] | None) -> ColumnElement[bool]:
    """Of a ballot and its round: whether this person voted on the same words, mended or not, in another group's.

    What was annulled is gone, and not counted.
    """
    same_words = (_ASKED.plank_id == _ON.plank_id) & (_ASKED.number == _ON.number)
    elsewhere = (_ASKED.id == Round.version_id, _OTHER.group != Ballot.group)
    cast = (
        select(Participation.ballot_id)
        .join(_OTHER, _OTHER.id == Participation.ballot_id)
        .join(_THEIRS, _THEIRS.id == _OTHER.round_id)
        .join(_ON, _ON.id == _THEIRS.version_id)
        .join(_ASKED, same_words)
        .where(Participation.person_id == person_id, *elsewhere)
    )
    return cast.correlate(Ballot, Round).exists()


def _is_still_the_voter(person: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Of a membership, a ballot and its round: whether it lets this person vote there."""
    belongs = (Membership.person_id == person) & (Membership.group == Ballot.group)
    return belongs & Membership.stage.in_(MAY_STILL_VOTE) & (Membership.active_since <= Round.opens_at)


@cache
def participation_if_allowed() -> Select[int, int]:
    """The row that says that a member has voted; none for whoever has left the group, or is barred by a vote elsewhere.

    It waits for a membership that is about to end: whoever leaves at this moment votes before that, or not at all.
    """
    person: BindParameter[int] = bindparam("person")
    return (
        select(Ballot.id, person)
        .join(Round, Round.id == Ballot.round_id)
        .join(Membership, _is_still_the_voter(person))
        .where(Ballot.id == bindparam("ballot"), ~has_voted_elsewhere(person))
        .with_for_update(read=True, of=Membership)
    )


def is_still_the_voter(ballot: Ballot, person_id: int | None) -> bool:
    """Whether somebody belongs to the group of a ballot, as one must to vote in it."""
    query = select(Membership.id).join(Ballot, Ballot.id == ballot.id).join(Round, Round.id == Ballot.round_id)
    return db.session.scalar(query.where(_is_still_the_voter(literal(person_id)))) is not None


def has_voted_in(ballot: Ballot, person_id: int | None) -> bool:
    """Whether somebody has voted in a ballot."""
    return db.session.get(Participation, (ballot.id, person_id)) is not None


def receipts_of(ballot: Ballot) -> Sequence[str]:
    """Every receipt that was counted in a ballot, sorted."""
    query = select(CountedReceipt.receipt).where(CountedReceipt.ballot_id == ballot.id)
    return db.session.scalars(query.order_by(CountedReceipt.receipt)).all()


def choices_of(ballot: Ballot, questions: Sequence[str]) -> Sequence[tuple[str, Choice]]:
    """Every choice that was counted on these questions of a ballot, each with its question, sorted."""
    query = select(CountedPaper.question, CountedPaper.choice).where(
        CountedPaper.ballot_id == ballot.id, CountedPaper.question.in_(questions)
    )
    rows = db.session.execute(query.order_by(CountedPaper.question, CountedPaper.choice))
    return [(row.question, row.choice) for row in rows]


def receipt_was_counted(ballot: Ballot, receipt: str) -> bool:
    """Whether a paper with this receipt was counted in a ballot."""
    found = db.session.get(CountedReceipt, receipt)
    return found is not None and found.ballot_id == ballot.id


@cache
def full() -> Select[Round]:
    """Rounds with their version and what is on their papers."""
    on_paper = selectinload(Round.questions).joinedload(RoundQuestion.revision).joinedload(Revision.amendment)
    return select(Round).options(joinedload(Round.version), on_paper)
