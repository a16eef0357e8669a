"""S3: no address that a visitor can reach names a member who did not choose so, nor says an address or a number."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.demonstration.proposals import PROPOSALS
from app.extensions import db
from app.models import GroupPage, Membership, NameChoice, Person
from policies.visibility import Choice
from tests.app.reading import pages_reached
from tests.numbered import OF_A_PERSON
from tests.promises.test_s02_no_trace import of_the_first

# Made once, together with the tests of what it holds.
pytestmark = pytest.mark.xdist_group("created demonstration")

BANNER = '<section class="demonstration" aria-label="Demonstration">'
# One may sign in as these people, and read their mail; a service that is no demonstration offers nobody and no mail.
OF_A_DEMONSTRATION = ("/sign-in", "/outbox")
A_NAME = re.compile(r"Demonstration (?:member|clerk|voter) \d+ \(\w+\)")
AN_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def words(answer: TestResponse) -> str:
    """What is sent, pictures as well."""
    return answer.data.decode("utf-8", "replace")


def everything_public(app: Flask) -> dict[str, str]:
    """What a visitor is sent at every address that links lead to or the service has, with its headers."""
    visitor = app.test_client()
    found = {address: f"{answer.headers}{words(answer)}" for address, answer in pages_reached(visitor).items()}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static" and not rule.endpoint.startswith("assets."):
            answer = visitor.get(of_the_first(rule), follow_redirects=True)
            found.setdefault(of_the_first(rule), f"{answer.headers}{words(answer)}")
    return {address: said for address, said in found.items() if not address.startswith(OF_A_DEMONSTRATION)}


def test_no_address_a_visitor_can_reach_tells_who_anybody_is(created: Flask) -> None:
    pages = everything_public(created)
    kinds = {
        kind for kind in ("html", "csv", "atom", "json", "plain") if any(f"/{kind}" in said for said in pages.values())
    }
    assert len(pages) > 120
    assert kinds >= {"html", "csv", "json", "plain"}
    named = select(Person.name).join(NameChoice).where(NameChoice.choice == Choice.EVERYBODY)
    chosen = set(db.session.scalars(named))
    keys = list(db.session.scalars(select(Membership.key)))
    # Where a group's clerks are reached, as they published it themselves.
    offices = set(AN_ADDRESS.findall(" ".join(db.session.scalars(select(GroupPage.office)))))
    shown = set()
    for address, said in pages.items():
        assert not OF_A_PERSON.search(said), f"{address} tells a person's number"
        assert set(AN_ADDRESS.findall(said)) <= offices, f"{address} tells an address"
        assert not [key for key in keys if key in said], f"{address} tells the key of a membership"
        assert PROPOSALS["draft"].title not in said, address
        shown |= set(A_NAME.findall(said))
        assert len(re.findall("Demonstration (?:member|clerk|voter)", said)) == len(A_NAME.findall(said)), address
        # A card that another site frames says in its own words that it is a demonstration.
        assert BANNER in said or "<html" not in said or address.startswith("/embed/"), address
    assert shown == chosen
    assert len(chosen) == 1


def test_such_a_number_or_address_would_be_noticed(created: Flask) -> None:
    person = db.session.scalars(select(Person).limit(1)).one()
    assert OF_A_PERSON.search(f'<option value="{person.id}">')
    assert AN_ADDRESS.search(f"mailto:{person.email}")
    assert OF_A_PERSON.search(created.test_client().get("/sign-in").text)
