"""Opening a round when its notice has run out: freezing its rolls, its rules and what is on its papers."""

from sqlalchemy import insert

from app import clock
from app.amendments import service as amendments
from app.amendments.rebasing import give_time_to_object
from app.audit import service as audit
from app.ballots import service as ballots
from app.extensions import db
from app.models import Ballot, RollEntry, Round, RoundQuestion, locked
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.orders import queries as standing_orders
from app.people import queries as people
from app.planks import service as planks
from app.rounds import asking, queries, retabling, service
from app.web.backing import listed
from policies import amendments as amendment_rules
from policies import ballots as rules
from policies import planks as plank_rules
from policies.amendments import AmendmentStep
from policies.ballots import CountingRules, RoundKind, RoundStage, RoundStep
from policies.endorsements import COUNTING
from policies.groups import GROUP_KEYS, group_named
from policies.notices import NoticeKind
from policies.planks import Stage, Step
from policies.rounds import is_in_time
from policies.standing_orders import StandingOrders

NOBODY_LEFT = (
    "No group was left to ask: each backs these words, did not carry them not long ago, or was to be asked about a"
    " text by a day that comes before voting would close."
)
DAY_GONE_BY = "It asked about a text to be adopted by a day that comes before voting would close."


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
    before, of_round.stage = of_round.stage, rules.next_stage(of_round.stage, RoundStep.OPEN)
    if of_round.plank.stage is Stage.OPEN:
        _move_plank(of_round, Step.OPEN_ROUND, "round opened on plank")
    sizes = {group: len(roll) for group, roll in rolls.items()}
    stages = {"before": before, "after": of_round.stage}
    audit.record(
        "round opened", of_round, by=None, **stages, groups=of_round.groups, rolls=sizes, **_recorded(of_round)
    )
    notices.tell(NoticeKind.BALLOT_OPENS, audiences.on_the_roll(of_round.id), About.round(of_round))
    others = audiences.followers_not_voting(of_round.plank_id, of_round.id)
    notices.tell(NoticeKind.FOLLOWED_ROUND, others, About.round(of_round))


def _recorded(of_round: Round) -> dict[str, object]:
    """What the record keeps of a round that opens: its times, and what each group is asked under which orders."""
    assert of_round.opens_at is not None
    assert of_round.closes_at is not None
    return {
        "opens_at": of_round.opens_at.isoformat(),
        "closes_at": of_round.closes_at.isoformat(),
        "forms": {ballot.group: asking.recorded(ballots.form_of(ballot)) for ballot in of_round.ballots},
        "orders": {ballot.group: ballot.orders_version for ballot in of_round.ballots},
        "amendments": sorted(question.revision.amendment_id for question in of_round.questions),
    }


def _move_plank(of_round: Round, step: Step, act: str) -> None:
    plank = of_round.plank
    planks.move(plank, plank_rules.next_stage(plank.stage, step), act, by=None)


def _groups(of_round: Round) -> list[str]:
    """The groups that vote: one that backs these words already, and whose clerk asked for no vote, is left in peace.

    So is one that did not carry them within the re-tabling period of its standing orders, and one that was to be asked
    about another text by a day that comes before the vote would close, as after a long outage.
    """
    asked = {opening.group for opening in of_round.openings}
    voting = [key for key in GROUP_KEYS if key in of_round.groups and not (_stands(of_round, key) and key not in asked)]
    voting = [key for key in voting if _is_in_time(of_round, key)]
    if of_round.kind is not RoundKind.ENDORSEMENT or of_round.is_rerun:
        return voting
    rest = retabling.resting(of_round.plank, of_round.version)
    return [key for key in voting if key not in rest]


def _stands(of_round: Round, group: str) -> bool:
    """Whether the group's backing of this version stands and could only be lost by a vote nobody asked for."""
    if of_round.kind is not RoundKind.ENDORSEMENT or of_round.is_rerun:
        return False
    return queries.stance_on(of_round.version_id, group) in COUNTING


def _is_in_time(of_round: Round, group: str) -> bool:
    condition = asking.form_for(of_round, group).condition
    return condition is None or of_round.closes_at is None or is_in_time(condition.by_date, of_round.closes_at.date())


def _roll(of_round: Round, orders: StandingOrders) -> list[int]:
    """Members long enough in the group, whoever voted on these words in another one among them.

    That one cannot vote again; but a gap in the list would tell the clerks who read it that they had voted.
    """
    if of_round.opens_at is None:
        return []
    return list(people.qualified(orders.group, of_round.opens_at - orders.qualifying_period))


def _obstacle(of_round: Round, rolls: dict[str, list[int]]) -> str:
    """Why a round cannot open after all, in words for its page; nothing where it can."""
    obstacle = service.obstacle_of(of_round)
    if obstacle:
        return obstacle
    if of_round.kind is RoundKind.AMENDMENTS and not amendments.votable_on(of_round.plank):
        return "No open amendment was left to vote on."
    if not rolls:
        return DAY_GONE_BY if of_round.is_rerun else NOBODY_LEFT
    empty = [group_named(group).title for group, roll in rolls.items() if not roll]
    if len(empty) == len(rolls):
        return "Nobody may vote in it: no group that it asks has a member who has been there for its qualifying days."
    if empty:
        return f"Nobody may vote yet in the {listed(empty)}: no member has been there for its qualifying days."
    return ""


def _put_amendments_on_paper(of_round: Round) -> None:
    for amendment in amendments.votable_on(of_round.plank):
        of_round.questions.append(RoundQuestion(round_id=of_round.id, revision=amendment.revision))
        stage = amendment_rules.next_stage(amendment.stage, AmendmentStep.OPEN_ROUND)
        amendments.move(amendment, stage, "amendment put to the vote", by=None)


def _freeze(of_round: Round, orders: StandingOrders, roll: list[int]) -> None:
    form = asking.form_for(of_round, orders.group)
    if of_round.is_rerun:
        asking.keep(of_round, orders.group, form)
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
