"""The forms of signing in and of one's own account."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import StopValidation

from app.people.addresses import can_be_an_address, canonical
from app.web.forms import as_ruled, one_line
from policies.errors import RuleBroken
from policies.membership import require_name


class SignInForm(FlaskForm):
    """Which demonstration member to sign in as, and which page to go on to."""

    person = HiddenField("Member")
    next = HiddenField("Next")


class AddressForm(FlaskForm):
    """Where to send a link."""

    email = StringField("Your e-mail address", [as_ruled(can_be_an_address)], filters=[one_line])
    next = HiddenField("Next")

    @property
    def address(self) -> str:
        """The address in canonical form."""
        return canonical(self.email.data or "")


class FollowedLinkForm(FlaskForm):
    """The button behind a mailed link, with the address where the browser is another one than asked."""

    email = StringField("The e-mail address the letter was sent to", filters=[one_line])

    asks_address = False

    def validate_email(self, email: StringField) -> None:
        """An address, if one is asked for."""
        if not self.asks_address:
            return
        try:
            canonical(email.data or "")
        except RuleBroken as refusal:
            raise StopValidation(str(refusal)) from None

    @property
    def typed(self) -> str | None:
        """The address named, in canonical form; None where none was asked for."""
        return canonical(self.email.data or "") if self.asks_address else None

    def refuse(self, message: str) -> None:
        """Say beside the field what was wrong with it."""
        self.email.errors = [message]


def followed_link(asks_address: bool) -> FollowedLinkForm:
    """The form behind a link."""
    form = FollowedLinkForm()
    form.asks_address = asks_address
    return form


class NameForm(FlaskForm):
    """The name by which the clerks of the own group know a member."""

    name = StringField("Your name", [as_ruled(require_name)], filters=[one_line])


class ButtonForm(FlaskForm):
    """A button and nothing else."""
