"""What is done with a published round: counting it again for clerks of two groups, and forgetting who voted."""

from sqlalchemy import delete

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import Ballot, Participation, Recount, Round, locked
from app.results import queries
from policies import ballots as rules
from policies.ballots import RoundStage, Tally
from policies.permissions import Actor
from policies.results import RecountAnswer, require_another_group, require_can_be_recounted
from policies.speaking import require_own_voice


def agree_to_recount(of_round: Round, *, by: Actor) -> Recount:
    """Ask, for the own group, that a round be counted again; where another group has asked, it is done at once."""
    locked(of_round)
    require_can_be_recounted(of_round.stage is RoundStage.PUBLISHED)
    waiting = queries.waiting_recount(of_round)
    if waiting is None:
        return _asked(of_round, by=by)
    require_another_group(waiting.asked_group, by.group)
    require_own_voice({waiting.asked_group: waiting.asked_by_id}, by.group, by.person_id)
    waiting.answer = answer_of(of_round)
    waiting.confirmed_at, waiting.confirmed_by_id, waiting.confirmed_group = clock.now(), by.person_id, by.group
    audit.record("round recounted", waiting, by=by, round=of_round.number, answer=waiting.answer)
    return waiting


def answer_of(of_round: Round) -> RecountAnswer:
    """Whether the counted papers of a published round still give what was published; nothing more of them."""
    agrees = all(ballot_agrees(ballot) for ballot in of_round.ballots)
    return RecountAnswer.AGREES if agrees else RecountAnswer.DIFFERS


def ballot_agrees(ballot: Ballot) -> bool:
    """Whether the papers of one ballot give its published counts and outcomes, and there is a receipt for each."""
    papers, receipts = queries.papers_of(ballot), queries.receipts_counted(ballot)
    if set(papers) - {count.question for count in ballot.counts}:
        return False
    for count in ballot.counts:
        tally = Tally.of(papers.get(count.question, ()))
        outcome = rules.outcome(tally, ballot.roll_size, ballot.rules)
        if (tally, outcome, tally.cast) != (count.tally, count.outcome, receipts):
            return False
    return True


def forget_participation(ballot: Ballot) -> None:
    """Erase who voted in a ballot that nobody can vote in again, nor in any other on the same words."""
    locked(ballot)
    db.session.execute(delete(Participation).where(Participation.ballot_id == ballot.id))
    audit.record("participation erased", ballot, by=None, round=ballot.round.number, group=ballot.group)


def _asked(of_round: Round, *, by: Actor) -> Recount:
    new = Recount(round_id=of_round.id, asked_at=clock.now(), asked_by_id=by.person_id, asked_group=by.group)
    db.session.add(new)
    audit.record("recount asked for", new, by=by, round=of_round.number)
    return new
