"""The papers of a round as each group will see them, for a clerk who is about to agree to it.

What another group is asked is its own until the result, so of the others the plain question is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.ballots import advising
from app.ballots.papers import PaperPage, page_of_paper
from app.models import Round
from app.orders import queries as standing_orders
from app.rounds import asking, queries
from policies.ballots import CountingRules, RoundKind, RoundStage
from policies.endorsements import COUNTING, Form
from policies.errors import RuleBroken
from policies.groups import GROUPS
from policies.permissions import Actor

OWN = "The paper of your group, as it stands now."
ALIKE = "Every group is asked the same."
ANOTHERS = "Its own clerk fixes what it is asked, which is shown with the result. If its clerk asks nothing else:"
IN_PEACE = "It backs these words already. Unless its own clerk wants a vote, it is not asked, and its backing stands."


@dataclass(frozen=True)
class Preview:
    """One group's paper, and what is to be known of it."""

    paper: PaperPage
    said: str
    is_own: bool


@dataclass(frozen=True)
class PreviewPage:
    """The papers of a round, the own group's first."""

    number: int
    name: str
    first: PaperPage
    has_agreed: bool
    """Whether a clerk of the own group has agreed already, so that only its question is to be chosen still."""
    is_in_notice: bool
    previews: Sequence[Preview]


def preview_page(of_round: Round, actor: Actor, form: Form | None = None) -> PreviewPage:
    """The papers of all groups that vote; `form` is what the own group is to be asked, where it is being chosen.

    Raises `RuleBroken` once the round has opened or ended: then its page says what each group was asked.
    """
    if of_round.stage is not RoundStage.PREPARED:
        raise RuleBroken("The papers are shown beforehand, and this round waits no more. Its page shows what it asks.")
    own = actor.group or ""
    groups = sorted((key for key in (group.key for group in GROUPS) if key in of_round.groups), key=own.__ne__)
    asked = {own: form or asking.form_for(of_round, own)}
    previews = [_preview(of_round, key, asked.get(key, Form()), is_own=key == own) for key in groups]
    return PreviewPage(
        number=of_round.number,
        name=of_round.name,
        first=previews[0].paper,
        has_agreed=any(opening.group == own for opening in of_round.openings),
        is_in_notice=of_round.opens_at is not None,
        previews=previews,
    )


def _preview(of_round: Round, group: str, form: Form, *, is_own: bool) -> Preview:
    orders = standing_orders.of_round(of_round)[group]
    paper = page_of_paper(
        of_round, group, form, CountingRules.of(orders), advises=advising.is_advice(orders), endpoint="ballots.preview"
    )
    if of_round.kind is RoundKind.AMENDMENTS:
        return Preview(paper, ALIKE, is_own)
    if is_own:
        return Preview(paper, OWN, is_own)
    is_backed = not of_round.is_rerun and queries.stance_on(of_round.version_id, group) in COUNTING
    return Preview(paper, IN_PEACE if is_backed else ANOTHERS, is_own)
