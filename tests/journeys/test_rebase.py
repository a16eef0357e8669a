"""Amend while another amendment is adopted: one that follows, one to read, one to settle; by mouse and by keyboard."""

import pytest

from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from tests import builders
from tests.journeys.conftest import MakeWalker

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(300)]


@pytest.mark.parametrize("by_keyboard", [pytest.param(False, marks=pytest.mark.long), True], ids=["mouse", "keyboard"])
def test_amendments_follow_are_read_or_are_settled_when_another_is_adopted(
    walker: MakeWalker, by_keyboard: bool
) -> None:
    plank_id = builders.open_plank()
    movers = [builders.member("lib_dem") for _ in range(3)]
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    changes = [("coldest", "oldest"), ("Every home", "Each home"), ("2030", "2035")]
    ids = [
        builders.submitted_amendment(plank_id, mover, old, new)
        for mover, (old, new) in zip(movers, changes, strict=True)
    ]
    with transaction():
        addresses = [f"/amendments/{builders.amendment(one).key}" for one in ids]
    builders.pass_time(hours=72, minutes=1)

    clean = walker(by_keyboard=by_keyboard)
    clean.sign_in(movers[0], width=1280)
    clean.does_not_see("Bring it up to date")
    clean.go(addresses[0])
    clean.sees("As written for version 1; carried over unchanged to version 2")

    near = walker(by_keyboard=by_keyboard, dark=True)
    near.sign_in(movers[1], width=1280)
    near.go("/to-do")
    near.follow("Bring it up to date")
    near.sees("Read me:")
    near.press("Take the merged text")
    near.press("Submit", exact=True)
    near.sees("Your amendment is submitted.")

    settling = walker(by_keyboard=by_keyboard)
    settling.sign_in(movers[2], width=375)
    settling.go("/to-do")
    settling.follow("Bring it up to date")
    settling.press("Settle and preview")
    settling.sees("There is a problem")
    settling.pick("Other words, which I type below")
    settling.fill("Other words for this place", "the year 2034")
    settling.press("Settle and preview")
    settling.sees("the year 2034")
    settling.press("Submit", exact=True)
    settling.sees("Your amendment is submitted.")
    with transaction():
        rows = [builders.amendment(one) for one in ids]
        assert [row.stage for row in rows] == [AmendmentStage.SUBMITTED] * 3
        assert not any(row.needs_rebase for row in rows)
