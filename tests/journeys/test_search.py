"""A visitor finds a plank by the search field: titles are offered while one types, and all works without scripts."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests import builders
from tests.journeys.conftest import MakeWalker
from tests.searched import drained

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(180)]


def test_a_title_is_chosen_by_keyboard_while_one_types(app: Flask, walker: MakeWalker) -> None:
    builders.open_plank(title="Warm homes for all")
    builders.open_plank(title="Warm schools")
    drained()
    visitor = walker(by_keyboard=True, width=320)
    visitor.go("/search")
    field = visitor.page.locator("#page-search")
    offered = visitor.page.locator(".offered [role=option]")
    chosen = visitor.page.locator(".offered [aria-selected=true]")
    field.press_sequentially("warm")
    expect(offered).to_have_count(2)
    field.press("ArrowUp")
    expect(chosen).to_contain_text("Warm schools")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "none")
    visitor.check()
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(chosen).to_have_count(1)
    there = chosen.get_attribute("data-url")
    field.press("Enter")
    expect(visitor.page).to_have_url(f"{visitor.address}{there}")


def test_without_scripts_the_button_finds_the_same(app: Flask, walker: MakeWalker) -> None:
    builders.open_plank(title="Warm schools")
    drained()
    page = walker(width=320, scripts=False).page
    page.goto(f"{walker(scripts=False).address}/search")
    page.locator("#page-search").fill("wram schools")
    page.locator(".search-page .search-button").click()
    page.get_by_role("link", name="warm schools", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 text found for “warm schools”")
    page.locator(".found-title a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Warm schools")
