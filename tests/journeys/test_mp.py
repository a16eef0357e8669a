"""An MP at a keyboard: reads the brief, says it was read, records a position, changes it, and finds it on the plank."""

import pytest

from tests import builders, many
from tests.journeys.conftest import MakeWalker

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


def test_an_mp_reads_the_brief_and_records_a_position_by_keyboard(walker: MakeWalker) -> None:
    many.planks(2, [many.BACKED_BY_ALL] * 2, agreed=True)
    builders.member("green")
    builders.mp()
    mp = walker(by_keyboard=True, width=375)
    mp.go("/sign-in")
    mp.press("Demonstration MP, Anytown East")
    mp.sees("You have not looked yet.")
    mp.press("I have read this")
    mp.sees("Nothing has changed since you read this")
    mp.follow("Record it")
    mp.press("Check my position")
    mp.sees("There is a problem")
    mp.pick("I support them with a reservation")
    mp.fill("Your reservation", "Only if councils are paid for it.")
    mp.press("Check my position")
    mp.press("Change it")
    mp.press("Check my position")
    mp.press("Confirm my position")
    mp.sees("Only if councils are paid for it.")
    mp.go("/mps?position=recorded")
    mp.follow("Demonstration MP, Anytown East")
    mp.follow("P1: Warm homes, plank 1")
    mp.follow("Who backs it")
    mp.sees("Only if councils are paid for it.")
    mp.sees("All three Compass groups back version 1.")
