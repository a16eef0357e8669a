"""Appealing against a ruling that something is out of order, and what clerks of all groups make of it."""

from sqlalchemy import delete

from app import clock, drawer
from app.amendments import service as amendments
from app.audit import service as audit
from app.extensions import db
from app.models import Amendment, AmendmentRuling, Appeal, AppealAnswer, AppealVoice, Plank, RegisteredRuling, locked
from app.planks import service as planks
from app.rulings import queries, service, telling
from policies import planks as plank_rules
from policies import rulings as rules
from policies.amendments import REINSTATED, AmendmentStage
from policies.errors import RuleBroken
from policies.permissions import Actor
from policies.planks import Stage, Step
from policies.rulings import Answer, AppealStage, AppealStep
from policies.speaking import require_own_voice


def appeal(ruling: RegisteredRuling, reason: str, *, by: Actor) -> None:
    """Appeal against a ruling, once a person. Ten members, or one clerk, put it before the clerks of all groups."""
    _lock(ruling)
    if queries.voice_of(by, ruling) is not None:
        return
    require_can_be_appealed(ruling)
    rules.require_reason(reason)
    found = ruling.appeal
    if found is None:
        found = Appeal(ruling=ruling, begun_at=clock.now(), stage=AppealStage.GATHERING)
        db.session.add(found)
    voice = AppealVoice(
        person_id=by.person_id, group=by.group or "", is_clerk=by.is_clerk, reason=reason, raised_at=clock.now()
    )
    found.voices.append(voice)
    db.session.flush()
    audit.record("ruling appealed against", ruling, by=by, as_clerk=by.is_clerk)
    clerks = sum(one.is_clerk for one in found.voices)
    if rules.appeal_stands(members=len(found.voices), clerks=clerks):
        found.opened_at = clock.now()
        _move(found, AppealStep.STAND, by=None)
        telling.tell_clerks_of_appeal(ruling)
        telling.tell_concerned(ruling, "appealed", mover_too=True)


def take_back(ruling: RegisteredRuling, *, by: Actor) -> None:
    """Take the own appeal back before it stands; to do so twice is to do so once. Without any voice there is none."""
    _lock(ruling)
    found, voice = ruling.appeal, queries.voice_of(by, ruling)
    if found is None or voice is None:
        return
    rules.require_appeal_can_be_taken_back(found.stage)
    # Whoever appealed anew would write over what clerks have hidden, and no clerk could hide it again.
    drawer.require_shown(voice)
    db.session.delete(voice)
    db.session.flush()
    db.session.expire(found, ["voices"])
    audit.record("appeal taken back", ruling, by=by)
    if not found.voices:
        db.session.delete(found)
        db.session.flush()
        db.session.expire(ruling, ["appeal"])


def require_can_be_appealed(ruling: RegisteredRuling) -> None:
    """Refuse an appeal that comes too late or is there already: raises `RuleBroken`."""
    stage = ruling.appeal.stage if ruling.appeal else None
    rules.require_can_be_appealed(ruling.verdict, ruling.ruled_at, clock.now(), stage)


def answer(ruling: RegisteredRuling, said: Answer, reason: str, *, by: Actor) -> AppealStage:
    """Say for the own group whether a ruling is upheld; one group that says no overturns it at once."""
    _lock(ruling)
    found = require_answerable(ruling)
    if said is Answer.OVERTURN:
        rules.require_reason(reason)
    require_own_voice({one.group: one.clerk_id for one in found.answers}, by.group, by.person_id)
    word = db.session.get(AppealAnswer, (ruling.id, by.group))
    if word is None:
        word = AppealAnswer(group=by.group or "")
        found.answers.append(word)
    word.answer, word.reason, word.clerk_id, word.answered_at = said, reason, by.person_id or 0, clock.now()
    db.session.flush()
    audit.record("clerk answered appeal", ruling, by=by, answer=said)
    _settle(found)
    return found.stage


def require_answerable(ruling: RegisteredRuling) -> Appeal:
    """The appeal that waits for clerks now; refuses where none does, in words the clerk can act on."""
    if ruling.appeal is None:
        raise RuleBroken("Nobody has appealed against this ruling, so there is nothing to say.")
    if ruling.appeal.stage is not AppealStage.OPEN:
        raise RuleBroken(f"The appeal is {ruling.appeal.stage.words}. The ruling’s page says more.")
    return ruling.appeal


def settle(ruling: RegisteredRuling) -> None:
    """Do what the clock brings: an appeal that found too few members lapses; a ruling not upheld in time is no more."""
    _lock(ruling)
    found = ruling.appeal
    if found is None:
        return
    in_time = rules.can_be_appealed(ruling.verdict, ruling.ruled_at, clock.now())
    if found.stage is AppealStage.GATHERING and not in_time:
        _end(found, AppealStep.LAPSE)
    _settle(found)


def _settle(found: Appeal) -> None:
    if found.stage is not AppealStage.OPEN or found.opened_at is None:
        return
    answers = {word.group: word.answer for word in found.answers}
    step = rules.appeal_step(answers, found.opened_at, clock.now())
    if step is None:
        return
    _end(found, step)
    if step is AppealStep.OVERTURN:
        _take_up_again(found.ruling)


def _end(found: Appeal, step: AppealStep) -> None:
    found.ended_at = clock.now()
    _move(found, step, by=None)
    telling.tell_concerned(found.ruling, found.stage, mover_too=True)


def _move(found: Appeal, step: AppealStep, *, by: Actor | None) -> None:
    before, found.stage = found.stage, rules.next_appeal_stage(found.stage, step)
    audit.record(f"appeal {found.stage}", found.ruling, by=by, before=before, after=found.stage)


def _take_up_again(ruling: RegisteredRuling) -> None:
    """What was ruled out goes on: a plank waits for clerks again, an amendment stands where it stood."""
    if ruling.amendment is None:
        _take_plank_up_again(ruling, ruling.plank)
    else:
        _take_amendment_up_again(ruling, ruling.amendment)


def _take_plank_up_again(ruling: RegisteredRuling, plank: Plank) -> None:
    if plank.stage is Stage.RULED_OUT:
        plank.ended_at, plank.end_reason, plank.checking_since = None, "", clock.now()
        service.forget_words(plank)
        stage = plank_rules.next_stage(plank.stage, Step.OVERTURN)
        planks.move(plank, stage, "ruling on plank overturned", by=None, ruling=ruling.id)


def _take_amendment_up_again(ruling: RegisteredRuling, amendment: Amendment) -> None:
    if amendment.stage is not AmendmentStage.RULED_OUT:
        return
    stage = REINSTATED[AmendmentStage(ruling.stage_before or "")]
    amendment.ended_at = None
    if stage is AmendmentStage.OPEN:
        # Nobody could object while it was ruled out, so the 72 hours run anew.
        amendment.opened_at = clock.now()
    db.session.execute(delete(AmendmentRuling).where(AmendmentRuling.amendment_id == amendment.id))
    amendments.move(amendment, stage, "ruling on amendment overturned", by=None, ruling=ruling.id)


def _lock(ruling: RegisteredRuling) -> None:
    """The plank first, as everywhere; then what was ruled on, the ruling, and its appeal as it is now."""
    locked(ruling.plank)
    if ruling.amendment is not None:
        locked(ruling.amendment)
    locked(ruling)
    if ruling.appeal is not None:
        db.session.refresh(ruling.appeal, ["stage", "opened_at", "voices", "answers"])
