"""The form on which a clerk proposes other standing orders. Each answer is read by the rulebook, exactly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf

from app.orders import queries
from app.orders.wording import EFFECTS
from app.web.forms import given, no_longer_than, one_line, passage
from policies import orders_changes as rules
from policies.errors import RuleBroken
from policies.groups import Group
from policies.orders_changes import REASON_CHARACTERS, days_typed, share_typed
from policies.standing_orders import Effect, QuorumMode, StandingOrders

MORE, LEAST = "more than", "at least"
LONGEST_ANSWER = 40


def _line(label: str) -> StringField:
    return StringField(label, [no_longer_than(LONGEST_ANSWER)], filters=[one_line])


def _one_of(label: str, choices: dict[str, str]) -> RadioField:
    known = AnyOf(list(choices), "Choose one of the answers shown.")
    return RadioField(label, [known], choices=choices, validate_choice=False)


class ChangeForm(FlaskForm):
    """Standing orders as they are to be; it begins with those that were confirmed last."""

    effect = _one_of("What does a ballot of your group do?", {effect.value: said for effect, said in EFFECTS.items()})
    quorum_mode = _one_of(
        "What does the quorum count?",
        {QuorumMode.APPROVAL.value: "Yes votes", QuorumMode.PARTICIPATION.value: "Votes cast, abstentions too"},
    )
    quorum = _line("Quorum: what share of the roll?")
    threshold_kind = _one_of("To be carried, yes has to be", {MORE: "more than", LEAST: "at least"})
    threshold = _line("… what share of yes and no?")
    ballot_days = _line("Days a ballot is open")
    notice_days = _line("Days of notice before it opens")
    qualifying_days = _line("Days in the group before a member votes")
    minority = _line("Minority position: from what share of yes and no?")
    rerun_after_days = _line("Days until a ballot without a quorum is repeated")
    retabling_after_days = _line("Days until the same words can be put to the group again")
    since = _line("From which day is this to hold?")
    reason = TextAreaField(
        "Why?",
        [
            given("Say why; it stands in the history of your group’s standing orders."),
            no_longer_than(REASON_CHARACTERS),
        ],
        filters=[passage, str.strip],
    )

    newest: StandingOrders
    proposed: StandingOrders

    def validate(self, extra_validators: Any = None) -> bool:
        """What the rulebook says, beside the answer to mend."""
        if not super().validate(extra_validators):
            return False
        self.proposed = self._read()
        return not self.errors

    def _read(self) -> StandingOrders:
        days = {name: self._told(self[name], partial(days_typed, name)) for name in _PERIODS}
        is_strict = self.threshold_kind.data == MORE
        shares = {name: self._told(self[name], share_typed) for name in ("quorum", "minority")}
        shares["threshold"] = self._told(self.threshold, partial(_threshold_typed, is_strict=is_strict))
        since = self._told(self.since, partial(_day_typed, newest=self.newest))
        if self.errors:
            return self.newest
        changes: dict[str, Any] = {_PERIODS[name]: period for name, period in days.items()}
        proposed = replace(
            self.newest,
            since=since,
            effect=Effect(self.effect.data),
            quorum_mode=QuorumMode(self.quorum_mode.data),
            threshold_is_strict=is_strict,
            **shares,
            **changes,
        )
        self._told(self.reason, lambda _typed: rules.require_other_figures(self.newest, proposed))
        return proposed

    def _told(self, answer: Field, read: Callable[[str], Any]) -> Any:
        try:
            return read(answer.data or "")
        except RuleBroken as refusal:
            answer.errors = [*answer.errors, str(refusal)]
            return None


_PERIODS: dict[str, str] = {
    "ballot_days": "ballot_period",
    "notice_days": "notice",
    "qualifying_days": "qualifying_period",
    "rerun_after_days": "rerun_after",
    "retabling_after_days": "retabling_after",
}


def change_form(group: Group) -> ChangeForm:
    """What was sent, else what was confirmed last, to hold from the first day on which it can."""
    newest = queries.newest(group.key)
    first = max(queries.today(), newest.since) + timedelta(days=1)
    days = {name: str(getattr(newest, period).days) for name, period in _PERIODS.items()}
    form = ChangeForm(
        data={
            **days,
            "effect": newest.effect.value,
            "quorum_mode": newest.quorum_mode.value,
            "quorum": str(newest.quorum),
            "threshold_kind": MORE if newest.threshold_is_strict else LEAST,
            "threshold": str(newest.threshold),
            "minority": str(newest.minority),
            "since": first.isoformat(),
        }
    )
    form.newest = newest
    return form


def _threshold_typed(typed: str, *, is_strict: bool) -> Fraction:
    threshold = share_typed(typed)
    rules.require_sound_threshold(threshold, is_strict=is_strict)
    return threshold


def _day_typed(typed: str, *, newest: StandingOrders) -> date:
    try:
        since = date.fromisoformat(typed.strip())
    except ValueError:
        raise RuleBroken("Write the day as year-month-day, such as 2027-01-31.") from None
    rules.require_sound_day(since, queries.today(), newest)
    return since
