"""What a voter sees: the ballot paper, the page to check it on, and the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_wtf import FlaskForm

from app import clock
from app.ballots import presenters, queries, wording
from app.ballots.forms import questions_on
from app.ballots.presenters import Link, QuestionsTogether
from app.ballots.queries import RoundAsSeen
from app.models import Ballot, Round, Stance
from app.web.backing import backed_words
from app.web.documents import ShownNode
from app.web.filters import minute
from app.web.redlines import Reading
from policies.ballots import Choice, RoundKind
from policies.endorsements import Form
from policies.groups import Group, group_named
from policies.standing_orders import QuorumMode
from policies.text.render import plain


@dataclass(frozen=True)
class PaperPage:
    """A ballot paper: the whole question with its exact words, and what each answer means."""

    number: int
    name: str
    title: str
    plank: Link
    version: Link
    group: Group
    asked: str
    statement: str
    left_out: Sequence[str]
    meanings: Sequence[str]
    closes: str
    sha256: str
    nodes: Sequence[ShownNode]
    together: Sequence[QuestionsTogether]
    reading: Reading


@dataclass(frozen=True)
class CheckedChoice:
    """One question with the choice made, to be read once more."""

    question: str
    word: str


@dataclass(frozen=True)
class CheckPage:
    """A filled-in paper before it is cast."""

    number: int
    title: str
    asked: str
    choices: Sequence[CheckedChoice]
    fields: dict[str, str]


@dataclass(frozen=True)
class ReceiptPage:
    """A receipt, shown to its voter alone."""

    number: int
    name: str
    title: str
    receipt: str
    closes: str
    is_over: bool


def paper_page(seen: RoundAsSeen, ballot: Ballot) -> PaperPage:
    """The paper of one group's ballot."""
    of_round, group = seen.round, group_named(ballot.group)
    return PaperPage(
        number=of_round.number,
        name=of_round.name,
        title=of_round.version.title,
        plank=presenters.plank_link(of_round.plank),
        version=presenters.version_link(of_round),
        group=group,
        asked=_asked(of_round, ballot),
        statement=ballot.statement,
        left_out=[plain(unit.markdown) for unit in of_round.version.units if unit.unit_id in ballot.units],
        meanings=[*_meanings(of_round, ballot), _quorum(ballot)],
        closes=minute(of_round.closes_at),
        sha256=of_round.version.sha256,
        nodes=presenters.shown_text(of_round),
        together=presenters.questions_of(of_round),
        reading=presenters.reading_of(of_round, "ballots.vote"),
    )


def check_page(seen: RoundAsSeen, ballot: Ballot, form: FlaskForm) -> CheckPage:
    """A complete paper, with each choice in words."""
    of_round = seen.round
    names = dict(questions_on(of_round))
    made = {name: Choice(form[name].data) for name in names}
    return CheckPage(
        number=of_round.number,
        title=of_round.version.title,
        asked=_asked(of_round, ballot),
        choices=[CheckedChoice(names[name], wording.CHOICE_WORDS[choice]) for name, choice in made.items()],
        fields={name: choice.value for name, choice in made.items()},
    )


def is_to_be_changed() -> bool:
    """Whether the voter asked for the filled-in paper back."""
    return request.form.get("step") == "change"


def receipt_page(seen: RoundAsSeen, receipt: str) -> ReceiptPage:
    """The receipt kept in the voter's own session."""
    of_round = seen.round
    return ReceiptPage(
        number=of_round.number,
        name=of_round.name,
        title=of_round.version.title,
        receipt=receipt,
        closes=minute(of_round.closes_at),
        is_over=of_round.closes_at is not None and clock.now() >= of_round.closes_at,
    )


def _asked(of_round: Round, ballot: Ballot) -> str:
    group = group_named(ballot.group)
    if of_round.kind is RoundKind.AMENDMENTS:
        return (
            f"Shall version {of_round.version.name} be amended like this? The {group.title} decides on each amendment."
        )
    form = Form(ballot.form, ballot.statement, tuple(ballot.units))
    return wording.asked(form, group_named(ballot.group), of_round)


def _meanings(of_round: Round, ballot: Ballot) -> list[str]:
    these, other = queries.backing(of_round, ballot.group), queries.other_backing(of_round, ballot.group)
    if of_round.kind is RoundKind.AMENDMENTS:
        return wording.meanings_of_amendments(_backed(these or other))
    form = Form(ballot.form, ballot.statement, tuple(ballot.units))
    return wording.meanings(form, _backed(other), these is not None)


def _backed(stance: Stance | None) -> str | None:
    return None if stance is None else backed_words(stance.version.name, stance)


def _quorum(ballot: Ballot) -> str:
    if ballot.rules.quorum_mode is QuorumMode.APPROVAL:
        return "A decision needs enough yes votes; abstaining or staying away does not help to reach them."
    return "A decision needs enough votes cast, and abstentions count towards them."
