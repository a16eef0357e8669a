"""S5: text is text: what people type is shown as they typed it and never becomes markup, code or a header."""

import re
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.planks import service as planks
from app.search import work as search
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from tests import builders
from tests.app.payloads import BROKEN, LONG, PAYLOADS, SHORT, TURNING, PageReader, words_of
from tests.app.reading import pages_reached, seen_on

SCRIPT = "<script>alert(1)</script>"
REASON, STATEMENT = LONG[:900], LONG[:450]
TOO_LONG = SHORT * 300
FEED_TAGS = {
    "feed",
    "id",
    "title",
    "subtitle",
    "updated",
    "published",
    "link",
    "author",
    "name",
    "uri",
    "entry",
    "summary",
}
EVIL_LINKS = [
    '<a href="javascript:alert(1)">a</a>',
    "<form action='//evil.example'>",
    "<p style='top:0'>",
    "<b onclick=x>",
]


class Everybody:
    """A browser for each person of a small platform, and what they press."""

    def __init__(self, app: Flask) -> None:
        """Two members and a clerk of each group, long enough in it to vote, and a visitor."""
        app.config["WTF_CSRF_ENABLED"] = False
        with transaction():
            planks.theme_named("Housing", "housing")
        self.app = app
        self.visitor = app.test_client()
        self.clerk = {key: self.browser(builders.clerk(key)) for key in GROUP_KEYS}
        self.member = {key: self.browser(builders.member(key)) for key in GROUP_KEYS}
        self.second = {key: self.browser(builders.member(key)) for key in GROUP_KEYS}
        self.mp = self.browser(builders.mp())

    def browser(self, actor: Actor) -> FlaskClient:
        """A browser in which this person is signed in."""
        client = self.app.test_client()
        builders.sign_in(client, actor)
        return client

    def press(self, client: FlaskClient, address: str, **answers: str) -> str:
        """Send a form that is in order; returns the address it leads to, once that page has been looked at."""
        answer = client.post(address, data=answers)
        assert answer.status_code == 303, f"{address}: {words_of(answer)}"
        assert answer.location.startswith("/")
        words_of(client.get(answer.location, follow_redirects=True))
        return answer.location

    def press_on(self, client: FlaskClient, page: str, act: str, **answers: str) -> str:
        """Press a button on the page of an amendment, for the words that are read there."""
        address = f"{page.removesuffix('/preview')}/{act}"
        return self.press(client, address, seen=seen_on(client, page), **answers)

    def refuses(self, client: FlaskClient, address: str, **answers: str) -> None:
        """Send a form with something wrong in it; it comes back with the words, as words."""
        answer = client.post(address, data=answers)
        assert answer.status_code == 422, address
        assert SCRIPT in words_of(answer), address

    def checked_plank(self, title: str = SHORT) -> str:
        """A plank that clerks check, proposed and seconded on its pages; returns its address."""
        by = self.member["green"]
        self.refuses(by, "/planks/new", title=TOO_LONG, theme="housing", text=LONG, reason=REASON)
        preview = self.press(by, "/planks/new", title=title, theme="housing", text=LONG, reason=REASON)
        draft = preview.removesuffix("/preview")
        words_of(by.get(f"{draft}/draft"))
        plank = self.press(by, f"{draft}/submit")
        for seconder in (self.second["green"], self.second["labour"]):
            self.press(seconder, f"{plank}/second")
        return plank

    def open_plank(self, number: int) -> str:
        """A plank ruled in order by clerks who give reasons; returns its address."""
        plank = self.checked_plank()
        for key in ("labour", "lib_dem"):
            self.refuses(self.clerk[key], f"{plank}/rule", verdict="", reason=REASON)
            self.press(self.clerk[key], f"{plank}/rule", verdict="in_order", reason=REASON)
        return f"/planks/{number}"

    def ends(self) -> None:
        """One plank ruled out, and one archived, with reasons."""
        ruled_out = self.checked_plank()
        for key in ("labour", "lib_dem"):
            self.press(self.clerk[key], f"{ruled_out}/rule", verdict="out_of_order", reason=REASON)
        assert SCRIPT in words_of(self.member["green"].get(ruled_out))
        self.appeals(ruled_out)
        archived = self.open_plank(1)
        for key in GROUP_KEYS:
            if key != "green":
                self.refuses(self.clerk[key], f"{archived}/refer", why_refer=TOO_LONG)
                self.press(self.clerk[key], f"{archived}/refer", why_refer=REASON)
            self.refuses(self.clerk[key], f"{archived}/archive", reason=TOO_LONG)
            self.press(self.clerk[key], f"{archived}/archive", reason=REASON)
        assert SCRIPT in words_of(self.visitor.get(archived))

    def appeals(self, ruled_out: str) -> None:
        """A clerk appeals with a reason, and another one overturns with one."""
        (ruling, *_) = re.findall(r"/rulings/\w{12}", self.member["green"].get(ruled_out).text)
        self.refuses(self.member["green"], f"{ruling}/appeal", grounds=TOO_LONG)
        self.press(self.member["green"], f"{ruling}/appeal", grounds=REASON)
        self.press(self.clerk["green"], f"{ruling}/appeal", grounds=REASON)
        assert SCRIPT in words_of(self.clerk["labour"].get(ruling))
        self.refuses(self.clerk["labour"], f"{ruling}/answer", answer="", reason=TOO_LONG)
        self.press(self.clerk["labour"], f"{ruling}/answer", answer="overturn", reason=REASON)
        assert SCRIPT in words_of(self.member["lib_dem"].get("/rulings"))

    def amendments(self, plank: str) -> None:
        """One amendment of the whole, objected to; it stays open."""
        by, words = self.member["lib_dem"], {"title": SHORT[::-1], "text": f"{LONG}\n\n{SCRIPT} {{{{7*7}}}}"}
        self.refuses(by, f"{plank}/amend/in-words", words=LONG, reason=REASON)
        assert SCRIPT in words_of(by.post(f"{plank}/amend/redline", data={**words}))
        assert SCRIPT in words_of(by.get(f"{plank}/amend?parts=yes"))
        self.refuses(by, f"{plank}/amend", title=TOO_LONG, text=words["text"], reason=REASON)
        preview = self.press(by, f"{plank}/amend", **words, reason=REASON)
        amendment = self.press_on(by, preview, "submit")
        self.press_on(self.second["green"], amendment, "second")
        self.refuses(self.second["labour"], f"{amendment}/object", reason=TOO_LONG)
        open_one = f"{plank.replace('/planks/', '/amendments/P')}-A1"
        self.press_on(self.second["labour"], open_one, "object", reason=REASON)
        self.offers(open_one, {"title": SHORT, "text": f"{LONG}\n\nOr {SCRIPT}", "seen": "1"})

    def offers(self, amendment: str, words: dict[str, str]) -> None:
        """One wording refused with a reason, and one that waits."""
        mover, other = self.member["lib_dem"], self.member["green"]
        self.refuses(other, f"{amendment}/offers/new", **words, reason=TOO_LONG)
        words_of(other.post(f"{amendment}/offers/new", data={**words, "reason": REASON}))
        offer = self.press(other, f"{amendment}/offers", **words, reason=REASON)
        self.refuses(mover, f"{offer}/refuse", reason=TOO_LONG)
        self.press(mover, f"{offer}/refuse", reason=REASON)
        assert SCRIPT in words_of(other.get(offer))
        waiting = self.press(self.second["labour"], f"{amendment}/offers", **words, reason=REASON)
        assert SCRIPT in words_of(mover.get(f"{waiting}/accept"))
        assert SCRIPT in words_of(mover.get(amendment))

    def arguments(self, plank: str) -> None:
        """One for and one against, by a member who is named; reported, and hidden by clerks with a reason."""
        for place in (plank, f"{plank.replace('/planks/', '/amendments/P')}-A1"):
            by = self.member["labour"]
            self.refuses(by, f"{place}/arguments/for", text=TOO_LONG)
            names = self.press(by, f"{place}/arguments/for", text=REASON, shows_name="yes")
            self.press(by, names, choice="everybody", said="everybody")
            self.press(self.second["green"], f"{place}/arguments/against", text=REASON[::-1] + SCRIPT)
        shown = by.get(f"{plank}?view=arguments")
        assert SCRIPT in words_of(shown)
        (chosen, *_) = re.findall(r"text=(argument-\w+)", shown.text)
        report = f"/report?page={plank}&text={chosen}"
        self.refuses(self.visitor, report, text=chosen, wrong="", words=STATEMENT)
        followed = self.press(self.visitor, report, text=chosen, wrong="illegal", words=STATEMENT)
        queue = self.clerk["green"].get("/clerk/reports")
        assert SCRIPT in words_of(queue)
        (ruling,) = set(re.findall(r"/clerk/cases/\w+", queue.text))
        for key in ("green", "labour"):
            (read,) = re.findall(r'name="read" value="(\w+)"', self.clerk[key].get(ruling).text)
            self.refuses(self.clerk[key], ruling, verdict="", reason=STATEMENT, read=read)
            self.press(self.clerk[key], ruling, verdict="hide", reason=STATEMENT, read=read)
        assert SCRIPT in words_of(self.visitor.get(f"{plank}?view=arguments"))
        case = ruling.removeprefix("/clerk")
        self.refuses(by, f"{case}/appeal", reason=TOO_LONG)
        self.press(by, f"{case}/appeal", reason=REASON)
        assert SCRIPT in words_of(self.clerk["green"].get("/clerk/reports"))
        words_of(self.visitor.get(followed))
        self.complains()

    def complains(self) -> None:
        """A complaint about personal data, looked into and answered."""
        self.refuses(self.visitor, "/complaints", words=TOO_LONG)
        complaint = self.press(self.visitor, "/complaints", words=REASON)
        assert SCRIPT in words_of(self.clerk["green"].get("/clerk/complaints"))
        self.refuses(self.clerk["green"], f"/clerk{complaint}", step="", words=REASON)
        self.press(self.clerk["green"], f"/clerk{complaint}", step="ANSWER", words=REASON)
        assert SCRIPT in words_of(self.visitor.get(complaint))

    def composites(self, first: str, second: str) -> None:
        """A composite of two planks, submitted, with what its form asks for."""
        by, address = self.member["labour"], f"{first}/combine/clauses?plank={second.removeprefix('/planks/')}"
        takes = re.findall(r'name="(take_\w+)"', by.get(address).text)
        ticks = {takes[0]: "y", takes[-1]: "y", "theme": "housing"}
        self.refuses(by, address, **ticks, title=TOO_LONG, reason=REASON, **{takes[0].replace("take", "place"): SHORT})
        preview = self.press(by, address, **ticks, title=SHORT, reason=REASON)
        self.press(by, preview.replace("/preview", "/submit"))
        words_of(by.get(f"{first}/combine?q={SHORT}"))

    def rounds(self, plank: str) -> None:
        """One round cancelled with a reason, and one decided in which a group has a reservation."""
        clerk = self.clerk["labour"]
        first = self.press(clerk, f"{plank}/rounds/new", question="working", agreement="later").removesuffix("/open")
        self.refuses(clerk, f"{first}/cancel", reason=TOO_LONG)
        self.press(clerk, f"{first}/cancel", reason=REASON)
        second = self.press(clerk, f"{plank}/rounds/new", question="working", agreement="later").removesuffix("/open")
        self.refuses(clerk, f"{second}/open", form="reserve", statement=TOO_LONG)
        self.press(clerk, f"{second}/open", form="reserve", statement=STATEMENT)
        self.press(self.clerk["green"], f"{second}/open", form="endorse")
        builders.pass_time(days=3, minutes=1)
        self.refuses_a_paper(second)
        for key in GROUP_KEYS:
            builders.vote(2, builders.voters(2, key), {"text": Choice.YES})
        builders.pass_time(days=7, minutes=1)
        assert SCRIPT in words_of(self.visitor.get(second))

    def positions(self, plank: str) -> None:
        """An MP supports the text, and then only with a reservation."""
        position = f"{plank}/v1/position"
        self.refuses(self.mp, f"{position}/check", position="reservation", statement=TOO_LONG)
        words_of(self.mp.post(f"{position}/check", data={"position": "reservation", "statement": STATEMENT}))
        self.press(self.mp, position, position="supports")
        mp_page = self.press(self.mp, position, position="reservation", statement=STATEMENT)
        for page in (mp_page, f"{plank}?view=backing"):
            assert SCRIPT in words_of(self.visitor.get(page))
        for page in ("/mps/brief", position):
            assert SCRIPT in words_of(self.mp.get(page))

    def refuses_a_paper(self, of_round: str) -> None:
        """A choice that is none, and a receipt that is none."""
        voter = self.member["labour"]
        assert voter.post(f"{of_round}/check", data={"text": SHORT}).status_code == 422
        words_of(voter.post(f"{of_round}/cast", data={"text": SHORT}))
        words_of(voter.post(f"{of_round}/receipt/check", data={"receipt": SHORT}))
        assert voter.post(f"{of_round}/cast", data={"text": "yes"}).status_code == 303


