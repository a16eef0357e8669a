"""Publishing a counted round: all its ballots at once, and the stances that follow."""

from datetime import datetime

from app import clock, drawer
from app.amendments.rebasing import give_time_to_object
from app.audit import service as audit
from app.ballots import counting
from app.ballots.deciding import decide_amendments
from app.ballots.outcomes import count_of, decision_of
from app.ballots.service import TEXT_QUESTION
from app.endorsements import conditions, queries
from app.endorsements.pausing import end_of, pauses
from app.extensions import db
from app.models import Ballot, Plank, Round, Stance, Version, locked
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.numbers import next_number
from app.orders import queries as standing_orders
from app.orders import service as orders_of_rounds
from app.planks import service as planks
from policies import ballots as rules
from policies import planks as plank_rules
from policies.agreement import becomes_agreed
from policies.ballots import Outcome, RoundKind, RoundStage, RoundStep
from policies.endorsements import StanceKind
from policies.notices import NoticeKind
from policies.planks import Step


def publish(of_round: Round) -> None:
    """Publish a counted round: results, stances, the agreed text, and the one re-run where a quorum was missed."""
    locked(of_round.plank)
    locked(of_round)
    if of_round.stage is not RoundStage.CLOSED or not counting.is_counted(of_round):
        return
    if drawer.is_held(of_round.version, *(question.revision for question in of_round.questions)):
        # One clerk has hidden the words for now. What came of them is told once clerks of two groups have decided.
        return
    before, of_round.stage = of_round.stage, rules.next_stage(of_round.stage, RoundStep.PUBLISH)
    of_round.published_at = clock.now()
    audit.record(
        "round published", of_round, by=None, before=before, after=of_round.stage, outcomes=_outcomes(of_round)
    )
    concerned = audiences.voters_and_followers(of_round.plank_id, of_round.id)
    notices.tell(NoticeKind.RESULT, concerned, About.round(of_round))
    if of_round.kind is RoundKind.AMENDMENTS:
        decide_amendments(of_round)
        _reopen_plank(of_round)
        return
    for ballot in of_round.ballots:
        _take_stance(of_round, ballot, of_round.published_at)
    db.session.flush()
    agree_if_all_back(of_round.plank, of_round.version)
    lacking = [ballot.group for ballot in of_round.ballots if _outcome(ballot) is Outcome.NO_QUORUM]
    if lacking and not of_round.is_rerun:
        _prepare_rerun(of_round, lacking, of_round.published_at)
    else:
        _reopen_plank(of_round)


def agree_if_all_back(plank: Plank, version: Version) -> None:
    """Let the public read a version as agreed once every group backs it whole, and none pauses its backing."""
    stances = queries.on_version(version)
    if becomes_agreed(queries.kinds(stances), paused=pauses(stances)):
        planks.agree(plank, version)


def end_pause(stance: Stance, at: datetime | None = None) -> None:
    """Note the end of a stance's pause: its days are over, or the group has decided anew, at that moment."""
    row = stance.suspension
    if row is not None and row.starts_at is not None and row.ended_at is None:
        row.ended_at = end_of(row, at or clock.now())
        audit.record("pause ended", row, by=None, stance=stance.id, group=stance.group, version=stance.version_id)


def _take_stance(of_round: Round, ballot: Ballot, at: datetime) -> None:
    stance = queries.on_version(of_round.version).get(ballot.group)
    before = stance.kind if stance else None
    held_on = stance.version_id if stance else None
    decision = decision_of(ballot, before)
    after = decision.kind
    if ballot.advises or after is None or (after is before and _outcome(ballot) is not Outcome.CARRIED):
        return
    if stance is not None:
        end_pause(stance, at)
    if stance is None or stance.version_id != of_round.version_id:
        before = None
        stance = Stance(plank_id=of_round.plank_id, group=ballot.group, version_id=of_round.version_id)
        db.session.add(stance)
    stance.kind, stance.round_id, stance.decided_at = after, of_round.id, at
    stance.statement = ballot.statement if after is StanceKind.RESERVATION else ""
    stance.units = list(decision.left_out)
    db.session.flush()
    told = conditions.keep(stance, ballot)
    audit.record(
        "stance taken",
        stance,
        by=None,
        plank=stance.plank_id,
        version=stance.version_id,
        group=ballot.group,
        before=before,
        before_on=held_on,
        after=after,
        units=stance.units,
        round=of_round.id,
        **told,
    )


def _prepare_rerun(of_round: Round, groups: list[str], published: datetime) -> None:
    """The one automatic re-run, of the groups that lacked their quorum alone."""
    orders = standing_orders.of_round(of_round)
    opens_at, closes_at = rules.rerun_times(published, [orders[group] for group in groups])
    rerun = Round(
        number=next_number("round"),
        plank=of_round.plank,
        version=of_round.version,
        kind=of_round.kind,
        groups=groups,
        prepared_at=published,
        opens_at=opens_at,
        closes_at=closes_at,
        rerun_of_id=of_round.id,
    )
    db.session.add(rerun)
    kept = orders_of_rounds.keep_from(rerun, of_round)
    times = {"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
    about = {"number": rerun.number, "kind": rerun.kind, "plank": of_round.plank_id, "version": of_round.version_id}
    audit.record("re-run prepared", rerun, by=None, groups=groups, rerun_of=of_round.id, orders=kept, **about, **times)


def _reopen_plank(of_round: Round) -> None:
    plank = of_round.plank
    planks.move(plank, plank_rules.next_stage(plank.stage, Step.PUBLISH_ROUND), "round published on plank", by=None)
    give_time_to_object(plank)


def _outcome(ballot: Ballot) -> Outcome:
    return count_of(ballot, TEXT_QUESTION).outcome


def _outcomes(of_round: Round) -> dict[str, dict[str, str]]:
    return {
        ballot.group: {count.question: str(count.outcome) for count in ballot.counts} for ballot in of_round.ballots
    }
