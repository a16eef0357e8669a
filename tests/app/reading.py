"""Reading pages in a test: a page's main part, how many queries it cost, and all that links lead to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.extensions import db

# A paper says the same in every form, as `tests/app/papers` proves: of each one is read, the quickest; of what changed
# from one version to another the page itself is enough.
OTHER_FORMS = re.compile(r"(\.(pdf|docx|odt)|/compare\.md)(\?|$)")
LINK = re.compile(r'href="(/[^"#]*)')


def main_of(answer: TestResponse) -> str:
    """What stands between <main> and </main>."""
    text = answer.text
    return text[text.index("<main") : text.index("</main>")]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database inside."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def pages_reached(browser: FlaskClient) -> dict[str, TestResponse]:
    """Every page that links lead to from the front page, by address; each is there."""
    waiting, seen, found = ["/"], {"/"}, {}
    while waiting:
        address = waiting.pop()
        answer = found[address] = browser.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        links = {unescape(link) for link in LINK.findall(answer.text)} if answer.mimetype == "text/html" else set()
        new = {link for link in links if not link.startswith(("/static", "/assets", "/report?"))} - seen
        new = {link for link in new if not OTHER_FORMS.search(link)}
        waiting += sorted(new)
        seen |= new
    return found


def press(browser: FlaskClient, page: str, act: str, *, follow_redirects: bool = False, **answers: str) -> TestResponse:
    """Press a button on the page of an amendment: what is sent marks the words that were read there."""
    address = f"{page.removesuffix('/preview')}/{act}"
    return browser.post(address, data={"seen": seen_on(browser, page), **answers}, follow_redirects=follow_redirects)


def seen_on(browser: FlaskClient, page: str) -> str:
    """By what the page of an amendment marks the words that are read there; nothing where there is nothing to do."""
    mark = re.search(r'name="seen" value="(\w+)"', browser.get(page, follow_redirects=True).text)
    return mark[1] if mark else ""


def without_tokens(answer: TestResponse) -> str:
    """The main part of a page without the tokens of its forms, which change with the second."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", main_of(answer))
