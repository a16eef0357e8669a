"""Changing a group's standing orders: one clerk proposes, another of the same group confirms, for a day to come.

What is confirmed stays readable for ever, and holds for rounds prepared from its day on; a round prepared before keeps
the version it was prepared under, whatever is changed while its notice or its ballot runs, and so does its re-run.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from policies.errors import RuleBroken
from policies.standing_orders import MOST_DAYS, StandingOrders, could_carry_a_tie, is_out_of_reach, least_days

REASON_CHARACTERS = 1_000
# A group can look this far ahead, and no further: nobody remembers a change that was confirmed years ago.
FURTHEST_AHEAD = timedelta(days=366)
# Clerks who can confirm what a clerk proposed: without another one nothing is proposed.
CLERKS_TO_CHANGE = 2
_FRACTION = re.compile(r"[0-9]{1,6}(/[0-9]{1,6})?", re.ASCII)
_PER_CENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%", re.ASCII)


class ChangeStage(StrEnum):
    """Where a proposed change of standing orders stands. The values are stored."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    TURNED_DOWN = "turned_down"
    TAKEN_BACK = "taken_back"


class ChangeStep(StrEnum):
    """What can happen to a proposed change; the values complete "You cannot … a change"."""

    CONFIRM = "confirm"
    TURN_DOWN = "turn down"
    TAKE_BACK = "take back"


NEXT_STAGE: dict[tuple[ChangeStage, ChangeStep], ChangeStage] = {
    (ChangeStage.WAITING, ChangeStep.CONFIRM): ChangeStage.CONFIRMED,
    (ChangeStage.WAITING, ChangeStep.TURN_DOWN): ChangeStage.TURNED_DOWN,
    (ChangeStage.WAITING, ChangeStep.TAKE_BACK): ChangeStage.TAKEN_BACK,
}
STAGE_WORDS: dict[ChangeStage, str] = {
    ChangeStage.WAITING: "waiting for another clerk",
    ChangeStage.CONFIRMED: "confirmed",
    ChangeStage.TURNED_DOWN: "turned down",
    ChangeStage.TAKEN_BACK: "taken back",
}


def next_change_stage(stage: ChangeStage, step: ChangeStep) -> ChangeStage:
    """Return where `step` takes a proposed change in `stage`, or refuse: what is confirmed never changes again."""
    try:
        return NEXT_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(
            f"You cannot {step} a change that is {STAGE_WORDS[stage]}. The page of the standing orders shows it."
        ) from None


def require_can_propose(clerks: int, *, is_one_waiting: bool) -> None:
    """One change at a time, in a group where another clerk can confirm it."""
    if clerks < CLERKS_TO_CHANGE:
        raise RuleBroken(
            "You are the only clerk of your group, and another clerk has to confirm a change."
            " Invite another clerk first: whoever runs the service can do it."
        )
    if is_one_waiting:
        raise RuleBroken(
            "A change of your group’s standing orders waits already, and nothing was proposed beside it."
            " Confirm it, turn it down or take it back first."
        )


def require_may_take(step: ChangeStep, proposer_id: int, person_id: int) -> None:
    """Another clerk confirms or turns down; the one who proposed it takes it back."""
    if step is ChangeStep.TAKE_BACK and person_id != proposer_id:
        raise RuleBroken("Only the clerk who proposed this change can take it back. You can turn it down.")
    if step is not ChangeStep.TAKE_BACK and person_id == proposer_id:
        raise RuleBroken(
            "You proposed this change, so another clerk of your group has to decide on it."
            " If there is none, invite one. You can take it back."
        )


def share_typed(words: str) -> Fraction:
    """A share as clerks type it, "1/10" or "10 %", exactly; more than nothing, and at most all."""
    typed = words.strip()
    fraction, per_cent = _FRACTION.fullmatch(typed), _PER_CENT.fullmatch(typed)
    if fraction is None and per_cent is None:
        raise RuleBroken("Write a share as a fraction such as 1/10, or in per cent such as 10 %.")
    share = Fraction(per_cent[1]) / 100 if per_cent else _quotient(typed)
    if share <= 0:
        raise RuleBroken("A share of nothing asks for nothing. Write one above 0, such as 1/10.")
    if share > 1:
        raise RuleBroken("No share is larger than all. Write one of at most 1, that is 100 %.")
    return share


def _quotient(typed: str) -> Fraction:
    above, _, below = typed.partition("/")
    if below and int(below) == 0:
        raise RuleBroken("Nothing can be divided by 0. Write a fraction such as 1/10.")
    return Fraction(int(above), int(below or 1))


def require_sound_threshold(threshold: Fraction, *, is_strict: bool) -> None:
    """A tie could reach a threshold that lets half of a group bind it; beyond all of yes and no nobody reaches one."""
    if could_carry_a_tie(threshold, is_strict=is_strict):
        raise RuleBroken(
            "A tie could reach that, and a tie never carries."
            " Choose “more than” 1/2, or a larger share such as “at least” 2/3."
        )
    if is_out_of_reach(threshold, is_strict=is_strict):
        raise RuleBroken("There is no more than all. Choose “at least” 1, or a smaller share such as 2/3.")


def days_typed(name: str, words: str) -> timedelta:
    """A period as clerks type it, in whole days."""
    least, typed = least_days(name), words.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6 and least <= int(typed) <= MOST_DAYS):
        raise RuleBroken(f"Write a whole number of days from {least} to {MOST_DAYS}.")
    return timedelta(days=int(typed))


def require_other_figures(before: StandingOrders, after: StandingOrders) -> None:
    """A change changes something."""
    if replace(after, version=before.version, since=before.since) == before:
        raise RuleBroken("Every figure is as it is already. Change at least one, or leave this page.")


def require_sound_day(since: date, today: date, newest: StandingOrders) -> None:
    """A change holds from a day that has not begun, after those of the versions before it, and within a year."""
    if since <= today:
        raise RuleBroken("Choose a day from tomorrow on: what was prepared before a change keeps the rules it had.")
    if since > today + FURTHEST_AHEAD:
        raise RuleBroken(f"Choose a day within the next {FURTHEST_AHEAD.days} days.")
    if since <= newest.since:
        raise RuleBroken(
            f"Version {newest.version} begins on {newest.since.isoformat()}. Choose a day after that, so that one"
            " version follows another."
        )


def require_can_be_confirmed(since: date, today: date) -> None:
    """No change reaches back: once its day has begun it can no longer be confirmed."""
    if since <= today:
        raise RuleBroken(
            "The day from which this was to hold has begun. Turn it down, and have it proposed again for a later day."
        )


def next_version(newest: StandingOrders, proposed: StandingOrders) -> StandingOrders:
    """What was proposed, under the number that follows the newest."""
    return replace(proposed, version=newest.version + 1)
