"""What the clock does to a round: open it when its notice has run out, close it at its minute, count its papers."""

from collections.abc import Sequence
from secrets import SystemRandom
from typing import TypeVar

from sqlalchemy import delete, exists, insert, select

from app import clock
from app.amendments import service as amendments
from app.amendments.rebasing import give_time_to_object
from app.audit import service as audit
from app.ballots import queries, retabling, service
from app.extensions import db
from app.models import (
    Ballot,
    Count,
    CountedPaper,
    CountedReceipt,
    OpenPaper,
    Participation,
    RollEntry,
    Round,
    RoundQuestion,
    locked,
)
from app.models.rounds import new_receipt
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.orders import queries as standing_orders
from app.people import queries as people
from app.planks import service as planks
from policies import amendments as amendment_rules
from policies import ballots as rules
from policies import planks as plank_rules
from policies.amendments import AmendmentStep
from policies.ballots import Choice, CountingRules, RoundKind, RoundStage, RoundStep, Tally
from policies.endorsements import COUNTING
from policies.groups import GROUP_KEYS, group_named
from policies.notices import NoticeKind, reminder_is_due
from policies.planks import Stage, Step
from policies.standing_orders import StandingOrders

Thing = TypeVar("Thing")


def open_round(of_round: Round) -> None:
    """Open a round whose notice has run out and freeze its rolls; cancel it where it can no longer be held."""
    locked(of_round.plank)
    locked(of_round)
    if of_round.stage is not RoundStage.PREPARED or of_round.opens_at is None or of_round.closes_at is None:
        return
    now = clock.now()
    if now < of_round.opens_at:
        return
    of_round.opens_at, of_round.closes_at = rules.times_at_opening(now, of_round.opens_at, of_round.closes_at)
    of_round.groups = _groups(of_round)
    orders = standing_orders.of_round(of_round)
    rolls = {group: _roll(of_round, orders[group]) for group in of_round.groups}
    obstacle = _obstacle(of_round, rolls)
    if obstacle:
        service.cancel(of_round, obstacle, by=None)
        if of_round.is_rerun:
            _move_plank(of_round, Step.PUBLISH_ROUND, "re-run given up")
            give_time_to_object(of_round.plank)
        return
    if of_round.kind is RoundKind.AMENDMENTS:
        _put_amendments_on_paper(of_round)
    for group, roll in rolls.items():
        _freeze(of_round, orders[group], roll)
    of_round.stage = rules.next_stage(of_round.stage, RoundStep.OPEN)
    if of_round.plank.stage is Stage.OPEN:
        _move_plank(of_round, Step.OPEN_ROUND, "round opened on plank")
    sizes = {group: len(roll) for group, roll in rolls.items()}
    audit.record("round opened", of_round, by=None, rolls=sizes, closes_at=of_round.closes_at.isoformat())
    notices.tell(NoticeKind.BALLOT_OPENS, audiences.on_the_roll(of_round.id), About.round(of_round))
    others = audiences.followers_not_voting(of_round.plank_id, of_round.id)
    notices.tell(NoticeKind.FOLLOWED_ROUND, others, About.round(of_round))


def remind(of_round: Round) -> None:
    """Tell the whole roll of a close that is near, those who have voted too: no list may tell them from the others."""
    locked(of_round)
    if of_round.stage is not RoundStage.OPEN or of_round.opens_at is None or of_round.closes_at is None:
        return
    if reminder_is_due(of_round.opens_at, of_round.closes_at, clock.now()):
        of_round.reminded_at = clock.now()
        audit.record("roll reminded", of_round, by=None)
        notices.tell(NoticeKind.BALLOT_CLOSES, audiences.on_the_roll(of_round.id), About.round(of_round))


def close(of_round: Round) -> None:
    """Close a round at its minute. Votes under way finish first; later ones are refused."""
    locked(of_round)
    if of_round.stage is RoundStage.OPEN and of_round.closes_at is not None and clock.now() >= of_round.closes_at:
        of_round.stage = rules.next_stage(of_round.stage, RoundStep.CLOSE)
        audit.record("round closed", of_round, by=None)


def count(of_round: Round) -> None:
    """Count a closed round's papers and rewrite them in random order, apart from their receipts, in one transaction.

    Nothing is lost if this is cut short, and nothing counted twice: it happens whole or not at all.
    """
    locked(of_round)
    if of_round.stage is not RoundStage.CLOSED or is_counted(of_round):
        return
    for ballot in of_round.ballots:
        _count_ballot(ballot, service.question_names(of_round))
    audit.record("round counted", of_round, by=None)


def is_counted(of_round: Round) -> bool:
    """Whether the papers of a round have been counted."""
    ballots = select(Ballot.id).where(Ballot.round_id == of_round.id)
    return bool(db.session.scalar(select(exists().where(Count.ballot_id.in_(ballots)))))


def _move_plank(of_round: Round, step: Step, act: str) -> None:
    plank = of_round.plank
    planks.move(plank, plank_rules.next_stage(plank.stage, step), act, by=None)


