"""The forms of rounds: preparing one, agreeing to open it, cancelling it."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import AnyOf, InputRequired

from app.models import Plank, Version
from app.web.forms import given, no_longer_than, passage
from policies.ballots import RoundKind
from policies.endorsements import Form
from policies.planks import REASON_CHARACTERS

WORKING, AGREED, AMENDMENTS = "working", "agreed", "amendments"
NOW, LATER = "now", "later"


class PrepareForm(FlaskForm):
    """What a round is to decide, and whether the clerk who prepares it agrees for the own group in the same act."""

    question = RadioField(
        "What is to be decided?", [InputRequired("Choose what is to be decided.")], validate_choice=False
    )
    agreement = RadioField(
        "Do you agree for your group to open it?",
        [InputRequired("Say whether you agree now."), AnyOf([NOW, LATER], "Choose one of the two answers shown.")],
        choices={
            NOW: "Yes, and my group is asked the plain question",
            LATER: "Not yet: I choose my group’s question on the next page",
        },
        validate_choice=False,
    )

    @property
    def form(self) -> Form | None:
        """The plain question where the clerk agrees at once."""
        return Form() if self.agreement.data == NOW else None


def prepare_form(plank: Plank, amendments: int) -> PrepareForm:
    """The form with what can be decided on `plank` now; nothing is chosen for the clerk."""
    offered = _questions(plank, amendments)
    form = PrepareForm()
    form.question.choices = offered
    form.question.validators = [*form.question.validators, AnyOf(list(offered), "Choose one of the questions shown.")]
    return form


def asked(plank: Plank, question: str) -> tuple[Version | None, RoundKind]:
    """The version and the kind of round that a question of that form stands for."""
    version = plank.agreed_version if question == AGREED else plank.working_version
    return version, RoundKind.AMENDMENTS if question == AMENDMENTS else RoundKind.ENDORSEMENT


def _questions(plank: Plank, amendments: int) -> dict[str, str]:
    working, agreed = plank.working_version, plank.agreed_version
    if working is None:
        return {}
    offered = {WORKING: f"Who backs version {working.name}, the text as it is now"}
    if agreed is not None and agreed.id != working.id:
        offered[AGREED] = f"Who backs version {agreed.name}, the agreed text"
    if amendments:
        open_ones = "the open amendment" if amendments == 1 else f"each of the {amendments} open amendments"
        offered[AMENDMENTS] = f"Yes or no to {open_ones} to version {working.name}"
    return offered


class CancelForm(FlaskForm):
    """Why a round is cancelled before it opens."""

    reason = TextAreaField(
        "Why is it cancelled?",
        [given("Say why the round is cancelled; its page will show this."), no_longer_than(REASON_CHARACTERS)],
        filters=[passage],
    )
