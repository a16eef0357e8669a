"""What the to-do list and the clerks' desk show: sections of lines, each with one thing to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from flask import url_for

from app import clock
from app.amendments import wording as amendments
from app.amendments.seen import mark_of_words
from app.arguments import reports
from app.ballots import queries as ballots
from app.ballots import wording as ballot_wording
from app.composites import queries as composites
from app.desk import alike, queries
from app.desk.queries import QueuedPlank, WaitingAmendments
from app.editorial import presenters as editorial
from app.editorial import queries as editorial_queries
from app.joining import queries as joining
from app.mail import queries as mail
from app.models import Amendment, CompositeOriginal, Offer, Plank, Recount, RegisteredRuling, Round, Suspension
from app.offers import queries as offers
from app.orders import queries as standing_orders
from app.results import queries as results
from app.rounds import queries as rounds
from app.rounds import wording
from app.rulings import queries as rulings
from app.rulings.presenters import about, appeal_in_words
from app.suspensions import queries as suspensions
from app.takeovers import queries as takeovers
from app.web.filters import day, minute, span, summary
from policies.composites import Answer
from policies.groups import GROUPS, Group, group_named
from policies.permissions import Actor
from policies.planks import QUEUE_FLAGGED_AFTER, SECONDING_PERIOD, Stage, queue_is_flagged
from policies.rulings import UPHOLDING_PERIOD
from policies.rulings import Answer as Word

LONG_OPEN = timedelta(days=7)
ANSWERS = {Word.UPHOLD: "uphold it", Word.OVERTURN: "overturn it"}
VERDICTS = {"in_order": "in order", "out_of_order": "out of order"}


@dataclass(frozen=True)
class Action:
    """One click: a link, or a button that does it at once."""

    label: str
    url: str
    is_post: bool = False
    kind: str = "secondary"
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """Something that waits: what it is, where it is, how it stands, and what can be done."""

    title: str
    url: str
    detail: str
    action: Action | None = None
    flag: str = ""
    other: Action | None = None
    """The other answer, where the thing to do is a choice of two."""
    beside: Sequence[tuple[str, str]] = ()
    """What is shown beside it, each with its address."""


@dataclass(frozen=True)
class Section:
    """Lines of one kind under a heading; `empty` is said where there is none and the section is always shown."""

    name: str
    heading: str
    lines: Sequence[Line]
    empty: str = ""


def to_do(actor: Actor) -> list[Section]:
    """What needs a member today, the most urgent first; sections without a line are left out."""
    sections = [
        Section("vote", "Vote", [_to_vote(one) for one in ballots.awaiting_vote_of(actor, clock.now())]),
        Section("clerk", "For the clerks of your group", _for_clerks(actor)),
        Section("take-over", "You can take over", [*_planks_to_take_over(actor), *_amendments_to_take_over(actor)]),
        Section("renew", "Bring up to date", [_to_renew(one) for one in queries.amendments_to_bring_up_to_date(actor)]),
        Section(
            "answer", "Your planks in composites", [_to_answer(one) for one in composites.awaiting_answer_of(actor)]
        ),
        Section("offers", "Offers to you", [_offered_wording(one) for one in offers.awaiting_answer_of(actor)]),
        Section("drafts", "Your drafts", [*_own_planks(actor, drafts=True), *_own_amendments(actor, drafts=True)]),
        Section("second", "Seeking a second that you can give", _to_second(actor)),
        Section("yours", "Yours", [*_own_planks(actor, drafts=False), *_own_amendments(actor, drafts=False)]),
    ]
    return [section for section in sections if section.lines]


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
            [_line_of(one, f"Opens on {minute(one.opens_at)}") for one in queries.rounds_running_their_notice()],
            "None.",
        ),
        Section(
            "open",
            "Open ballots",
            [_line_of(one, f"Closes on {minute(one.closes_at)}") for one in queries.open_rounds()],
            "None.",
        ),
        Section("recounts", "Recounts that wait for another group", _recounts(actor), "None."),
        Section("amendments", "Amendments that wait for a round", _waiting(), "None."),
        Section("orders", "Standing orders of your group", _orders(actor), "No change waits."),
        Section("editorial", "Editorial changes", _editorial(actor), "None."),
        Section("pauses", "Pauses of your group", _pauses(actor), "None waits."),
        Section("people", "People and mail", [_members(actor), *_undelivered()]),
        Section("reports", "Reports", _reported(), "Nothing that was reported waits for clerks."),
    ]


def _orders(actor: Actor) -> list[Line]:
    """A change of the own group's standing orders that waits for another clerk, and since when."""
    change = standing_orders.waiting(actor.group)
    if change is None:
        return []
    url = f"{url_for('orders.history', group=change.group)}#waiting"
    whose = "by you" if change.proposed_by_id == actor.person_id else "by another clerk"
    detail = f"Proposed {whose}. It waits for another clerk’s word since {minute(change.proposed_at)}."
    action = None if change.proposed_by_id == actor.person_id else Action("Read and decide", url)
    return [Line("A change of your group’s standing orders", url, detail, action)]


