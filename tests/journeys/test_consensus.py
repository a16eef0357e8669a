"""Consensus wording: offered, accepted in two clicks, adopted; by mouse, and by keyboard alone at 320 px."""

import pytest

from tests import builders
from tests.journeys.conftest import MakeWalker

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(300)]


@pytest.mark.parametrize(
    ("by_keyboard", "width"),
    [pytest.param(False, 1280, marks=pytest.mark.long), (True, 320)],
    ids=["mouse", "keyboard at 320"],
)
def test_a_compromise_is_offered_accepted_in_two_clicks_and_becomes_the_text(
    walker: MakeWalker, by_keyboard: bool, width: int
) -> None:
    mover, by = builders.member("lib_dem"), builders.member("green")
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, mover, "2030", "2035")
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2040")
    builders.objected(2)
    one = walker(by_keyboard=by_keyboard)
    one.sign_in(by, width=width)
    one.go("/planks/1?view=amendments")
    one.sees("at most one of them can come into the text")
    one.go("/amendments/P1-A1")
    one.follow("Offer another wording")
    one.fill("Text", builders.TEXT.replace("2030", "2032"))
    one.fill("Why", "We could both live with that.")
    one.press("Preview", exact=True)
    one.sees("Preview: nothing is offered yet")
    one.press("Offer it")
    one.sees("Awaits an answer")
    other = walker(by_keyboard=by_keyboard, dark=True)
    other.sign_in(mover, width=width)
    other.go("/amendments/P1-A1")
    other.follow("Accept")
    other.sees("It opens at once, since the offer seconds it")
    other.press("Accept this wording")
    other.sees("Consensus wording: a member of the Compass Green group offered these words")
    builders.pass_time(hours=72, minutes=1)
    other.go("/planks/1?view=history")
    other.sees("a consensus wording")
    other.go("/planks/1")
    other.sees("insulated by 2032")
