"""The forms about an MP's account: asking for it, and refusing it."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField, ValidationError

from app.mps import account_queries as queries
from app.people.addresses import can_be_an_address, canonical
from app.people.forms import FollowedLinkForm
from app.web.forms import as_ruled, given, no_longer_than, one_line, passage
from policies.errors import RuleBroken
from policies.membership import REASON_CHARACTERS
from policies.mp_accounts import require_parliaments


class AskForm(FlaskForm):
    """From which address an MP asks."""

    email = StringField("Your e-mail address at parliament.uk", [as_ruled(can_be_an_address)], filters=[one_line])

    def validate_email(self, email: StringField) -> None:
        """Parliament's domain, exactly."""
        try:
            require_parliaments(canonical(email.data or ""))
        except RuleBroken as refusal:
            raise ValidationError(str(refusal)) from None

    @property
    def address(self) -> str:
        """The address in canonical form."""
        return canonical(self.email.data or "")


class ProveForm(FollowedLinkForm):
    """The address the letter came to, and which MP one is: the letter may name another, if somebody else asked."""

    mp = SelectField("Which MP are you?", coerce=int)

    asks_address = True

    def __init__(self, asked_for: int) -> None:
        super().__init__()
        self.mp.choices = [(number, f"{name}, {seat}") for number, name, seat in queries.can_be_chosen()]
        if not self.is_submitted():
            self.mp.data = asked_for


class RefuseForm(FlaskForm):
    """Why it is refused."""

    reason = TextAreaField(
        "Why do you refuse it?",
        [given("Say why. Whoever asked reads it by mail."), no_longer_than(REASON_CHARACTERS)],
        filters=[passage, str.strip],
        default="",
    )
