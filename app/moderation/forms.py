"""The forms of moderation: reporting a text, deciding about one, appealing."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField, ValidationError

from app.moderation.texts import Text
from app.people.addresses import can_be_an_address, canonical
from app.web.forms import given, no_longer_than, one_line, passage
from policies.errors import RuleBroken
from policies.moderation import (
    APPEAL_CHARACTERS,
    HIDING_REASON_CHARACTERS,
    REPORT_CHARACTERS,
    WRONG_WORDS,
    Verdict,
    Wrong,
)

WHOLE_PAGE = "page"
AT_ONCE = "at_once"
VERDICTS = {Verdict.HIDE.value: "Hide it", Verdict.LEAVE.value: "Leave it as it is"}


class ReportForm(FlaskForm):
    """What is wrong with a text. Nobody is asked for a name."""

    text = RadioField("What do you report?", validate_choice=False)
    wrong = RadioField(
        "What is wrong with it?",
        choices={wrong.value: words for wrong, words in WRONG_WORDS.items()},
        validate_choice=False,
    )
    words = TextAreaField(
        "In your words", [no_longer_than(REPORT_CHARACTERS)], filters=[passage, str.strip], default=""
    )
    contact = StringField("E-mail address for the answer (if you like)", filters=[one_line], default="")

    def offer(self, texts: Sequence[Text], wanted: str) -> None:
        """Offer the texts of a page, and the page itself; nothing is chosen, unless the link named a text."""
        self.text.choices = [*((text.ref, text.label) for text in texts), (WHOLE_PAGE, "Something else on the page")]
        self.offered = {WHOLE_PAGE, *(text.ref for text in texts)}
        if not self.is_submitted() and wanted in self.offered:
            self.text.data = wanted

    def validate_text(self, text: RadioField) -> None:
        """One of those on the page."""
        if text.data not in self.offered:
            raise ValidationError("Choose which text you report. If it has changed meanwhile, read it again first.")

    def validate_wrong(self, wrong: RadioField) -> None:
        """One of the kinds offered."""
        if wrong.data not in list(Wrong):
            raise ValidationError("Choose what is wrong with it.")

    def validate_words(self, words: TextAreaField) -> None:
        """What is none of the kinds, or no single text, has to be said."""
        if (self.wrong.data == Wrong.OTHER or self.text.data == WHOLE_PAGE) and not words.data:
            raise ValidationError("Say what is wrong, in a sentence or two.")

    def validate_contact(self, contact: StringField) -> None:
        """An address, if anything."""
        if contact.data:
            try:
                can_be_an_address(contact.data)
            except RuleBroken as refusal:
                raise ValidationError(str(refusal)) from None

    @property
    def address(self) -> str:
        """The address in canonical form, or nothing."""
        return canonical(self.contact.data) if self.contact.data else ""


class DecisionForm(FlaskForm):
    """A clerk's word on a text, for the own group. `read` names the words the clerk has read."""

    read = HiddenField()
    verdict = RadioField("What does your group say?", validate_choice=False)
    reason = TextAreaField(
        "Reason", [no_longer_than(HIDING_REASON_CHARACTERS)], filters=[passage, str.strip], default=""
    )

    def offer(self, *, hides: bool, at_once: bool) -> None:
        """Offer the words that can be said."""
        choices = dict(VERDICTS) if hides else {Verdict.LEAVE.value: "It has been looked at"}
        if at_once:
            choices[AT_ONCE] = "Hide it now, for 72 hours, until a clerk of another group has looked at it"
        self.verdict.choices = list(choices.items())
        self.offered = set(choices)

    def validate_verdict(self, verdict: RadioField) -> None:
        """Only the words offered."""
        if verdict.data not in self.offered:
            raise ValidationError("Choose what your group says.")

    def validate_reason(self, reason: TextAreaField) -> None:
        """A text is hidden with a written reason."""
        if self.verdict.data != Verdict.LEAVE and not reason.data:
            raise ValidationError("Say why it is to be hidden. Everybody reads this in the text’s place.")


class AppealForm(FlaskForm):
    """Why clerks who have had no word in a case should look at it again."""

    reason = TextAreaField(
        "Why should it be looked at again?",
        [given("Say why it should be looked at again."), no_longer_than(APPEAL_CHARACTERS)],
        filters=[passage, str.strip],
    )
