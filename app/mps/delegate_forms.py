"""The forms of an MP's office: inviting a delegate, and accepting that."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from app.people.addresses import can_be_an_address, canonical
from app.people.forms import FollowedLinkForm, followed_link
from app.web.forms import as_ruled, one_line


class DelegateForm(FlaskForm):
    """Whom to invite."""

    email = StringField("E-mail address", [as_ruled(can_be_an_address)], filters=[one_line])

    @property
    def address(self) -> str:
        """The address in canonical form."""
        return canonical(self.email.data or "")


class SeenForm(FlaskForm):
    """The draft that was on the page, by its mark."""

    seen = HiddenField("Seen")


def accepting_form() -> FollowedLinkForm:
    """Whoever follows the link names the address it was sent to: another one asked for the letter."""
    return followed_link(True)
