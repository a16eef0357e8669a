"""S5: hostile words go into every field of every form and every question of every address, and come out as words."""

import csv
from io import StringIO
from urllib.parse import quote

import pytest
from flask import Flask

from app.extensions import db
from app.models import Mail
from app.web import csv_files
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from tests import interested
from tests.app.parameters import Opening, asked_with, every_field, fields_on, openings
from tests.app.payloads import PAYLOADS, SHORT, words_of
from tests.promises.conftest import Tried

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "＝1+1", '=HYPERLINK("//evil.example")', "\r\n=1")
HEADERS = "Jo\r\nBcc: all@example.org\r\n\r\nRead this"


def test_every_field_of_every_form_is_text(put_back: Tried) -> None:
    fields = dict.fromkeys((name for name, _field in every_field()), SHORT)
    tries = list(openings(put_back, "POST"))
    assert len(fields) > 50
    assert len(tries) > 90
    for one in tries:
        browser = put_back.browser(one.role)
        shown = fields_on(browser.get(one.address).text) if "GET" in (one.rule.methods or ()) else set()
        answer = browser.post(one.address, data={**fields, **dict.fromkeys(shown, SHORT)})
        words_of(answer)
        if answer.status_code == 303:
            assert answer.location.startswith("/"), one.address
            words_of(browser.get(answer.location))


def test_every_question_of_every_address_is_text(tried: Tried, asking: list[Opening]) -> None:
    for one in asking:
        for name in one.names:
            words_of(tried.browser(one.role).get(asked_with(one.address, name, SHORT)))


def test_every_name_in_an_address_is_text(tried: Tried) -> None:
    for words in PAYLOADS:
        for before in (
            "/",
            "/themes/",
            "/planks/",
            "/groups/",
            "/sign-in/link/",
            "/planks/1/v1/units/",
            "/planks?level=",
        ):
            answer = tried.browser("member").get(before + quote(words, safe=""))
            assert answer.status_code in {200, 400, 404}, before + words
            words_of(answer)


@pytest.mark.parametrize("typed", [*FORMULAS, *PAYLOADS])
def test_no_cell_of_a_file_is_a_formula(typed: str) -> None:
    table = csv_files.written(["a", "b"], [[typed, "x"]])
    (_head, (cell, other)) = csv.reader(StringIO(table.removeprefix(csv_files.BYTE_ORDER_MARK), newline=""))
    assert other == "x"
    assert cell.lstrip("'") == typed.lstrip("'")
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")) or cell.startswith("'")


def test_hostile_names_reach_neither_the_head_of_a_letter_nor_another_line_of_a_list(app: Flask) -> None:
    interested.supporter("somebody@example.org", ConsentPurpose.NEWS, name=HEADERS.replace("\r\n", " "))
    app.config["WTF_CSRF_ENABLED"] = False
    stranger = app.test_client()
    for name in (HEADERS, SHORT[:80], "=1+1"):
        stranger.post("/interest", data={"name": name, "email": "other@example.org", "news": "y"})
        stranger.post("/groups/green/join", data={"name": name, "email": "applicant@example.org", "declared": "y"})
    for address in (
        "jo@example.org\r\nBcc: all@example.org",
        "jo@example.org,all@example.org",
        "jo@example.org%0aBcc:x",
    ):
        assert stranger.post("/sign-in/link", data={"email": address}).status_code == 422
    with transaction():
        mails = db.session.query(Mail).all()
        assert mails
        assert {mail.address for mail in mails} <= {
            "somebody@example.org",
            "other@example.org",
            "applicant@example.org",
        }
        assert not [mail for mail in mails if set("\r\n<>") & set(mail.subject + mail.address)]
