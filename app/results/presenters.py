"""The page on which a published round is counted again: its file, how to count it, and the recounts by clerks."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.ballots import wording
from app.ballots.queries import RoundAsSeen
from app.ballots.questions import Link, plank_link
from app.models import Recount
from app.results import queries
from app.web.filters import day
from policies.ballots import RoundStage
from policies.groups import group_named
from policies.permissions import Actor, Permission, may
from policies.results import RecountAnswer

ASKED = "Your group has asked for a recount. It runs as soon as a clerk of another group agrees."
ANSWERS: dict[RecountAnswer, str] = {
    RecountAnswer.AGREES: "agrees with what was published",
    RecountAnswer.DIFFERS: "differs from what was published",
}


@dataclass(frozen=True)
class RecountPage:
    """How a round can be counted again, and how often clerks have had that done."""

    number: int
    name: str
    title: str
    plank: Link
    is_published: bool
    recounts: Sequence[str]
    waiting: str
    asks: str
    """What the reader can do now: the words of a button, or nothing."""


def recount_page(seen: RoundAsSeen, actor: Actor) -> RecountPage:
    """That page for `actor`."""
    of_round = seen.round
    is_published = of_round.stage is RoundStage.PUBLISHED
    found = queries.recounts_of(of_round)
    waiting = next((one for one in found if one.answer is None), None)
    may_ask = is_published and may(actor, Permission.ROUND_RECOUNT, seen.facts_for(actor))
    return RecountPage(
        number=of_round.number,
        name=of_round.name,
        title=wording.title(of_round),
        plank=plank_link(of_round.plank),
        is_published=is_published,
        recounts=[_done(one) for one in found if one.answer is not None],
        waiting="" if waiting is None or not actor.is_member else _waiting(waiting),
        asks=_button(waiting, actor) if may_ask else "",
    )


def said_of(recount: Recount) -> str:
    """What a clerk is told once the own group's wish is noted."""
    return ASKED if recount.answer is None else f"Counted again from the papers: it {ANSWERS[recount.answer]}."


def _done(recount: Recount) -> str:
    groups = [group_named(key or "").title for key in (recount.asked_group, recount.confirmed_group)]
    answer = ANSWERS[RecountAnswer(recount.answer or "")]
    return f"Recounted on {day(recount.confirmed_at)} for clerks of the {' and the '.join(groups)}: {answer}."


def _waiting(recount: Recount) -> str:
    group = group_named(recount.asked_group).title
    return f"A clerk of the {group} asked for a recount on {day(recount.asked_at)}. It waits for one of another group."


def _button(waiting: Recount | None, actor: Actor) -> str:
    if waiting is None:
        return "Ask for a recount"
    return "" if waiting.asked_group == actor.group else "Agree to the recount"
