"""The forms of complaints: sending one, and answering."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField, ValidationError

from app.people.addresses import can_be_an_address, canonical
from app.web.forms import as_ruled, given, no_longer_than, one_line, passage
from policies.complaints import ANSWER_CHARACTERS, ComplaintStep, require_words
from policies.errors import RuleBroken

STEPS = {ComplaintStep.PROGRESS.name: "Say how far it is", ComplaintStep.ANSWER.name: "Say the outcome, which ends it"}


class ComplaintForm(FlaskForm):
    """What is wrong with how personal data is used. Nobody is asked for a name."""

    words = TextAreaField("What is wrong?", [as_ruled(require_words)], filters=[passage, str.strip])
    contact = StringField("E-mail address for the answer (if you like)", filters=[one_line], default="")

    def validate_contact(self, contact: StringField) -> None:
        """An address, if anything."""
        if contact.data:
            try:
                can_be_an_address(contact.data)
            except RuleBroken as refusal:
                raise ValidationError(str(refusal)) from None

    @property
    def address(self) -> str:
        """The address in canonical form, or nothing."""
        return canonical(self.contact.data) if self.contact.data else ""


class AnswerForm(FlaskForm):
    """A word to whoever complained."""

    step = RadioField("What do you do?", choices=STEPS, validate_choice=False)
    words = TextAreaField(
        "What they read",
        [given("Write what whoever complained is to read."), no_longer_than(ANSWER_CHARACTERS)],
        filters=[passage, str.strip],
    )

    def validate_step(self, step: RadioField) -> None:
        """One of the two."""
        if step.data not in STEPS:
            raise ValidationError("Choose whether this is word of progress or the outcome.")
