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
# Questions of which each answer is a page of its own.
VIEWS = ("view=", "style=", "print=", "page=", "to=", "from=")
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
    waiting, seen, found = ["/"], {kind_of("/")}, {}
    while waiting:
        address = waiting.pop()
        answer = found[address] = browser.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        links = {unescape(link) for link in LINK.findall(answer.text)} if answer.mimetype == "text/html" else set()
        links = {link for link in links if not link.startswith(("/static", "/assets", "/report?"))}
        for link in sorted(link for link in links if not OTHER_FORMS.search(link)):
            if kind_of(link) not in seen:
                seen.add(kind_of(link))
                waiting.append(link)
    return found


def kind_of(address: str) -> tuple[str, tuple[str, ...]]:
    """Where it leads, and what it asks: lists narrowed to one value or another say nothing that the whole does not."""
    path, _, query = address.partition("?")
    asked = (one if one.startswith(VIEWS) else one.partition("=")[0] for one in query.split("&") if one)
    return path, tuple(sorted(asked))


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
