"""What happened in a demonstration before you came: planks and rounds in every state, brought about by its people."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from app.amendments import service as amendments
from app.ballots import queries as ballot_queries
from app.ballots import service as ballots
from app.composites import service as composites
from app.demonstration.members import Cast
from app.extensions import db
from app.models import Amendment, Plank, Round, Version
from app.mps import service as mps
from app.notices import service as notices
from app.offers import service as offers
from app.planks import queries as plank_queries
from app.planks import service as planks
from app.rounds import service as rounds
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.ballots import Choice, RoundKind
from policies.composites import Answer
from policies.endorsements import Form
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from policies.positions import PositionKind

# How many of a hundred voters say yes and no; the others abstain.
Lean = tuple[int, int]
FOR: Lean = (78, 16)
AGAINST: Lean = (31, 62)
ENOUGH_VOTERS = 24


def propose(by: Actor, theme_slug: str, title: str, text: str, reason: str) -> int:
    """Begin a plank; it stays a draft. Returns its id, as the other functions here do."""
    with transaction():
        return planks.begin(plank_queries.theme(theme_slug), title, text, reason, by=by).id


def submit(plank_id: int, by: Actor) -> None:
    """Submit a draft."""
    with transaction():
        planks.submit(_plank(plank_id), by=by)


def second(plank_id: int, seconders: Iterable[Actor]) -> None:
    """Have each of these second a plank."""
    for seconder in seconders:
        with transaction():
            planks.second(_plank(plank_id), by=seconder)


def rule(plank_id: int, verdict: str, reason: str, clerks: Iterable[Actor]) -> None:
    """Have each of these clerks say the same."""
    for clerk in clerks:
        with transaction():
            rulings.rule(_plank(plank_id), verdict, reason, by=clerk)


def withdraw(plank_id: int, by: Actor) -> None:
    """Have its mover withdraw a plank."""
    with transaction():
        planks.withdraw(_plank(plank_id), by=by)


def archive(plank_id: int, reason: str, clerks: Iterable[Actor]) -> None:
    """Have clerks of all groups archive a plank."""
    for clerk in clerks:
        with transaction():
            rulings.archive(_plank(plank_id), reason, by=clerk)


def put_together(by: Actor, clauses: Mapping[int, Sequence[int]], title: str, reason: str) -> int:
    """Begin a composite in the theme of its first plank: of each plank the clauses at these places of its text."""
    with transaction():
        versions = {plank_id: _working(plank_id) for plank_id in clauses}
        chosen = [
            (version, version.units[place].unit_id)
            for plank_id, version in versions.items()
            for place in clauses[plank_id]
        ]
        return composites.begin(chosen, chosen[0][0].plank.theme, title, reason, by=by).id


def accept(plank_id: int, composite_id: int, by: Actor) -> None:
    """Have the mover of a plank accept that it ends in a composite."""
    with transaction():
        composites.answer(_plank(plank_id), _plank(composite_id).ref, Answer.ACCEPTED, by=by)


def amend(plank_id: int, by: Actor, old: str, new: str, reason: str) -> int:
    """Submit an amendment that puts `new` for `old`, which must stand in the working text."""
    with transaction():
        version = _working(plank_id)
        if old not in version.text:
            raise LookupError(f"“{old}” is not in the text of plank {plank_id}.")
        text = version.text.replace(old, new, 1)
        drafted = amendments.begin(_plank(plank_id), version.title, text, reason, None, by=by)
        amendments.submit(drafted, by=by)
        return drafted.id


def second_amendment(amendment_id: int, by: Actor) -> None:
    """Second an amendment."""
    with transaction():
        amendments.second(db.session.get_one(Amendment, amendment_id), by=by)


def object_to(amendment_id: int, reason: str, by: Actor) -> None:
    """Object to adopting an amendment without a round."""
    with transaction():
        amendments.object_to(db.session.get_one(Amendment, amendment_id), reason, by=by)


def offer_wording(amendment_id: int, by: Actor, old: str, new: str, reason: str) -> int:
    """Offer the mover of an amendment another wording: the amendment's, with `new` for `old`."""
    with transaction():
        amendment = db.session.get_one(Amendment, amendment_id)
        revision = amendment.revision
        if revision is None or old not in revision.text:
            raise LookupError(f"“{old}” is not in the text of amendment {amendment_id}.")
        text = revision.text.replace(old, new, 1)
        return offers.make(amendment, revision.title, text, reason, seen=revision.number, by=by).id


