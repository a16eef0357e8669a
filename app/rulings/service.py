"""What clerks rule, each for the own group: on planks and amendments; and a mover's answer to a reference back."""

from collections.abc import Sequence

from sqlalchemy import delete

from app import clock
from app.amendments import service as amendments
from app.audit import service as audit
from app.extensions import db
from app.models import (
    Amendment,
    AmendmentRuling,
    Plank,
    ReferenceBack,
    ReferenceWord,
    RegisteredRuling,
    Ruling,
    locked,
)
from app.planks import queries as plank_queries
from app.planks import service as planks
from app.planks.originals import lock_together
from app.rulings import queries, telling
from policies import planks as plank_rules
from policies import rulings as rules
from policies.amendments import AmendmentStep
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from policies.planks import Stage, Step, queue_is_flagged
from policies.rulings import ReferenceEnd, Verdict
from policies.speaking import require_own_voice

SAID_BY_A_CLERK = "A clerk of your group has ruled on this already, and a deputy does not change that."
_STEPS = {Verdict.IN_ORDER: Step.RULE_IN_ORDER, Verdict.OUT_OF_ORDER: Step.RULE_OUT}
_RULED = {Verdict.IN_ORDER: "It is in order already", Verdict.OUT_OF_ORDER: "It is ruled out already"}


def rule(plank: Plank, verdict: str, reason: str, *, by: Actor) -> None:
    """Say for the own group whether a plank is in order; clerks of two groups saying the same decide.

    Once a composite is in order, the originals whose movers have accepted it end in it.
    """
    said = Verdict(verdict)
    originals = plank_queries.originals_of(plank)
    lock_together([plank, *(original.plank for original in originals)])
    needed = rules.groups_needed(said, was_overturned=queries.was_overturned(plank))
    _require_still_to_rule(plank, said, needed)
    stage = plank_rules.next_stage(plank.stage, _STEPS[said])
    _require_may_rule_now(plank, by)
    _say(plank, "order", said, reason, by=by)
    agreeing = _agreeing(plank, said)
    if len(agreeing) < needed:
        return
    if said is Verdict.IN_ORDER:
        planks.give_number(plank)
    ruling = _register(plank, said, agreeing, reason)
    if said is Verdict.IN_ORDER:
        planks.move(plank, stage, "plank ruled in order", by=by, ruling=ruling.id)
        for original in originals:
            planks.end_in_composite(original, by=None)
    else:
        planks.end(plank, stage, reason, "plank ruled out", by=by, ruling=ruling.id)
    planks.tell_mover_of_ruling(plank)
    # Of a second ruling on the same plank the mover is told as of the first one's: once a stage is too seldom.
    telling.tell_concerned(ruling, said, mover_too=needed > rules.GROUPS_TO_RULE)


def archive(plank: Plank, reason: str, *, by: Actor) -> None:
    """Say for the own group that an open plank belongs in the archive; clerks of all groups saying so decide."""
    locked(plank)
    stage = plank_rules.next_stage(plank.stage, Step.ARCHIVE)
    _say(plank, "archive", Verdict.ARCHIVED, reason, by=by)
    agreeing = _agreeing(plank, Verdict.ARCHIVED)
    if len(agreeing) == rules.groups_needed(Verdict.ARCHIVED):
        ruling = _register(plank, Verdict.ARCHIVED, agreeing, reason)
        planks.end(plank, stage, reason, "plank archived", by=by, ruling=ruling.id)
        planks.tell_mover_of_ruling(plank)
        telling.tell_concerned(ruling, Verdict.ARCHIVED, mover_too=False)


