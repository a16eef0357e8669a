"""The question put to a group in a round: keeping it, finding it again, and whether it says what it asks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete

from app import clock
from app.ballots import service as ballots
from app.ballots.queries import condition_of
from app.extensions import db
from app.models import FormCondition, Round, SeparateVote
from app.orders import queries as standing_orders
from app.rounds import queries
from policies import ballots as ballot_rules
from policies import endorsements, forms
from policies import rounds as rules
from policies.ballots import RoundStage
from policies.endorsements import Form, FormKind
from policies.errors import RuleBroken
from policies.standing_orders import StandingOrders


def form_for(of_round: Round, group: str) -> Form:
    """The form put to a group: the one its clerk fixed, that of the round repeated, or plain endorsement."""
    for opening in of_round.openings:
        if opening.group == group:
            condition = condition_of(of_round, group)
            separate = tuple(vote.unit_id for vote in queries.separate_votes(of_round, group))
            return Form(opening.form, opening.statement, tuple(opening.units), condition, separate)
    repeated = queries.repeated_by(of_round)
    for ballot in repeated.ballots if repeated else []:
        if ballot.group == group:
            return ballots.form_of(ballot)
    return Form()


def keep(of_round: Round, group: str, form: Form) -> None:
    """Keep what a form says beyond its kind, in the place of what was kept of this group before."""
    for kept in (FormCondition, SeparateVote):
        db.session.execute(delete(kept).where(kept.round_id == of_round.id, kept.group == group))
    if form.condition is not None:
        words = {"title": form.condition.title, "text": form.condition.text, "sha256": form.condition.sha256}
        db.session.add(FormCondition(round_id=of_round.id, group=group, by_date=form.condition.by_date, **words))
    in_order = [unit.unit_id for unit in of_round.version.units if unit.unit_id in form.separate]
    db.session.add_all(
        SeparateVote(round_id=of_round.id, group=group, unit_id=unit_id, place=place)
        for place, unit_id in enumerate(in_order, start=1)
    )
    db.session.flush()


def recorded(form: Form) -> dict[str, Any]:
    """A form as the record keeps it: its kind, units, and the other text by its hash; of its words nothing."""
    kept: dict[str, Any] = {"form": form.kind, "units": list(form.units), "separate": list(form.separate)}
    if form.condition is not None:
        kept |= {"condition": form.condition.sha256, "by_date": form.condition.by_date.isoformat()}
    return kept


def require_sound(of_round: Round, form: Form, group: str) -> None:
    """A form says what it asks, of this text and this group: raises `RuleBroken`."""
    unit_ids = {unit.unit_id for unit in of_round.version.units}
    current = queries.stance_on(of_round.version_id, group)
    endorsements.require_sound_form(form, unit_ids=unit_ids, current=current)
    forms.require_sound_condition(form, sha256=of_round.version.sha256, current=current, last_vote=last_vote(of_round))
    forms.require_sound_separate_votes(form, unit_ids=unit_ids)


def is_in_time(of_round: Round, form: Form) -> bool:
    """Whether the day of a form's condition is one that can be asked about; without a condition there is none."""
    if form.condition is None:
        return True
    try:
        forms.require_condition_in_time(form.condition.by_date, last_vote(of_round))
    except RuleBroken:
        return False
    return True


def is_left_out(of_round: Round, group: str | None) -> bool:
    """Whether a group would not be asked, since voting closes no sooner than the day of its condition.

    By the times announced, or else if the notice began now: groups may agree weeks apart.
    """
    own = [one for one in of_round.openings if one.group == group and one.form is FormKind.CONDITIONAL]
    if not own or group is None or of_round.stage is not RoundStage.PREPARED:
        return False
    condition, (_opens, closes, _orders) = form_for(of_round, group).condition, _times(of_round)
    return condition is not None and not rules.is_in_time(condition.by_date, closes.date())


def last_vote(of_round: Round) -> date:
    """The last day on which anybody can vote on what is asked, by the times announced, or else if the notice began now.

    A re-run asks what was asked before, and so its votes count as the question's too.
    """
    return rules.latest_close(*_times(of_round)).date()


def _times(of_round: Round) -> tuple[datetime, datetime, list[StandingOrders]]:
    """When it opens and closes, as announced or if the notice began now, and by which standing orders."""
    orders = list(standing_orders.of_round(of_round).values())
    if of_round.opens_at is None or of_round.closes_at is None:
        return *ballot_rules.opening_times(clock.now(), orders), orders
    return of_round.opens_at, of_round.closes_at, orders
