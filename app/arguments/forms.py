"""The forms of arguments: writing one, reporting one, ruling on one."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField, ValidationError

from app.models import Argument
from app.visibility.presenters import choose_url_for
from app.web.forms import as_ruled, no_longer_than, passage
from policies.arguments import (
    COMPLAINT_CHARACTERS,
    COMPLAINT_WORDS,
    HIDING_REASON_CHARACTERS,
    Complaint,
    Verdict,
    require_argument_fits,
)
from policies.visibility import Role

VERDICTS = {Verdict.HIDE.value: "Hide it", Verdict.LEAVE.value: "Leave it as it is"}


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


class ReportForm(FlaskForm):
    """What is wrong with an argument. Nobody is asked for a name."""

    kind = RadioField(
        "What is wrong with it?",
        choices={kind.value: words for kind, words in COMPLAINT_WORDS.items()},
        validate_choice=False,
    )
    text = TextAreaField(
        "In your words", [no_longer_than(COMPLAINT_CHARACTERS)], filters=[passage, str.strip], default=""
    )

    def validate_kind(self, kind: RadioField) -> None:
        """One of the kinds offered."""
        if kind.data not in list(Complaint):
            raise ValidationError("Choose what is wrong with it.")

    def validate_text(self, text: TextAreaField) -> None:
        """What is none of the kinds has to be said."""
        if self.kind.data == Complaint.OTHER and not text.data:
            raise ValidationError("Say what is wrong, in a sentence or two.")


class HidingForm(FlaskForm):
    """A clerk's word on an argument, for the own group. `sitting` names the words the clerk has read."""

    sitting = HiddenField()
    verdict = RadioField("What does your group say?", choices=VERDICTS, validate_choice=False)
    reason = TextAreaField(
        "Reason", [no_longer_than(HIDING_REASON_CHARACTERS)], filters=[passage, str.strip], default=""
    )

    def validate_verdict(self, verdict: RadioField) -> None:
        """Only the two words offered."""
        if verdict.data not in list(Verdict):
            raise ValidationError("Choose whether it is to be hidden.")

    def validate_reason(self, reason: TextAreaField) -> None:
        """An argument is hidden with a written reason."""
        if self.verdict.data == Verdict.HIDE and not reason.data:
            raise ValidationError("Say why it is to be hidden. Everybody reads this in the argument’s place.")


def argument_form(own: Argument | None, earlier_words: str) -> ArgumentForm:
    """What was sent, else the own words as they stand, else those about an older text. The box is never ticked."""
    stands = own is not None and own.withdrawn_at is None
    words = own.words if own is not None and stands else earlier_words
    return ArgumentForm(data={"text": words})
