"""Somebody joins, is checked, signs in by passkey, says who sees the name, takes the data and goes: by keyboard."""

import pytest

from app.extensions import db
from app.models import Person
from app.web.transactions import transaction
from tests import builders
from tests.app.letters import newest_link
from tests.journeys.conftest import MakeWalker
from tests.journeys.test_joining import ADDRESS, sign_in_by_mail
from tests.journeys.test_passkeys import with_device

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_member_from_joining_to_erasing(walker: MakeWalker) -> None:
    clerk, jo = walker(), walker(by_keyboard=True)
    with_device(jo)
    clerk.sign_in(builders.clerk("green"))
    jo.go("/groups/green/join")
    jo.fill("Your name", "Jo Bloggs")
    jo.fill("Your e-mail address", ADDRESS)
    jo.tick("I am a member or supporter of the Green Party")
    jo.press("Ask to join")
    jo.go(newest_link(ADDRESS))
    jo.press("Confirm")
    clerk.go("/clerk/members")
    clerk.press("Approve")
    sign_in_by_mail(jo)
    jo.go("/account")
    jo.follow("Your passkeys")
    jo.follow("Add a passkey")
    jo.fill("A name for it", "My phone")
    jo.press("Add a passkey")
    jo.press("Sign out")
    jo.go("/sign-in?next=/account")
    jo.press("Sign in with a passkey")

    jo.follow("How others see you")
    jo.follow("Change it in general")
    jo.pick("Members of all groups")
    jo.press("Continue")
    jo.press("Yes, show my name")
    jo.sees("members of all groups")

    jo.go("/account")
    jo.follow("Who read your record")
    jo.sees("Your name and address in the list of members")
    jo.go("/account")
    jo.press("Download your data")
    with jo.page.expect_download() as download:
        jo.page.get_by_role("button", name="Download the archive").press("Enter")
    assert download.value.suggested_filename.startswith("my-data-")
    jo.go("/account")
    jo.follow("Erase your account")
    jo.follow("Go on")
    jo.press("Erase my account")
    jo.sees("Your account is erased.")
    with transaction():
        erased = db.session.query(Person).where(Person.erased_at.is_not(None)).one()
        assert (erased.email, erased.name) == (None, "")
