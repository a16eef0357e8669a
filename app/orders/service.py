"""What the clerks of a group do to change its standing orders, and what a round keeps of them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import OrdersChange, Round, RoundOrders, locked
from app.models.orders import figures_of
from app.orders import queries
from policies import orders_changes as rules
from policies.errors import RuleBroken
from policies.groups import Group
from policies.orders_changes import ChangeStage, ChangeStep
from policies.permissions import Actor
from policies.standing_orders import StandingOrders

ACTS: dict[ChangeStep, str] = {
    ChangeStep.CONFIRM: "standing orders confirmed",
    ChangeStep.TURN_DOWN: "standing orders turned down",
    ChangeStep.TAKE_BACK: "standing orders taken back",
}


def propose(group: Group, proposed: StandingOrders, reason: str, *, by: Actor) -> OrdersChange:
    """Propose other standing orders for the own group. They hold only if another of its clerks confirms them.

    Of two clerks who propose at once one is told that the other was quicker.
    """
    if by.person_id is None:
        raise RuleBroken("Sign in as a clerk of this group to do that.")
    require_can_propose(group)
    newest = queries.newest(group.key)
    rules.require_other_figures(newest, proposed)
    rules.require_sound_threshold(proposed.threshold, is_strict=proposed.threshold_is_strict)
    rules.require_sound_day(proposed.since, queries.today(), newest)
    change = OrdersChange(
        group=group.key,
        reason=reason,
        proposed_at=clock.now(),
        proposed_by_id=by.person_id,
        stage=ChangeStage.WAITING,
        **figures_of(proposed),
    )
    try:
        with db.session.begin_nested():
            db.session.add(change)
    except IntegrityError:
        # Another clerk of the group proposed one at the same moment.
        rules.require_can_propose(rules.CLERKS_TO_CHANGE, is_one_waiting=True)
        raise
    _record("standing orders proposed", change, newest, proposed, by=by)
    return change


def require_can_propose(group: Group) -> None:
    """Raise `RuleBroken` where the group has no second clerk, or a change waits already."""
    rules.require_can_propose(queries.clerks_of(group.key), is_one_waiting=queries.waiting(group.key) is not None)


def confirm(change: OrdersChange, *, by: Actor) -> StandingOrders:
    """Confirm what another clerk proposed: the next version, which holds for rounds prepared from its day on."""
    _step(change, ChangeStep.CONFIRM, by=by)
    rules.require_can_be_confirmed(change.since, queries.today())
    newest = queries.newest(change.group)
    version = rules.next_version(newest, change.orders_of(change.group, newest.version))
    rules.require_sound_day(version.since, queries.today(), newest)
    change.version, change.stage = version.version, ChangeStage.CONFIRMED
    _decided(change, by=by)
    _record(ACTS[ChangeStep.CONFIRM], change, newest, version, by=by)
    return version


def turn_down(change: OrdersChange, *, by: Actor) -> None:
    """Say that what another clerk proposed shall not hold."""
    _end(change, ChangeStep.TURN_DOWN, by=by)


def take_back(change: OrdersChange, *, by: Actor) -> None:
    """Take the own proposal back before anybody confirmed it."""
    _end(change, ChangeStep.TAKE_BACK, by=by)


def keep(of_round: Round) -> dict[str, int]:
    """Have a round that is being prepared keep what holds today; returns the versions, by group key."""
    return _keep(of_round, queries.current())


def keep_from(rerun: Round, repeated: Round) -> dict[str, int]:
    """Have a re-run keep what the round that it repeats runs under."""
    return _keep(rerun, queries.of_round(repeated))


def _keep(of_round: Round, orders: Mapping[str, StandingOrders]) -> dict[str, int]:
    db.session.flush()
    kept = {group: orders[group] for group in of_round.groups}
    db.session.add_all(
        RoundOrders(round_id=of_round.id, group=group, version=one.version, **figures_of(one))
        for group, one in kept.items()
    )
    return {group: one.version for group, one in kept.items()}


def _end(change: OrdersChange, step: ChangeStep, *, by: Actor) -> None:
    change.stage = _step(change, step, by=by)
    _decided(change, by=by)
    audit.record(ACTS[step], change, by=by, group=change.group, before=ChangeStage.WAITING, after=change.stage)


def _step(change: OrdersChange, step: ChangeStep, *, by: Actor) -> ChangeStage:
    locked(change)
    stage = rules.next_change_stage(change.stage, step)
    rules.require_may_take(step, change.proposed_by_id, by.person_id or 0)
    return stage


def _decided(change: OrdersChange, *, by: Actor) -> None:
    change.decided_at, change.decided_by_id = clock.now(), by.person_id


def _record(act: str, change: OrdersChange, before: StandingOrders, after: StandingOrders, *, by: Actor) -> None:
    details = {"group": change.group, "version": change.version, "before": _plain(before), "after": _plain(after)}
    audit.record(act, change, by=by, **details)


def _plain(orders: StandingOrders) -> dict[str, Any]:
    """Figures as the record keeps them: exact, as words."""
    figures = {name: one if isinstance(one, (int, bool)) else str(one) for name, one in figures_of(orders).items()}
    return {"version": orders.version, **figures}