def _editorial(actor: Actor, *, to_answer: bool = False) -> list[Line]:
    changes = [editorial.waiting_line(one, actor) for one in editorial_queries.waiting()]
    lines = [_editorial_line(one) for one in changes if not (to_answer and one.is_answered)]
    detail = "With the open amendments that the machine takes for a change of punctuation, and why."
    return lines if to_answer else [*lines, Line("Editorial queue", url_for("editorial.queue"), detail)]


def _editorial_line(one: editorial.Waiting) -> Line:
    action = Action("Look at it" if one.is_answered else "Answer it", one.url)
    return Line(one.title, one.url, one.detail, action, one.flag)


def _pauses(actor: Actor) -> list[Line]:
    return [_pause(one, actor) for one in suspensions.awaiting(actor)]


def _pause(asked: Suspension, actor: Actor) -> Line:
    version = asked.stance.version
    url = url_for("suspensions.show", ref=version.plank.ref, name=version.name)
    own = asked.asked_by_id == actor.person_id
    detail = f"Asked for on {day(asked.asked_at)}, for {span(timedelta(days=asked.days))}."
    action = Action("Look at it" if own else "Confirm it", url)
    return Line(f"Pause the backing of {_plank_title(version.plank)}, version {version.name}", url, detail, action)


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


def _to_vote(of_round: Round) -> Line:
    closes = f"Closes on {minute(of_round.closes_at)}"
    return _line_of(of_round, closes, Action("Vote", url_for("ballots.vote", number=of_round.number), kind="primary"))


def _for_clerks(actor: Actor) -> list[Line]:
    if not actor.is_clerk:
        return _for_deputies(actor)
    to_rule = [one for one in queries.order_queue() if actor.group not in one.verdicts]
    to_agree = queries.rounds_awaiting_agreement_of(actor)
    to_read = reports.how_many_wait_for(actor)
    desk = url_for("desk.clerk")
    lines = _orders(actor)
    if to_rule:
        lines.append(_count_line(len(to_rule), "plank", "to be ruled on", f"{desk}#queue"))
    lines += [*_editorial(actor, to_answer=True), *_pauses(actor)]
    if waiting := joining.count_waiting(actor.group):
        people = "person waits" if waiting == 1 else "people wait"
        url = url_for("joining.members")
        lines.append(Line(f"{waiting} {people} to join your group", url, "", Action("Check them", url)))
    if to_uphold := rulings.appeals_awaiting(actor):
        lines.append(_count_line(to_uphold, "appeal", "to decide on", f"{desk}#appeals"))
    if to_agree:
        lines.append(_count_line(len(to_agree), "round", "to agree to", f"{desk}#prepared"))
    if asked := rounds.joint_awaited(actor.group, clock.now()):
        lines.append(_count_line(len(asked), "open round", "to extend or to annul", f"{desk}#joint"))
    if to_read:
        lines.append(_reports_line(to_read, "to rule on"))
    return lines


def _for_deputies(actor: Actor) -> list[Line]:
    """A deputy of the group rules on what has waited long."""
    if not actor.is_deputy:
        return []
    queued = [_queued(one, actor) for one in queries.order_queue() if actor.group not in one.verdicts]
    return [line for line in queued if line.flag]


def _appealed(ruling: RegisteredRuling, actor: Actor) -> Line:
    appeal = ruling.appeal
    answers = appeal.answers if appeal else []
    said = {word.group: word.answer for word in answers}
    words = [f"{group.name}: {ANSWERS[said[group.key]]}" for group in GROUPS if group.key in said]
    until = minute(appeal.opened_at + UPHOLDING_PERIOD) if appeal and appeal.opened_at else ""
    url = url_for("rulings.show", key=ruling.key)
    detail = f"{appeal_in_words(appeal)} {_sentence(words) or 'No group has said yet.'}"
    action = None if actor.group in said else Action("Give your group’s word", url)
    return Line(about(ruling), url, detail.strip(), action, f"Until {until}" if until else "")


