"""The clerks' desk: everything that waits for a clerk of any group, and what runs by itself."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for

from app import clock
from app.complaints import queries as complaints
from app.desk import alike, queries
from app.desk.lines import Action, Line, Section, line_of_round, sentence_of, title_of_plank
from app.desk.officers import people_lines
from app.desk.queries import QueuedPlank, WaitingAmendments
from app.editions import presenters as editions
from app.editions import queries as edition_queries
from app.editorial import presenters as editorial
from app.editorial import queries as editorial_queries
from app.joining import queries as joining
from app.mail import queries as mail
from app.models import Plank, Recount, RegisteredRuling, Round, Suspension
from app.moderation import queries as moderation
from app.orders import queries as standing_orders
from app.results import queries as results
from app.rounds import wording
from app.rulings import queries as rulings
from app.rulings.presenters import about, appeal_in_words
from app.suspensions import queries as suspensions
from app.web.filters import day, minute, span, summary
from policies.groups import GROUPS, Group, group_named
from policies.permissions import Actor
from policies.planks import QUEUE_FLAGGED_AFTER, queue_is_flagged
from policies.rulings import UPHOLDING_PERIOD
from policies.rulings import Answer as Word

LONG_OPEN = timedelta(days=7)
ANSWERS = {Word.UPHOLD: "uphold it", Word.OVERTURN: "overturn it"}
VERDICTS = {"in_order": "in order", "out_of_order": "out of order"}


def clerks_desk(actor: Actor) -> list[Section]:
    """Everything that waits for clerks, and what runs by itself."""
    return [
        Section("queue", "To be checked", _queue(actor), "No plank waits."),
        Section("appeals", "Appeals", [_appealed(one, actor) for one in rulings.appeals_before_clerks()], "None."),
        Section(
            "prepared",
            "Rounds that wait for agreement",
            [_prepared(one, actor) for one in queries.rounds_being_prepared()],
            "No round waits. One is prepared from the page of an open plank.",
        ),
        Section(
            "notice",
            "Rounds in their notice",
            _in_notice(actor),
            "None.",
        ),
        Section(
            "open",
            "Open ballots",
            [line_of_round(one, f"Closes on {minute(one.closes_at)}") for one in queries.open_rounds()],
            "None.",
        ),
        Section("recounts", "Recounts that wait for another group", _recounts(actor), "None."),
        Section("amendments", "Amendments that wait for a round", _waiting(), "None."),
        Section("orders", "Standing orders of your group", orders_lines(actor), "No change waits."),
        Section("editorial", "Editorial changes", editorial_lines(actor), "None."),
        Section("editions", "Editions", edition_lines(actor)),
        Section("pauses", "Pauses of your group", pause_lines(actor), "None waits."),
        Section("people", "People and mail", [_members(actor), *people_lines(actor), *_undelivered()]),
        Section("reports", "Reports", _reported(), "Nothing that was reported waits for clerks."),
        Section("complaints", "Complaints about personal data", complaint_lines(), "None waits."),
    ]


def orders_lines(actor: Actor) -> list[Line]:
    """A change of the own group's standing orders that waits for another clerk, and since when."""
    change = standing_orders.waiting(actor.group)
    if change is None:
        return []
    url = f"{url_for('orders.history', group=change.group)}#waiting"
    whose = "by you" if change.proposed_by_id == actor.person_id else "by another clerk"
    detail = f"Proposed {whose}. It waits for another clerk’s word since {minute(change.proposed_at)}."
    action = None if change.proposed_by_id == actor.person_id else Action("Read and decide", url)
    return [Line("A change of your group’s standing orders", url, detail, action)]


def editorial_lines(actor: Actor, *, to_answer: bool = False) -> list[Line]:
    """Editorial changes that wait for clerks; `to_answer`: those alone that the own group has not answered."""
    changes = [editorial.waiting_line(one, actor) for one in editorial_queries.waiting()]
    lines = [_editorial_line(one) for one in changes if not (to_answer and one.is_answered)]
    detail = "With the open amendments that the machine takes for a change of punctuation, and why."
    return lines if to_answer else [*lines, Line("Editorial queue", url_for("editorial.queue"), detail)]


