"""The form of an argument."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, TextAreaField

from app.models import Argument
from app.web.forms import as_ruled, passage
from policies.arguments import require_argument_fits


class ConsentField(BooleanField):
    """A box that is ticked when a browser says so with the very word, and by no other shape of yes."""

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        """Only "yes", once."""
        self.data = list(valuelist) == ["yes"]

    def _value(self) -> str:
        return "yes"


class ArgumentForm(FlaskForm):
    """The own reason on one side. Nobody is named who does not tick the box, for this very argument."""

    text = TextAreaField("Your reason", [as_ruled(require_argument_fits)], filters=[passage, str.strip])
    shows_name = ConsentField("Show my name on this argument")


def argument_form(own: Argument | None, earlier_words: str) -> ArgumentForm:
    """What was sent, else the own words as they stand, else those about an older text; the box as it was ticked."""
    stands = own is not None and own.withdrawn_at is None
    words = own.words if own is not None and stands else earlier_words
    return ArgumentForm(data={"text": words, "shows_name": own.shows_name if own is not None else False})