@pytest.mark.parametrize("markup", [words for words in PAYLOADS if words.startswith(("<", '"><', "--><"))] + EVIL_LINKS)
def test_such_words_would_be_noticed_on_a_page(markup: str) -> None:
    reader = PageReader()
    reader.feed(f"<p>{markup}</p>")
    assert reader.faults


@pytest.fixture
def everybody(app: Flask) -> Everybody:
    """Everybody, with the words of every field meant to do harm."""
    return Everybody(app)


def harmless(pages: dict[str, TestResponse]) -> int:
    """Look at all pages; returns on how many of them a script stands as text."""
    return sum(SCRIPT in words_of(page) for page in pages.values())


def the_feed_is_words(client: FlaskClient) -> None:
    """The feed is XML whatever is typed, and holds the words as words."""
    feed = ElementTree.fromstring(client.get("/whats-new.atom").data)
    assert SCRIPT in "".join(feed.itertext())
    assert {element.tag.rpartition("}")[2] for element in feed.iter()} <= FEED_TAGS
    assert not TURNING & set("".join(feed.itertext()))


def test_what_anybody_types_is_shown_as_text_on_every_page(app: Flask, everybody: Everybody) -> None:
    everybody.ends()
    plank = everybody.open_plank(2)
    everybody.composites(plank, everybody.open_plank(3))
    everybody.amendments(plank)
    everybody.arguments(plank)
    everybody.rounds(plank)
    everybody.positions(plank)
    search.drain()
    # Who moved what there is, and a clerk: between them they see whatever a visitor does.
    for reader in (everybody.member["green"], everybody.clerk["lib_dem"]):
        assert harmless(pages_reached(reader)) >= 12
    the_feed_is_words(everybody.visitor)
    page = everybody.visitor.get(plank)
    assert SCRIPT in words_of(page)
    assert 'href="javascript' not in page.text.lower()


