"""The forms of passkeys, of proofs and of another address."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from app.people.addresses import can_be_an_address, canonical
from app.web.forms import as_ruled, one_line
from policies.passkeys import require_passkey_name


class ShownForm(FlaskForm):
    """What a browser's passkey answered, and which page to go on to."""

    credential = HiddenField("Passkey")
    next = HiddenField("Next")


class PasskeyForm(ShownForm):
    """A new passkey and the name its owner gives it."""

    name = StringField("A name for it", [as_ruled(require_passkey_name)], filters=[one_line])


class NewAddressForm(FlaskForm):
    """Which address to have from now on."""

    email = StringField("Your new e-mail address", [as_ruled(can_be_an_address)], filters=[one_line])

    @property
    def address(self) -> str:
        """The address in canonical form."""
        return canonical(self.email.data or "")
