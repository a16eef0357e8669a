"""What clerks do with editorial changes: propose one, say yes or no for the own group, take it back."""

from dataclasses import replace

from app import clock, drawer
from app.amendments.rebasing import rebase
from app.audit import service as audit
from app.editorial import queries
from app.endorsements.service import agree_if_all_back
from app.extensions import db
from app.models import EditorialAnswer, EditorialChange, Plank, Version, locked
from app.planks import mending
from app.planks import service as planks
from policies import mending as rules
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.mending import Classified, EditorialStage, EditorialStep
from policies.permissions import Actor
from policies.planks import REASON_CHARACTERS
from policies.speaking import require_own_voice
from policies.text.canonical import digest, normalise, normalise_title
from policies.text.units import Document

MOVED = "The text has moved since these words were written, so they mend nothing now. Propose them anew."


def require_can_be_mended(plank: Plank, base: Version) -> None:
    """Refuse what cannot be mended now: raises `RuleBroken`."""
    drawer.require_shown(base)
    pointers = (plank.working_version_id, plank.agreed_version_id)
    rules.require_can_be_mended(plank.stage, base.id, pointers, open_ones=0 if queries.open_on(plank) is None else 1)


def classified(base: Version, title: str, text: str) -> Classified:
    """What these words would change in a version."""
    return rules.classify((base.title, base.text), (normalise_title(title), normalise(text)))


def propose(plank: Plank, base: Version, title: str, text: str, *, by: Actor) -> EditorialChange:
    """Propose mended words for a text. The clerk who proposes them says yes for the own group in the same act."""
    locked(plank)
    require_can_be_mended(plank, base)
    rules.require_editorial(classified(base, title, text))
    title, text = normalise_title(title), normalise(text)
    change = EditorialChange(
        plank=plank,
        base=base,
        title=title,
        text=text,
        sha256=digest(title, text),
        group=by.group or "",
        proposed_by_id=by.person_id or 0,
        proposed_at=clock.now(),
    )
    db.session.add(change)
    audit.record("editorial change proposed", change, by=by, plank=plank.id, base=base.id, sha256=change.sha256)
    answer(change, says_yes=True, reason="", by=by)
    return change


def answer(change: EditorialChange, *, says_yes: bool, reason: str, by: Actor) -> Version | None:
    """Say yes or no for the own group. The last yes makes the change, one no ends it; returns the version made."""
    locked(change.plank)
    db.session.refresh(change)
    step = EditorialStep.MAKE if says_yes else EditorialStep.REFUSE
    rules.next_editorial(change.stage, step)
    if says_yes:
        drawer.require_shown(change.base, change)
    _require_reason(says_yes, reason)
    require_own_voice({one.group: one.clerk_id for one in change.answers}, by.group, by.person_id)
    given = next((one for one in change.answers if one.group == by.group), None)
    if given is None:
        given = EditorialAnswer(change_id=change.id, group=by.group or "")
        change.answers.append(given)
    given.says_yes, given.reason = says_yes, "" if says_yes else reason
    given.clerk_id, given.answered_at = by.person_id or 0, clock.now()
    audit.record("editorial change answered", change, by=by, says_yes=says_yes)
    outcome = rules.outcome_of({one.group: one.says_yes for one in change.answers}, GROUP_KEYS)
    if outcome is EditorialStep.MAKE:
        return _make(change)
    if outcome is EditorialStep.REFUSE:
        _end(change, EditorialStep.REFUSE, by=by)
    return None


def take_back(change: EditorialChange, *, by: Actor) -> None:
    """Take a change back that a clerk of the own group has proposed."""
    locked(change.plank)
    db.session.refresh(change)
    if change.group != by.group:
        raise RuleBroken("A clerk of another group proposed this. Say no if it is not to be made.")
    _end(change, EditorialStep.TAKE_BACK, by=by)


def lapse(change: EditorialChange) -> None:
    """End a change whose text has moved, or whose plank has ended."""
    locked(change.plank)
    db.session.refresh(change)
    if change.stage is EditorialStage.OPEN and not queries.stands(change):
        _end(change, EditorialStep.LAPSE, by=None)


def _make(change: EditorialChange) -> Version:
    """Write version n.1: what pointed to the old words points to the new ones, and open amendments follow them."""
    plank, base = change.plank, change.base
    pointers = (plank.working_version_id, plank.agreed_version_id)
    if base.id not in pointers:
        raise RuleBroken(MOVED)
    rules.require_can_be_mended(plank.stage, base.id, pointers, open_ones=0)
    # Checked once more: what is compared may have grown stricter since it was proposed.
    rules.require_editorial(classified(base, change.title, change.text))
    version = mending.mend(plank, base, _document(base, change.title, change.text), by=None)
    change.made_id = version.id
    _end(change, EditorialStep.MAKE, by=None, version=version.id)
    if plank.working_version_id == version.id:
        rebase(plank, base)
    agree_if_all_back(plank, version)
    planks.tell_followers_of_text(plank, version)
    return version


def _document(base: Version, title: str, text: str) -> Document:
    """The mended text with the ids of the very same units: a change of punctuation has as many, in the same order."""
    read = Document.read(title, text, base.units)
    units = [replace(new, unit_id=old.unit_id) for old, new in zip(base.units, read.units, strict=True)]
    return replace(read, units=tuple(units))


def _end(change: EditorialChange, step: EditorialStep, *, by: Actor | None, **details: object) -> None:
    before = change.stage
    change.stage, change.ended_at = rules.next_editorial(before, step), clock.now()
    audit.record("editorial change ended", change, by=by, before=before, after=change.stage, **details)


def _require_reason(says_yes: bool, reason: str) -> None:
    if not says_yes and not reason.strip():
        raise RuleBroken("Say why not, so that the other clerks can mend it otherwise.")
    if len(reason) > REASON_CHARACTERS:
        raise RuleBroken(f"Shorten the reason to {REASON_CHARACTERS:,} characters; it has {len(reason):,}.")
