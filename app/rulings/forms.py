"""The forms of rulings: on planks and amendments, reference back, appeals, and what the register is narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import request
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField, ValidationError

from app.web.forms import given, no_longer_than, passage
from policies.errors import NotUnderstood
from policies.planks import REASON_CHARACTERS
from policies.rulings import AppealStage, Verdict

VERDICTS = {"in_order": "In order", "out_of_order": "Out of order"}
ANSWERS = {"uphold": "The ruling is right: uphold it", "overturn": "The ruling is wrong: overturn it"}


def _reason(label: str, wanted: str) -> TextAreaField:
    return TextAreaField(label, [given(wanted), no_longer_than(REASON_CHARACTERS)], filters=[passage])


class RulingForm(FlaskForm):
    """A clerk's word on a plank, for the own group."""

    verdict = RadioField("Is this plank in order?", choices=VERDICTS, validate_choice=False)
    reason = TextAreaField("Reason", [no_longer_than(REASON_CHARACTERS)], filters=[passage])

    def validate_verdict(self, verdict: RadioField) -> None:
        """Only the two words offered."""
        if verdict.data not in VERDICTS:
            raise ValidationError("Choose whether the plank is in order.")

    def validate_reason(self, reason: TextAreaField) -> None:
        """A plank is ruled out with a written reason."""
        if self.verdict.data == "out_of_order" and not reason.data:
            raise ValidationError("Say why the plank is out of order, so that its mover can mend it.")


class ArchiveForm(FlaskForm):
    """A clerk's wish to archive a plank, for the own group."""

    reason = TextAreaField(
        "Why does it belong in the archive?",
        [
            given("Say why the plank belongs in the archive; its page will show this."),
            no_longer_than(REASON_CHARACTERS),
        ],
        filters=[passage],
    )


class ReferForm(FlaskForm):
    """A clerk's wish to send a plank back to its drafters, for the own group."""

    why_refer = _reason(
        "What should its drafters look at again?", "Say what its drafters should look at again; everybody reads it."
    )


class ReferenceAnswerForm(FlaskForm):
    """A mover's answer to a reference back."""

    reply = _reason("Your answer", "Say why the text stays as it is, or how you will go on; everybody reads it.")


class AmendmentRulingForm(FlaskForm):
    """A clerk's word that an amendment is out of order, for the own group."""

    why_out = _reason(
        "Why is it out of order?", "Say why the amendment is out of order, so that its mover can mend it."
    )


class AppealForm(FlaskForm):
    """A member's or a clerk's appeal against a ruling."""

    grounds = _reason("Why is the ruling wrong?", "Say why the ruling is wrong, so that clerks can look at it again.")


class UpholdForm(FlaskForm):
    """A clerk's word on a ruling that was appealed against, for the own group."""

    answer = RadioField("Is the ruling right?", choices=ANSWERS, validate_choice=False)
    reason = TextAreaField("Reason", [no_longer_than(REASON_CHARACTERS)], filters=[passage])

    def validate_answer(self, answer: RadioField) -> None:
        """Only the two words offered."""
        if answer.data not in ANSWERS:
            raise ValidationError("Choose whether the ruling is upheld.")

    def validate_reason(self, reason: TextAreaField) -> None:
        """A ruling is overturned with a written reason."""
        if self.answer.data == "overturn" and not reason.data:
            raise ValidationError("Say why the ruling is wrong, so that the clerks who gave it can learn from it.")


class PlankForms:
    """The forms a plank's page can show, each made when it is shown: a form begins a session with its token."""

    @cached_property
    def ruling(self) -> RulingForm:
        """Ruling on a plank."""
        return RulingForm()

    @cached_property
    def archive(self) -> ArchiveForm:
        """Archiving it."""
        return ArchiveForm()

    @cached_property
    def refer(self) -> ReferForm:
        """Sending it back to its drafters."""
        return ReferForm()

    @cached_property
    def answer(self) -> ReferenceAnswerForm:
        """The drafters' answer to that."""
        return ReferenceAnswerForm()


@dataclass(frozen=True)
class Choice:
    """A drop-down list of the register: the name in the address, the label, the options, and which is chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


APPEALS = {
    "before": "Before the clerks",
    AppealStage.UPHELD.value: "The ruling is upheld",
    AppealStage.OVERTURNED.value: "The ruling is overturned",
}
NAMES = ("verdict", "appeal", "page")


def asked_of_register() -> Sequence[Choice]:
    """What the address narrows the register to; raises `NotUnderstood` for anything it does not have."""
    if set(request.args) - set(NAMES) or any(len(request.args.getlist(name)) > 1 for name in NAMES):
        raise NotUnderstood(
            "The address asks for something the register does not have. It knows verdict, appeal, page."
        )
    verdicts = [(verdict.value, verdict.words) for verdict in Verdict]
    return [
        _choice("verdict", "Ruling", verdicts),
        _choice("appeal", "Appeal", list(APPEALS.items())),
    ]


def _choice(name: str, label: str, options: Sequence[tuple[str, str]]) -> Choice:
    chosen = request.args.get(name, "")
    if chosen and chosen not in dict(options):
        raise NotUnderstood(f"The register knows no such {name}. Choose one of those it offers.")
    return Choice(name, label, [("", "Any"), *options], chosen)
