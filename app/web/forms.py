"""What the forms of all capabilities share: checks that say what to do, and no limit a browser would cut words at."""

from collections.abc import Callable
from typing import Any

from wtforms import Field, Form, ValidationError
from wtforms.validators import StopValidation

from policies.errors import RuleBroken

Check = Callable[[Form, Field], None]


def given(message: str) -> Check:
    """Something other than spaces; `message` says what to give."""

    def check(_form: Form, answer: Field) -> None:
        if not (answer.data or "").strip():
            raise StopValidation(message)

    return check


def no_longer_than(characters: int) -> Check:
    """At most so many characters. The browser is not told the limit, since it would cut what is pasted."""

    def check(_form: Form, answer: Field) -> None:
        length = len((answer.data or "").replace("\r\n", "\n"))
        if length > characters:
            raise ValidationError(f"Shorten this to {characters:,} characters; it has {length:,}.")

    return check


def as_ruled(rule: Callable[[Any], None]) -> Check:
    """What the rulebook says of the answer: its refusal stands beside the field."""

    def check(_form: Form, answer: Field) -> None:
        try:
            rule(answer.data or "")
        except RuleBroken as refusal:
            raise ValidationError(str(refusal)) from None

    return check
