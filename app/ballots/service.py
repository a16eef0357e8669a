"""What clerks and members do in a round: prepare it, agree to open it, cancel it, vote."""

from collections.abc import Mapping, Sequence

from sqlalchemy.exc import IntegrityError

from app import clock
from app.amendments import service as amendments
from app.audit import service as audit
from app.ballots import queries
from app.ballots.queries import RoundAsSeen
from app.extensions import db
from app.models import Ballot, OpenPaper, Participation, Plank, Revision, Round, RoundOpening, Version, locked
from app.models.rounds import new_receipt
from app.numbers import next_number
from policies import ballots as rules
from policies import endorsements, standing_orders
from policies.ballots import Choice, RoundKind, RoundStage, RoundStep
from policies.endorsements import Form, FormKind
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from policies.planks import Stage
from policies.small_cells import may_list_receipts as may_list_receipts_of

TEXT_QUESTION = "text"
ALREADY_VOTED = (
    "You have already voted in this round. A vote is final, so nothing was changed."
    " If you saw no receipt, your vote counts all the same."
)


def prepare(plank: Plank, version: Version | None, kind: RoundKind, *, form: Form | None = None, by: Actor) -> Round:
    """Prepare a round on one version of an open plank. Nothing opens until clerks of two groups agree.

    With `form`, the clerk who prepares it agrees for the own group in the same act.
    """
    locked(plank)
    require_can_be_prepared(plank)
    version = _require_votable(plank, version, kind)
    new = Round(
        number=next_number("round"),
        plank=plank,
        version=version,
        kind=kind,
        groups=list(GROUP_KEYS),
        prepared_by_id=by.person_id,
        prepared_group=by.group,
        prepared_at=clock.now(),
    )
    db.session.add(new)
    audit.record("round prepared", new, by=by, kind=kind, plank=plank.id, version=version.id, sha256=version.sha256)
    if form is not None:
        agree_to_open(new, form, by=by)
    return new


def require_can_be_prepared(plank: Plank) -> None:
    """One round at a time, on an open plank."""
    live = queries.live_on(plank)
    rules.require_round_can_be_prepared(plank.stage is Stage.OPEN, other_rounds=0 if live is None else 1)


def agree_to_open(of_round: Round, form: Form, *, by: Actor) -> None:
    """Agree for the own group that the round opens, with the form put to that group.

    When clerks of two groups have agreed, the notice begins to run. Until the round opens, a group can change its form.
    """
    locked(of_round.plank)
    locked(of_round)
    require_can_be_agreed(of_round)
    group = by.group or ""
    _require_sound_form(of_round, form, group)
    opening = db.session.get(RoundOpening, (of_round.id, group))
    if opening is None:
        opening = RoundOpening(round_id=of_round.id, group=group)
        of_round.openings.append(opening)
    opening.clerk_id, opening.agreed_at = by.person_id or 0, clock.now()
    opening.form, opening.statement, opening.units = form.kind, form.statement, list(form.units)
    if of_round.opens_at is None and len(of_round.openings) >= rules.GROUPS_TO_OPEN:
        orders = standing_orders.load()
        of_round.opens_at, of_round.closes_at = rules.opening_times(clock.now(), list(orders.values()))
    audit.record("round agreed to", of_round, by=by, form=form.kind, opens_at=_stamp(of_round))


def require_can_be_agreed(of_round: Round) -> None:
    """A round still to be opened, on a text that can still be voted on. A re-run opens by itself."""
    rules.next_stage(of_round.stage, RoundStep.OPEN)
    if of_round.is_rerun:
        raise RuleBroken("A re-run asks what was asked before and opens by itself, so there is nothing to agree to.")
    if of_round.plank.stage is not Stage.OPEN:
        raise RuleBroken(f"The plank is {of_round.plank.stage.words} now. Cancel this round.")
    _require_votable(of_round.plank, of_round.version, of_round.kind)


def cancel(of_round: Round, reason: str, *, by: Actor | None) -> None:
    """Cancel a round before it opens. A group is not to lose its re-run, so that only the clock gives one up."""
    locked(of_round.plank)
    locked(of_round)
    if of_round.is_rerun and by is not None:
        raise RuleBroken("A re-run follows from the standing orders, so it cannot be cancelled. It opens by itself.")
    of_round.stage = rules.next_stage(of_round.stage, RoundStep.CANCEL)
    of_round.ended_reason = reason
    audit.record("round cancelled", of_round, by=by)


