"""The forms of planks: proposing one, ruling on it, archiving it."""

from dataclasses import dataclass, field

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField, ValidationError

from app.web.forms import given, no_longer_than
from policies.planks import REASON_CHARACTERS

VERDICTS = [("in_order", "In order"), ("out_of_order", "Out of order")]


class RulingForm(FlaskForm):
    """A clerk's word on a plank, for the own group."""

    verdict = RadioField(
        "Is this plank in order?",
        [given("Choose whether the plank is in order.")],
        choices=VERDICTS,
        validate_choice=False,
    )
    reason = TextAreaField("Reason", [no_longer_than(REASON_CHARACTERS)])

    def validate_verdict(self, verdict: RadioField) -> None:
        """Only the two words offered."""
        if verdict.data not in dict(VERDICTS):
            raise ValidationError("Choose whether the plank is in order.")

    def validate_reason(self, reason: TextAreaField) -> None:
        """A plank is ruled out with a written reason."""
        if self.verdict.data == "out_of_order" and not (reason.data or "").strip():
            raise ValidationError("Say why the plank is out of order, so that its mover can mend it.")


class ArchiveForm(FlaskForm):
    """A clerk's wish to archive a plank, for the own group."""

    reason = TextAreaField(
        "Why does it belong in the archive?",
        [
            given("Say why the plank belongs in the archive; its page will show this."),
            no_longer_than(REASON_CHARACTERS),
        ],
    )


@dataclass(frozen=True)
class PlankForms:
    """The forms a plank's page can show."""

    ruling: RulingForm = field(default_factory=RulingForm)
    archive: ArchiveForm = field(default_factory=ArchiveForm)
