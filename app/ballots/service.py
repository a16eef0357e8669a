"""What a member does in a round: vote, and look for the own receipt."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app import clock, drawer
from app.ballots import queries
from app.ballots.queries import RoundAsSeen
from app.extensions import db
from app.models import Ballot, Membership, OpenPaper, Participation, Revision, Round
from app.models.rounds import new_receipt
from policies import ballots as rules
from policies.ballots import Choice, RoundKind, RoundStage
from policies.endorsements import Form, FormKind
from policies.errors import RuleBroken
from policies.membership import MAY_STILL_VOTE
from policies.permissions import Actor
from policies.small_cells import may_list_receipts as may_list_receipts_of

TEXT_QUESTION = "text"
ALREADY_VOTED = (
    "You have already voted in this round. A vote is final, so nothing was changed."
    " If you saw no receipt, your vote counts all the same."
)

NOT_A_VOTER = (
    "You are not on the roll of this round, or you have voted on these words in another group."
    " Its page says who votes in it."
)


def cast(seen: RoundAsSeen, choices: Mapping[str, Choice], *, by: Actor) -> str:
    """Cast the one, final vote of a member in the own ballot; returns the receipt.

    Writes a participation row and a paper that nothing joins, and no audit row. A shared lock on the round makes the
    count wait for votes under way.
    """
    of_round = seen.round
    db.session.refresh(of_round, ["stage", "closes_at"], with_for_update={"read": True})
    ballot = require_may_vote(seen)
    rules.require_complete_paper(questions_of(ballot), choices)
    _require_still_the_voter(ballot, by)
    try:
        with db.session.begin_nested():
            db.session.add(Participation(ballot_id=ballot.id, person_id=by.person_id))
    except IntegrityError:
        raise RuleBroken(ALREADY_VOTED) from None
    paper = OpenPaper(receipt=new_receipt(), ballot_id=ballot.id, choices={name: str(c) for name, c in choices.items()})
    db.session.add(paper)
    db.session.flush()
    return paper.receipt


def require_may_vote(seen: RoundAsSeen) -> Ballot:
    """The ballot in which the person asking can vote at this moment; refuses where there is none, or no longer."""
    if seen.ballot is None or seen.round.closes_at is None:
        raise RuleBroken(NOT_A_VOTER)
    if seen.has_voted:
        raise RuleBroken(ALREADY_VOTED)
    rules.require_open_for_votes(seen.round.stage, clock.now(), seen.round.closes_at)
    drawer.require_shown(seen.round.version, *(question.revision for question in seen.round.questions))
    return seen.ballot


def _require_still_the_voter(ballot: Ballot, by: Actor) -> None:
    """In the transaction of the vote: whoever leaves the group at this moment votes before that, or not at all.

    A vote in another group's ballot on the same version, in whatever round, bars this one.
    """
    of_round = ballot.round
    belongs = select(Membership.id).where(Membership.person_id == by.person_id, Membership.group == ballot.group)
    belongs = belongs.where(Membership.stage.in_(MAY_STILL_VOTE), Membership.active_since <= of_round.opens_at)
    if db.session.scalar(belongs.with_for_update(read=True)) is None:
        raise RuleBroken("You have left this group, so you can no longer vote in its ballot. Nothing was cast.")
    if queries.is_barred(ballot, by.person_id):
        raise RuleBroken(
            "You have voted on this version in another group, and one person votes in one. Nothing was cast."
        )


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
