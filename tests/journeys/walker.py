"""A person at a browser: goes, clicks and types by mouse or by keyboard alone, and has each page checked on the way."""

import re
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from flask import current_app
from playwright.sync_api import ConsoleMessage, Locator, Page, TimeoutError, expect

from app.extensions import db
from app.models import Person
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders

MOST_TABS = 250
# What a page is made of, whatever it says: each kind of element with its classes and the names of its attributes.
MADE_OF = """() => [...new Set([...document.querySelectorAll("*")].map(
  one => [one.tagName, one.className, ...one.getAttributeNames()].join(" ")
))].sort().join("\\n")"""
# Playwright has its own clock; a page of a local server that takes longer than this is a fault.
PATIENCE = 30_000


class Walker:
    """One person with one page. Every step ends with axe finding nothing and the console saying nothing.

    Of pages at one kind of address that are made of the same, axe looks at the first.
    """

    def __init__(self, page: Page, address: str, *, by_keyboard: bool) -> None:
        """Watch the page's console from the start."""
        self.page, self.address, self.by_keyboard = page, address, by_keyboard
        self.complaints: list[str] = []
        self.checked = 0
        self.known: set[str] = set()
        """The kinds of pages that axe has looked at."""
        page.set_default_timeout(PATIENCE)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self, actor: Actor, *, width: int | None = None, by_page: bool = False) -> None:
        """Go on as this person, with a window of this width, if one is given.

        Most walks are not about signing in: they begin with the session and its cookie. `by_page` chooses the made-up
        member or MP on the sign-in page, as people do.
        """
        if by_page:
            self._sign_in_by_page(actor)
        else:
            client = current_app.test_client()
            builders.sign_in(client, actor)
            cookie = client.get_cookie("session")
            assert cookie is not None
            self.page.context.add_cookies([{"name": "session", "value": cookie.value, "url": self.address}])
            self.go("/mps/brief" if actor.is_mp else "/to-do")
        if width is not None:
            self.page.set_viewport_size({"width": width, "height": 800})

    def _sign_in_by_page(self, actor: Actor) -> None:
        with transaction():
            name = db.session.get_one(Person, actor.person_id).name
        self.go("/sign-in")
        # Beside the name of an MP stands the party.
        self.press(name, exact=not actor.is_mp)

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.address + path)
        self.check()

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Follow the first link of this name."""
        self._activate((within or self.page).get_by_role("link", name=name).first)

    def press(self, name: str, *, within: Locator | None = None, exact: bool = False) -> None:
        """Press the first button of this name."""
        self._activate((within or self.page).get_by_role("button", name=name, exact=exact).first)

    def fill(self, label: str, words: str) -> None:
        """Put words into the field with this label, in place of what is there."""
        field = self.page.get_by_label(label).first
        if not self.by_keyboard:
            field.fill(words)
            return
        self._tab_to(field)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(words)

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a drop-down list."""
        field = self.page.get_by_label(label).first
        if self.by_keyboard:
            self._tab_to(field)
        field.select_option(label=option)

    def pick(self, name: str) -> None:
        """Pick the radio button of this name."""
        radio = self.page.get_by_role("radio", name=name).first
        if not self.by_keyboard:
            radio.check()
            return
        group = radio.get_attribute("name")
        self._skip_to(radio)
        self._tab_until(lambda: self.page.evaluate("document.activeElement.name") == group)
        self.page.keyboard.press("Space")
        for _ in range(10):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrow keys do not reach {name}.")

    def tick(self, name: str) -> None:
        """Tick the box of this name."""
        box = self.page.get_by_role("checkbox", name=name).first
        if not self.by_keyboard:
            box.check()
            return
        self._tab_to(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def sees(self, words: str, *, exact: bool = False) -> None:
        """The page says this, where it can be seen; with `exact` in these letters and no others."""
        expect(self.page.get_by_text(words, exact=exact).first).to_be_visible(timeout=PATIENCE)

    def reads(self, *words: str, never: tuple[str, ...] = ()) -> None:
        """The main part of the page says all of this where it can be seen, and nothing of `never`."""
        found = " ".join(self.page.locator("main").inner_text().split())
        assert [one for one in words if one not in found] == [], f"{self.page.url}\n{found}"
        assert [one for one in never if one in found] == [], f"{self.page.url}\n{found}"

    def does_not_see(self, words: str) -> None:
        """The page does not say this."""
        expect(self.page.get_by_text(words)).to_have_count(0, timeout=PATIENCE)

    def check(self) -> None:
        """No fault of accessibility, no complaint of the console, and nothing wider than the window."""
        self.checked += 1
        if self._is_to_be_looked_at():
            found = Axe().run(self.page)
            assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{self.page.url} is {overflow} px wider than the window"

    def _is_to_be_looked_at(self) -> bool:
        place = re.sub("[0-9][^/?]*", "…", self.page.url.removeprefix(self.address))
        kind = f"{self.page.viewport_size} {place}\n{self.page.evaluate(MADE_OF)}"
        is_new = kind not in self.known
        self.known.add(kind)
        return is_new

    def _activate(self, target: Locator) -> None:
        if self.by_keyboard:
            self._tab_to(target)
        # A page: what is kept while one types changes the address too, at any moment, and leads nowhere.
        # Where the page moves under the pointer at that moment, a click meets nothing, and anybody would click again.
        for last in (False, True):
            try:
                with self.page.expect_event("load", timeout=PATIENCE if last else PATIENCE / 3):
                    if self.by_keyboard:
                        self.page.keyboard.press("Enter")
                    else:
                        target.click()
                break
            except TimeoutError as fault:
                if last or not target.is_visible():
                    raise AssertionError(f"{self.page.url} led nowhere:\n{self.page.content()}") from fault
        self.check()

    def _tab_to(self, target: Locator) -> None:
        wanted = target.element_handle(timeout=PATIENCE)
        self._skip_to(target)
        self._tab_until(lambda: self.page.evaluate("wanted => document.activeElement === wanted", wanted))

    def _skip_to(self, target: Locator) -> None:
        """Pass over the head of a page just opened by the link that is there for it, if what is wanted lies below."""
        is_below = target.evaluate("wanted => Boolean(wanted.closest('main'))")
        if is_below and self.page.evaluate("document.activeElement === document.body"):
            self.page.keyboard.press("Tab")
            # Where one was in the middle of the page before, Tab goes on from there.
            if self.page.evaluate("document.activeElement.matches('.skip-link')"):
                self.page.keyboard.press("Enter")

    def _tab_until(self, arrived: Callable[[], object]) -> None:
        for _ in range(MOST_TABS):
            if arrived():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"The Tab key does not reach it on {self.page.url}.")

    def _listen(self, message: ConsoleMessage) -> None:
        # A refused request is reported on the console too; pages with such answers are part of the journeys.
        if message.type in {"error", "warning"} and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)
