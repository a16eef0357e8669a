"""What the pages around arguments show: writing one, reporting one, how a report ended, and what clerks rule on."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.arguments import queries, reports
from app.arguments.presenters import SIDE_WORDS, place_url, place_words
from app.arguments.queries import Place
from app.arguments.reports import Case
from app.models import Argument, Report
from app.web.filters import day
from app.web.paging import Page, asked_page, page_of
from policies.arguments import COMPLAINT_WORDS, MOST_REPORTS_COUNTED, Settlement, Side, Verdict
from policies.groups import group_named
from policies.permissions import Actor
from policies.visibility import anonymous

QUEUE_LENGTH = 20
VERDICT_WORDS = {Verdict.HIDE: "hide it", Verdict.LEAVE: "leave it"}
ENDINGS = {
    Settlement.HIDDEN: "Clerks of two groups have hidden the argument. Its place shows their reason.",
    Settlement.LEFT: "Clerks of two groups have read it and left the argument as it is.",
    Settlement.WITHDRAWN: "Its author has withdrawn the argument, so nobody reads it any more.",
}
THANKS = {
    True: "Thank you. Your report is with the clerks.",
    False: (
        "Thank you. Several reports of this argument wait for the clerks already, so yours was counted with them;"
        " its words were not kept."
    ),
}
WAITS = "It waits for the clerks. Clerks of two groups decide whether the argument is hidden; this page then says so."
RULED = {
    Settlement.HIDDEN: "The argument is hidden: clerks of two groups have said so.",
    Settlement.LEFT: "The argument stays: clerks of two groups have said so.",
    None: "Your word is recorded for your group. Clerks of two groups saying the same decide.",
}


@dataclass(frozen=True)
class WritingPage:
    """The page on which an argument is written or changed."""

    heading: str
    about: str
    back_url: str
    is_new: bool
    earlier: str


@dataclass(frozen=True)
class ShownReport:
    """A report as clerks read it; nobody knows whose it is."""

    kind: str
    words: str
    filed: str


@dataclass(frozen=True)
class ShownCase:
    """An argument before the clerks."""

    key: str
    words: str
    side: str
    author: str
    about: str
    about_url: str
    since: str
    reports: Sequence[ShownReport]
    beyond: str
    said: Sequence[str]
    note: str
    sitting: int
    hidden: str
    can_rule: bool


@dataclass(frozen=True)
class FollowPage:
    """How a report stands, for whoever knows its reference."""

    reference: str
    stands: str
    back_url: str


def writing_page(place: Place, own: Argument | None, earlier_words: str) -> WritingPage:
    """Writing an argument about a thing, or changing it."""
    stands = own is not None and own.withdrawn_at is None
    way = "for" if place.side is Side.FOR else "against"
    return WritingPage(
        heading=f"{'Change your argument' if stands else 'Argue'} {way}",
        about=place_words(place),
        back_url=place_url(place),
        is_new=not stands,
        earlier="" if stands else earlier_words,
    )


def place_of_argument(argument: Argument) -> tuple[str, str]:
    """What an argument is about, and where it is read."""
    place = queries.place_of(argument)
    return place_words(place), place_url(place)


def queue_page(actor: Actor) -> tuple[list[ShownCase], Page]:
    """A page of what waits for clerks: four queries, however many arguments wait."""
    page = page_of(reports.waiting(), asked_page(), QUEUE_LENGTH)
    return [shown_case(case, actor) for case in reports.cases(page.rows)], page


def ruling_page(argument: Argument, actor: Actor) -> ShownCase:
    """One argument before a clerk."""
    note = "The words have changed, or clerks have decided once, since a clerk last spoke: earlier words do not count."
    again = reports.has_been_ruled_on_before(argument)
    return shown_case(reports.case_of(argument), actor, note if again else "")


def shown_case(case: Case, actor: Actor, note: str = "") -> ShownCase:
    """An argument with its reports and what clerks have said. Clerks, too, read hidden words no more."""
    argument = case.argument
    about, about_url = place_of_argument(argument)
    hidden = f"Hidden on {day(argument.hidden_at)}. {argument.hidden_reason}" if argument.hidden_at else ""
    return ShownCase(
        key=argument.key,
        words="" if hidden else argument.words,
        side=SIDE_WORDS[argument.side],
        author=anonymous(argument.group),
        about=about,
        about_url=about_url,
        since=day(argument.queued_since),
        reports=[ShownReport(COMPLAINT_WORDS[one.kind], one.words, day(one.filed_at)) for one in case.reports],
        beyond=_beyond(argument.reports_beyond),
        said=[_said(ruling.group, ruling.verdict, ruling.reason) for ruling in case.rulings],
        note=note,
        sitting=argument.sitting,
        hidden=hidden,
        can_rule=argument.author_id != actor.person_id and not hidden,
    )


def follow_page(report: Report) -> FollowPage:
    """How a report stands; none of its words, since a reference can be passed on."""
    _, back_url = place_of_argument(report.argument)
    return FollowPage(report.key, WAITS if report.settlement is None else ENDINGS[report.settlement], back_url)


def _beyond(count: int) -> str:
    if not count:
        return ""
    number = f"{count:,} or more" if count >= MOST_REPORTS_COUNTED else f"{count:,}"
    return f"{number} further {'report' if count == 1 else 'reports'}, counted only."


def _said(group: str, verdict: Verdict, reason: str) -> str:
    sentence = f"A clerk of the {group_named(group).title} says: {VERDICT_WORDS[verdict]}."
    return f"{sentence} {reason}".strip()
