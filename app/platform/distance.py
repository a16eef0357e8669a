"""How far a text is from being agreed, in words: which group is wanting, by how much, and what is meant to mend it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, lazyload

from app.amendments import queries as amendments
from app.ballots.outcomes import count_of
from app.ballots.service import TEXT_QUESTION
from app.endorsements import queries as endorsements
from app.endorsements.pausing import pauses
from app.extensions import db
from app.models import Amendment, Ballot, Count, Plank, Round, Stance, Version
from app.web.backing import clauses_named, listed
from app.web.filters import day
from policies.agreement import LevelKey
from policies.ballots import RoundKind, RoundStage
from policies.distance import Result, Want, Wanting, distance
from policies.endorsements import StanceKind
from policies.groups import group_named
from policies.planks import Stage
from policies.standing_orders import QuorumMode


def wanting(plank: Plank, version: Version, held: Mapping[str, Stance]) -> list[str]:
    """A sentence for each group that does not back the whole text; none where it is agreed, or nobody has decided."""
    if plank.stage not in (Stage.OPEN, Stage.BALLOTING) or plank.number is None:
        return []
    if endorsements.level_of(plank, version, held).key is LevelKey.AGREED:
        return []
    results = last_results(version)
    if not held and not results:
        return []
    found = distance(endorsements.kinds(held), results, paused=list(pauses(held)))
    opted_out = any(stance.kind is StanceKind.OPT_OUT for stance in held.values())
    mending = amendments.open_on(plank) if opted_out else []
    return [_sentence(one, version, held.get(one.group), results.get(one.group), mending) for one in found]


def last_results(version: Version) -> dict[str, Result]:
    """Each group's last published count on these words, or on the same before they were mended. Two queries."""
    on = aliased(Version)
    same_words = and_(on.id == Round.version_id, on.plank_id == version.plank_id, on.number == version.number)
    query = (
        select(Ballot)
        .join(Round, Round.id == Ballot.round_id)
        .join(on, same_words)
        .where(Round.stage == RoundStage.PUBLISHED, Round.kind == RoundKind.ENDORSEMENT, on.minor <= version.minor)
        .options(lazyload(Ballot.round))
        .order_by(Round.published_at, Round.id)
    )
    return {
        ballot.group: _result(ballot, count_of(ballot, TEXT_QUESTION)) for ballot in db.session.scalars(query).unique()
    }


def _result(ballot: Ballot, count: Count) -> Result:
    shown = ballot.shown[TEXT_QUESTION]
    return Result(count.outcome, count.tally, ballot.roll_size, ballot.rules, shown)


def _sentence(
    one: Wanting, version: Version, stance: Stance | None, result: Result | None, mending: Sequence[Amendment]
) -> str:
    title = group_named(one.group).title
    words = {
        Want.NOT_ASKED: f"has not decided on version {version.name} yet.",
        Want.NO_QUORUM: f"made no decision: its ballot lacked a quorum{_short_of_quorum(one, result)}.",
        Want.DECLINED: f"declined{_on(stance)}{_short_of_threshold(one)}.",
        Want.WITHDRAWN: f"withdrew its backing{_on(stance)}.",
        Want.CONDITIONAL: "would back another text, which does not count for this one.",
        Want.PAUSED: f"has paused its backing{_until(stance)}.",
        Want.OPT_OUT: _left_out(version, stance, mending),
    }[one.want]
    return f"The {title} {words}"


def _short_of_quorum(one: Wanting, result: Result | None) -> str:
    if one.quorum is None or result is None:
        return ""
    kind = "yes vote" if result.rules.quorum_mode is QuorumMode.APPROVAL else "vote"
    return f" by {one.quorum} {kind}{'' if one.quorum == 1 else 's'}"


def _short_of_threshold(one: Wanting) -> str:
    if one.threshold is not None:
        more = f"{one.threshold} more yes vote{'' if one.threshold == 1 else 's'}"
        return f": {more} against the same noes would have carried it"
    return f", with {one.band}" if one.band is not None else ""


def _on(stance: Stance | None) -> str:
    return f" on {day(stance.decided_at)}" if stance else ""


def _until(stance: Stance | None) -> str:
    running = pauses({stance.group: stance}) if stance else {}
    return "".join(f" until {day(until)}" for until in running.values())


def _left_out(version: Version, stance: Stance | None, mending: Sequence[Amendment]) -> str:
    units = stance.units if stance else []
    clauses = clauses_named(version, units)
    names = [one.name for one in mending if _changes(one, units)]
    if not names:
        return f"backs it except {clauses}. No open amendment changes that."
    changes = f"{listed(names)} {'is' if len(names) == 1 else 'are'} open and would change that"
    return f"backs it except {clauses}. {changes}."


def _changes(amendment: Amendment, unit_ids: Sequence[str]) -> bool:
    """Whether an open amendment changes, moves away or removes one of these units."""
    revision = amendment.revision
    if revision is None:
        return False
    then = {unit.unit_id: unit.markdown for unit in revision.base.units}
    now = {unit.unit_id: unit.markdown for unit in revision.units}
    return any(unit_id in then and now.get(unit_id) != then[unit_id] for unit_id in unit_ids)
