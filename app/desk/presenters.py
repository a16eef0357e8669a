"""The to-do list: what needs a member today, the most urgent first."""

from collections.abc import Mapping

from flask import url_for

from app import clock
from app.amendments.presenters import compared, wordings
from app.amendments.seen import mark_of_words
from app.ballots import queries as ballots
from app.composites import queries as composites
from app.desk import queries
from app.desk.at_hand import AtHand, at_hand
from app.desk.clerks import edition_lines, editorial_lines, orders_lines, pause_lines, queued_line, reports_line
from app.desk.lines import Action, Line, Section, count_line, line_of_round, title_of_amendment, title_of_plank
from app.desk.officers import own_lines, people_lines
from app.joining import queries as joining
from app.models import Amendment, Case, CompositeOriginal, Offer, Plank, Round
from app.moderation import queries as moderation
from app.offers import queries as offers
from app.rounds import queries as rounds
from app.rounds.asking import is_left_out
from app.rounds.wording import LEFT_OUT
from app.rulings import queries as rulings
from app.takeovers import queries as takeovers
from app.visibility.names import mover_of_amendment, mover_of_plank, names_on
from app.web.filters import day, minute, summary
from policies.composites import Answer
from policies.moderation import APPEALED_WITHIN
from policies.permissions import Actor
from policies.planks import SECONDING_PERIOD, Stage
from policies.visibility import anonymous

# So much of what an amendment changes stands on a list.
CHANGES_SHOWN = 150


def to_do(actor: Actor) -> list[Section]:
    """What needs a member today, the most urgent first; sections without a line are left out."""
    there = at_hand(actor, clock.now())
    sections = [
        Section("vote", "Vote", _votes(actor) if there.open_rounds else []),
        Section("clerk", "For the clerks of your group", _for_clerks(actor)),
        Section("membership", "Your membership", own_lines(actor, may_be_offered=there.offices_offered)),
        Section("take-over", "You can take over", _to_take_over(actor) if there.withdrawn else []),
        Section("renew", "Bring up to date", _to_bring_up_to_date(actor) if there.own_amendments else []),
        Section("answer", "Your planks in composites", _answers(actor) if there.own_planks else []),
        Section("offers", "Offers to you", _offers(actor) if there.own_amendments else []),
        Section("hidden", "Hidden by clerks", _hidden_texts(actor) if there.hidden or actor.is_clerk else []),
        Section("drafts", "Your drafts", _own(actor, there, drafts=True)),
        Section("second", "Seeking a second that you can give", _to_second(actor, there)),
        Section("yours", "Yours", _own(actor, there, drafts=False)),
    ]
    return [section for section in sections if section.lines]


def _votes(actor: Actor) -> list[Line]:
    return [_to_vote(one) for one in ballots.awaiting_vote_of(actor, clock.now())]


def _to_take_over(actor: Actor) -> list[Line]:
    return [*_planks_to_take_over(actor), *_amendments_to_take_over(actor)]


def _to_bring_up_to_date(actor: Actor) -> list[Line]:
    return [_to_renew(one) for one in queries.amendments_to_bring_up_to_date(actor)]


def _answers(actor: Actor) -> list[Line]:
    return [_to_answer(one) for one in composites.awaiting_answer_of(actor)]


def _offers(actor: Actor) -> list[Line]:
    return [_offered_wording(one) for one in offers.awaiting_answer_of(actor)]


def _own(actor: Actor, there: AtHand, *, drafts: bool) -> list[Line]:
    planks = _own_planks(actor, drafts=drafts) if there.own_planks else []
    return [*planks, *(_own_amendments(actor, drafts=drafts) if there.own_amendments else [])]


def _to_vote(of_round: Round) -> Line:
    closes = f"Closes on {minute(of_round.closes_at)}"
    return line_of_round(
        of_round, closes, Action("Vote", url_for("ballots.vote", number=of_round.number), kind="primary")
    )