def _groups(of_round: Round) -> list[str]:
    """The groups that vote: one that backs these words already, and whose clerk asked for no vote, is left in peace.

    So is one that did not carry them within the re-tabling period of its standing orders.
    """
    asked = {opening.group for opening in of_round.openings}
    voting = [key for key in GROUP_KEYS if key in of_round.groups and not (_stands(of_round, key) and key not in asked)]
    if of_round.kind is not RoundKind.ENDORSEMENT or of_round.is_rerun:
        return voting
    rest = retabling.resting(of_round.plank, of_round.version)
    return [key for key in voting if key not in rest]


def _stands(of_round: Round, group: str) -> bool:
    """Whether the group's backing of this version stands and could only be lost by a vote nobody asked for."""
    if of_round.kind is not RoundKind.ENDORSEMENT or of_round.is_rerun:
        return False
    return queries.stance_on(of_round.version_id, group) in COUNTING


def _roll(of_round: Round, orders: StandingOrders) -> list[int]:
    """Members long enough in the group; not those who voted on this version in another group's ballot."""
    if of_round.opens_at is None:
        return []
    voted_elsewhere = set(
        db.session.scalars(
            select(Participation.person_id)
            .join(Ballot, Ballot.id == Participation.ballot_id)
            .join(Round, Round.id == Ballot.round_id)
            .where(Round.version_id == of_round.version_id, Ballot.group != orders.group)
        )
    )
    members = people.qualified(orders.group, of_round.opens_at - orders.qualifying_period)
    return [member for member in members if member not in voted_elsewhere]


def _obstacle(of_round: Round, rolls: dict[str, list[int]]) -> str:
    """Why a round cannot open after all, in words for its page; nothing where it can."""
    plank = of_round.plank
    expected = Stage.BALLOTING if of_round.is_rerun else Stage.OPEN
    if plank.stage is not expected:
        return f"The plank is {plank.stage.words} now."
    if of_round.version_id not in {plank.working_version_id, plank.agreed_version_id}:
        return "The text moved while the notice ran. A new round can be prepared on the new text."
    if of_round.kind is RoundKind.AMENDMENTS and not amendments.votable_on(plank):
        return "No open amendment was left to vote on."
    if not rolls:
        return "No group was left to ask: each backs these words, or did not carry them not long ago."
    empty = [group_named(group).title for group, roll in rolls.items() if not roll]
    if empty:
        return f"Nobody may vote yet in the {empty[0]}: no member has been in it for its qualifying days."
    return ""


def _put_amendments_on_paper(of_round: Round) -> None:
    for amendment in amendments.votable_on(of_round.plank):
        of_round.questions.append(RoundQuestion(round_id=of_round.id, revision=amendment.revision))
        stage = amendment_rules.next_stage(amendment.stage, AmendmentStep.OPEN_ROUND)
        amendments.move(amendment, stage, "amendment put to the vote", by=None)


def _freeze(of_round: Round, orders: StandingOrders, roll: list[int]) -> None:
    form = service.form_for(of_round, orders.group)
    counting = CountingRules.of(orders)
    ballot = Ballot(
        group=orders.group,
        form=form.kind,
        statement=form.statement,
        units=list(form.units),
        orders_version=orders.version,
        quorum_mode=counting.quorum_mode,
        quorum=str(counting.quorum),
        threshold=str(counting.threshold),
        threshold_is_strict=counting.threshold_is_strict,
        minority=str(counting.minority),
        roll_size=len(roll),
    )
    of_round.ballots.append(ballot)
    db.session.flush()
    db.session.execute(
        insert(RollEntry),
        [{"ballot_id": ballot.id, "person_id": member, "round_id": of_round.id} for member in roll],
    )


def _count_ballot(ballot: Ballot, questions: Sequence[str]) -> None:
    papers = db.session.scalars(select(OpenPaper).where(OpenPaper.ballot_id == ballot.id)).all()
    for question in questions:
        choices = [Choice(paper.choices[question]) for paper in papers]
        tally = Tally.of(choices)
        outcome = rules.outcome(tally, ballot.roll_size, ballot.rules)
        ballot.counts.append(
            Count(question=question, yes=tally.yes, no=tally.no, abstain=tally.abstain, outcome=outcome)
        )
        db.session.add_all(
            CountedPaper(mark=new_receipt(), ballot_id=ballot.id, question=question, choice=choice)
            for choice in _shuffled(choices)
        )
    receipts = _shuffled([paper.receipt for paper in papers])
    db.session.add_all(CountedReceipt(receipt=receipt, ballot_id=ballot.id) for receipt in receipts)
    db.session.execute(delete(OpenPaper).where(OpenPaper.ballot_id == ballot.id))
    db.session.flush()


def _shuffled(things: list[Thing]) -> list[Thing]:
    shuffled = list(things)
    SystemRandom().shuffle(shuffled)
    return shuffled
