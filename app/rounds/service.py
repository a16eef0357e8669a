"""What clerks do with a round: prepare it, agree to open it with a question for the own group, cancel it."""

from datetime import datetime

from app import clock, drawer
from app.amendments import service as amendments
from app.amendments.rebasing import give_time_to_object
from app.audit import service as audit
from app.extensions import db
from app.models import Ballot, Plank, Round, RoundOpening, Version, locked
from app.numbers import next_number
from app.orders import queries as standing_orders
from app.orders import service as orders
from app.rounds import asking, queries, retabling
from app.rulings import queries as rulings
from app.rulings.service import require_not_referred
from policies import ballots as rules
from policies.ballots import RoundKind, RoundStage, RoundStep
from policies.endorsements import Form
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from policies.planks import Stage
from policies.speaking import require_own_voice

REFERRED = "The plank is referred back to its drafters. A new round can be prepared once that is over."
TEXT_HIDDEN = "Clerks have hidden the text. A new round can be prepared if it is shown again, or on a newer text."
TEXT_MOVED = "The text has moved. A new round can be prepared on the new text."


def prepare(plank: Plank, version: Version | None, kind: RoundKind, *, form: Form | None = None, by: Actor) -> Round:
    """Prepare a round on one version of an open plank. Nothing opens until clerks of two groups agree.

    With `form`, the clerk who prepares it agrees for the own group in the same act.
    """
    locked(plank)
    require_can_be_prepared(plank)
    version = _require_votable(plank, version, kind)
    if kind is RoundKind.ENDORSEMENT:
        retabling.require_free(plank, version)
    new = Round(
        number=next_number("round"),
        plank=plank,
        version=version,
        kind=kind,
        groups=list(GROUP_KEYS),
        prepared_by_id=by.person_id,
        prepared_group=by.group,
        prepared_at=clock.now(),
    )
    db.session.add(new)
    about = {"number": new.number, "kind": kind, "plank": plank.id, "version": version.id, "sha256": version.sha256}
    audit.record(
        "round prepared", new, by=by, after=RoundStage.PREPARED, groups=new.groups, **about, orders=orders.keep(new)
    )
    if form is not None:
        agree_to_open(new, form, by=by)
    return new


def require_can_be_prepared(plank: Plank) -> None:
    """One round at a time, on an open plank."""
    require_not_referred(plank)
    live = queries.live_on(plank)
    rules.require_round_can_be_prepared(plank.stage is Stage.OPEN, other_rounds=0 if live is None else 1)


def agree_to_open(of_round: Round, form: Form, *, by: Actor) -> None:
    """Agree for the own group that the round opens, with the form put to that group.

    When clerks of two groups have agreed, the notice begins to run. Until the round opens, a group can change its form.
    """
    locked(of_round.plank)
    locked(of_round)
    require_can_be_agreed(of_round)
    group = by.group or ""
    _require_sound_form(of_round, form, group)
    require_own_voice({one.group: one.clerk_id for one in of_round.openings}, group, by.person_id)
    opening = db.session.get(RoundOpening, (of_round.id, group))
    if opening is None:
        opening = RoundOpening(round_id=of_round.id, group=group)
        of_round.openings.append(opening)
    opening.clerk_id, opening.agreed_at = by.person_id or 0, clock.now()
    opening.form, opening.statement, opening.units = form.kind, form.statement, list(form.units)
    asking.keep(of_round, group, form)
    if of_round.opens_at is None and len(of_round.openings) >= rules.GROUPS_TO_OPEN:
        kept = standing_orders.of_round(of_round)
        of_round.opens_at, of_round.closes_at = rules.opening_times(clock.now(), list(kept.values()))
    told = {"opens_at": _stamp(of_round.opens_at), "closes_at": _stamp(of_round.closes_at)}
    audit.record("round agreed to", of_round, by=by, **asking.recorded(form), **told)


def require_can_be_agreed(of_round: Round) -> None:
    """A round still to be opened, on a text that can still be voted on. A re-run opens by itself."""
    rules.next_stage(of_round.stage, RoundStep.OPEN)
    if of_round.is_rerun:
        raise RuleBroken("A re-run asks what was asked before and opens by itself, so there is nothing to agree to.")
    if of_round.plank.stage is not Stage.OPEN:
        raise RuleBroken(f"The plank is {of_round.plank.stage.words} now. Cancel this round.")
    require_not_referred(of_round.plank)
    _require_votable(of_round.plank, of_round.version, of_round.kind)


def cancel(of_round: Round, reason: str, *, by: Actor | None) -> None:
    """Cancel a round before it opens. A group is not to lose its re-run, so that only the clock gives one up."""
    locked(of_round.plank)
    locked(of_round)
    if of_round.is_rerun and by is not None:
        raise RuleBroken("A re-run follows from the standing orders, so it cannot be cancelled. It opens by itself.")
    before, of_round.stage = of_round.stage, rules.next_stage(of_round.stage, RoundStep.CANCEL)
    of_round.ended_reason = reason
    told = {"groups": of_round.groups, "opens_at": _stamp(of_round.opens_at), "closes_at": _stamp(of_round.closes_at)}
    audit.record("round cancelled", of_round, by=by, before=before, after=of_round.stage, **told)
    if of_round.opens_at is not None:
        # While its notice ran nobody had a reason to object, since nothing was adopted without a round.
        give_time_to_object(of_round.plank)


def cancel_left_behind(of_round: Round) -> None:
    """Cancel a round that can no longer be held, so that another one can be prepared."""
    locked(of_round.plank)
    locked(of_round)
    if of_round.stage is RoundStage.PREPARED and not of_round.is_rerun:
        obstacle = obstacle_of(of_round)
        if obstacle:
            cancel(of_round, obstacle, by=None)


def obstacle_of(of_round: Round) -> str:
    """Why the plank can no longer be voted on as the round asks, in words for its page; nothing where it can."""
    plank = of_round.plank
    expected = Stage.BALLOTING if of_round.is_rerun else Stage.OPEN
    if plank.stage is not expected:
        return f"The plank is {plank.stage.words} now."
    if not of_round.is_rerun and rulings.reference_of(plank) is not None:
        return REFERRED
    if of_round.version_id not in {plank.working_version_id, plank.agreed_version_id}:
        return TEXT_MOVED
    if drawer.is_hidden(of_round.version):
        return TEXT_HIDDEN
    return ""


def require_frozen_roll(of_round: Round, by: Actor) -> Ballot:
    """The ballot of the own group, whose roll is frozen; refuses before the opening."""
    for ballot in of_round.ballots:
        if ballot.group == by.group:
            return ballot
    raise RuleBroken("The roll is frozen when the round opens. Its page says when that is.")


def _require_votable(plank: Plank, version: Version | None, kind: RoundKind) -> Version:
    if version is None or version.id not in {plank.working_version_id, plank.agreed_version_id}:
        raise RuleBroken("A round is held on the working text or on the agreed text. Choose one of those.")
    drawer.require_shown(version)
    if kind is RoundKind.AMENDMENTS and version.id != plank.working_version_id:
        raise RuleBroken("Amendments are put to the vote on the working text. Choose that version.")
    if kind is RoundKind.AMENDMENTS and not amendments.votable_on(plank):
        raise RuleBroken("This plank has no open amendment to vote on. Prepare an endorsement round instead.")
    return version


def _require_sound_form(of_round: Round, form: Form, group: str) -> None:
    if of_round.kind is RoundKind.AMENDMENTS and form != Form():
        raise RuleBroken("In a round on amendments every group is asked the same. Leave the form as it is.")
    asking.require_sound(of_round, form, group)


def _stamp(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