def _hidden_texts(actor: Actor) -> list[Line]:
    return [_hidden(one) for one in moderation.hidden_of(actor, clock.now())]


def _hidden(case: Case) -> Line:
    url = url_for("moderation.show", key=case.key)
    until = day(case.decided_at + APPEALED_WITHIN) if case.decided_at else ""
    words = f"{case.kind.words[:1].upper()}{case.kind.words[1:]} of yours is hidden"
    return Line(words, url, f"You can appeal until {until}.", Action("Read why, and appeal", url))


def _for_clerks(actor: Actor) -> list[Line]:
    if not actor.is_clerk:
        return _for_deputies(actor)
    to_rule = [one for one in queries.order_queue() if actor.group not in one.verdicts]
    to_read = moderation.how_many_wait_for(actor)
    desk = url_for("desk.clerk")
    lines = orders_lines(actor)
    if to_rule:
        lines.append(count_line(len(to_rule), "plank", "to be ruled on", f"{desk}#queue"))
    lines += [*editorial_lines(actor, to_answer=True), *edition_lines(actor, to_answer=True), *pause_lines(actor)]
    lines += people_lines(actor, to_answer=True)
    if waiting := joining.count_waiting(actor.group):
        people = "person waits" if waiting == 1 else "people wait"
        url = url_for("joining.members")
        lines.append(Line(f"{waiting} {people} to join your group", url, "", Action("Check them", url)))
    if to_uphold := rulings.appeals_awaiting(actor):
        lines.append(count_line(to_uphold, "appeal", "to decide on", f"{desk}#appeals"))
    lines += _rounds_for_clerks(actor)
    if to_read:
        lines.append(reports_line(to_read, "to decide on"))
    return lines


def _rounds_for_clerks(actor: Actor) -> list[Line]:
    desk, now = url_for("desk.clerk"), clock.now()
    waiting = (
        (queries.rounds_awaiting_agreement_of(actor), "round", "to agree to", "prepared"),
        (queries.rounds_whose_question_awaits(actor), "round", "whose question to your group can be chosen", "notice"),
        (rounds.joint_awaited(actor.group, now), "open round", "to extend or to annul", "joint"),
    )
    lines = [count_line(len(found), noun, what, f"{desk}#{name}") for found, noun, what, name in waiting if found]
    asking = queries.rounds_asking_on_a_condition(actor)
    return [*lines, *(_left_out(one) for one in asking if is_left_out(one, actor.group))]


def _left_out(of_round: Round) -> Line:
    url = url_for("ballots.open", number=of_round.number)
    return line_of_round(of_round, LEFT_OUT, Action("Name a later day", url))


def _for_deputies(actor: Actor) -> list[Line]:
    """A deputy of the group rules on what has waited long."""
    if not actor.is_deputy:
        return []
    queued = [queued_line(one, actor) for one in queries.order_queue() if actor.group not in one.verdicts]
    return [line for line in queued if line.flag]


def _planks_to_take_over(actor: Actor) -> list[Line]:
    return [
        Line(
            title_of_plank(plank),
            url_for("platform.plank", ref=plank.ref),
            f"You seconded it, and its mover withdrew it. It waits until {minute(until)}.",
            Action("Take it over", url_for("takeovers.plank", ref=plank.ref), is_post=True),
        )
        for plank, until in takeovers.planks_waiting_for(actor, clock.now())
    ]


def _amendments_to_take_over(actor: Actor) -> list[Line]:
    return [
        Line(
            title_of_amendment(amendment),
            url_for("amendments.show", ref=amendment.ref),
            f"You seconded it, and its mover withdrew it. It waits until {minute(until)}.",
            Action("Take it over", url_for("takeovers.amendment", ref=amendment.ref), is_post=True),
        )
        for amendment, until in takeovers.amendments_waiting_for(actor, clock.now())
    ]


def _to_renew(amendment: Amendment) -> Line:
    url = url_for("amendments.show", ref=amendment.ref)
    detail = "The text has moved since you wrote it. Submit it anew, or withdraw it."
    return Line(title_of_amendment(amendment), url, detail, Action("Bring it up to date", url))


