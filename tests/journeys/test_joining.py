"""A new member from application to first vote, and a clerk from the first check to a result: by keyboard alone."""

import pytest
from playwright.sync_api import expect

from app.extensions import db
from app.models import Round
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.endorsements import Form
from policies.groups import GROUP_KEYS
from tests import builders
from tests.app.letters import newest_link
from tests.journeys.conftest import MakeWalker
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(300)]

ADDRESS = "jo@example.org"


def sign_in_by_mail(walker: Walker) -> None:
    """Ask for a link, open it and press its button."""
    walker.go("/sign-in")
    walker.fill("Your e-mail address", ADDRESS)
    walker.press("Send me a link")
    walker.sees("Look in your mail")
    walker.go(newest_link(ADDRESS))
    walker.press("Sign in", within=walker.page.get_by_role("main"))


def test_a_new_member_from_application_to_first_vote(walker: MakeWalker) -> None:
    clerk, new = walker(by_keyboard=True), walker(by_keyboard=True, width=375)
    clerk.sign_in(builders.clerk("green"))
    new.go("/groups/green/join")
    new.fill("Your name", "Jo Bloggs")
    new.fill("Your e-mail address", ADDRESS)
    new.tick("I am a member or supporter of the Green Party")
    new.press("Ask to join")
    new.go(newest_link(ADDRESS))
    new.press("Confirm")
    new.sees("Your address is confirmed")
    clerk.go("/clerk/members/addresses")
    clerk.fill("Or paste the addresses", ADDRESS)
    clerk.press("Upload the list")
    clerk.go("/clerk/members")
    clerk.sees("On the list of")
    clerk.follow("Ask")
    clerk.fill("What do you want to know?", "Where do you live?")
    clerk.press("Send the question")
    new.go(newest_link(ADDRESS))
    new.fill("Your answer", "In Anytown.")
    new.fill("The e-mail address", ADDRESS)
    new.press("Send your answer")
    clerk.go("/clerk/members")
    clerk.sees("In Anytown.")
    clerk.press("Approve")
    clerk.sees("They are a member now")
    builders.pass_time(days=15)
    round_id = builders.open_round(builders.open_plank(builders.member("labour")))
    sign_in_by_mail(new)
    new.follow("Vote")
    new.pick("Yes")
    new.press("Check my vote")
    new.press("Cast my vote")
    new.sees("receipt")
    with transaction():
        number = db.session.get_one(Round, round_id).number
    new.go(f"/rounds/{number}")
    expect(new.page.get_by_role("link", name="Vote", exact=True)).to_have_count(0)
    new.go("/account")
    new.sees("Member since")


@pytest.mark.long
def test_a_clerk_from_the_check_of_an_applicant_to_the_result_of_a_round(walker: MakeWalker) -> None:
    builders.waiting_member("green", ADDRESS)
    for group in GROUP_KEYS * 6:
        builders.member(group)
    plank_id = builders.seconded(builders.member("green"))
    with transaction():
        plank = builders.plank(plank_id).ref
    clerk = walker(by_keyboard=True)
    clerk.sign_in(builders.clerk("green"))
    clerk.go("/to-do")
    clerk.follow("Check them")
    clerk.press("Approve")
    clerk.go("/clerk")
    clerk.follow("Rule on it")
    clerk.pick("In order")
    clerk.press("Give your ruling")
    ruling = builders.clerk("labour")
    with transaction():
        rulings.rule(builders.plank(plank_id), "in_order", "", by=ruling)
    clerk.go(f"/planks/{plank}")
    clerk.follow("Prepare a round")
    clerk.pick("Who backs version")
    clerk.pick("Not yet")
    clerk.press("Prepare the round")
    clerk.go("/rounds/1/open")
    clerk.pick("Whether it backs these words")
    clerk.press("Agree to open it")
    builders.agree(_the_round(), builders.clerk("labour"), Form())
    builders.pass_time(days=3, minutes=1)
    clerk.go("/clerk")
    clerk.sees("Closes on")
    clerk.go("/rounds/1")
    expect(clerk.page.get_by_role("heading", name="Results")).to_have_count(0)
    for group in GROUP_KEYS:
        builders.vote(_the_round(), builders.voters(_the_round(), group)[:6], {"text": Choice.YES})
    builders.pass_time(days=7, minutes=1)
    clerk.go("/rounds/1")
    expect(clerk.page.get_by_role("heading", name="Results")).to_have_count(1)


def _the_round() -> int:
    with transaction():
        return db.session.query(Round).one().id