def rule_out_amendment(amendment: Amendment, reason: str, *, by: Actor) -> None:
    """Say for the own group that an amendment in its words of now is out of order; clerks of two groups decide it."""
    locked(amendment.plank)
    locked(amendment)
    require_can_be_ruled_out(amendment)
    rules.require_reason(reason)
    assert amendment.revision is not None
    require_own_voice({one.group: one.clerk_id for one in queries.words_on(amendment)}, by.group, by.person_id)
    word = db.session.get(AmendmentRuling, (amendment.id, by.group))
    if word is None:
        word = AmendmentRuling(amendment_id=amendment.id, group=by.group or "")
        db.session.add(word)
    word.words_id, word.reason = amendment.revision.words_id, reason
    word.clerk_id, word.ruled_at = by.person_id or 0, clock.now()
    audit.record("clerk ruled on amendment", amendment, by=by, verdict=Verdict.OUT_OF_ORDER, words=word.words_id)
    db.session.flush()
    groups = [said.group for said in queries.words_on(amendment)]
    was_overturned = queries.was_overturned(amendment.plank, amendment)
    if len(groups) < rules.groups_needed(Verdict.OUT_OF_ORDER, was_overturned=was_overturned):
        return
    ruling = _new_ruling(amendment.plank, Verdict.OUT_OF_ORDER, groups, reason)
    ruling.amendment, ruling.stage_before = amendment, amendment.stage
    _keep(ruling)
    amendments.end(amendment, AmendmentStep.RULE_OUT, "amendment ruled out", by=by, ruling=ruling.id)
    telling.tell_concerned(ruling, Verdict.OUT_OF_ORDER, mover_too=False)


def require_can_be_ruled_out(amendment: Amendment) -> None:
    """Refuse to rule on what is not before the members, or is being voted on: raises `RuleBroken`."""
    rules.require_amendment_can_be_ruled_out(amendment.stage, amendment.plank.stage)


def refer(plank: Plank, reason: str, *, by: Actor) -> None:
    """Say for the own group that a plank goes back to its drafters; clerks of two groups saying so decide.

    That is no decision on its merits. Until there is another text, or the mover's answer, no round is held on it.
    """
    locked(plank)
    require_referable(plank)
    rules.require_reason(reason)
    require_own_voice({one.group: one.clerk_id for one in queries.words_to_refer(plank)}, by.group, by.person_id)
    word = db.session.get(ReferenceWord, (plank.id, by.group))
    if word is None:
        word = ReferenceWord(plank_id=plank.id, group=by.group or "")
        db.session.add(word)
    word.version_id, word.reason = plank.working_version_id or 0, reason
    word.clerk_id, word.said_at = by.person_id or 0, clock.now()
    audit.record("clerk asked to refer back", plank, by=by, version=word.version_id)
    db.session.flush()
    groups = [said.group for said in queries.words_to_refer(plank)]
    if len(groups) < rules.GROUPS_TO_REFER:
        return
    for stale in queries.references_of(plank):
        # The text has moved, and the clock has not noted yet that this one is over.
        if stale.ended_at is None:
            _end_reference(stale, ReferenceEnd.VERSION, by=None)
    ruling = _new_ruling(plank, Verdict.REFERRED, groups, reason)
    _keep(ruling)
    db.session.add(ReferenceBack(ruling=ruling, plank=plank, version_id=word.version_id))
    db.session.execute(delete(ReferenceWord).where(ReferenceWord.plank_id == plank.id))
    audit.record("plank referred back", plank, by=by, ruling=ruling.id, version=word.version_id)
    telling.tell_concerned(ruling, Verdict.REFERRED, mover_too=True)


def require_referable(plank: Plank) -> None:
    """Refuse to refer back what is not open, or is with its drafters already: raises `RuleBroken`."""
    rules.require_referable(plank.stage, is_referred=queries.reference_of(plank) is not None)


def require_not_referred(plank: Plank) -> None:
    """Refuse a round on a plank that is with its drafters: raises `RuleBroken`."""
    rules.require_not_referred(is_referred=queries.reference_of(plank) is not None)


def answer(plank: Plank, words: str, *, by: Actor) -> None:
    """Answer for the own plank why its text stays as it is; that ends the reference back."""
    locked(plank)
    reference = queries.reference_of(plank)
    if reference is None:
        raise RuleBroken("This plank is not referred back now, so there is nothing to answer.")
    rules.require_reason(words)
    reference.answer = words
    _end_reference(reference, ReferenceEnd.ANSWER, by=by)


def end_reference(ruling: RegisteredRuling) -> None:
    """End a reference back whose text is another now, or whose plank has ended."""
    locked(ruling.plank)
    reference = db.session.get_one(ReferenceBack, ruling.id, populate_existing=True)
    if reference.ended_at is not None:
        return
    plank = reference.plank
    if reference.version_id != plank.working_version_id:
        _end_reference(reference, ReferenceEnd.VERSION, by=None)
    elif plank.stage in {Stage.ARCHIVED, Stage.COMPOSITED}:
        _end_reference(reference, ReferenceEnd.ENDED, by=None)