def _editorial_line(one: editorial.Waiting) -> Line:
    action = Action("Look at it" if one.is_answered else "Answer it", one.url)
    return Line(one.title, one.url, one.detail, action, one.flag)


def edition_lines(actor: Actor, *, to_answer: bool = False) -> list[Line]:
    """The proposed edition that waits for clerks; `to_answer`: only where the own group has not answered."""
    waiting = edition_queries.waiting()
    if waiting is None:
        url = url_for("editions.desk")
        detail = "Every plank that all groups back, numbered, dated and signed. Clerks of all groups publish it."
        return [] if to_answer else [Line("Propose an edition", url, detail)]
    is_answered = any(one.group == actor.group for one in waiting.answers)
    title, url, detail = editions.waiting_line(waiting)
    action = Action("Look at it" if is_answered else "Read and answer", url)
    return [] if to_answer and is_answered else [Line(title, url, detail, action)]


def pause_lines(actor: Actor) -> list[Line]:
    """Pauses that a clerk of the own group has asked for and another has to confirm."""
    return [_pause(one, actor) for one in suspensions.awaiting(actor)]


def _pause(asked: Suspension, actor: Actor) -> Line:
    version = asked.stance.version
    url = url_for("suspensions.show", ref=version.plank.ref, name=version.name)
    own = asked.asked_by_id == actor.person_id
    detail = f"Asked for on {day(asked.asked_at)}, for {span(timedelta(days=asked.days))}."
    action = Action("Look at it" if own else "Confirm it", url)
    return Line(f"Pause the backing of {title_of_plank(version.plank)}, version {version.name}", url, detail, action)


def _members(actor: Actor) -> Line:
    waiting = joining.count_waiting(actor.group)
    number = "One person waits" if waiting == 1 else f"{waiting or 'Nobody'} wait{'' if waiting else 's'}"
    url = url_for("joining.members")
    detail = f"{number} for your group’s check. Invite people, and see who is a member."
    return Line("Members of your group", url, detail, Action("Check them", url) if waiting else None)


def _undelivered() -> list[Line]:
    number = mail.count_needing_a_hand()
    waiting = mail.wait_long(clock.now())
    url = url_for("mail.undelivered")
    detail = f"{'One letter needs' if number == 1 else f'{number} letters need'} somebody to decide."
    lines = [Line("Mail that did not arrive", url, detail, Action("Look at it", url))] if number else []
    if waiting:
        words = f"{'One letter has' if waiting == 1 else f'{waiting} letters have'} waited for more than half an hour."
        lines.append(Line("Mail does not go out", url, f"{words} Tell whoever runs the service.", None))
    return lines


def _appealed(ruling: RegisteredRuling, actor: Actor) -> Line:
    appeal = ruling.appeal
    answers = appeal.answers if appeal else []
    said = {word.group: word.answer for word in answers}
    words = [f"{group.name}: {ANSWERS[said[group.key]]}" for group in GROUPS if group.key in said]
    until = minute(appeal.opened_at + UPHOLDING_PERIOD) if appeal and appeal.opened_at else ""
    url = url_for("rulings.show", key=ruling.key)
    detail = f"{appeal_in_words(appeal)} {sentence_of(words) or 'No group has said yet.'}"
    action = None if actor.group in said else Action("Give your group’s word", url)
    return Line(about(ruling), url, detail.strip(), action, f"Until {until}" if until else "")


def _reported() -> list[Line]:
    waiting = moderation.how_many_wait()
    return [reports_line(waiting, "reported or in question")] if waiting else []


def reports_line(count: int, what: str) -> Line:
    """How many reports wait."""
    url = url_for("moderation.queue")
    return Line(f"{count} text{'' if count == 1 else 's'} {what}", url, "", Action("Read the reports", url))


