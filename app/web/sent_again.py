"""What was sent with a form, read once more for the page that refuses it, so that nothing typed is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from app.web.transactions import READS

NOTHING_SENT: MultiDict[str, str] = ImmutableMultiDict()
# The form's own token goes stale; a new one stands on the page.
NOT_AN_ANSWER = frozenset({"csrf_token"})


@dataclass(frozen=True)
class FormAgain:
    """A form that sends the same answers to the same address."""

    address: str
    answers: Sequence[tuple[str, str]]


def answers_sent() -> MultiDict[str, str]:
    """What stood in the form of this request; nothing where it was no form, or too large to be read."""
    if request.method in READS:
        return NOTHING_SENT
    try:
        return request.form
    except RequestEntityTooLarge:
        return NOTHING_SENT


def form_again() -> FormAgain | None:
    """The form of this request; none where nothing was sent, or a file, which only the browser has."""
    if request.method in READS:
        return None
    answers = [(name, value) for name, value in answers_sent().items(multi=True) if name not in NOT_AN_ANSWER]
    if request.files:
        return None
    return FormAgain(request.full_path.rstrip("?"), answers)
