"""The pages of notices: what I was told, what I follow, how I am told; and the button on a plank's page."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import AuditRow, Follow, NoticeChoice, Person
from app.notices import queries
from app.notices import service as notices
from app.web.paging import PAGE_LENGTH
from app.web.transactions import transaction
from policies.notices import Channel, NoticeKind
from policies.permissions import Actor
from tests import builders, many
from tests.app.notices.reading import choose, told
from tests.app.reading import counted, main_of, without_tokens


@pytest.fixture
def mover(app: Flask) -> Actor:
    """A member who was told that their plank is open."""
    app.config["WTF_CSRF_ENABLED"] = False
    by = builders.member("green", days=1)
    builders.open_plank(by)
    return by


@pytest.fixture
def browser(client: FlaskClient, mover: Actor) -> FlaskClient:
    """That member's browser."""
    builders.sign_in(client, mover)
    return client


def tell(actor: Actor, *things: str) -> None:
    """Tell one person of made-up things."""
    with transaction():
        for thing in things:
            person = db.select(Person.id).where(Person.id == actor.person_id)
            notices.tell(NoticeKind.MEMBER_WAITS, person, notices.About(thing))


def head_of(client: FlaskClient) -> str:
    """The header of the front page."""
    page = client.get("/").text
    return page[page.index("<header") : page.index("</header>")]


def test_unread_notices_stand_first_and_are_counted_in_the_head_until_they_are_marked(
    app: Flask, browser: FlaskClient, mover: Actor
) -> None:
    page = main_of(browser.get("/notices"))
    assert "Your plank “Warm homes for all” is in order, and open." in page
    assert ">New<" in page
    assert re.search(r"Notices <span[^>]*>1<span[^>]*> not read", head_of(browser))
    newest = re.search(r'name="newest" value="(\d+)"', page)
    assert newest is not None
    tell(mover, "a thing")
    assert browser.get("/notices/read").status_code == 405
    browser.post("/notices/read", data={"newest": newest.group(1)})
    page = main_of(browser.get("/notices"))
    assert page.index("Somebody waits") < page.index("Your plank")
    assert page.count(">New<") == 1
    assert "not read" not in head_of(app.test_client())


def test_the_list_has_pages_and_costs_the_same_however_long(browser: FlaskClient, mover: Actor) -> None:
    tell(mover, "a thing")
    with counted() as few:
        browser.get("/notices")
    tell(mover, *(f"thing {number}" for number in range(PAGE_LENGTH)))
    with counted() as lots:
        assert "Page 1 of 2" in main_of(browser.get("/notices"))
    assert len(lots) <= len(few)
    assert main_of(browser.get("/notices?page=2")).count(">New<") == 2
    assert browser.get("/notices?page=3").status_code == 404


def test_every_kind_is_shown_in_words_and_leads_somewhere(app: Flask, client: FlaskClient) -> None:
    clerk = builders.clerk("green")
    with transaction():
        mover = builders.member("green")
    plank_id = builders.open_plank(clerk)
    amendment_id, round_id = builders.open_amendment(plank_id, mover, "2030", "2032"), builders.prepared_round(plank_id)
    offer_id = builders.offered(amendment_id, builders.member("labour"), "2032", "2031")
    with transaction():
        things = {
            "ballot": notices.About.round(builders.a_round(round_id)),
            "followed_round": notices.About.round(builders.a_round(round_id)),
            "result": notices.About.round(builders.a_round(round_id)),
            "amendment": notices.About.amendment(builders.amendment(amendment_id), "carried"),
            "plank": notices.About.plank(builders.plank(plank_id), "archived"),
            "offer": notices.About.offer(builders.plank(plank_id), builders.plank(plank_id)),
            "ruling": notices.About.plank(builders.plank(plank_id), "refer"),
            "can_take_over": notices.About.plank(builders.plank(plank_id), "withdrawn"),
            "clerk_wanted": notices.About.plank(builders.plank(plank_id), "appeal"),
            "offer_answered": notices.About.wording(builders.offer(offer_id), "refused"),
            "followed_text": notices.About.plank(builders.plank(plank_id), "2"),
        }
        for kind in NoticeKind:
            about = things.get(kind) or things.get(kind.split("_")[0]) or notices.About("a thing")
            notices.tell(kind, db.select(Person.id).where(Person.id == clerk.person_id), about)
    builders.sign_in(client, clerk)
    page = main_of(client.get("/notices"))
    lines = re.findall(r'<a href="([^"]+)">([^<]+)</a><p class="muted">', page)
    assert len(lines) == len(NoticeKind) + 1
    for address, _words in lines:
        assert client.get(address).status_code == 200, address
    assert {"Your plank “Warm homes for all” is archived.", "Your amendment to “Warm homes for all” is carried."} <= {
        words for _address, words in lines
    }


