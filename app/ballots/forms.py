"""The forms of ballots: the paper, and a receipt to be looked for."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, InputRequired

from app.ballots import service
from app.ballots.wording import CHOICE_WORDS
from app.models import Ballot
from app.web.backing import clauses_named
from app.web.forms import given, no_longer_than, one_line
from policies.ballots import Choice, RoundKind

CHOICES = {choice.value: words for choice, words in CHOICE_WORDS.items()}


class ReceiptForm(FlaskForm):
    """A receipt that a voter wants to find again."""

    receipt = StringField(
        "Your receipt",
        [given("Type the receipt you were given when you voted."), no_longer_than(100)],
        filters=[one_line],
    )

    @property
    def code(self) -> str:
        """The receipt without the spaces people write it with."""
        return "".join((self.receipt.data or "").split()).lower()


def paper_form(ballot: Ballot) -> FlaskForm:
    """A ballot paper: one question for the text and each part apart, or for each amendment. Nothing is preselected."""
    fields: dict[str, Any] = {name: _question(about) for name, about in questions_on(ballot).items()}
    paper: type[FlaskForm] = type("Paper", (FlaskForm,), fields)
    return paper()


def questions_on(ballot: Ballot) -> dict[str, str]:
    """The questions on a paper by name, and what each is about: "A3", "clause 2", "the whole", or nothing if alone."""
    if ballot.round.kind is RoundKind.AMENDMENTS:
        return {name: name for name in service.question_names(ballot.round)}
    version = ballot.round.version
    apart = {vote.question: clauses_named(version, [vote.unit_id]) for vote in ballot.separate_votes}
    return {**apart, service.TEXT_QUESTION: "the whole" if apart else ""}


def label_of(about: str) -> str:
    """How a question is called on the paper."""
    return f"Your vote on {about}" if about else "Your vote"


def choices_on(form: FlaskForm, ballot: Ballot) -> dict[str, Choice]:
    """The choices made on a paper that is complete."""
    return {name: Choice(form[name].data) for name in service.questions_of(ballot)}


def _question(about: str) -> RadioField:
    needed = f"Choose yes, no or abstain for {about}." if about else "Choose yes, no or abstain."
    label = label_of(about)
    offered = AnyOf(list(CHOICES), needed)
    return RadioField(label, [InputRequired(needed), offered], choices=CHOICES, validate_choice=False)