def test_every_title_is_text(everybody: Everybody) -> None:
    by, reader = everybody.member["green"], everybody.member["labour"]
    for title in PAYLOADS:
        sent = {"title": title, "theme": "housing", "text": f"# {title}\n\n- {title}\n\n> {title}", "reason": title}
        preview = everybody.press(by, "/planks/new", **sent)
        plank = everybody.press(by, preview.replace("/preview", "/submit"))
        page = reader.get(plank)
        assert page.status_code == 200
        words_of(page)
    words_of(reader.get("/to-do"))


def test_every_word_sought_is_text(app: Flask, client: FlaskClient) -> None:
    builders.open_plank()
    search.drain()
    for words in (*PAYLOADS, LONG, f"homes {SHORT}", "title:homes", '"homes', "homes AND (", "*", "homes~9", "[a TO"):
        answer = client.get("/search", query_string={"q": words})
        assert answer.status_code == 200, words
        words_of(answer)
    assert SCRIPT in words_of(client.get("/search", query_string={"q": SCRIPT}))


def test_no_page_to_go_on_to_becomes_more_than_an_address(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    person = builders.member().person_id
    for words in (*PAYLOADS, "/planks\r\nSet-Cookie: stolen=1", "/planks%0d%0aSet-Cookie:%20stolen=1", "/%00"):
        words_of(client.get("/sign-in", query_string={"next": words}))
        for address, answers in (("/sign-in", {"person": str(person)}), ("/clock", {"move": "hour"})):
            answer = client.post(address, data={**answers, "next": words})
            assert answer.status_code == 303
            assert answer.location in {"/to-do", "/clock"} or answer.location.startswith("/planks")
            words_of(answer)


def test_bytes_that_are_no_characters_do_no_harm(everybody: Everybody) -> None:
    by = everybody.member["green"]
    answers = f"theme=housing&title={BROKEN}&text={BROKEN}&reason={BROKEN}"
    sent = by.post("/planks/new", data=answers, content_type="application/x-www-form-urlencoded")
    assert sent.status_code == 303
    assert SCRIPT in words_of(by.get(sent.location))
    for address in (f"/{BROKEN}", f"/themes/{BROKEN}", f"/search?q={BROKEN}", f"/sign-in?next=/{BROKEN}"):
        words_of(by.get(address))
