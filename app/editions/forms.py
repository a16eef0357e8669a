"""A clerk's word on a proposed edition."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField, ValidationError

from app.web.forms import no_longer_than, passage
from policies.editions import REASON_CHARACTERS

ANSWERS = {"yes": "Yes, publish it as it stands", "no": "No"}


class AnswerForm(FlaskForm):
    """Yes or no, for the own group."""

    answer = RadioField("Is this edition to be published?", choices=ANSWERS, validate_choice=False)
    reason = TextAreaField("Why not", [no_longer_than(REASON_CHARACTERS)], filters=[passage])

    def validate_answer(self, answer: RadioField) -> None:
        """Yes or no, and neither is chosen beforehand."""
        if answer.data not in ANSWERS:
            raise ValidationError("Choose yes or no.")

    def validate_reason(self, reason: TextAreaField) -> None:
        """A no has a reason."""
        if self.answer.data == "no" and not reason.data:
            raise ValidationError("Say why not, so that the other clerks know what to mend.")