def flag(plank: Plank) -> None:
    """Tell those who may act that a plank has waited too long for a ruling. Nothing else comes of it."""
    locked(plank)
    since = plank.checking_since
    if plank.stage is Stage.CHECKING and since is not None and queue_is_flagged(since, clock.now()):
        telling.tell_of_flagged(plank)


def forget_words(plank: Plank) -> None:
    """Delete what clerks have said on a plank's order: it is ruled on anew."""
    db.session.execute(delete(Ruling).where(Ruling.plank_id == plank.id, Ruling.question == "order"))


def _end_reference(reference: ReferenceBack, ended_by: ReferenceEnd, *, by: Actor | None) -> None:
    reference.ended_by, reference.ended_at = ended_by, clock.now()
    audit.record("reference back ended", reference.plank, by=by, ruling=reference.ruling_id, ended_by=ended_by)
    telling.tell_concerned(reference.ruling, f"referred_{ended_by}", mover_too=by is None)


def _require_still_to_rule(plank: Plank, verdict: Verdict, needed: int) -> None:
    """A clerk who comes second by a second is told that it is done, as the clerk wanted."""
    if plank.stage is not Stage.CHECKING and len(_agreeing(plank, verdict)) >= needed:
        groups = "all" if needed == len(GROUP_KEYS) else "two"
        raise RuleBroken(f"{_RULED[verdict]}: clerks of {groups} groups have said so.")


def _require_may_rule_now(plank: Plank, by: Actor) -> None:
    since = plank.checking_since
    is_flagged = since is not None and queue_is_flagged(since, clock.now())
    rules.require_may_rule_now(is_clerk=by.is_clerk, is_flagged=is_flagged)
    said = db.session.get(Ruling, (plank.id, "order", by.group))
    if not by.is_clerk and said is not None and not said.is_deputy:
        raise RuleBroken(SAID_BY_A_CLERK)


def _say(plank: Plank, question: str, verdict: Verdict, reason: str, *, by: Actor) -> None:
    said = {one.group: one.clerk_id for one in plank_queries.rulings(plank) if one.question == question}
    require_own_voice(said, by.group, by.person_id)
    ruling = db.session.get(Ruling, (plank.id, question, by.group))
    if ruling is None:
        ruling = Ruling(plank_id=plank.id, question=question, group=by.group or "")
        db.session.add(ruling)
    ruling.verdict, ruling.reason, ruling.clerk_id, ruling.ruled_at = verdict, reason, by.person_id or 0, clock.now()
    ruling.is_deputy = not by.is_clerk
    audit.record("clerk ruled", plank, by=by, question=question, verdict=verdict, as_deputy=ruling.is_deputy)
    db.session.flush()


def _agreeing(plank: Plank, verdict: Verdict) -> Sequence[Ruling]:
    return [ruling for ruling in plank_queries.rulings(plank) if ruling.verdict == verdict]


def _register(plank: Plank, verdict: Verdict, agreeing: Sequence[Ruling], reason: str) -> RegisteredRuling:
    ruling = _new_ruling(plank, verdict, [word.group for word in agreeing], reason)
    ruling.deputies = [word.group for word in agreeing if word.is_deputy]
    _keep(ruling)
    return ruling


def _new_ruling(plank: Plank, verdict: Verdict, groups: Sequence[str], reason: str) -> RegisteredRuling:
    ordered = [key for key in GROUP_KEYS if key in groups]
    return RegisteredRuling(
        plank=plank,
        verdict=verdict,
        version_id=plank.working_version_id,
        groups=ordered,
        deputies=[],
        reason=reason,
        ruled_at=clock.now(),
    )


def _keep(ruling: RegisteredRuling) -> None:
    db.session.add(ruling)
    db.session.flush()
    audit.record(
        "ruling registered",
        ruling,
        by=None,
        plank=ruling.plank_id,
        amendment=ruling.amendment_id,
        verdict=ruling.verdict,
        version=ruling.version_id,
        groups=ruling.groups,
        deputies=ruling.deputies,
    )
