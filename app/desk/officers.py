"""What waits for clerks about people: removals, appeals, and who is a clerk; and what a member has to do."""

from flask import url_for

from app import clock
from app.desk.lines import Action, Line
from app.membership import presenters
from app.membership import queries as removals
from app.models import Removal
from app.mps import account_queries as mp_requests
from app.offices import queries as offices
from app.people import queries as people
from app.web.filters import day
from policies.groups import group_named
from policies.lapsing import can_be_renewed
from policies.permissions import Actor
from policies.removals import RemovalStage


def people_lines(actor: Actor, *, to_answer: bool = False) -> list[Line]:
    """Removals and offices that wait; `to_answer`: those alone that want the word of this clerk."""
    waiting, others = removals.before(actor)
    lines = [_removal(one, actor, is_waiting=True) for one in waiting]
    asked = offices.to_confirm(actor)
    url = url_for("offices.listed")
    number = "One proposal waits" if len(asked) == 1 else f"{len(asked)} proposals wait"
    confirm = [Line("Who is a clerk", url, f"{number} for your word.", Action("Look at it", url))] if asked else []
    if to_answer:
        return [*lines, *confirm, *_mps(actor)]
    lines += [_removal(one, actor, is_waiting=False) for one in others]
    listed = confirm or [Line("Offices of your group", url, "Who is a clerk, until when, and how to hand over.")]
    return [*lines, *listed, *_mps(actor)]


def _mps(actor: Actor) -> list[Line]:
    """Who asks to be an MP here, where a word of this clerk's group is wanted."""
    asked = mp_requests.count_for(actor.group)
    if not asked:
        return []
    url = url_for("mp_accounts.waiting")
    number = "One person says" if asked == 1 else f"{asked} people say"
    return [
        Line("Accounts of MPs", url, f"{number} to be an MP, with an address at Parliament.", Action("Look at it", url))
    ]


def own_lines(actor: Actor, *, may_be_offered: bool) -> list[Line]:
    """What a member has to do about the own membership: renew it, or answer an office that is offered."""
    lines = []
    offered = offices.offered_to(actor) if may_be_offered else None
    if offered is not None:
        url = url_for("offices.answer", key=offered.key)
        lines.append(
            Line("You are asked to be a clerk", url, "It counts once you accept.", Action("Read and answer", url))
        )
    membership = people.person(actor).membership
    if membership and can_be_renewed(membership.stage, membership.runs_until, clock.now()):
        url = url_for("membership.renew", key=membership.key)
        detail = f"It runs until {day(membership.runs_until)}. If you renew by then, nothing changes."
        lines.append(Line("Renew your membership", url, detail, Action("Renew for a year", url, is_post=True)))
    return lines


def _removal(removal: Removal, actor: Actor, *, is_waiting: bool) -> Line:
    # Nobody is named on a list that is looked at every day: the page itself names whom it is about.
    is_own = removal.group == actor.group
    who = "a member of your group" if is_own else f"a member of the {group_named(removal.group).title}"
    url = url_for("membership.removal", key=removal.key)
    label = "Read and answer" if removal.stage is RemovalStage.APPEALED else "Read and confirm"
    action = Action(label if is_waiting else "Look at it", url)
    return Line(f"Removal of {who}", url, presenters.stands(removal), action)
