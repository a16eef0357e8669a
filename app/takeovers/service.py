"""Taking over what was withdrawn. The first of two who want it gets it; the other is told so."""

from datetime import datetime

from sqlalchemy import delete

from app import clock
from app.amendments import queries as amendment_queries
from app.amendments import service as amendments
from app.amendments.rebasing import give_time_to_object
from app.extensions import db
from app.models import Amendment, AmendmentSecond, Plank, PlankSecond, Withdrawal, locked
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.planks import queries as plank_queries
from app.planks import service as planks
from app.takeovers import queries
from app.visibility import service as visibility
from policies import takeovers as rules
from policies.amendments import AmendmentStage
from policies.errors import RuleBroken
from policies.notices import NoticeKind
from policies.permissions import Actor
from policies.planks import ENDED_STAGES, Stage
from policies.visibility import Role

TAKEN = "taken_over"


def take_over_plank(plank: Plank, *, by: Actor) -> None:
    """Go on with a plank that its mover withdrew: its stage, its other seconds and its amendments stay."""
    locked(plank)
    withdrawal = queries.of_plank(plank)
    before = _require_waits(withdrawal, is_withdrawn=plank.stage is Stage.WITHDRAWN)
    db.session.execute(
        delete(PlankSecond).where(PlankSecond.plank_id == plank.id, PlankSecond.person_id == by.person_id)
    )
    visibility.forget(Role.PLANK_SECOND, plank.id, by.person_id)
    visibility.forget(Role.PLANK, plank.id, plank.mover_id)
    stage = rules.plank_resumes(Stage(before.stage_before), by.group or "", plank_queries.seconds(plank))
    plank.checking_since = _checking_since(plank, before, stage)
    plank.mover_id, plank.group, plank.ended_at, plank.end_reason = by.person_id, by.group, None, ""
    _note(before, by)
    planks.move(plank, stage, "plank taken over", by=by, withdrawal=before.id, group=by.group)
    if stage is Stage.OPEN:
        give_time_to_object(plank)
    others = audiences.seconders_of_plank(plank.id)
    notices.tell(NoticeKind.CAN_TAKE_OVER, others, About(f"withdrawal {before.id} {TAKEN}", TAKEN, plank_id=plank.id))


def take_over_amendment(amendment: Amendment, *, by: Actor) -> None:
    """Go on with an amendment that its mover withdrew. What that one was writing stays theirs, and goes."""
    plank = amendment.plank
    locked(plank)
    locked(amendment)
    withdrawal = queries.of_amendment(amendment)
    before = _require_waits(withdrawal, is_withdrawn=amendment.stage is AmendmentStage.WITHDRAWN)
    if plank.stage in ENDED_STAGES:
        raise RuleBroken(f"Its plank is {plank.stage.words}, so this amendment cannot be taken over.")
    assert amendment.revision is not None
    words = amendment_queries.revisions_of_words(amendment)
    own = AmendmentSecond.revision_id.in_(words) & (AmendmentSecond.person_id == by.person_id)
    db.session.execute(delete(AmendmentSecond).where(own))
    visibility.forget(Role.AMENDMENT_SECOND, amendment.id, by.person_id)
    visibility.forget(Role.AMENDMENT, amendment.id, amendment.mover_id)
    left = amendment_queries.seconds(amendment.revision)
    stage = rules.amendment_resumes(AmendmentStage(before.stage_before), by.group or "", left)
    amendment.mover_id, amendment.group, amendment.ended_at = by.person_id or 0, by.group or "", None
    amendment.draft_base_id = amendment.draft_title = amendment.draft_text = amendment.draft_reason = None
    amendment.draft_parts = None
    if stage is AmendmentStage.OPEN:
        amendment.opened_at = clock.now()
    _note(before, by)
    amendments.move(amendment, stage, "amendment taken over", by=by, withdrawal=before.id, group=by.group)
    about = About(f"withdrawal {before.id} {TAKEN}", TAKEN, plank_id=plank.id, amendment_id=amendment.id)
    notices.tell(NoticeKind.CAN_TAKE_OVER, audiences.seconders_of_words(words), about)


def _require_waits(withdrawal: Withdrawal | None, *, is_withdrawn: bool) -> Withdrawal:
    until = withdrawal.until if withdrawal else None
    rules.require_waits(is_withdrawn=is_withdrawn, until=until, now=clock.now())
    assert withdrawal is not None
    return withdrawal


def _checking_since(plank: Plank, withdrawal: Withdrawal, stage: Stage) -> datetime | None:
    """The clerks' wait does not run while a plank is withdrawn: nobody could rule on it."""
    if stage is not Stage.CHECKING:
        return plank.checking_since
    if plank.checking_since is None:
        return clock.now()
    return plank.checking_since + (clock.now() - withdrawal.withdrawn_at)


def _note(withdrawal: Withdrawal, by: Actor) -> None:
    withdrawal.taken_over_at, withdrawal.taker_group = clock.now(), by.group
    db.session.flush()
