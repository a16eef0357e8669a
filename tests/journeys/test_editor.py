"""Amending in place in a browser: several parts, changes beside the words, every word kept; an amendment in words."""

import pytest
from playwright.sync_api import Page, expect

from app.extensions import db
from app.models import Amendment, Plank
from app.web.transactions import transaction
from policies.planks import Stage
from tests import builders
from tests.journeys.conftest import MakeWalker
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(300)]

FROM_A_WORD_PROCESSOR = """
<style>p {color: red}</style>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>Tenants <b>agree</b>
first.</p>
<p class=MsoNormal>See the <a href='https://example.org/x'>“report”</a>.<o:p></o:p></p><script>alert(1)</script>
<table><tr><td>2030</td><td>all homes</td></tr></table>
"""


def paste(page: Page, html: str) -> None:
    """Paste into what has the focus, as a word processor hands words over."""
    page.evaluate(
        """html => {
          const clipboard = new DataTransfer();
          clipboard.setData("text/html", html);
          const pasted = new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(pasted);
        }""",
        html,
    )


def write_two_parts(one: Walker) -> None:
    """Edit the clause one came for, open another and paste into it; the changes show, and all is kept."""
    page = one.page
    one.follow("Amend clause 1")
    one.fill("Clause 1", "Every home that is rented from a council must be insulated by 2032.")
    expect(page.locator("[data-live] ins")).to_have_text("+ inserted: 2032 end of insertion ")
    expect(page.locator("[data-state]")).to_contain_text("Saved at")
    assert page.url.endswith("/edit")
    one.check()
    page.locator("summary").filter(has_text="Clause 2.2").focus()
    page.keyboard.press("Enter")
    one.fill("Clause 2.2", "")
    paste(page, FROM_A_WORD_PROCESSOR)
    expect(page.get_by_label("Clause 2.2").first).to_have_value(
        "- Tenants **agree** first.\n\nSee the [“report”](https://example.org/x).\n\n2030 all homes"
    )
    expect(page.get_by_label("Clause 2.2").first.locator("+ p")).to_contain_text("9 words,")
    one.fill("Clause 2.2", "Tenants agree first.")
    expect(page.locator("[data-live] ins").last).to_contain_text("agree first")
    page.locator("summary").filter(has_text="Title").focus()
    page.keyboard.press("Enter")
    one.fill("Title", "Warm homes by 2032")
    expect(page.locator("[data-state]")).to_contain_text("Saved at")
    one.check()


@pytest.mark.long
def test_two_parts_are_edited_by_keyboard_on_a_phone_and_nothing_typed_is_lost(walker: MakeWalker) -> None:
    builders.open_plank()
    one = walker(by_keyboard=True, width=375, dark=True)
    one.sign_in(builders.member("labour"))
    one.go("/planks/1")
    write_two_parts(one)
    page = one.page

    page.reload()
    one.check()
    assert page.get_by_label("Clause 1").first.input_value().endswith("by 2032.")
    assert page.get_by_label("Clause 2.2").first.input_value() == "Tenants agree first."

    page.context.set_offline(True)
    one.fill("Why", "It takes two years longer.")
    expect(page.locator("[data-state]")).to_contain_text("Not saved: no connection.")
    page.context.set_offline(False)
    expect(page.locator("[data-state]")).to_contain_text("Saved at", timeout=15_000)
    one.complaints.clear()
    with transaction():
        assert db.session.query(Amendment).one().draft_reason == "It takes two years longer."

    one.press("Save and preview")
    one.sees("and 2 more changes")
    for way in ("Side by side", "New text", "Changes only"):
        one.follow(way)
    page.get_by_role("button", name="Next change").focus()
    page.keyboard.press("n")
    expect(page.locator(".redline-title[data-change]:focus")).to_have_count(1)
    one.sees("Change 1 of 3")
    page.emulate_media(media="print")
    for only_on_screen in (".redline-views", ".redline-ways"):
        expect(page.locator(only_on_screen)).to_be_hidden()
    page.emulate_media(media="screen")
    one.check()
    one.press("Submit", exact=True)
    one.sees("Seeking a seconder")
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.long
def test_a_new_plank_and_a_composite_are_kept_before_anybody_saves_them(walker: MakeWalker) -> None:
    builders.open_plank()
    builders.open_plank(title="Night trains", text="A night train must run every evening.")
    one = walker(by_keyboard=False)
    one.sign_in(builders.member("labour"))
    page, state = one.page, one.page.locator("[data-state]")
    one.go("/planks/new")
    one.fill("Title", "Buses that run")
    expect(state).to_contain_text("Not saved: Choose the theme")
    one.complaints.clear()
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("Buses that run")
    one.choose("Theme", "Housing")
    expect(state).to_contain_text("Saved at")
    assert page.url.endswith("/draft")
    one.fill("Text", "Buses run.")
    expect(state).to_contain_text("Saved at")
    one.press("Save and preview")
    page.go_back()
    one.press("Save and preview")
    one.go("/planks/1/combine/clauses?plank=2")
    one.tick("1 Every home that is rented")
    one.tick("1 A night train")
    expect(state).to_contain_text("Saved at")
    one.press("Put together and preview")
    one.sees("From P2, version 1, clause 1")
    with transaction():
        drafts = db.session.query(Plank).filter_by(stage=Stage.DRAFT).order_by(Plank.id)
        assert [draft.draft_text for draft in drafts][0] == "Buses run."
        assert drafts.count() == 2


def test_an_amendment_is_given_in_words_and_seen_as_it_was_understood(walker: MakeWalker) -> None:
    builders.open_plank()
    one = walker(by_keyboard=True)
    one.sign_in(builders.member("labour"))
    one.go("/planks/1/amend")
    one.press("Give it in words")
    one.fill("Your amendment in words", "In line 7, delete “2030” and insert “2032”.")
    one.press("Save and preview")
    one.sees("There is no line 7")
    one.fill("Your amendment in words", "In line 1, delete “2030” and insert “2032”.")
    one.fill("Why", "It takes two years longer.")
    one.press("Save and preview")
    expect(one.page.locator("ins")).to_contain_text("2032")
    one.press("Submit", exact=True)
    one.sees("Seeking a seconder")
