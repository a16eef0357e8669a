"""The forms of a pause: how long and why, and which asking is confirmed."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import NumberRange

from app.web.forms import given, no_longer_than, passage
from policies.suspensions import LONGEST_DAYS, REASON_CHARACTERS

HOW_LONG = f"Choose a number of days from 1 to {LONGEST_DAYS}."


class PauseForm(FlaskForm):
    """For how many days, and why."""

    days = IntegerField("For how many days", [NumberRange(1, LONGEST_DAYS, HOW_LONG)])
    reason = TextAreaField(
        "Why", [given("Write the reason. Everybody can read it."), no_longer_than(REASON_CHARACTERS)], filters=[passage]
    )

    def validate_days(self, days: IntegerField) -> None:
        """Digits that are no number get the same words."""
        if days.data is None:
            days.errors = [HOW_LONG]


class ConfirmForm(FlaskForm):
    """Which asking lies before the clerk."""

    seen = HiddenField()

    @property
    def seen_id(self) -> int:
        """Its id; of anything else, none."""
        written = self.seen.data or ""
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