def follow(plank_ids: Iterable[int], followers: Iterable[Actor]) -> None:
    """Have each of these follow some planks."""
    with transaction():
        for follower in followers:
            for plank_id in plank_ids:
                notices.follow(_plank(plank_id), by=follower)


def read_notices(readers: Iterable[Actor]) -> None:
    """Have each of these read what they have been told so far."""
    with transaction():
        for reader in readers:
            notices.mark_all_read(by=reader)


def prepare(plank_id: int, by: Actor, kind: RoundKind = RoundKind.ENDORSEMENT) -> int:
    """Prepare a round on the working text."""
    with transaction():
        return rounds.prepare(_plank(plank_id), _working(plank_id), kind, by=by).id


def agree_to_open(round_id: int, cast: Cast, forms: Mapping[str, Form] | None = None) -> None:
    """Have a clerk of each group agree to a round, with the form put to that group."""
    for group in GROUP_KEYS:
        with transaction():
            rounds.agree_to_open(_round(round_id), (forms or {}).get(group, Form()), by=cast.clerk(group))


def vote(
    round_id: int,
    voters: Mapping[str, Sequence[Actor]],
    leans: Mapping[str, Lean],
    on_questions: Mapping[str, Lean] | None = None,
) -> None:
    """Have voters of each group cast their papers, leaning as their group is said to, or as is said of a question."""
    for group, lean in leans.items():
        with transaction():
            of_round = _round(round_id)
            for place, voter in enumerate(voters[group]):
                cast_paper(of_round, voter, place, lean, on_questions)


def cast_paper(
    of_round: Round, voter: Actor, place: int, lean: Lean, on_questions: Mapping[str, Lean] | None = None
) -> bool:
    """Have one voter cast a paper, unless they may not or have done; `place` settles how, given the lean."""
    seen = ballot_queries.seen_by(voter, of_round)
    if seen.ballot is None or seen.has_voted:
        return False
    names = ballots.questions_of(seen.ballot)
    ballots.cast(seen, {name: _choice(place, (on_questions or {}).get(name, lean)) for name in names}, by=voter)
    return True


def take_position(plank_id: int, kind: PositionKind, by: Actor, statement: str = "") -> None:
    """Have an MP record a position on the working text."""
    with transaction():
        mps.record(_working(plank_id), kind, statement, by=by)


def some(cast: Cast, number: int = ENOUGH_VOTERS) -> dict[str, list[Actor]]:
    """So many voters of each group."""
    return {group: list(islice(voters, number)) for group, voters in cast.voters.items()}


def _choice(place: int, lean: Lean) -> Choice:
    """Spread the choices evenly over the voters, so that a part of them leans like the whole."""
    share = place * 37 % 100
    if share < lean[0]:
        return Choice.YES
    return Choice.NO if share < sum(lean) else Choice.ABSTAIN


def unit_saying(plank_id: int, words: str) -> str:
    """The id of the first unit of a plank's working text in which these words stand."""
    with transaction():
        return next(unit.unit_id for unit in _working(plank_id).units if words in unit.markdown)


def _plank(plank_id: int) -> Plank:
    return db.session.get_one(Plank, plank_id)


def _round(round_id: int) -> Round:
    return db.session.get_one(Round, round_id)


def _working(plank_id: int) -> Version:
    version = _plank(plank_id).working_version
    if version is None:
        raise LookupError(f"Plank {plank_id} has no text.")
    return version
