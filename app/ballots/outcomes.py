"""What a counted ballot on a text decided, where parts of it were voted on by themselves."""

from app.ballots import service
from app.models import Ballot, Count
from app.web.backing import clauses_named
from policies.ballots import Outcome
from policies.endorsements import Form, FormKind, StanceKind
from policies.separate_votes import Decision, decision, not_carried
from policies.small_cells import ShownResult


def count_of(ballot: Ballot, question: str) -> Count:
    """The count of one question in one group's ballot."""
    return next(count for count in ballot.counts if count.question == question)


def decision_of(ballot: Ballot, current: StanceKind | None) -> Decision:
    """The stance that a counted ballot leaves, and the parts that it does not back."""
    whole = count_of(ballot, service.TEXT_QUESTION).outcome
    rerun = ballot.round.is_rerun
    return decision(ballot.form, tuple(ballot.units), whole, _apart(ballot), current, is_rerun=rerun)


def form_as_decided(ballot: Ballot) -> Form:
    """The question as its answer reads: where the whole was carried without a part, backing except that part."""
    form = Form(ballot.form, ballot.statement, tuple(ballot.units))
    if count_of(ballot, service.TEXT_QUESTION).outcome is not Outcome.CARRIED:
        return form
    failed = not_carried(_apart(ballot))
    return Form(FormKind.EXCEPT, units=failed) if failed else form


def said_of_parts(ballot: Ballot) -> str:
    """The result on each part that was voted on by itself, in sentences, as far as the small-cell rule allows."""
    if not _has_parts(ballot):
        return ""
    version, said = ballot.round.version, []
    for vote in ballot.separate_votes:
        about = clauses_named(version, [vote.unit_id])
        said.append(f"{about[0].upper()}{about[1:]} by itself ({vote.question}): {_lower(ballot.shown[vote.question])}")
    return " ".join(said)


def _lower(shown: ShownResult) -> str:
    """The result in words, without saying again why figures are not shown."""
    words = shown.outcome_word + (f", with {shown.band}" if shown.band else "")
    sentence = shown.sentence if shown.exact is not None else f"{words}."
    return lower(sentence)


def lower(sentence: str) -> str:
    """A sentence as it goes on after a colon."""
    return f"{sentence[:1].lower()}{sentence[1:]}"


def _apart(ballot: Ballot) -> dict[str, Outcome]:
    """Each part voted on by itself with its outcome; no query where there is none."""
    if not _has_parts(ballot):
        return {}
    return {vote.unit_id: count_of(ballot, vote.question).outcome for vote in ballot.separate_votes}


def _has_parts(ballot: Ballot) -> bool:
    return any(count.question.startswith("U") for count in ballot.counts)
