"""A clerk adds a passkey, signs in with it and signs out everywhere: by keyboard, with a device of Chromium’s own."""

import pytest
from playwright.sync_api import expect

from app.extensions import db
from app.models import Person
from app.web.transactions import transaction
from tests import builders
from tests.app.letters import newest_link
from tests.journeys.conftest import MakeWalker
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(120)]

ADDRESS = "jo@example.org"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(walker: Walker) -> None:
    """Give the browser a device that keeps passkeys, and have it use the site by the name passkeys are made for."""
    walker.address = walker.address.replace("127.0.0.1", "localhost")
    session = walker.page.context.new_cdp_session(walker.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_a_clerk_from_the_first_passkey_to_signing_out_everywhere(walker: MakeWalker) -> None:
    clerk = builders.clerk("green")
    with transaction():
        person = db.session.get_one(Person, clerk.person_id)
        person.is_offered = person.is_demonstration = False
        person.email = ADDRESS
    jo = walker(by_keyboard=True)
    with_device(jo)
    jo.go("/sign-in")
    jo.fill("Your e-mail address", ADDRESS)
    jo.press("Send me a link")
    jo.go(newest_link(ADDRESS))
    jo.press("Sign in", within=jo.page.get_by_role("main"))
    jo.go("/clerk/members")
    jo.sees("You have no passkey yet")
    jo.follow("Add a passkey")
    jo.fill("A name for it", "My phone")
    jo.press("Add a passkey")
    jo.sees("Members of your group")
    jo.press("Sign out")
    jo.go("/sign-in?next=/account")
    jo.press("Sign in with a passkey")
    jo.sees("Where you are signed in")
    jo.sees("(this browser)")
    jo.follow("Your passkeys")
    jo.sees("last used on")
    jo.go("/clerk/members")
    jo.sees("Members of your group")
    jo.go("/account")
    jo.press("Sign out everywhere", exact=True)
    jo.sees("You are signed out everywhere")
    jo.page.set_viewport_size({"width": 320, "height": 800})
    jo.check()
    expect(jo.page.get_by_role("link", name="Account")).to_have_count(0)
