"""What the pages of moderation show: reporting, following a report, a case, and the clerks' queue."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.models import Case, Report
from app.moderation import covering, hiding, queries
from app.moderation.texts import Text, found
from app.web.filters import day, minute
from app.web.paging import Page, asked_page, page_of
from policies.groups import group_named
from policies.moderation import (
    CONFIRMED_WITHIN,
    MOST_REPORTS_COUNTED,
    NOT_READ,
    WRONG_WORDS,
    CaseStage,
    Kind,
    Side,
    Verdict,
)
from policies.permissions import Actor

QUEUE_LENGTH = 20
SPOKEN = {Verdict.HIDE: "hide it", Verdict.LEAVE: "leave it"}
STANDS = {
    None: "It waits for the clerks. Clerks of two groups decide whether the text is hidden; this page then says so.",
    CaseStage.HIDDEN: "Clerks of two groups have hidden the text. A note stands in its place, with their reason.",
    CaseStage.LEFT: "Clerks of two groups have read the text and left it as it is.",
    CaseStage.GONE: "Its author has taken the text back, so nobody reads it any more.",
}
THANKS = {
    True: "Thank you. Your report is with the clerks.",
    False: (
        "Thank you. Several reports of this text wait for the clerks already, so yours was counted with them;"
        " its words were not kept."
    ),
}
DECIDED = {
    CaseStage.HIDDEN: "The text is hidden: clerks of two groups have said so.",
    CaseStage.LEFT: "The text stays: clerks of two groups have said so.",
    None: "Your word is recorded for your group. Clerks of two groups saying the same decide.",
}
HELD = "The text is hidden now. It is shown again in 72 hours unless a clerk of another group says so too."
APPEALED = "Your appeal is with the clerks. Those who have had no word in this case decide."


@dataclass(frozen=True)
class ShownReport:
    """A report as clerks read it; nobody knows whose it is."""

    wrong: str
    words: str
    filed: str


@dataclass(frozen=True)
class ShownCase:
    """A case before the clerks: the words, what was reported, what clerks have said, and what this clerk can do."""

    key: str
    kind: str
    label: str
    words: Sequence[tuple[str, str]]
    by: str
    url: str
    since: str
    flag: str
    reports: Sequence[ShownReport]
    beyond: str
    said: Sequence[str]
    appeals: Sequence[str]
    note: str
    read: str
    can_decide: bool
    can_hide: bool
    can_hide_at_once: bool


@dataclass(frozen=True)
class FollowPage:
    """How a report stands, for whoever knows its reference."""

    key: str
    stands: str
    back_url: str
    can_appeal: bool
    appeal_note: str


@dataclass(frozen=True)
class CasePage:
    """A hidden text, as everybody reads of it who could see the text; its author reads the words too."""

    key: str
    kind: str
    stands: str
    reason: str
    words: Sequence[tuple[str, str]]
    back_url: str
    is_own: bool
    can_appeal: bool
    appeal_note: str


def queue_page(actor: Actor) -> tuple[list[ShownCase], Page]:
    """A page of what waits for clerks."""
    page = page_of(queries.waiting(), asked_page(), QUEUE_LENGTH)
    return [shown_case(case, actor) for case in page.rows], page


def shown_case(case: Case, actor: Actor) -> ShownCase:
    """A case before a clerk."""
    text = found(case.subject)
    reports = [one for one in case.reports if one.settled_at is None]
    is_gone = text is None and case.kind is not Kind.PAGE
    is_own = case.author_id is not None and case.author_id == actor.person_id
    spoke = case.on_appeal and any(one.clerk_id == actor.person_id for one in case.words if one.sitting < case.sitting)
    can_decide = not is_own and not spoke and not is_gone and case.queued_since is not None
    was_held = any(one.at_once and one.sitting == case.sitting for one in case.words)
    is_urgent = any(one.wrong.is_urgent for one in reports) and case.stage is CaseStage.WAITING and not was_held
    in_ballot = text is not None and covering.is_voted_on(text)
    return ShownCase(
        key=case.key,
        kind=case.kind.words,
        label=_label(text) if text is not None else f"The page {case.page}",
        words=text.words if text is not None else [],
        by=text.by if text is not None else "",
        url=text.url if text is not None else case.page,
        since=day(case.queued_since),
        flag=_flag(case),
        reports=[ShownReport(WRONG_WORDS[one.wrong], one.words, day(one.filed_at)) for one in reports],
        beyond=_beyond(case.reports_beyond),
        said=_said(case),
        appeals=[_appeal(one.side, one.reason) for one in case.appeals if one.decided_at is None],
        note=_note(case, is_own=is_own, spoke=spoke, is_gone=is_gone),
        read=hiding.fingerprint(case, text),
        can_decide=can_decide,
        can_hide=case.kind is not Kind.PAGE,
        can_hide_at_once=is_urgent and not in_ballot and case.kind is not Kind.PAGE,
    )


def _label(text: Text) -> str:
    """What a text is called in the queue, where no page says which plank or amendment it belongs to."""
    name = getattr(text.thing, "name", "")
    return f"{text.label} ({name})" if name and name not in text.label else text.label


def follow_page(report: Report) -> FollowPage:
    """How a report stands; none of its words, since a reference can be passed on."""
    case = report.case
    text = found(case.subject)
    back = text.url if text is not None else case.page
    why = queries.why_no_appeal_now(case, Side.REPORTER, clock.now())
    # An appeal may have changed what became of the text since this report was settled.
    ended = report.settlement and (case.stage if case.stage in STANDS else report.settlement)
    is_left, stands = ended is CaseStage.LEFT, STANDS[ended]
    if ended is not None and case.on_appeal:
        stands = f"{stands} There is an appeal: clerks who have had no word in the case decide."
    return FollowPage(report.key, stands, back, is_left and not why, why if is_left and not case.on_appeal else "")


def case_page(case: Case, actor: Actor) -> CasePage:
    """What is said of a hidden text."""
    text = found(case.subject)
    is_own = text is not None and text.is_by(actor)
    why = queries.why_no_appeal_now(case, Side.AUTHOR, clock.now())
    return CasePage(
        key=case.key,
        kind=case.kind.words,
        stands=_stands(case),
        reason=case.reason,
        words=text.words if text is not None and is_own else [],
        back_url=text.url if text is not None else case.page,
        is_own=is_own,
        can_appeal=is_own and not why,
        appeal_note=why if is_own and case.stage is CaseStage.HIDDEN else "",
    )


def texts_named(texts: Sequence[Text], chosen: str) -> Text | None:
    """The text of a page that was chosen; none for the page itself."""
    return next((text for text in texts if text.ref == chosen), None)


def to_do_url(case: Case) -> str:
    """Where the author of a hidden text reads of it and appeals."""
    return url_for("moderation.show", key=case.key)


def _stands(case: Case) -> str:
    kind = case.kind.words
    if case.stage is CaseStage.HELD:
        until = minute(case.hidden_at + CONFIRMED_WITHIN) if case.hidden_at else ""
        again = f"Unless a clerk of another group says so too, it is shown again on {until}."
        return f"A clerk has hidden {kind} at once. {again}"
    if case.stage is CaseStage.HIDDEN:
        again = " There is an appeal: clerks who have had no word in the case decide." if case.on_appeal else ""
        return f"Clerks of two groups have hidden {kind}, on {day(case.hidden_at)}.{again}"
    return f"This is {case.kind.words} that everybody who may see it can read."


def _flag(case: Case) -> str:
    if case.stage is CaseStage.HELD and case.hidden_at is not None:
        return f"Hidden at once; shown again on {minute(case.hidden_at + CONFIRMED_WITHIN)}"
    if case.on_appeal:
        return "Appeal"
    return "Urgent" if any(one.wrong.is_urgent and one.settled_at is None for one in case.reports) else ""


def _note(case: Case, *, is_own: bool, spoke: bool, is_gone: bool) -> str:
    if is_gone:
        return "Its author has taken the text back. The clock ends this case."
    if is_own:
        return "You wrote this, so other clerks decide."
    if spoke:
        return "You had a word in this case before the appeal, so other clerks decide."
    if case.stage in NOT_READ:
        return "Nobody but clerks and its author reads these words now."
    return ""


def _beyond(count: int) -> str:
    if not count:
        return ""
    number = f"{count:,} or more" if count >= MOST_REPORTS_COUNTED else f"{count:,}"
    return f"{number} further {'report' if count == 1 else 'reports'}, counted only."


def _said(case: Case) -> list[str]:
    sentences = []
    for one in case.words:
        when = "" if one.sitting == case.sitting else "Before: a"
        start = f"{when or 'A'} clerk of the {group_named(one.group).title}"
        verb = "said" if when else "says"
        sentences.append(f"{start} {verb}: {SPOKEN[one.verdict]}. {one.reason}".strip())
    return sentences


def _appeal(side: Side, reason: str) -> str:
    whose = "Its author" if side is Side.AUTHOR else "Somebody who reported it"
    return f"{whose} appeals: {reason}"
