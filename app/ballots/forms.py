"""The forms of rounds and ballots: preparing, agreeing to open, cancelling, voting, checking a receipt."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, InputRequired

from app.ballots import service
from app.ballots.wording import CHOICE_WORDS
from app.models import Round
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


def paper_form(of_round: Round) -> FlaskForm:
    """A ballot paper: one question for the text, or one for each amendment. Nothing is preselected."""
    fields: dict[str, Any] = {name: _question(name, label) for name, label in questions_on(of_round)}
    paper: type[FlaskForm] = type("Paper", (FlaskForm,), fields)
    return paper()


def questions_on(of_round: Round) -> Sequence[tuple[str, str]]:
    """The name of each question on the paper, and how it is called there."""
    if of_round.kind is RoundKind.ENDORSEMENT:
        return [(service.TEXT_QUESTION, "Your vote")]
    return [(name, f"Your vote on {name}") for name in service.question_names(of_round)]


def choices_on(form: FlaskForm, of_round: Round) -> dict[str, Choice]:
    """The choices made on a paper that is complete."""
    return {name: Choice(form[name].data) for name in service.question_names(of_round)}


def _question(name: str, label: str) -> RadioField:
    needed = "Choose yes, no or abstain."
    if name != service.TEXT_QUESTION:
        needed = f"Choose yes, no or abstain for {name}."
    offered = AnyOf(list(CHOICES), needed)
    return RadioField(label, [InputRequired(needed), offered], choices=CHOICES, validate_choice=False)
