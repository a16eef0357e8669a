"""The form in which a clerk agrees that a round opens, with every question that can be put to the own group."""

from datetime import date
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.amendments import service as amendments
from app.amendments.presenters import compared
from app.models import Revision, Round
from app.rounds import asking, queries
from app.web.filters import summary
from app.web.forms import one_line, passage
from policies.ballots import RoundKind
from policies.endorsements import COUNTING, STATEMENT_CHARACTERS, Condition, Form, FormKind
from policies.errors import RuleBroken
from policies.permissions import Actor

OWN_TEXT = "own"
PREVIEW, CHANGE = "preview", "change"
# As many other texts are offered as a page can show; any other can be given as a text of one's own.
MOST_OFFERED = 30
FORM_LABELS: dict[FormKind, str] = {
    FormKind.ENDORSE: "Whether it backs these words",
    FormKind.RESERVE: "Whether it backs them with a reservation, which is printed beside the text",
    FormKind.EXCEPT: "Whether it backs them except some units, which are put in brackets",
    FormKind.CONDITIONAL: "Whether it would back another exact text, if that is adopted by a certain day",
    FormKind.WITHDRAW: "Whether it withdraws its backing of them",
}


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
    units = TickedField("Units your group leaves out", validate_choice=False)
    separate = TickedField("Units your group votes on by themselves, before the whole", validate_choice=False)
    other = RadioField("The other text", [Optional()], validate_choice=False)
    other_title = StringField("Title of a text of our own", filters=[one_line])
    other_text = TextAreaField("Words of a text of our own", filters=[passage])
    by_date = DateField("To be adopted by", [Optional()])

    def prepared_for(self, of_round: Round, actor: Actor) -> "OpeningForm":
        """The form with the questions that make sense for this round and group."""
        self.of_round, self.group = of_round, actor.group or ""
        self.kinds = _kinds(of_round, queries.stance_on(of_round.version_id, self.group) in COUNTING)
        self.form.choices = {kind.value: FORM_LABELS[kind] for kind in self.kinds}
        if of_round.kind is RoundKind.AMENDMENTS:
            self.form.choices = {FormKind.ENDORSE.value: "Yes, no or abstain to each amendment, like every group"}
        units = {unit.unit_id: _unit_label(unit) for unit in of_round.version.units}
        self.units.choices = self.separate.choices = units
        self.offered = _texts_on_the_table(of_round)
        self.other.choices = {name: label for name, (label, _) in self.offered.items()}
        self.other.choices[OWN_TEXT] = "A text of our own, written below"
        return self

    @property
    def asked(self) -> Form:
        """What was chosen."""
        return Form(
            FormKind(self.form.data),
            self.statement.data or "",
            tuple(self.units.data or ()),
            self._condition(),
            tuple(self.separate.data or ()),
        )

    @property
    def wants(self) -> str:
        """Whether the papers are to be previewed, or the form is to be changed once more."""
        return request.form.get("step", "")

    def carried(self) -> list[tuple[str, str]]:
        """Everything that was sent, to be sent again from the preview."""
        names = [one.name for one in self if one.name != "csrf_token"]
        return [(name, value) for name in names for value in request.form.getlist(name)]

    def validate(self, extra_validators: Any = None) -> bool:
        """What the rulebook says of the form, beside the field in which to mend it."""
        if not super().validate(extra_validators):
            if self.by_date.errors:
                self.by_date.errors = ["Write the day with its year, as 2027-05-03."]
            return False
        if self.form.data not in self.kinds:
            self.form.errors = ["Choose one of the questions shown."]
            return False
        if self.form.data == FormKind.CONDITIONAL and self._condition() is None:
            field = self.by_date if self.other.data else self.other
            field.errors = ["Choose the other text and the day by which it is to be adopted."]
            return False
        try:
            asking.require_sound(self.of_round, self.asked, self.group)
        except RuleBroken as refusal:
            self._at_fault().errors = [str(refusal)]
            return False
        return True

    def _condition(self) -> Condition | None:
        by_date: date | None = self.by_date.data
        if not self.other.data or by_date is None:
            return None
        if self.other.data == OWN_TEXT:
            return Condition.of(self.other_title.data or "", self.other_text.data or "", by_date)
        if self.other.data not in self.offered:
            return None
        revision = self.offered[self.other.data][1]
        return Condition.of(revision.title, revision.text, by_date)

    def _at_fault(self) -> Any:
        statement, kind = self.statement.data or "", self.asked.kind
        if (kind is FormKind.RESERVE) != bool(statement.strip()) or len(statement) > STATEMENT_CHARACTERS:
            return self.statement
        if kind is FormKind.EXCEPT or self.units.data:
            return self.units
        if self.separate.data:
            return self.separate
        return self._of_condition() if kind is FormKind.CONDITIONAL or self.other.data else self.form

    def _of_condition(self) -> Any:
        return self.other if asking.is_in_time(self.of_round, self.asked) else self.by_date


def _texts_on_the_table(of_round: Round) -> dict[str, tuple[str, Revision]]:
    """What each open amendment of the plank makes of the text, consensus wordings among them, by its name."""
    if of_round.kind is RoundKind.AMENDMENTS or of_round.version_id != of_round.plank.working_version_id:
        return {}
    found = {}
    for amendment in amendments.votable_on(of_round.plank)[:MOST_OFFERED]:
        if amendment.revision is not None and amendment.name:
            changes = compared(of_round.version.document, amendment.revision.document).sentence
            offered = ", a consensus wording" if amendment.is_consensus else ""
            found[amendment.name] = (f"With {amendment.name}{offered}: {changes}", amendment.revision)
    return found


def _kinds(of_round: Round, is_backed: bool) -> list[FormKind]:
    if of_round.kind is RoundKind.AMENDMENTS:
        return [FormKind.ENDORSE]
    unfit = FormKind.CONDITIONAL if is_backed else FormKind.WITHDRAW
    return [kind for kind in FormKind if kind is not unfit]


def _unit_label(unit: Any) -> str:
    words = summary(unit.markdown, 90)
    return f"{unit.clause}: {words}" if unit.clause else words
