"""A visitor of no party, by keyboard alone: reads where the groups stand, registers interest, and ends it again.

On the first screen of a phone stand how many planks all groups back, and one of them; the first visit is a light one.
"""

import pytest
from playwright.sync_api import Request, expect

from app.extensions import db
from app.models import Consent, Supporter
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from tests import many
from tests.app.letters import newest_link
from tests.journeys.conftest import MakeWalker
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

ADDRESS = "somebody@example.org"
RESERVED = {**many.BACKED_BY_ALL, "green": StanceKind.RESERVATION}
DECLINED = {**many.BACKED_BY_ALL, "labour": StanceKind.DECLINED}
MOVED = """() => new Promise(resolve => {
  const seen = new PerformanceObserver(list => resolve(list.getEntries().reduce((sum, one) => sum + one.value, 0)));
  seen.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(0), 300);
})"""


def agrees_on_the_first_screen(visitor: Walker, height: int) -> None:
    """Without scrolling one sees the count, and an agreed plank with what each group decided, in letters and words."""
    visitor.page.set_viewport_size({"width": visitor.page.viewport_size["width"], "height": height})  # type: ignore[index]
    visitor.page.goto(visitor.address + "/")
    for part in (
        "h1",
        ".card-title >> nth=0",
        *(f".card >> nth=0 >> .strip-word >> nth={group}" for group in range(3)),
    ):
        box = visitor.page.locator(part).bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= height, part


def visits_lightly(visitor: Walker) -> None:
    """At most six requests and 60 kilobytes, all of them to the site, and nothing moves once it is there."""
    asked: list[Request] = []
    visitor.page.on("request", lambda one: asked.append(one))
    visitor.page.goto(visitor.address + "/", wait_until="networkidle")
    assert all(one.url.startswith(visitor.address) for one in asked)
    # The icon is asked for by browsers that have a place to show it.
    assert len(asked) + (not any("favicon" in one.url for one in asked)) <= 6, [one.url for one in asked]
    assert sum(one.sizes()["responseBodySize"] for one in asked) < 60_000
    assert visitor.page.evaluate(MOVED) == 0


def test_a_visitor_of_no_party_reads_registers_interest_and_unsubscribes(walker: MakeWalker) -> None:
    many.planks(1, [RESERVED], agreed=True)
    many.planks(1, [DECLINED], first=2)
    visits_lightly(walker(width=375))
    agrees_on_the_first_screen(walker(width=375), 667)
    agrees_on_the_first_screen(walker(width=320), 568)
    visitor = walker(by_keyboard=True, width=375)
    visitor.go("/")
    visitor.follow("Their whole text, as one document")
    visitor.sees("Every home must be warm.")
    visitor.follow("Large print")
    visitor.sees("Usual print")
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