def test_a_plank_is_followed_and_let_go_from_its_page_and_nobody_else_learns_it(
    app: Flask, browser: FlaskClient, mover: Actor
) -> None:
    others = app.test_client()
    builders.sign_in(others, builders.clerk("labour"))
    before, rows = without_tokens(others.get("/planks/1")), db.session.query(AuditRow).count()
    assert "Follow this plank" in main_of(browser.get("/planks/1"))
    for _ in range(2):
        assert browser.post("/planks/1/follow").status_code == 303
    assert "Followed – undo" in main_of(browser.get("/planks/1"))
    for address in ("/notices", "/notices/following"):
        assert 'href="/planks/1">Warm homes for all</a>' in main_of(browser.get(address))
    assert without_tokens(others.get("/planks/1")) == before
    assert db.session.query(AuditRow).count() == rows
    assert browser.post("/planks/1/follow/undo").status_code == 303
    assert db.session.query(Follow).count() == 0
    assert "You follow no plank." in main_of(browser.get("/notices/following"))


def test_what_one_follows_has_pages_and_a_draft_cannot_be_followed(browser: FlaskClient, mover: Actor) -> None:
    ids = many.planks(PAGE_LENGTH + 1, first=2)
    with transaction():
        for plank_id in ids:
            notices.follow(builders.plank(plank_id), by=mover)
    assert "All that you follow" in main_of(browser.get("/notices"))
    assert "Page 1 of 2" in main_of(browser.get("/notices/following"))
    with transaction():
        ref = builders.plank(builders.draft(mover)).ref
    assert browser.post(f"/planks/{ref}/follow").status_code == 409


def test_choices_are_saved_as_one_form_and_change_nothing_else(browser: FlaskClient, mover: Actor) -> None:
    page = main_of(browser.get("/notices/settings"))
    assert "member_waits" not in page
    assert 'selected value="at_once"' in page
    with transaction():
        notices.choose({NoticeKind.MEMBER_WAITS: Channel.OFF}, by=mover)
    assert choose(browser, ballot_opens=Channel.OFF, member_waits=Channel.AT_ONCE) == 303
    with transaction():
        chosen = queries.choices_of(mover)
        rows = db.session.query(NoticeChoice).filter_by(person_id=mover.person_id).count()
    assert (chosen[NoticeKind.BALLOT_OPENS], chosen[NoticeKind.MEMBER_WAITS]) == (Channel.OFF, Channel.OFF)
    assert (chosen[NoticeKind.BALLOT_CLOSES], chosen[NoticeKind.RESULT]) == (Channel.AT_ONCE, Channel.DIGEST)
    # Those for clerks are not on the form; one of them was chosen before.
    assert rows == len(NoticeKind) - 2
    tell(mover, "a thing")
    assert mover.person_id not in told(NoticeKind.MEMBER_WAITS)


def test_a_way_that_is_none_comes_back_with_the_other_choices_kept(browser: FlaskClient) -> None:
    answer = browser.post("/notices/settings", data={"ballot_opens": "by pigeon", "result": "off"})
    assert answer.status_code == 422
    page = main_of(answer)
    assert "Choose one of the ways on the list for “A ballot opens in which you can vote”." in page
    assert 'selected value="off"' in page
    assert db.session.query(NoticeChoice).count() == 0
