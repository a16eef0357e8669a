"""A composite of two planks, in four clicks: by mouse, and by keyboard alone on the smallest screen."""

import pytest

from tests import builders
from tests.journeys.conftest import MakeWalker

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(300)]

RAIL = "A night train must run every evening.\n\nBicycles travel free."


@pytest.mark.parametrize(
    ("by_keyboard", "width"),
    [pytest.param(False, 1280, marks=pytest.mark.long), (True, 320)],
    ids=["mouse", "keyboard at 320"],
)
def test_two_planks_are_put_together_in_four_clicks_and_a_mover_accepts(
    walker: MakeWalker, by_keyboard: bool, width: int
) -> None:
    mover, by = builders.member("green"), builders.member("lib_dem")
    builders.open_plank(mover)
    builders.open_plank(title="Night trains", text=RAIL)
    one = walker(by_keyboard=by_keyboard)
    one.sign_in(by, width=width)
    one.go("/planks/1")
    one.follow("Combine with other planks")
    one.tick("P2: Night trains")
    one.press("Choose their units")
    one.tick("1 Every home that is rented")
    one.tick("2 Bicycles travel free.")
    one.fill("Place of clause 2", "0")
    one.fill("Title", "Warm homes and bicycles")
    one.fill("Why", "They belong together.")
    one.press("Put together and preview")
    one.sees("From P2, version 1, clause 2")
    one.press("Submit", exact=True)
    one.sees("Put together from")
    other = walker(by_keyboard=by_keyboard, dark=True)
    other.sign_in(mover, width=width)
    other.go("/planks/1")
    other.press("Accept")
    other.sees("You have accepted this composite.")
