"""What the public does with the platform: compares it with the last edition, takes words as PDF, shares and follows.

By mouse, by keyboard on the narrowest phone, and without scripts. What all groups agree on stands in `test_visitor.py`,
who changed a sentence in `test_text_pages.py`, finding by search in `test_search.py`.
"""

from urllib.parse import urljoin

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests import editions
from tests.journeys.conftest import MakeWalker
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

BEFORE, NOW = "Warm homes for all", "Buses every quarter of an hour"
CHANGED = "– new, in version"


def compares_with_the_last_edition(visitor: Walker) -> None:
    """From the platform: its newest edition, and what is otherwise today, in words."""
    visitor.go("/platform")
    visitor.follow("Editions", within=visitor.page.locator("main"))
    visitor.follow("Edition 1")
    visitor.reads("Edition 1", BEFORE, "1 plank differs today", never=(NOW,))
    visitor.follow("Compare with today")
    visitor.reads("Edition 1 and the platform of today", CHANGED)


def takes_it_as_pdf(page: Page, name: str) -> None:
    """A link of the page's own hands over a file that is a PDF."""
    link = page.locator("main").get_by_role("link", name="PDF").first
    link.focus()
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename.endswith(name)
    assert taken.value.path().read_bytes().startswith(b"%PDF-")


def shares_and_follows(visitor: Walker) -> None:
    """From a plank: an address for ever, a card to embed, and feeds of the plank and of everything."""
    visitor.follow("Follow or share")
    visitor.reads("/planks/1/v1 shows version 1 for ever", "Feeds of this plank")
    visitor.page.get_by_role("button", name="Copy").focus()
    visitor.page.keyboard.press("Enter")
    visitor.sees("Copied.")
    visitor.follow("What feeds are")
    visitor.reads("Everything that becomes public", "What each group decides")


def does_the_same_without_scripts(page: Page, address: str) -> None:
    """Nothing of it needs a script; a feed, a calendar and the card are there for whoever asks by the page's link."""
    page.goto(f"{address}/editions/1")
    page.get_by_role("link", name="Compare with today").click()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("main")).to_contain_text(CHANGED)
    page.goto(f"{address}/planks/1")
    takes_it_as_pdf(page, ".pdf")
    page.get_by_role("link", name="Follow or share").click()
    for name in ("Atom", "JSON Feed", "Closing dates", "this one", "See the card by itself"):
        assert page.request.get(urljoin(page.url, page.get_by_role("link", name=name).first.get_attribute("href"))).ok
    page.get_by_role("link", name="See the card by itself").click()
    expect(page.locator("body")).to_contain_text(BEFORE)


def test_the_public_compares_with_an_edition_takes_a_pdf_shares_and_follows(app: Flask, walker: MakeWalker) -> None:
    editions.agreed_plank(BEFORE)
    editions.published(editions.clerks())
    editions.agreed_plank(NOW)
    for visitor in (walker(), walker(by_keyboard=True, width=320)):
        compares_with_the_last_edition(visitor)
        visitor.go("/planks/1")
        takes_it_as_pdf(visitor.page, ".pdf")
        shares_and_follows(visitor)
    does_the_same_without_scripts(walker(scripts=False).page, visitor.address)
