"""What a member does in a round: vote, and look for the own receipt."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, insert
from sqlalchemy.dialects import postgresql, sqlite

from app import clock, drawer
from app.ballots import queries
from app.ballots.queries import RoundAsSeen
from app.extensions import db
from app.models import Ballot, OpenPaper, Participation, Revision, Round
from app.models.rounds import new_receipt
from policies import ballots as rules
from policies.ballots import Choice, RoundKind, RoundStage
from policies.endorsements import Form, FormKind
from policies.errors import RuleBroken
from policies.moderation import require_words_shown
from policies.permissions import Actor
from policies.small_cells import may_list_receipts as may_list_receipts_of

TEXT_QUESTION = "text"
_PAPERS: Any = OpenPaper.__table__
ALREADY_VOTED = (
    "You have already voted in this round. A vote is final, so nothing was changed."
    " If you saw no receipt, your vote counts all the same."
)

NOT_A_VOTER = (
    "You are not on the roll of this round, or you have voted on these words in another group."
    " Its page says who votes in it."
)

BARRED = "You have voted on this version in another group, and one person votes in one. Nothing was cast."


def cast(seen: RoundAsSeen, choices: Mapping[str, Choice], *, by: Actor) -> str:
    """Cast the one, final vote of a member in the own ballot; returns the receipt.

    Writes a participation row and a paper that nothing joins, and no audit row. A shared lock on the round makes the
    count wait for votes under way.
    """
    if not seen.is_locked:
        db.session.refresh(seen.round, ["stage", "closes_at"], with_for_update={"read": True})
    ballot = require_may_vote(seen)
    rules.require_complete_paper(questions_of(ballot), choices)
    _note_the_vote(ballot, by)
    receipt, chosen = new_receipt(), {name: str(choice) for name, choice in choices.items()}
    db.session.execute(insert(_PAPERS), {"receipt": receipt, "ballot_id": ballot.id, "choices": chosen})
    return receipt


def require_may_vote(seen: RoundAsSeen) -> Ballot:
    """The ballot in which the person asking can vote at this moment; refuses where there is none, or no longer."""
    if seen.ballot is None or seen.round.closes_at is None:
        raise RuleBroken(NOT_A_VOTER)
    if seen.has_voted:
        raise RuleBroken(ALREADY_VOTED)
    rules.require_open_for_votes(seen.round.stage, clock.now(), seen.round.closes_at)
    _require_shown(seen.round)
    return seen.ballot


def _require_shown(of_round: Round) -> None:
    """Nobody votes on words that nobody can read. Whether they are hidden shows in the words, nearly always."""
    revisions = [] if of_round.kind is RoundKind.ENDORSEMENT else [one.revision for one in of_round.questions]
    is_hidden = drawer.is_hidden_version(of_round.version)
    require_words_shown(is_hidden or any(drawer.is_hidden_revision(revision) for revision in revisions))


def _note_the_vote(ballot: Ballot, by: Actor) -> None:
    """Note that this member has voted, in one statement that stores nothing where the member may not.

    Whoever leaves the group at this moment votes before that, or not at all. A vote in another group's ballot on the
    same version, in whatever round, bars this one.
    """
    asked = {"ballot": ballot.id, "person": by.person_id}
    if db.session.execute(_participation(db.engine.dialect.name), asked).one_or_none() is not None:
        return
    if not queries.is_still_the_voter(ballot, by.person_id):
        raise RuleBroken("You have left this group, so you can no longer vote in its ballot. Nothing was cast.")
    raise RuleBroken(ALREADY_VOTED if queries.has_voted_in(ballot, by.person_id) else BARRED)


@cache
def _participation(dialect: str) -> Insert:
    # The table itself: given values, the mapped class would make another statement of it.
    rows: Any = Participation.__table__
    adding = postgresql.insert(rows) if dialect == "postgresql" else sqlite.insert(rows)
    adding = adding.from_select(["ballot_id", "person_id"], queries.participation_if_allowed())
    return adding.on_conflict_do_nothing().returning(rows.c.ballot_id)


def was_counted(seen: RoundAsSeen, receipt: str) -> bool:
    """Whether a paper with this receipt was counted in the own ballot; told once the round is published."""
    if seen.round.stage is not RoundStage.PUBLISHED or seen.ballot is None:
        raise RuleBroken("Receipts can be checked once the round is published. Its page says when voting closes.")
    return queries.receipt_was_counted(seen.ballot, receipt)


def question_names(of_round: Round) -> Sequence[str]:
    """What every paper of this round answers: the text, or each amendment by its number ("A3")."""
    if of_round.kind is RoundKind.ENDORSEMENT:
        return [TEXT_QUESTION]
    return [f"A{number}" for number in sorted(revision_numbers(of_round))]


def questions_of(ballot: Ballot) -> Sequence[str]:
    """What a paper of this ballot answers: the parts that its group votes on by themselves, then what all answer."""
    common = question_names(ballot.round)
    if ballot.round.kind is RoundKind.AMENDMENTS:
        return common
    return [*(vote.question for vote in ballot.separate_votes), *common]


def revision_numbers(of_round: Round) -> dict[int, Revision]:
    """The amendments on the paper by number, in the words voted on."""
    revisions = [question.revision for question in of_round.questions]
    return {revision.amendment.number or 0: revision for revision in revisions}


def may_list_receipts(of_round: Round, ballot: Ballot) -> bool:
    """Whether a published ballot had votes enough to list its receipts."""
    is_published = of_round.stage is RoundStage.PUBLISHED
    return is_published and may_list_receipts_of(ballot.shown.values(), yes_needed=ballot.yes_needed)


def listed_questions(of_round: Round, ballot: Ballot) -> list[str]:
    """The questions whose choices can be listed: not one that was all but unanimous, since a list shows figures."""
    if not may_list_receipts(of_round, ballot):
        return []
    shown = ballot.shown
    return [name for name in questions_of(ballot) if shown[name].exact is not None]


def form_of(ballot: Ballot) -> Form:
    """The question that a ballot puts to its group, as it was frozen at the opening."""
    if ballot.round.kind is RoundKind.AMENDMENTS:
        return Form()
    condition = None
    if ballot.form is FormKind.CONDITIONAL:
        condition = queries.condition_of(ballot.round, ballot.group)
    separate = tuple(vote.unit_id for vote in ballot.separate_votes)
    return Form(ballot.form, ballot.statement, tuple(ballot.units), condition, separate)


def is_open_now(of_round: Round) -> bool:
    """Whether a vote cast at this moment counts."""
    return of_round.stage is RoundStage.OPEN and of_round.closes_at is not None and clock.now() < of_round.closes_at