def complaint_lines() -> list[Line]:
    """Complaints that wait for a word, and how many are overdue."""
    waiting = complaints.how_many_wait()
    late = complaints.how_many_overdue(clock.now()) if waiting else 0
    url = url_for("complaints.listed")
    words = f"{'One complaint' if waiting == 1 else f'{waiting} complaints'} about personal data"
    flag = f"{late} overdue" if late else ""
    return [Line(words, url, "", Action("Read and answer", url), flag)] if waiting else []


def _queue(actor: Actor) -> list[Line]:
    """The planks that clerks check, each with those much like it beside."""
    queued = queries.order_queue()
    beside = alike.beside([one.plank for one in queued])
    return [queued_line(one, actor, beside.get(one.plank.id, ())) for one in queued]


def queued_line(queued: QueuedPlank, actor: Actor, like_it: Sequence[Plank] = ()) -> Line:
    """A plank that is checked, what was said of it so far, and planks much like it."""
    plank, since = queued.plank, queued.plank.checking_since
    url = url_for("platform.plank", ref=plank.ref)
    said = [_said(queued, group) for group in GROUPS if group.key in queued.verdicts]
    detail = f"Since {day(since)}. {sentence_of(said) or 'No group has ruled yet.'}"
    action = None if actor.group in queued.verdicts else Action("Rule on it", url)
    is_late = since is not None and queue_is_flagged(since, clock.now())
    flag = f"Waiting more than {span(QUEUE_FLAGGED_AFTER)}" if is_late else ""
    beside = [(title_of_plank(one), url_for("platform.plank", ref=one.ref)) for one in like_it]
    return Line(plank.title, url, detail, action, flag, beside=beside)


def _said(queued: QueuedPlank, group: Group) -> str:
    reason = queued.reasons[group.key]
    return f"{group.name}: {VERDICTS[queued.verdicts[group.key]]}" + (f" (“{summary(reason)}”)" if reason else "")


def _prepared(of_round: Round, actor: Actor) -> Line:
    has_agreed = any(opening.group == actor.group for opening in of_round.openings)
    action = None if has_agreed else Action("Agree to open it", url_for("ballots.open", number=of_round.number))
    return line_of_round(of_round, wording.agreement(of_round), action)


def _in_notice(actor: Actor) -> list[Line]:
    """Rounds in their notice. Two groups have agreed: a clerk of another can still choose what the own one is asked."""
    unasked = {one.id for one in queries.rounds_whose_question_awaits(actor)}
    return [_noticed(one, one.id in unasked) for one in queries.rounds_running_their_notice()]


def _noticed(of_round: Round, is_unasked: bool) -> Line:
    opens = f"Opens on {minute(of_round.opens_at)}"
    if not is_unasked:
        return line_of_round(of_round, opens)
    url = url_for("ballots.open", number=of_round.number)
    detail = f"{opens}. Your group is asked the plain question, unless one of its clerks chooses another by then."
    return line_of_round(of_round, detail, Action("Choose its question", url))


def _recounts(actor: Actor) -> list[Line]:
    return [_recount(recount, of_round, actor) for recount, of_round in results.recounts_waiting(queries.LONGEST)]


def _recount(recount: Recount, of_round: Round, actor: Actor) -> Line:
    detail = f"Asked for by a clerk of the {group_named(recount.asked_group).title} on {day(recount.asked_at)}"
    recounts = url_for("results.recounts", number=of_round.number)
    return line_of_round(
        of_round, detail, None if recount.asked_group == actor.group else Action("Agree to it", recounts)
    )


def _waiting() -> list[Line]:
    return [_waiting_line(one) for one in queries.amendments_awaiting_a_round(clock.now() - LONG_OPEN)]


def _waiting_line(waiting: WaitingAmendments) -> Line:
    plank = waiting.plank
    number = "One amendment" if waiting.number == 1 else f"{waiting.number} amendments"
    detail = f"{number} open, the longest since {day(waiting.since)}"
    action = Action("Prepare a round", url_for("ballots.prepare", ref=plank.ref))
    return Line(title_of_plank(plank), url_for("platform.plank", ref=plank.ref), detail, action)
