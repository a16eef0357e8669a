"""A member takes all their data away and erases the account: by keyboard alone."""

import pytest

from app.extensions import db
from app.models import Person
from app.web.transactions import transaction
from tests import builders
from tests.journeys.conftest import MakeWalker

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_member_takes_the_data_away_and_erases_the_account(walker: MakeWalker) -> None:
    member = builders.member("green")
    clerk, one = walker(), walker(by_keyboard=True, width=375)
    clerk.sign_in(builders.clerk("green"))
    clerk.go("/clerk/members")
    one.go("/privacy")
    one.sign_in(member)
    one.go("/account")
    one.follow("Who read your record")
    one.sees("Your name and address in the list of members")
    one.go("/account")
    one.press("Download your data")
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name="Download the archive").press("Enter")
    assert download.value.suggested_filename.startswith("my-data-")
    one.go("/account")
    one.follow("Erase your account")
    one.follow("Go on")
    one.press("Erase my account")
    one.sees("Your account is erased.")
    with transaction():
        assert db.session.get_one(Person, member.person_id).erased_at is not None
