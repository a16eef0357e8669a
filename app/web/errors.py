"""Turning a refusal into a page: the only place that knows status codes, with `json_errors`, which answers the API."""

import logging

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge, TooManyRequests

from app.web import limits
from app.web.json_errors import or_page
from app.web.sent_again import answers_sent, form_again
from policies.errors import LinkEnded, NotPermitted, NotThere, NotUnderstood, RuleBroken
from policies.text.canonical import normalise

log = logging.getLogger(__name__)

# Fields in which people write: what a refusal hands back, so that no words are lost with the page they stood on.
WRITTEN = {"title": "Title", "text": "Text", "words": "Words", "reason": "Why", "statement": "Statement"}
# The same where a text was written part by part: how the names of such fields begin.
WRITTEN_IN_PARTS = {"text_": "Unit of the text", "after_": "New unit"}


def init_app(app: Flask) -> None:
    """Give every refusal and every fault its page."""
    for kind, page in (
        (NotThere, _not_there),
        (NotUnderstood, _not_understood),
        (NotPermitted, _not_permitted),
        (RuleBroken, _rule_broken),
        (CSRFError, _form_expired),
        (RequestEntityTooLarge, _too_large),
        (TooManyRequests, _too_fast),
        (HTTPException, _http_error),
        (Exception, _fault),
    ):
        app.register_error_handler(kind, or_page(page))


def _not_there(refusal: NotThere) -> ResponseReturnValue:
    return render_template("errors/404.html", reason=str(refusal), typed=_typed()), 404


def _not_understood(refusal: NotUnderstood) -> ResponseReturnValue:
    return render_template("errors/400.html", reason=str(refusal), typed=_typed(), start_over=request.path), 400


def _not_permitted(refusal: NotPermitted) -> ResponseReturnValue:
    come_back = request.full_path.rstrip("?") if request.method == "GET" else ""
    return render_template("errors/403.html", reason=str(refusal), come_back=come_back, typed=_typed()), 403


def _rule_broken(refusal: RuleBroken) -> ResponseReturnValue:
    is_link = isinstance(refusal, LinkEnded)
    return render_template("errors/409.html", reason=str(refusal), typed=_typed(), is_link=is_link), 409


def _form_expired(_error: CSRFError) -> ResponseReturnValue:
    reason = "This form had gone stale, so nothing was changed."
    return render_template("errors/400.html", reason=reason, typed=_typed()), 400


def _typed() -> list[tuple[str, str]]:
    """What was written into the refused form, by the name of its field. Ballot papers have no such field."""
    answers = answers_sent()
    sent = [(label, answers.get(name, "")) for name, label in WRITTEN.items()]
    for start, label in WRITTEN_IN_PARTS.items():
        sent += [(label, words) for name, words in answers.items() if name.startswith(start)]
    return [(label, words) for label, typed in sent if (words := normalise(typed).strip())]


def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    return render_template("errors/413.html"), 413


def _too_fast(_error: TooManyRequests) -> ResponseReturnValue:
    seconds = limits.seconds_to_wait()
    # No page repeats a vote: a ballot paper is filled in anew.
    again = None if limits.is_about_a_ballot() else form_again()
    page = render_template("errors/429.html", wait=limits.wait_in_words(seconds), again=again, typed=_typed())
    return page, 429, {"Retry-After": str(seconds)}


SENT_ALONE = "This address takes what a button sends, and cannot be opened by itself."


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error.get_response()
    if error.code == 404:
        return render_template("errors/404.html", reason="There is no page at this address."), 404
    if error.code is None or error.code >= 500:
        return _fault(error)
    # What the library says of other faults is for programmers.
    reason = SENT_ALONE if error.code == 405 else "That request could not be read."
    answer = make_response(render_template("errors/400.html", reason=reason), error.code)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


# After so many seconds it is worth asking again for a page that the database did not give.
COME_BACK_AFTER = 30


def _fault(error: Exception) -> ResponseReturnValue:
    # The route's rule alone: addresses can hold the key of a mailed link, query strings and bodies what people typed.
    log.exception("Fault at %s %s", request.method, request.url_rule or "no page", exc_info=error)
    # Rendered without the usual values: those would read the database, which may be what is gone.
    is_away = _is_database_away(getattr(error, "original_exception", None) or error)
    page = current_app.jinja_env.get_template("errors/503.html" if is_away else "errors/500.html")
    words = page.render(imprint=current_app.config["SETTINGS"].imprint)
    return (words, 503, {"Retry-After": str(COME_BACK_AFTER)}) if is_away else (words, 500)


def _is_database_away(error: BaseException) -> bool:
    """Whether the database is gone, full or too busy, and may be back soon. A table that is not there stays away."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return not str(error.orig).startswith(("no such table", "no such column"))
