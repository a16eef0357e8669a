"""A refusal or a fault as the API tells it: one envelope for all of them, in words that say what to do next."""

from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, make_response
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from app.web import limits, public_api
from policies.errors import NotPermitted, NotThere, NotUnderstood, RuleBroken

REFUSALS: tuple[tuple[type[RuleBroken], int], ...] = (
    (NotThere, 404),
    (NotUnderstood, 400),
    (NotPermitted, 403),
    (RuleBroken, 409),
)
# Of what the library refuses. Its own words are for programmers of it.
MESSAGES: dict[int, str] = {
    400: "That request could not be read. See /api for the addresses there are and what they can be asked.",
    404: "There is nothing at this address. See /api for the addresses there are.",
    405: "This API is for reading: ask with GET. See /api for the addresses there are.",
    413: "That request is too long. This API is for reading: ask with GET, without a body.",
    429: "That was too much in a short time. {wait} Everything public at once: /api/v1/everything.jsonl",
    500: "Something went wrong here, and has been noted. Try again in a while.",
    503: "The data cannot be read just now. Try again in half a minute.",
}


def or_page(page: Callable[[Any], ResponseReturnValue]) -> Callable[[Exception], ResponseReturnValue]:
    """The handler that answers the API in JSON and everybody else with `page`."""

    def answered(error: Exception) -> ResponseReturnValue:
        if not public_api.is_asked() or (isinstance(error, HTTPException) and (error.code or 500) < 400):
            return page(error)
        status = _status_of(error)
        if status >= 500:
            # Faults are noted, and told from a database that is away, in one place.
            told = make_response(page(error))
            return enveloped(told.status_code, MESSAGES[told.status_code], told.headers.get("Retry-After"))
        return _refused(error, status)

    return answered


def enveloped(status: int, message: str, retry_after: str | None = None) -> Response:
    """The envelope: code, status and message."""
    answer = jsonify(code=status, status=HTTP_STATUS_CODES[status], message=message)
    answer.status_code = status
    if retry_after is not None:
        answer.headers["Retry-After"] = retry_after
    return answer


def _status_of(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((status for kind, status in REFUSALS if isinstance(error, kind)), 500)


def _refused(error: Exception, status: int) -> Response:
    if isinstance(error, RuleBroken):
        return enveloped(status, str(error))
    if status == 429:
        seconds = limits.seconds_to_wait()
        return enveloped(status, MESSAGES[status].format(wait=limits.wait_in_words(seconds)), str(seconds))
    answer = enveloped(status, MESSAGES.get(status, MESSAGES[400]))
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer
