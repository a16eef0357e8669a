"""What an answer says, all of it, without what changes with the second: to see that two answers are the same."""

import re

from werkzeug.test import TestResponse

from app.papers.exports import WORKBOOK

# What changes with the second, whoever reads: the tokens of forms and the clock of the demonstration.
_CHANGING = re.compile(
    r'name="(?:csrf_token|draft)" (?:type="hidden" )?value="[^"]*"|'
    r'<section class="demonstration".*?</section>|<time datetime=.*?</time>|'
    r"\d\d:\d\d UTC|"
    # Where a page is reported: the address that was asked for.
    r'/report\?page=[^"]*',
    re.DOTALL,
)
_NOT_SAID = {"Date", "Set-Cookie"}


def said(answer: TestResponse) -> tuple[object, ...]:
    """Everything that an answer says: status, headers, words, and how many they are."""
    text = _CHANGING.sub("", answer.text)
    headers = {name: value for name, value in answer.headers if name not in _NOT_SAID}
    if answer.mimetype in {"text/html", "text/csv", WORKBOOK}:
        headers["Content-Length"] = str(len(text))
    return answer.status_code, headers, text
