"""The form of an argument."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, TextAreaField

from app.models import Argument
from app.visibility.presenters import choose_url_for
from app.web.forms import as_ruled, passage
from policies.arguments import require_argument_fits
from policies.visibility import Role


class ConsentField(BooleanField):
    """A box that is ticked when a browser says so with the very word, and by no other shape of yes."""

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        """Only "yes", once."""
        self.data = list(valuelist) == ["yes"]

    def _value(self) -> str:
        return "yes"


class ArgumentForm(FlaskForm):
    """The own reason on one side. Who ticks the box says on the next page who sees the name; nobody does until then."""

    text = TextAreaField("Your reason", [as_ruled(require_argument_fits)], filters=[passage, str.strip])
    shows_name = ConsentField("I want my name on this argument")

    @property
    def said(self) -> str:
        """What came of it, and what comes next."""
        if self.shows_name.data:
            return "Your argument is published, without your name so far. Choose who sees your name on it."
        return "Your argument stands here for all who may read this."

    def next_url(self, argument: Argument) -> str:
        """Where the author says who sees the name, for those who want that."""
        return choose_url_for(Role.ARGUMENT, argument) if self.shows_name.data else ""


def argument_form(own: Argument | None, earlier_words: str) -> ArgumentForm:
    """What was sent, else the own words as they stand, else those about an older text. The box is never ticked."""
    stands = own is not None and own.withdrawn_at is None
    words = own.words if own is not None and stands else earlier_words
    return ArgumentForm(data={"text": words})
