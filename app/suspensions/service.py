"""What clerks do to pause their group's backing: ask, confirm what another asked, take the asking back."""

from app import clock
from app.audit import service as audit
from app.endorsements import service as endorsements
from app.endorsements.pausing import until_of
from app.extensions import db
from app.models import Stance, Suspension, locked
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from policies import suspensions as rules
from policies.errors import RuleBroken
from policies.notices import PAUSED, NoticeKind
from policies.permissions import Actor

CHANGED = "The days or the reason have changed since you read them. Read them again before you confirm."


def require_can_be_asked(stance: Stance | None, *, by: Actor) -> None:
    """Refuse what cannot be paused, and what is paused, asked for or used already."""
    own = stance if stance is not None and stance.group == by.group else None
    rules.require_can_be_asked(own.kind if own else None, is_used=own is not None and own.suspension is not None)


def ask(stance: Stance, days: int, reason: str, *, by: Actor) -> Suspension:
    """Ask that the own group's backing be paused. Nothing happens until another clerk of the group confirms it."""
    _locked(stance)
    require_can_be_asked(stance, by=by)
    rules.require_sound_pause(days, reason)
    asked = Suspension(stance_id=stance.id, days=days, reason=reason)
    asked.asked_by_id, asked.asked_at = by.person_id or 0, clock.now()
    db.session.add(asked)
    audit.record("pause asked", asked, by=by, stance=stance.id, group=stance.group, days=days)
    db.session.refresh(stance)
    return asked


def confirm(stance: Stance, seen: int, *, by: Actor) -> Suspension:
    """Confirm what another clerk of the own group asked: the backing is paused from this moment.

    `seen` is the asking that the clerk has before their eyes.
    """
    _locked(stance)
    asked = _asked(stance, by=by)
    if asked.id != seen:
        raise RuleBroken(CHANGED)
    rules.require_second_officer(asked.asked_by_id, by.person_id or 0)
    asked.confirmed_by_id, asked.starts_at = by.person_id, clock.now()
    asked.until = rules.ends_at(asked.starts_at, asked.days)
    details = {"version": stance.version_id, "until": asked.until.isoformat()}
    audit.record("backing paused", asked, by=by, stance=stance.id, group=stance.group, **details)
    followers, plank = audiences.followers(stance.plank_id), stance.version.plank
    notices.tell(NoticeKind.FOLLOWED_TEXT, followers, About.plank(plank, f"{PAUSED} {stance.version.name}"))
    return asked


def take_back(stance: Stance, *, by: Actor) -> None:
    """Take back what a clerk of the own group asked, before it is confirmed. It is then as if it had not been asked."""
    _locked(stance)
    asked = _asked(stance, by=by)
    audit.record("pause taken back", asked, by=by, stance=stance.id, group=stance.group)
    db.session.delete(asked)
    db.session.flush()
    db.session.refresh(stance)


def end(suspension: Suspension) -> None:
    """End a pause whose days are over: the backing counts again by itself, and may complete an agreement."""
    stance = suspension.stance
    _locked(stance)
    db.session.refresh(suspension)
    if suspension.ended_at is None and suspension.starts_at is not None and until_of(stance) is None:
        endorsements.end_pause(stance)
        plank = stance.version.plank
        for version in (plank.working_version, plank.agreed_version):
            if version is not None and version.number == stance.version.number:
                endorsements.agree_if_all_back(plank, version)


def _asked(stance: Stance, *, by: Actor) -> Suspension:
    asked = stance.suspension
    if asked is None or stance.group != by.group:
        raise RuleBroken("No clerk of your group asks for this pause now. The plank’s page shows where it stands.")
    if asked.starts_at is not None:
        raise RuleBroken("This pause is confirmed already. The plank’s page shows until when it lasts.")
    return asked


def _locked(stance: Stance) -> None:
    """The plank before the stance, so that publishing a result and a pause never cross."""
    locked(stance.version.plank)
    locked(stance)
