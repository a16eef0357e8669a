"""What the pages of a membership show: what renewing means, where a removal stands, what a clerk can do about one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app import clock
from app.membership import queries, removals
from app.models import Membership, Removal
from app.orders import queries as orders
from app.web.filters import day
from policies.errors import RuleBroken
from policies.groups import Group, group_named
from policies.lapsing import can_be_renewed, keeps_qualifying_days, runs_until
from policies.permissions import Actor
from policies.removals import AppealWord, RemovalStage, ends_at

WORDS = {AppealWord.UPHOLD: "uphold it", AppealWord.OVERTURN: "overturn it"}


@dataclass(frozen=True)
class RenewalPage:
    """A membership, how long it runs, and what renewing it now means."""

    key: str
    group: Group
    stands: str
    means: str
    can_be_renewed: bool


@dataclass(frozen=True)
class SaidWord:
    """What the clerks of another group said."""

    group: str
    word: str
    reason: str


@dataclass(frozen=True)
class RemovalPage:
    """A removal as its member, or a clerk who decides, sees it. `who` names nobody to clerks of other groups."""

    removal: Removal
    group: Group
    who: str
    stands: str
    words: Sequence[SaidWord]
    is_own_group: bool
    can_confirm: bool
    can_give_up: bool
    can_answer: bool
    can_appeal: bool


def renewal_page(membership: Membership) -> RenewalPage:
    """What renewing means: the same as before, or a new wait before the first vote."""
    stage, until, now = membership.stage, membership.runs_until, clock.now()
    can = can_be_renewed(stage, until, now)
    return RenewalPage(membership.key, membership.the_group, _runs(membership), _means(membership) if can else "", can)


def own_removal_page(removal: Removal) -> RemovalPage:
    """Where one's own removal stands."""
    can_appeal = removal.stage is RemovalStage.CONFIRMED and clock.now() < ends_at(removal.since)
    return _page(removal, "", can_appeal=can_appeal)


def removal_page(removal: Removal, actor: Actor) -> RemovalPage:
    """A removal that waits for a clerk, or that clerks of the own group look at."""
    is_own = actor.group == removal.group
    who = removal.membership.person.name if is_own else f"A member of the {group_named(removal.group).title}"
    return _page(
        removal,
        who,
        is_own_group=is_own,
        can_confirm=removal.stage is RemovalStage.PROPOSED and queries.awaits(removal, actor),
        can_give_up=is_own and removal.stage is RemovalStage.PROPOSED,
        can_answer=_can_answer(removal, actor),
    )


def _page(removal: Removal, who: str, **can: bool) -> RemovalPage:
    acts = dict.fromkeys(("is_own_group", "can_confirm", "can_give_up", "can_answer", "can_appeal"), False)
    words = [SaidWord(group_named(one.group).title, WORDS[one.word], one.reason) for one in removal.words]
    return RemovalPage(removal, group_named(removal.group), who, stands(removal), words, **(acts | can))


def stands(removal: Removal) -> str:
    """Where a removal stands, and what comes next."""
    until = day(ends_at(removal.since) - timedelta(minutes=1))
    return {
        RemovalStage.PROPOSED: (
            f"Proposed on {day(removal.proposed_at)}. It is given up if nobody confirms it by the end of {until}."
        ),
        RemovalStage.DROPPED: "Given up. The membership goes on, or was ended by the member.",
        RemovalStage.CONFIRMED: (
            f"Confirmed on {day(removal.confirmed_at)}. An appeal can be made until the end of {until}."
        ),
        RemovalStage.APPEALED: (
            f"Appealed against on {day(removal.appealed_at)}. The clerks of the other groups decide by the end of"
            f" {until}. It is overturned only if all of them say so; if some say nothing, it stands."
        ),
        RemovalStage.UPHELD: f"Final since {day(removal.ended_at)}.",
        RemovalStage.OVERTURNED: f"Overturned on {day(removal.ended_at)} by the clerks of all other groups.",
    }[removal.stage]


def _can_answer(removal: Removal, actor: Actor) -> bool:
    try:
        removals.require_answerable(removal, by=actor)
    except RuleBroken:
        return False
    return True


def _runs(membership: Membership) -> str:
    if membership.runs_until is None:
        return "This membership has no end."
    is_past = clock.now() >= membership.runs_until
    return f"It {'lapsed on' if is_past else 'runs until'} {day(membership.runs_until)}."


def _means(membership: Membership) -> str:
    until = f"It then runs until {day(runs_until(clock.now()))}."
    if keeps_qualifying_days(membership.stage):
        return f"Nothing else changes: you vote as before. {until}"
    first = day(clock.now() + orders.current()[membership.group].qualifying_period)
    return f"It had lapsed, so you wait again, and vote in ballots that open from {first}. {until}"
