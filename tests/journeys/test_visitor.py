"""A visitor of no party, by keyboard alone: reads where the groups stand, registers interest, and ends it again."""

import pytest
from playwright.sync_api import expect

from app.extensions import db
from app.models import Consent, Supporter
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from tests import many
from tests.app.letters import newest_link
from tests.journeys.conftest import MakeWalker

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ADDRESS = "somebody@example.org"
RESERVED = {**many.BACKED_BY_ALL, "green": StanceKind.RESERVATION}
DECLINED = {**many.BACKED_BY_ALL, "labour": StanceKind.DECLINED}


def test_a_visitor_of_no_party_reads_registers_interest_and_unsubscribes(walker: MakeWalker) -> None:
    many.planks(1, [RESERVED], agreed=True)
    many.planks(1, [DECLINED], first=2)
    visitor = walker(by_keyboard=True, width=375)
    visitor.go("/")
    visitor.sees("One plank agreed")
    visitor.go("/where-we-stand")
    visitor.sees("Compass groups are not parties.")
    visitor.follow("Warm homes, plank 1")
    visitor.sees("We say so.")
    visitor.go("/overlap")
    visitor.follow("All three groups")
    visitor.sees("1 plank: backed, at least in part, by all three Compass groups")
    visitor.go("/where-we-differ")
    visitor.sees("Warm homes, plank 2")
    visitor.go("/whats-new")
    visitor.go("/groups")
    visitor.follow("Compass Green group")
    visitor.sees("not the Green Party")
    visitor.go("/")
    visitor.follow("Register interest")
    visitor.fill("e-mail address", ADDRESS)
    visitor.press("Register", exact=True)
    visitor.sees("There is a problem")
    expect(visitor.page.get_by_label("e-mail address")).to_have_value(ADDRESS)
    visitor.tick("News by mail")
    visitor.press("Register", exact=True)
    visitor.sees("Look in your mail")
    visitor.go(newest_link(ADDRESS))
    visitor.press("Agree")
    visitor.sees("yes, since")
    visitor.follow("Hear nothing more")
    visitor.press("Unsubscribe")
    visitor.sees("You are unsubscribed")
    with transaction():
        assert db.session.query(Supporter).count() == db.session.query(Consent).count() == 0
