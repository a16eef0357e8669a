"""In a real browser: lines that are cited and not copied, who changed a clause, a motion for a conference."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests import builders
from tests.journeys.conftest import MakeWalker

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(300)]

TEXT = f"""# What we ask for

Every home that is rented from a council must be insulated by 2030, and **no tenant may be asked to pay
for any of it** while [the law of 2008](https://example.org/law) stands as it is.

- {"Work begins with the coldest homes. " * 9}
"""
NUMBER_SHOWN = "mark => getComputedStyle(mark, '::after').display"
COPIED = """() => {
  getSelection().selectAllChildren(document.querySelector("article"));
  return getSelection().toString();
}"""


def test_lines_are_cited_by_number_and_never_copied_with_the_text(walker: MakeWalker) -> None:
    builders.open_plank(text=TEXT)
    one = walker()
    one.go("/planks/1")
    marks = one.page.locator("[data-line]")
    count = marks.count()
    assert count > 5
    copied = one.page.evaluate(COPIED)
    assert "and no tenant may be asked to pay for any of it while the law of 2008 stands" in " ".join(copied.split())
    assert re.findall(r"\d+", copied) == ["2030", "2008"]
    one.page.mouse.click(*_number_of(one.page.locator("#L3")))
    expect(one.page).to_have_url(re.compile(r"/planks/1#L3$"))
    one.page.keyboard.down("Shift")
    one.page.mouse.click(*_number_of(one.page.locator("#L5")))
    one.page.keyboard.up("Shift")
    expect(one.page).to_have_url(re.compile(r"/planks/1#L3-L5$"))
    one.check()
    other = walker(width=375, dark=True)
    other.go("/planks/1/v1#L2-L4")
    expect(other.page.locator(".line-named")).to_have_count(3)
    assert set(other.page.locator("[data-line]").evaluate_all(f"marks => marks.map({NUMBER_SHOWN})")) == {"none"}
    assert other.page.evaluate("[...CSS.highlights.get('lines')].map(String).join('')").startswith("Every home")
    other.page.emulate_media(media="print")
    tops = other.page.locator("[data-line]").evaluate_all(
        "marks => marks.map(mark => mark.nextSibling ? mark.getBoundingClientRect().bottom : 0)"
    )
    assert len(set(tops)) == count, "each line begins a line of its own on paper"
    plain = walker(scripts=False)
    plain.page.goto(f"{plain.address}/planks/1#L4")
    expect(plain.page.locator("#L4:target")).to_have_count(1)


def _number_of(mark: Locator) -> tuple[float, float]:
    """Where the number of a line can be pressed: at the margin, in the row of its mark."""
    box = mark.evaluate(
        """mark => {
          mark.scrollIntoView({ block: "center", behavior: "instant" });
          const row = mark.getBoundingClientRect();
          return [document.querySelector(".document").getBoundingClientRect().left + 14, (row.top + row.bottom) / 2];
        }"""
    )
    return box[0], box[1]


@pytest.mark.parametrize(
    ("by_keyboard", "width"),
    [pytest.param(False, 1280, marks=pytest.mark.long), (True, 320)],
    ids=["mouse", "keyboard at 320"],
)
def test_who_changed_a_clause_in_one_click_and_a_motion_in_three(
    walker: MakeWalker, by_keyboard: bool, width: int
) -> None:
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2035")
    builders.pass_time(hours=73)
    one = walker(by_keyboard=by_keyboard, width=width)
    one.go("/planks/1")
    one.follow("History clause 1")
    one.sees("adopted by agreement on")
    one.go("/planks/1")
    one.follow("Use at my conference")
    one.follow("Liberal Democrat")
    one.sees("what stands in brackets is yours to write")
    copy = one.page.get_by_role("button", name="Copy")
    copy.focus()
    one.page.keyboard.press("Enter")
    one.sees("Copied.")
    one.check()
