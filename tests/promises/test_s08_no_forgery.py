"""S8: every form wants its token, the end of a mailing excepted, and no link that is only opened changes anything."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.extensions import csrf, db
from app.joining import service as joining
from app.models import Person
from app.notices import stops
from app.web.transactions import transaction
from policies.groups import group_named
from policies.interest import ConsentPurpose
from policies.notices import NoticeKind
from tests import builders, interested
from tests.app.dump import everything
from tests.app.letters import newest_link
from tests.promises.conftest import Tried
from tests.promises.test_s02_no_trace import of_the_first

# Ended by a mail program with one request of its own (RFC 8058): the key in the address is what authorises it.
ONE_CLICK = {"notices.unsubscribe", "interest.unsubscribe"}


@pytest.fixture
def guarded(tried: Tried) -> Iterator[Tried]:
    """The small platform, with the tokens of its forms asked for."""
    tried.app.config["WTF_CSRF_ENABLED"] = True
    yield tried
    tried.app.config["WTF_CSRF_ENABLED"] = False


def changing(app: Flask) -> list[Rule]:
    """Every route that takes a form."""
    return [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]


def test_every_form_without_its_token_is_refused_and_changes_nothing(guarded: Tried) -> None:
    with guarded.app.app_context():
        before = everything()
    answers = {
        rule.endpoint: guarded.browser("clerk").post(of_the_first(rule), data={"csrf_token": "made up"}).status_code
        for rule in changing(guarded.app)
    }
    assert {name for name, status in answers.items() if status != 400} == ONE_CLICK
    with guarded.app.app_context():
        assert everything() == before


def test_nothing_is_exempt_but_the_end_of_a_mailing_by_its_own_key(guarded: Tried) -> None:
    views = guarded.app.view_functions
    assert {name for name, view in views.items() if hasattr(view, "ends_a_mailing")} == ONE_CLICK
    assert {f"{views[name].__module__}.{views[name].__name__}" for name in ONE_CLICK} == csrf._exempt_views
    assert not csrf._exempt_blueprints
    assert all(rule.arguments & {"key"} for name in ONE_CLICK for rule in guarded.app.url_map.iter_rules(name))


def test_a_token_is_worth_nothing_in_another_browser(guarded: Tried) -> None:
    page = guarded.browser("member").get("/planks/new").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    answer = guarded.browser("clerk").post("/planks/1/follow", data={"csrf_token": token})
    assert answer.status_code == 400


def test_no_route_takes_any_other_kind_of_request(tried: Tried) -> None:
    kinds = {kind for rule in tried.app.url_map.iter_rules() for kind in rule.methods or ()}
    assert kinds == {"GET", "HEAD", "OPTIONS", "POST"}


def test_a_mailed_link_that_is_only_opened_changes_nothing(client: FlaskClient) -> None:
    member = builders.member()
    with transaction():
        person = db.session.get_one(Person, member.person_id)
        person.email = "member@example.org"
        unsubscribing = f"/unsubscribe/{stops.key_for(person, NoticeKind.RESULT)}"
        joining.invite("labour", "invited@example.org", by=None)
        joining.apply(group_named("green"), "Jo", "applicant@example.org")
    with client.session_transaction() as session:
        session["browser"] = "x" * 43
    client.application.config["WTF_CSRF_ENABLED"] = False
    client.post("/sign-in/link", data={"email": "member@example.org"})
    interested.asked_to_hear("somebody@example.org", ConsentPurpose.NEWS)
    key = interested.supporter("supporter@example.org", ConsentPurpose.NEWS)
    links = [newest_link(f"{name}@example.org") for name in ("member", "invited", "applicant", "somebody")]
    before = everything()
    for address in (*links, unsubscribing, f"/interest/unsubscribe/{key}/news", f"/interest/choices/{key}"):
        assert client.get(address).status_code == 200, address
        assert client.head(address).status_code == 200, address
    assert everything() == before