def _planks_to_take_over(actor: Actor) -> list[Line]:
    return [
        Line(
            _plank_title(plank),
            url_for("platform.plank", ref=plank.ref),
            f"You seconded it, and its mover withdrew it. It waits until {minute(until)}.",
            Action("Take it over", url_for("takeovers.plank", ref=plank.ref), is_post=True),
        )
        for plank, until in takeovers.planks_waiting_for(actor, clock.now())
    ]


def _amendments_to_take_over(actor: Actor) -> list[Line]:
    return [
        Line(
            _amendment_title(amendment),
            url_for("amendments.show", ref=amendment.ref),
            f"You seconded it, and its mover withdrew it. It waits until {minute(until)}.",
            Action("Take it over", url_for("takeovers.amendment", ref=amendment.ref), is_post=True),
        )
        for amendment, until in takeovers.amendments_waiting_for(actor, clock.now())
    ]


def _count_line(count: int, noun: str, what: str, url: str) -> Line:
    number = f"{count} or more" if count >= queries.LONGEST else str(count)
    return Line(f"{number} {noun}{'' if count == 1 else 's'} {what}", url, "", Action("Go to the desk", url))


def _reported() -> list[Line]:
    waiting = reports.how_many_wait()
    return [_reports_line(waiting, "reported or in question")] if waiting else []


def _reports_line(count: int, what: str) -> Line:
    url = url_for("arguments.queue")
    return Line(f"{count} argument{'' if count == 1 else 's'} {what}", url, "", Action("Read the reports", url))


def _to_renew(amendment: Amendment) -> Line:
    url = url_for("amendments.show", ref=amendment.ref)
    detail = "The text has moved since you wrote it. Submit it anew, or withdraw it."
    return Line(_amendment_title(amendment), url, detail, Action("Bring it up to date", url))


def _to_answer(original: CompositeOriginal) -> Line:
    plank, composite = original.plank, original.composite
    url = url_for("composites.answer", ref=plank.ref)

    def action(label: str, answer: Answer) -> Action:
        return Action(label, url, is_post=True, fields={"composite": composite.ref, "answer": answer})

    return Line(
        _plank_title(composite),
        url_for("platform.plank", ref=composite.ref),
        f"It takes clauses of your {_plank_title(plank)}, which ends only if you accept.",
        action("Accept", Answer.ACCEPTED),
        other=action("Refuse", Answer.REFUSED),
    )


def _offered_wording(offer: Offer) -> Line:
    url = url_for("offers.show", key=offer.key)
    detail = f"Another wording, offered by {amendments.who(offer.group)} on {day(offer.offered_at)}"
    action = Action("Read and answer", url)
    return Line(f"For {_amendment_title(offer.amendment)}", url, detail, action)


def _own_planks(actor: Actor, *, drafts: bool) -> list[Line]:
    return [_own_plank(plank) for plank in queries.planks_moved_by(actor, drafts=drafts)]


def _own_plank(plank: Plank) -> Line:
    if plank.stage is Stage.DRAFT:
        url = url_for("planks.draft", ref=plank.ref)
        return Line(plank.title or "A plank without a title", url, "A plank nobody else sees", Action("Continue", url))
    stands = plank.stage.words
    if plank.stage is Stage.SEEKING_SECONDERS and plank.submitted_at is not None:
        stands = f"{stands} until {day(plank.submitted_at + SECONDING_PERIOD)}"
    return Line(_plank_title(plank), url_for("platform.plank", ref=plank.ref), f"Your plank is {stands}.")


def _own_amendments(actor: Actor, *, drafts: bool) -> list[Line]:
    return [_own_amendment(one) for one in queries.amendments_moved_by(actor, drafts=drafts)]


def _own_amendment(amendment: Amendment) -> Line:
    if not amendment.draft_base_id:
        url = url_for("amendments.show", ref=amendment.ref)
        return Line(_amendment_title(amendment), url, f"Your amendment is {amendment.stage.words}.")
    url = url_for("amendments.edit", ref=amendment.ref)
    return Line(_amendment_title(amendment), url, "An amendment nobody else sees", Action("Continue", url))


