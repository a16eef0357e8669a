"""The forms of rounds: preparing one, agreeing to open it, cancelling it."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.models import Plank, Round, Version
from app.rounds import queries
from app.web.filters import summary
from app.web.forms import given, no_longer_than, passage
from policies import endorsements
from policies.ballots import RoundKind
from policies.endorsements import COUNTING, STATEMENT_CHARACTERS, Form, FormKind
from policies.errors import RuleBroken
from policies.permissions import Actor
from policies.planks import REASON_CHARACTERS

WORKING, AGREED, AMENDMENTS = "working", "agreed", "amendments"
NOW, LATER = "now", "later"
FORM_LABELS: dict[FormKind, str] = {
    FormKind.ENDORSE: "Whether it backs these words",
    FormKind.RESERVE: "Whether it backs them with a reservation, which is printed beside the text",
    FormKind.EXCEPT: "Whether it backs them except some parts, which are put in brackets",
    FormKind.WITHDRAW: "Whether it withdraws its backing of them",
}


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
    """The form with what can be decided on `plank` now; it begins with its newest text, since nothing binds yet."""
    offered = _questions(plank, amendments)
    form = PrepareForm(question=WORKING)
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


class TickedField(SelectMultipleField):
    """Several answers, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
    validate_choice = False


class OpeningForm(FlaskForm):
    """The question a clerk puts to the own group. Nothing is preselected: it binds."""

    form = RadioField(
        "What is your group asked?", [InputRequired("Choose what your group is asked.")], validate_choice=False
    )
    statement = TextAreaField("The reservation, in your group’s words", filters=[passage, str.strip])
    units = TickedField("Parts your group leaves out", validate_choice=False)

    def prepared_for(self, of_round: Round, actor: Actor) -> "OpeningForm":
        """The form with the questions that make sense for this round and group."""
        self.of_round, self.stance = of_round, queries.stance_on(of_round.version_id, actor.group or "")
        self.kinds = _kinds(of_round, self.stance in COUNTING)
        self.form.choices = {kind.value: FORM_LABELS[kind] for kind in self.kinds}
        if of_round.kind is RoundKind.AMENDMENTS:
            self.form.choices = {FormKind.ENDORSE.value: "Yes, no or abstain to each amendment, like every group"}
        self.units.choices = {unit.unit_id: _unit_label(unit) for unit in of_round.version.units}
        return self

    @property
    def asked(self) -> Form:
        """What was chosen."""
        return Form(FormKind(self.form.data), self.statement.data or "", tuple(self.units.data or ()))

    def validate(self, extra_validators: Any = None) -> bool:
        """What the rulebook says of the form, beside the field in which to mend it."""
        if not super().validate(extra_validators):
            return False
        if self.form.data not in self.kinds:
            self.form.errors = ["Choose one of the questions shown."]
            return False
        units = {unit.unit_id for unit in self.of_round.version.units}
        try:
            endorsements.require_sound_form(self.asked, unit_ids=units, current=self.stance)
        except RuleBroken as refusal:
            self._at_fault().errors = [str(refusal)]
            return False
        return True

    def _at_fault(self) -> Any:
        statement, kind = self.statement.data or "", self.asked.kind
        if (kind is FormKind.RESERVE) != bool(statement.strip()) or len(statement) > STATEMENT_CHARACTERS:
            return self.statement
        return self.units if kind is FormKind.EXCEPT or self.units.data else self.form


class CancelForm(FlaskForm):
    """Why a round is cancelled before it opens."""

    reason = TextAreaField(
        "Why is it cancelled?",
        [given("Say why the round is cancelled; its page will show this."), no_longer_than(REASON_CHARACTERS)],
        filters=[passage],
    )


def _kinds(of_round: Round, is_backed: bool) -> list[FormKind]:
    if of_round.kind is RoundKind.AMENDMENTS:
        return [FormKind.ENDORSE]
    return [kind for kind in FormKind if is_backed or kind is not FormKind.WITHDRAW]


def _unit_label(unit: Any) -> str:
    words = summary(unit.markdown, 90)
    return f"{unit.clause}: {words}" if unit.clause else words
