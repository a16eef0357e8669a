"""The form in which a clerk says why another clerk's office is to end."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from app.web.forms import given, no_longer_than, passage
from policies.membership import REASON_CHARACTERS


class ProposalForm(FlaskForm):
    """Proposing a member as a clerk: a button and no more."""

    reason = None

    @property
    def why(self) -> str:
        """No reason is asked for."""
        return ""


class EndForm(FlaskForm):
    """Proposing that an office end."""

    reason = TextAreaField(
        "Why?",
        [given("Write the reason. The clerk concerned reads it."), no_longer_than(REASON_CHARACTERS)],
        filters=[passage],
    )

    @property
    def why(self) -> str:
        """The reason written."""
        return self.reason.data or ""