def _to_second(actor: Actor) -> list[Line]:
    planks = [
        Line(
            _plank_title(plank),
            url_for("platform.plank", ref=plank.ref),
            f"Proposed by {amendments.who(plank.group or '')} on {day(plank.submitted_at)}",
            Action("Second", url_for("planks.second", ref=plank.ref), is_post=True),
        )
        for plank in queries.planks_to_second(actor)
    ]
    proposed = [
        Line(
            _amendment_title(amendment),
            url_for("amendments.show", ref=amendment.ref),
            f"Moved by {amendments.who(amendment.group)}",
            Action("Second", url_for("amendments.second", ref=amendment.ref), is_post=True, fields=_as_read(amendment)),
        )
        for amendment in queries.amendments_to_second(actor)
    ]
    return [*planks, *proposed]


def _as_read(amendment: Amendment) -> Mapping[str, str]:
    """A second given from the list is for the words that are before the members as it is shown."""
    return {"seen": mark_of_words(amendment)}


def _queue(actor: Actor) -> list[Line]:
    """The planks that clerks check, each with those much like it beside."""
    queued = queries.order_queue()
    beside = alike.beside([one.plank for one in queued])
    return [_queued(one, actor, beside.get(one.plank.id, ())) for one in queued]


def _queued(queued: QueuedPlank, actor: Actor, like_it: Sequence[Plank] = ()) -> Line:
    plank, since = queued.plank, queued.plank.checking_since
    url = url_for("platform.plank", ref=plank.ref)
    said = [_said(queued, group) for group in GROUPS if group.key in queued.verdicts]
    detail = f"Since {day(since)}. {_sentence(said) or 'No group has ruled yet.'}"
    action = None if actor.group in queued.verdicts else Action("Rule on it", url)
    is_late = since is not None and queue_is_flagged(since, clock.now())
    flag = f"Waiting more than {span(QUEUE_FLAGGED_AFTER)}" if is_late else ""
    beside = [(_plank_title(one), url_for("platform.plank", ref=one.ref)) for one in like_it]
    return Line(plank.title, url, detail, action, flag, beside=beside)


def _said(queued: QueuedPlank, group: Group) -> str:
    reason = queued.reasons[group.key]
    return f"{group.name}: {VERDICTS[queued.verdicts[group.key]]}" + (f" (“{summary(reason)}”)" if reason else "")


def _prepared(of_round: Round, actor: Actor) -> Line:
    has_agreed = any(opening.group == actor.group for opening in of_round.openings)
    action = None if has_agreed else Action("Agree to open it", url_for("ballots.open", number=of_round.number))
    return _line_of(of_round, wording.agreement(of_round), action)


def _recounts(actor: Actor) -> list[Line]:
    return [_recount(recount, of_round, actor) for recount, of_round in results.recounts_waiting(queries.LONGEST)]


def _recount(recount: Recount, of_round: Round, actor: Actor) -> Line:
    url = url_for("results.recounts", number=of_round.number)
    detail = f"Asked for by a clerk of the {group_named(recount.asked_group).title} on {day(recount.asked_at)}"
    action = None if recount.asked_group == actor.group else Action("Agree to it", url)
    return Line(f"Round {of_round.name}: {ballot_wording.title(of_round)}", url, detail, action)


def _waiting() -> list[Line]:
    return [_waiting_line(one) for one in queries.amendments_awaiting_a_round(clock.now() - LONG_OPEN)]


def _waiting_line(waiting: WaitingAmendments) -> Line:
    plank = waiting.plank
    number = "One amendment" if waiting.number == 1 else f"{waiting.number} amendments"
    detail = f"{number} open, the longest since {day(waiting.since)}"
    action = Action("Prepare a round", url_for("ballots.prepare", ref=plank.ref))
    return Line(_plank_title(plank), url_for("platform.plank", ref=plank.ref), detail, action)


def _line_of(of_round: Round, detail: str, action: Action | None = None) -> Line:
    title = f"Round {of_round.name}: {ballot_wording.title(of_round)}"
    return Line(title, url_for("ballots.show", number=of_round.number), detail, action)


def _plank_title(plank: Plank) -> str:
    return f"{plank.name}: {plank.title}" if plank.name else plank.title


def _amendment_title(amendment: Amendment) -> str:
    name = amendment.name or "Amendment"
    return f"{name} to “{amendment.plank.title}”"


def _sentence(parts: Iterable[str]) -> str:
    joined = "; ".join(parts)
    return f"{joined}." if joined else ""