def cast(seen: RoundAsSeen, choices: Mapping[str, Choice], *, by: Actor) -> str:
    """Cast the one, final vote of a member in the own ballot; returns the receipt.

    Writes a participation row and a paper that nothing joins, and no audit row. A shared lock on the round makes the
    count wait for votes under way.
    """
    of_round = seen.round
    db.session.refresh(of_round, ["stage", "closes_at"], with_for_update={"read": True})
    ballot = require_may_vote(seen)
    rules.require_complete_paper(question_names(of_round), choices)
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
        raise RuleBroken("You are not on the roll of this round. Its page says who votes in it.")
    if seen.has_voted:
        raise RuleBroken(ALREADY_VOTED)
    rules.require_open_for_votes(seen.round.stage, clock.now(), seen.round.closes_at)
    return seen.ballot


def was_counted(seen: RoundAsSeen, receipt: str) -> bool:
    """Whether a paper with this receipt was counted in the own ballot; told once the round is published."""
    if seen.round.stage is not RoundStage.PUBLISHED or seen.ballot is None:
        raise RuleBroken("Receipts can be checked once the round is published. Its page says when voting closes.")
    return queries.receipt_was_counted(seen.ballot, receipt)


def question_names(of_round: Round) -> Sequence[str]:
    """What a paper of this round answers: the text, or each amendment by its number ("A3")."""
    if of_round.kind is RoundKind.ENDORSEMENT:
        return [TEXT_QUESTION]
    return [f"A{number}" for number in sorted(revision_numbers(of_round))]


def revision_numbers(of_round: Round) -> dict[int, Revision]:
    """The amendments on the paper by number, in the words voted on."""
    revisions = [question.revision for question in of_round.questions]
    return {revision.amendment.number or 0: revision for revision in revisions}


def form_for(of_round: Round, group: str) -> Form:
    """The form put to a group: the one its clerk fixed, that of the round repeated, or plain endorsement."""
    for opening in of_round.openings:
        if opening.group == group:
            return Form(opening.form, opening.statement, tuple(opening.units))
    repeated = db.session.get(Round, of_round.rerun_of_id) if of_round.rerun_of_id else None
    for ballot in repeated.ballots if repeated else []:
        if ballot.group == group:
            return Form(ballot.form, ballot.statement, tuple(ballot.units))
    return Form()


def _require_votable(plank: Plank, version: Version | None, kind: RoundKind) -> Version:
    if version is None or version.id not in {plank.working_version_id, plank.agreed_version_id}:
        raise RuleBroken("A round is held on the working text or on the agreed text. Choose one of those.")
    if kind is RoundKind.AMENDMENTS and version.id != plank.working_version_id:
        raise RuleBroken("Amendments are put to the vote on the working text. Choose that version.")
    if kind is RoundKind.AMENDMENTS and not amendments.votable_on(plank):
        raise RuleBroken("This plank has no open amendment to vote on. Prepare an endorsement round instead.")
    return version


def _require_sound_form(of_round: Round, form: Form, group: str) -> None:
    if of_round.kind is RoundKind.AMENDMENTS and form.kind is not FormKind.ENDORSE:
        raise RuleBroken("In a round on amendments every group is asked the same. Leave the form as it is.")
    endorsements.require_sound_form(
        form,
        unit_ids={unit.unit_id for unit in of_round.version.units},
        current=queries.stance_on(of_round.version_id, group),
    )


def _stamp(of_round: Round) -> str | None:
    return of_round.opens_at.isoformat() if of_round.opens_at else None


def may_list_receipts(of_round: Round, ballot: Ballot) -> bool:
    """Whether a published ballot had votes enough to list its receipts."""
    is_published = of_round.stage is RoundStage.PUBLISHED
    return is_published and may_list_receipts_of(ballot.shown.values(), yes_needed=ballot.yes_needed)


def listed_questions(of_round: Round, ballot: Ballot) -> list[str]:
    """The questions whose choices can be listed: not one that was all but unanimous, since a list shows figures."""
    if not may_list_receipts(of_round, ballot):
        return []
    shown = ballot.shown
    return [name for name in question_names(of_round) if shown[name].exact is not None]


def is_open_now(of_round: Round) -> bool:
    """Whether a vote cast at this moment counts."""
    return of_round.stage is RoundStage.OPEN and of_round.closes_at is not None and clock.now() < of_round.closes_at
