"""The clerks' list: those who confirmed, for what and since when; and the file, each download of which is recorded."""

import csv
from io import StringIO

from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.extensions import db
from app.models import AuditRow
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from tests import builders, interested
from tests.app.reading import counted, main_of

CONTACT, NEWS = ConsentPurpose.CONTACT, ConsentPurpose.NEWS


def test_the_list_and_the_file_name_those_who_confirmed_and_no_formula(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    clerk = builders.clerk("lib_dem")
    builders.sign_in(client, clerk)
    interested.supporter("=cmd|calc@example.org", CONTACT, NEWS, name="=1+1")
    interested.supporter("news@example.org", NEWS, name="Zoë, of Anytown")
    interested.asked_to_hear("unconfirmed@example.org", NEWS)
    with transaction():
        before = db.session.query(AuditRow).count()
    page = main_of(client.get("/clerk/interest"))
    assert "news@example.org" in page
    assert "News by mail, since" in page
    assert "unconfirmed" not in page
    with transaction():
        assert db.session.query(AuditRow).count() == before
    answer = client.post("/clerk/interest/download")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="interest-')
    head, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
    assert head == ["email", "name", "contact since", "news since"]
    assert [row[:2] for row in rows] == [
        ["news@example.org", "Zoë, of Anytown"],
        ["'=cmd|calc@example.org", "'=1+1"],
    ]
    assert [bool(row[2]) for row in rows] == [False, True]
    with transaction():
        noted = db.session.query(AuditRow).order_by(AuditRow.id.desc()).first()
        assert noted is not None
        assert (noted.act, noted.by_person, noted.details) == ("interest list downloaded", clerk.person_id, {"rows": 2})


def test_the_list_has_pages_and_costs_the_same_on_each(app: Flask, client: FlaskClient) -> None:
    builders.sign_in(client, builders.clerk("green"))
    for place in range(32):
        interested.supporter(f"person-{place}@example.org", NEWS)
    costs = []
    for page in (1, 2):
        with counted() as statements:
            assert f"Page {page} of 2" in client.get(f"/clerk/interest?page={page}").text
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_the_link_to_join_compass_stands_where_it_is_set_and_nowhere_else(app: Flask, client: FlaskClient) -> None:
    key = interested.supporter("somebody@example.org", NEWS)
    pages = ("/", "/groups/green", f"/interest/choices/{key}", "/join")
    assert all("Join Compass" not in client.get(page).text for page in pages)
    settings: Settings = app.config["SETTINGS"]
    settings.join_url = "https://compass.example/join?from=platform&x=1"
    for page in pages:
        assert (
            'href="https://compass.example/join?from=platform&amp;x=1" rel="noopener">Join Compass'
            in client.get(page).text
        )
