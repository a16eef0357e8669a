"""What people do in moderation: report, decide, hide at once, appeal. Each function is one thing a person can do."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import Case, CaseAppeal, CaseWord, Report, locked
from app.moderation import covering, hiding, queries, telling
from app.moderation.texts import Text, found
from policies import moderation as rules
from policies.errors import RuleBroken
from policies.moderation import NOT_READ, CaseStage, CaseStep, Kind, Side, Verdict, Wrong
from policies.permissions import Actor
from policies.speaking import require_own_voice

SPOKEN = {Verdict.HIDE: CaseStep.HIDE, Verdict.LEAVE: CaseStep.LEAVE}


def report(text: Text | None, page: str, wrong: Wrong, words: str, contact: str = "") -> tuple[Report, bool]:
    """Tell the clerks that a text should not stand, or that something on a page is wrong. Nobody is asked who it is.

    Returns the report and that it is kept. While as many as are kept wait already it is only counted, and what is
    returned is the oldest of them, since clerks settle all together.
    """
    case = _case(text, page)
    locked(case)
    rules.require_reportable(case.stage)
    waiting = queries.open_reports(case)
    if not rules.is_kept(len(waiting)):
        # No row is written, not even an audit row: anybody can send these, as many as they like.
        case.reports_beyond = rules.counted_on(case.reports_beyond)
        return waiting[0], False
    filed = Report(case=case, wrong=wrong, words=words, contact=contact, filed_at=clock.now())
    db.session.add(filed)
    before = case.stage
    if not case.on_appeal:
        case.stage = rules.next_case_stage(case.stage, CaseStep.REPORT)
    if before in (CaseStage.LEFT, CaseStage.GONE) and case.stage is CaseStage.WAITING:
        case.decided_at, case.had_appeal = None, False
    case.queued_since = case.queued_since or clock.now()
    audit.record("report filed", filed, by=None, case=case.id, wrong=wrong, before=before, after=case.stage)
    return filed, True


def decide(case: Case, verdict: Verdict, reason: str, read: str, *, by: Actor) -> CaseStage | None:
    """Say for the own group whether a text is hidden; clerks of two groups saying the same decide.

    `read` is the fingerprint of the words the clerk had before their eyes. Returns where the case then stands, if that
    was the second.
    """
    text = _locked_text(case)
    _require_may_speak(case, text, read, by)
    rules.require_names_a_text(case.kind, verdict)
    if verdict is Verdict.HIDE and text is not None:
        wrongs = [one.wrong for one in queries.open_reports(case)]
        rules.require_no_ballot(covering.is_voted_on(text) and case.stage not in NOT_READ, wrongs, at_once=False)
    _say(case, verdict, reason, read, by=by)
    decided = rules.decision(queries.said(case, sitting=case.sitting), read)
    if decided is None:
        case.queued_since = case.queued_since or clock.now()
        return None
    _settle(case, text, SPOKEN[decided], reason, by=by)
    return case.stage


def hide_at_once(case: Case, reason: str, read: str, *, by: Actor) -> None:
    """Hide what may break the law or is private, for 72 hours, until a clerk of another group has spoken."""
    text = _locked_text(case)
    rules.require_names_a_text(case.kind, Verdict.HIDE)
    _require_may_speak(case, text, read, by)
    said = case.words
    was_held = any(word.at_once and word.sitting == case.sitting for word in said)
    wrongs = [one.wrong for one in queries.open_reports(case)]
    rules.require_urgent(wrongs, case.stage, was_held=was_held)
    assert text is not None
    rules.require_no_ballot(covering.is_voted_on(text), wrongs, at_once=True)
    before = case.stage
    case.stage, case.hidden_at = rules.next_case_stage(case.stage, CaseStep.HOLD), clock.now()
    case.queued_since = case.queued_since or clock.now()
    _say(case, Verdict.HIDE, reason, read, by=by, at_once=True)
    rows = hiding.hide(case, text, reason)
    told = {"before": before, "after": case.stage, "rows": rows}
    audit.record("text hidden at once", case, by=by, kind=case.kind, text=case.subject, **told)
    telling.tell_author(case, "text_hidden")


def appeal(case: Case, side: Side, reason: str, *, by: Actor) -> None:
    """Ask that clerks who had no word in a case look at it again: once, within 14 days of the decision."""
    locked(case)
    rules.require_may_appeal(queries.why_no_appeal_now(case, side, clock.now()))
    if side is Side.AUTHOR:
        text = found(case.subject)
        if text is None or not text.is_by(by):
            raise RuleBroken("Only whoever wrote the text can appeal against its being hidden.")
    new = CaseAppeal(case_id=case.id, sitting=case.sitting, side=side, reason=reason, filed_at=clock.now())
    db.session.add(new)
    case.on_appeal, case.queued_since = True, clock.now()
    # An appeal names nobody, and by a reference nobody is known: whoever sends it is not written down.
    audit.record("case appealed", case, by=None, side=side, sitting=case.sitting)


def expire(case: Case) -> None:
    """Show again what one clerk has hidden, where no second group has confirmed it in time; the case goes on."""
    text = _locked_text(case)
    if case.stage is not CaseStage.HELD or case.hidden_at is None:
        return
    if rules.is_still_held(case.hidden_at, clock.now()):
        return
    before, case.stage = case.stage, rules.next_case_stage(case.stage, CaseStep.EXPIRE)
    case.hidden_at = None
    rows = hiding.show_again(case, text)
    audit.record("held text shown again", case, by=None, before=before, after=case.stage, rows=rows)
    telling.tell_author(case, "text_shown")


def end(case: Case) -> None:
    """End a case whose author has taken the text back."""
    locked(case)
    if case.queued_since is None or found(case.subject) is not None:
        return
    before, case.stage = case.stage, rules.next_case_stage(case.stage, CaseStep.END)
    case.queued_since, case.on_appeal, case.decided_at = None, False, None
    _settle_reports(case)
    audit.record("case ended with its text", case, by=None, before=before, after=case.stage)


def forget_contact(filed: Report) -> None:
    """Erase the address left with a report, once it has been kept long enough."""
    locked(filed)
    filed.contact = ""
    audit.record("contact erased", filed, by=None)


def _case(text: Text | None, page: str) -> Case:
    """The case about a text, made if there is none; two who report at once find one, and take their turns."""
    subject = text.subject if text is not None else f"{Kind.PAGE}:{page}"
    case = queries.case_of(subject)
    if case is not None:
        return case
    try:
        with db.session.begin_nested():
            case = Case(
                kind=text.kind if text is not None else Kind.PAGE,
                subject=subject,
                page=page,
                author_id=text.author_id if text is not None else None,
                voice=text.voice if text is not None else None,
                opened_at=clock.now(),
            )
            db.session.add(case)
    except IntegrityError:
        case = db.session.scalars(select(Case).where(Case.subject == subject)).one()
    return case


def _locked_text(case: Case) -> Text | None:
    """The text of a case, its plank locked before it as everywhere."""
    text = found(case.subject)
    if text is not None:
        hiding.lock_thing(text)
    locked(case)
    db.session.refresh(case, ["words"])
    if text is None and case.kind is not Kind.PAGE:
        raise RuleBroken("Its author has taken this text back, so there is nothing to decide.")
    return text


def _require_may_speak(case: Case, text: Text | None, read: str, by: Actor) -> None:
    if case.queued_since is None and case.stage is not CaseStage.WAITING:
        raise RuleBroken("This case is decided. A new report, or an appeal, opens it again.")
    rules.require_no_author(case.author_id is not None and case.author_id == by.person_id)
    rules.require_same_words(read, hiding.fingerprint(case, text))
    earlier = [word.clerk_id for word in case.words if word.sitting < case.sitting]
    rules.require_fresh(earlier, by.person_id, on_appeal=case.on_appeal)


def _say(case: Case, verdict: Verdict, reason: str, read: str, *, by: Actor, at_once: bool = False) -> None:
    said = rules.said_by_group(queries.said(case, sitting=case.sitting))
    require_own_voice(said, by.group, by.person_id)
    word = db.session.get(CaseWord, (case.id, case.sitting, by.group))
    if word is None:
        word = CaseWord(case_id=case.id, sitting=case.sitting, group=by.group or "", at_once=at_once)
        db.session.add(word)
    word.verdict, word.reason, word.fingerprint = verdict, reason, read
    word.clerk_id, word.said_at = by.person_id or 0, clock.now()
    audit.record("clerk spoke in case", case, by=by, verdict=verdict, sitting=case.sitting, at_once=at_once)
    db.session.flush()


def _settle(case: Case, text: Text | None, step: CaseStep, reason: str, *, by: Actor) -> None:
    """Clerks of two groups have decided: hide the words or show them, tell who waits for it, begin a new sitting."""
    before, was_appeal = case.stage, case.on_appeal
    case.stage = rules.next_case_stage(case.stage, step)
    is_hidden = case.stage is CaseStage.HIDDEN
    case.reason = reason if is_hidden else ""
    case.hidden_at = (case.hidden_at or clock.now()) if is_hidden else None
    case.decided_at, case.queued_since = clock.now(), None
    case.on_appeal, case.had_appeal = False, was_appeal
    rows: list[str] = []
    if text is not None and is_hidden:
        rows = hiding.hide(case, text, reason)
    elif text is not None and before in NOT_READ:
        rows = hiding.show_again(case, text)
    for one in case.appeals:
        one.decided_at = one.decided_at or clock.now()
    telling.tell_reporters(case, queries.open_reports(case))
    _settle_reports(case)
    act = "text hidden" if is_hidden else "text shown again" if before in NOT_READ else "text left"
    told = {"before": before, "after": case.stage, "sitting": case.sitting, "on_appeal": was_appeal, "rows": rows}
    audit.record(act, case, by=by, kind=case.kind, text=case.subject, **told)
    case.sitting += 1
    if is_hidden or before in NOT_READ:
        telling.tell_author(case, "text_hidden" if is_hidden else "text_shown")


def _settle_reports(case: Case) -> None:
    for filed in queries.open_reports(case):
        filed.settled_at, filed.settlement = clock.now(), case.stage
    case.reports_beyond = 0