def _to_answer(original: CompositeOriginal) -> Line:
    plank, composite = original.plank, original.composite
    url = url_for("composites.answer", ref=plank.ref)

    def action(label: str, answer: Answer) -> Action:
        return Action(label, url, is_post=True, fields={"composite": composite.ref, "answer": answer})

    return Line(
        title_of_plank(composite),
        url_for("platform.plank", ref=composite.ref),
        f"It takes units of your {title_of_plank(plank)}, which ends only if you accept.",
        action("Accept", Answer.ACCEPTED),
        other=action("Refuse", Answer.REFUSED),
    )


def _offered_wording(offer: Offer) -> Line:
    url = url_for("offers.show", key=offer.key)
    detail = f"Another wording, offered by {anonymous(offer.group)} on {day(offer.offered_at)}"
    action = Action("Read and answer", url)
    return Line(f"For {title_of_amendment(offer.amendment)}", url, detail, action)


def _own_planks(actor: Actor, *, drafts: bool) -> list[Line]:
    return [_own_plank(plank) for plank in queries.planks_moved_by(actor, drafts=drafts)]


def _own_plank(plank: Plank) -> Line:
    if plank.stage is Stage.DRAFT:
        url = url_for("planks.draft", ref=plank.ref)
        return Line(plank.title or "A plank without a title", url, "A plank nobody else sees", Action("Continue", url))
    stands = plank.stage.words
    if plank.stage is Stage.SEEKING_SECONDERS and plank.submitted_at is not None:
        stands = f"{stands} until {day(plank.submitted_at + SECONDING_PERIOD)}"
    return Line(title_of_plank(plank), url_for("platform.plank", ref=plank.ref), f"Your plank is {stands}.")


def _own_amendments(actor: Actor, *, drafts: bool) -> list[Line]:
    return [_own_amendment(one) for one in queries.amendments_moved_by(actor, drafts=drafts)]


def _own_amendment(amendment: Amendment) -> Line:
    if not amendment.draft_base_id:
        url = url_for("amendments.show", ref=amendment.ref)
        return Line(title_of_amendment(amendment), url, f"Your amendment is {amendment.stage.words}.")
    url = url_for("amendments.edit", ref=amendment.ref)
    return Line(title_of_amendment(amendment), url, "An amendment nobody else sees", Action("Continue", url))


def _to_second(actor: Actor, there: AtHand) -> list[Line]:
    begun = queries.planks_to_second(actor) if there.planks_wanting_seconds else []
    moved = queries.amendments_to_second(actor) if there.amendments_wanting_seconds else []
    names = names_on([*map(mover_of_plank, begun), *map(mover_of_amendment, moved)], actor)
    planks = [
        Line(
            title_of_plank(plank),
            url_for("platform.plank", ref=plank.ref),
            f"Proposed by {names.who(mover_of_plank(plank))} on {day(plank.submitted_at)}",
            Action("Second", url_for("planks.second", ref=plank.ref), is_post=True),
        )
        for plank in begun
    ]
    proposed = [
        Line(
            title_of_amendment(amendment),
            url_for("amendments.show", ref=amendment.ref),
            f"{_changes_of(amendment)} Moved by {names.who(mover_of_amendment(amendment))}".strip(),
            Action("Second", url_for("amendments.second", ref=amendment.ref), is_post=True, fields=_as_read(amendment)),
        )
        for amendment in moved
    ]
    return [*planks, *proposed]


def _changes_of(amendment: Amendment) -> str:
    """What it changes, so that two to one plank are told apart. The text it changes is loaded with its plank."""
    return summary(compared(*wordings(amendment)).sentence, CHANGES_SHOWN)


def _as_read(amendment: Amendment) -> Mapping[str, str]:
    """A second given from the list is for the words that are before the members as it is shown."""
    return {"seen": mark_of_words(amendment)}
