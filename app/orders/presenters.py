"""What the pages of standing orders show: all groups beside each other, one group in every version, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.models import OrdersChange
from app.orders import queries, wording
from app.web.filters import day, minute
from policies import orders_changes as rules
from policies.errors import RuleBroken
from policies.groups import GROUPS, Group
from policies.orders_changes import STAGE_WORDS
from policies.permissions import Actor
from policies.standing_orders import Effect, StandingOrders, holding_on


@dataclass(frozen=True)
class GroupOrders:
    """One group's standing orders in plain sentences; `to_come` says which version begins next, and when."""

    group: Group
    version: str
    sentences: Sequence[str]
    is_consultative: bool
    to_come: str


@dataclass(frozen=True)
class OrdersPage:
    """All groups: their figures side by side, where they differ, each in sentences."""

    groups: Sequence[GroupOrders]
    differences: str
    head: Sequence[str]
    figures: Sequence[Sequence[str]]


@dataclass(frozen=True)
class ShownVersion:
    """One version: since when, what it says, what it changed, why, and how it stands."""

    name: str
    stands: str
    reason: str
    confirmed: str
    changed: Sequence[Sequence[str]]
    figures: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class WaitingChange:
    """A change that waits for another clerk: what it would change, and what this clerk can do."""

    number: int
    proposed: str
    since: str
    reason: str
    changed: Sequence[Sequence[str]]
    is_own: bool


@dataclass(frozen=True)
class HistoryPage:
    """One group's standing orders, and every version of them; what waits is for its clerks alone."""

    orders: GroupOrders
    versions: Sequence[ShownVersion]
    waiting: WaitingChange | None
    ended: str
    cannot: str = ""
    """Why its clerks cannot propose a change, where they are too few."""


def orders_page() -> OrdersPage:
    """All groups; one query."""
    known, today = queries.versions(), queries.today()
    held = [holding_on(known[group.key], today) for group in GROUPS]
    _head, figures = wording.side_by_side(held)
    return OrdersPage(
        groups=[_group(group, known[group.key], today) for group in GROUPS],
        differences=wording.differences(held),
        head=wording.head(held),
        figures=figures if _head else [[row[0], *(row[1] for _ in held)] for row in figures],
    )


def history_page(group: Group, actor: Actor) -> HistoryPage:
    """One group; its clerks see what waits as well."""
    known, today = queries.versions()[group.key], queries.today()
    is_clerk = actor.is_clerk and actor.group == group.key
    return HistoryPage(
        orders=_group(group, known, today),
        versions=_shown_versions(group, known, today),
        waiting=_waiting(group, known[-1], actor) if is_clerk else None,
        ended=_ended(group) if is_clerk else "",
        cannot=_cannot_propose(group) if is_clerk else "",
    )


def _cannot_propose(group: Group) -> str:
    try:
        rules.require_can_propose(queries.clerks_of(group.key), is_one_waiting=False)
    except RuleBroken as refusal:
        return str(refusal)
    return ""


def _group(group: Group, known: Sequence[StandingOrders], today: date) -> GroupOrders:
    holds = holding_on(known, today)
    coming = [orders for orders in known if orders.version > holds.version]
    to_come = f"Version {coming[0].version} holds from {wording.date_words(coming[0].since)} on." if coming else ""
    return GroupOrders(
        group=group,
        version=wording.version_words(holds),
        sentences=wording.sentences(holds),
        is_consultative=holds.effect is Effect.CONSULTATIVE,
        to_come=to_come,
    )


def _shown_versions(group: Group, known: Sequence[StandingOrders], today: date) -> list[ShownVersion]:
    """Every version, the newest first."""
    changes = {change.version: change for change in queries.confirmed_changes(group)}
    holds = holding_on(known, today)
    shown = []
    for place, orders in enumerate(known):
        change, after = changes.get(orders.version), known[place + 1] if place + 1 < len(known) else None
        shown.append(
            ShownVersion(
                name=wording.version_words(orders),
                stands=_stands(orders, holds, after),
                reason=change.reason if change else "",
                confirmed=day(change.decided_at) if change else "",
                changed=wording.changed(known[place - 1], orders) if change else [],
                figures=[(name, words(orders)) for name, words in wording.FIGURES[1:]],
            )
        )
    return shown[::-1]


def _stands(orders: StandingOrders, holds: StandingOrders, after: StandingOrders | None) -> str:
    if orders.version == holds.version:
        return "Holds now, for rounds prepared from its day on."
    if orders.version > holds.version:
        return f"Begins on {wording.date_words(orders.since)}. Rounds prepared before that day keep the version before."
    ended = f"Held until {wording.date_words(after.since)}" if after else "Held before"
    return f"{ended}; rounds prepared under it keep it."


def _waiting(group: Group, newest: StandingOrders, actor: Actor) -> WaitingChange | None:
    change = queries.waiting(group.key)
    if change is None:
        return None
    return WaitingChange(
        number=change.id,
        proposed=minute(change.proposed_at),
        since=wording.date_words(change.since),
        reason=change.reason,
        changed=wording.changed(newest, change.orders_of(group.key, newest.version + 1)),
        is_own=change.proposed_by_id == actor.person_id,
    )


def _ended(group: Group) -> str:
    change: OrdersChange | None = queries.last_decided(group.key)
    if change is None:
        return ""
    return (
        f"A change proposed on {day(change.proposed_at)} was {STAGE_WORDS[change.stage]} on {day(change.decided_at)}."
    )
