"""What the forms of all capabilities share: checks that say what to do, and no limit a browser would cut words at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wtforms import BooleanField, Field, Form, ValidationError
from wtforms.validators import StopValidation

from policies.errors import RuleBroken
from policies.planks import require_body_fits
from policies.text.canonical import normalise, normalise_title, word_count
from policies.text.pasting import made_plain

Check = Callable[[Form, Field], None]


class TickBox(BooleanField):
    """A box that is ticked when a browser says so in the box's own word, once, and by no other shape of yes."""

    def process_formdata(self, valuelist: Sequence[object]) -> None:
        """Only "y", as a browser sends it."""
        self.data = list(valuelist) == ["y"]


def given(message: str) -> Check:
    """Something other than spaces; `message` says what to give."""

    def check(_form: Form, answer: Field) -> None:
        if not (answer.data or "").strip():
            raise StopValidation(message)

    return check


def no_longer_than(characters: int) -> Check:
    """At most so many characters. The browser is not told the limit, since it would cut what is pasted."""

    def check(_form: Form, answer: Field) -> None:
        length = len(answer.data or "")
        if length > characters:
            raise ValidationError(f"Shorten this to {characters:,} characters; it has {length:,}.")

    return check


def as_ruled(rule: Callable[[str], None]) -> Check:
    """What the rulebook says of an answer: its refusal stands beside the field."""

    def check(_form: Form, answer: Field) -> None:
        try:
            rule(answer.data or "")
        except RuleBroken as refusal:
            raise ValidationError(str(refusal)) from None

    return check


def require_fitting_text(text: str) -> None:
    """The rulebook's limits for the text of a plank; raises `RuleBroken`."""
    require_body_fits(word_count(text), len(text))


def one_line(typed: str | None) -> str:
    """What was typed into a line, in canonical form."""
    return normalise_title(typed or "")


def passage(typed: str | None) -> str:
    """What was typed into a text area, in canonical form: browsers send other line ends than we keep."""
    return normalise(typed or "")


def pasted(known: str) -> Callable[[str | None], str]:
    """The same for the words of a text, which may come from a word processor; the lines of `known` stay as they are."""

    def made(typed: str | None) -> str:
        plain = made_plain(typed or "", known)
        return known if plain.strip() == known.strip() else plain

    return made


@dataclass(frozen=True)
class Fault:
    """What is wrong with an answer, and the field in which to mend it."""

    message: str
    field: str


def faults_of(form: Form) -> list[Fault]:
    """What a form found wrong, in the order of its fields."""
    return [Fault(message, answer.id) for answer in form for message in answer.errors]


def first_fault(form: Form) -> str:
    """Why a form cannot be kept, in a sentence."""
    return next((fault.message for fault in faults_of(form)), "")


def status_of(form: Form) -> int:
    """200 for a form first shown, 422 for one that came back with something wrong."""
    return 422 if form.errors else 200
