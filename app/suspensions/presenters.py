"""The page of a pause: what is backed, and what a clerk of the group can do now."""

from dataclasses import dataclass

from app import clock
from app.endorsements.pausing import until_of
from app.models import Plank, Suspension, Version
from app.suspensions import service
from app.suspensions.queries import Backed
from app.web.backing import backed_words
from app.web.filters import day, minute
from policies.errors import RuleBroken
from policies.groups import Group, group_named
from policies.permissions import Actor
from policies.suspensions import ends_at


@dataclass(frozen=True)
class PausePage:
    """A group's backing and its pause. One of `refused`, `asked` and `stands` says what there is besides the form."""

    plank: Plank
    version: Version
    group: Group
    backing: str
    refused: str
    asked: Suspension | None
    would_end: str
    can_confirm: bool
    stands: str


def pause_page(found: Backed, actor: Actor) -> PausePage:
    """What a clerk sees of the pause of the own group."""
    stance = found.stance
    row = stance.suspension if stance else None
    asked = row if row is not None and row.starts_at is None else None
    return PausePage(
        plank=found.plank,
        version=found.version,
        group=group_named(actor.group or ""),
        backing="" if stance is None else backed_words(stance.version.name, stance),
        refused="" if row is not None else _refused(found, actor),
        asked=asked,
        would_end=day(ends_at(clock.now(), asked.days)) if asked else "",
        can_confirm=asked is not None and asked.asked_by_id != actor.person_id,
        stands=_stands(row) if row is not None and asked is None else "",
    )


def _stands(row: Suspension) -> str:
    until = until_of(row.stance)
    if until is not None:
        return f"The backing is paused until {minute(until)}. Then it counts again by itself."
    return (
        f"Your group paused its backing of this version from {day(row.starts_at)} to {day(row.ended_at or row.until)}."
    )


def _refused(found: Backed, actor: Actor) -> str:
    try:
        service.require_can_be_asked(found.stance, by=actor)
    except RuleBroken as refusal:
        return str(refusal)
    return ""
