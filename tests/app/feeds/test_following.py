"""What the feeds and calendars of one theme, plank or group tell, and what they never do."""

import re
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Stance, Suspension, Version
from app.planks import service as planks
from app.rounds import joint
from app.rounds import service as rounds
from app.suspensions import service as suspensions
from app.web.transactions import transaction
from policies.endorsements import Form, FormKind
from policies.groups import GROUP_KEYS
from policies.moderation import HIDDEN_TITLE, Kind
from tests import builders
from tests.app.feeds.reading import ATOM, events
from tests.app.moderation.test_hiding import hide, show_again

SECRET = "Zebulon"
OF_PLANK = ("/planks/1/feed.atom", "/planks/1/feed.json", "/themes/housing/feed.atom", "/whats-new.json")


def titles(client: FlaskClient, address: str) -> list[str]:
    """The lines of an Atom feed, newest first."""
    feed = ElementTree.fromstring(client.get(address).data)
    return [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]


def updated(client: FlaskClient, address: str) -> dict[str, str]:
    """When the words of each entry last changed, by its lasting name."""
    found = ElementTree.fromstring(client.get(address).data).iter(f"{ATOM}entry")
    return {one.findtext(f"{ATOM}id") or "": one.findtext(f"{ATOM}updated") or "" for one in found}


def test_each_tells_of_its_own_alone_and_a_withdrawn_plank_says_so_last(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    first, second = builders.open_plank(mover, title="Warm homes"), builders.open_plank(title="Clean rivers")
    builders.decided(second, forms={"green": Form(FormKind.RESERVE, statement="Rivers first.")})
    with transaction():
        planks.withdraw(builders.plank(first), by=mover)
    assert titles(client, "/planks/1/feed.atom") == ["P1 is withdrawn: “Warm homes”", "P1 opened: “Warm homes”"]
    assert not any("P1" in title for title in titles(client, "/planks/2/feed.atom"))
    [decision] = titles(client, "/groups/green/decisions.atom")
    name = "Compass Green group (not the Green Party)"
    assert decision == f"{name}, P2, version 1: Backs it with a reservation – “Clean rivers”"
    assert "P1 is withdrawn: “Warm homes”" in titles(client, "/themes/housing/feed.atom")
    assert client.get("/planks/1").text.count("feed.atom")
    for page in ("/themes/housing", "/groups/green", "/whats-new"):
        assert re.search(r'<link rel="alternate" type="application/(atom|feed)\+', client.get(page).text), page


def test_a_hidden_texts_entries_lose_its_words_and_are_dated_anew(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    plank_id = builders.open_plank(mover, title=f"Homes for {SECRET}")
    builders.decided(plank_id)
    builders.open_plank(title="Clean rivers")
    with transaction():
        version_id = builders.plank(plank_id).working_version_id
    assert all(SECRET in client.get(address).text for address in OF_PLANK)
    before = updated(client, "/whats-new.atom")
    etag = client.get("/planks/1/feed.atom").headers["ETag"]
    builders.move_clock(hours=5)
    about = hide(Kind.VERSION, Version, version_id or 0)
    dates = "/planks/1/closing-dates.ics"
    for address in (*OF_PLANK, dates, "/groups/green/decisions.atom", "/groups/green/decisions.json"):
        assert SECRET not in client.get(address).text, address
    assert HIDDEN_TITLE in client.get(dates).text
    assert client.get("/planks/1/feed.atom", headers={"If-None-Match": etag}).status_code == 200
    after = updated(client, "/whats-new.atom")
    assert set(after) == set(before)
    moved = {name for name in after if after[name] > before[name]}
    assert moved == {name for name in after if "/plank/2/" not in name}
    builders.move_clock(hours=5)
    show_again(about, mover)
    again = updated(client, "/whats-new.atom")
    assert SECRET in client.get("/whats-new.atom").text
    assert {name for name in again if again[name] > after[name]} == moved


def test_an_entry_with_a_hidden_reason_is_dated_anew_and_no_other(app: Flask, client: FlaskClient) -> None:
    builders.decided(builders.open_plank())
    asking, confirming = builders.clerk("green"), builders.clerk("green")
    with transaction():
        suspensions.ask(db.session.query(Stance).filter_by(group="green").one(), 3, SECRET, by=asking)
    with transaction():
        asked = db.session.query(Suspension).one()
        suspensions.confirm(asked.stance, asked.id, by=confirming)
        pause_id = asked.id
    addresses = ("/whats-new.atom", "/planks/1/feed.atom", "/groups/green/decisions.atom")
    before = {address: updated(client, address) for address in addresses}
    builders.move_clock(hours=5)
    about = hide(Kind.PAUSE, Suspension, pause_id)
    for address in addresses:
        assert SECRET not in client.get(address).text
        after = updated(client, address)
        moved = [name for name in after if after[name] != before[address][name]]
        assert [name.rsplit("5000/", 1)[1] for name in moved] == ["plank/1/paused/1/green"]
        before[address] = after
    builders.move_clock(hours=5)
    show_again(about, confirming)
    for address in addresses:
        assert SECRET in client.get(address).text
        after = updated(client, address)
        moved = [name for name in after if after[name] > before[address][name]]
        assert [name.rsplit("5000/", 1)[1] for name in moved] == ["plank/1/paused/1/green"]


def test_a_plank_that_is_not_public_has_no_feed_whoever_asks(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    with transaction():
        key = builders.plank(builders.submitted(mover)).key
    builders.sign_in(client, mover)
    assert client.get(f"/planks/{key}").status_code == 200
    for end in ("feed.atom", "feed.json", "closing-dates.ics"):
        assert client.get(f"/planks/{key}/{end}").status_code == 404


def test_a_closing_date_is_told_from_the_notice_on_and_every_change_of_it_is_counted(
    app: Flask, client: FlaskClient
) -> None:
    round_id = builders.prepared_round(builders.open_plank())
    address = "/planks/1/closing-dates.ics"
    builders.agree(round_id, builders.clerk("labour"), Form())
    # Of a calendar that tells of nothing nobody can say when it last changed.
    assert events(client.get(address)) == []
    assert "Last-Modified" not in client.get(address).headers
    builders.agree(round_id, builders.clerk("green"), Form())
    [announced] = events(client.get(address))
    assert (announced["SEQUENCE"], announced["STATUS"]) == ("0", "CONFIRMED")
    # That a third group agrees as well is the clerks' business.
    builders.move_clock(hours=1)
    builders.agree(round_id, builders.clerk("lib_dem"), Form())
    assert events(client.get(address)) == [announced]
    builders.pass_time(days=3, minutes=1)
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            joint.extend(builders.a_round(round_id), 2, by=clerk)
    [extended] = events(client.get("/groups/green/closing-dates.ics"))
    assert extended["UID"] == announced["UID"]
    assert int(extended["SEQUENCE"]) > 0
    assert extended["DTSTART"] > announced["DTSTART"]
    assert extended["LAST-MODIFIED"] > announced["LAST-MODIFIED"]
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("groups_agree", [1, 2])
def test_a_round_cancelled_once_it_was_announced_says_so_and_before_that_it_never_was(
    app: Flask, client: FlaskClient, groups_agree: int
) -> None:
    round_id = builders.prepared_round(builders.open_plank())
    for key in GROUP_KEYS[:groups_agree]:
        builders.agree(round_id, builders.clerk(key), Form())
    clerk = builders.clerk("labour")
    with transaction():
        rounds.cancel(builders.a_round(round_id), "Too early.", by=clerk)
    told = events(client.get("/closing-dates.ics"))
    assert [(one["STATUS"], one["SEQUENCE"]) for one in told] == ([("CANCELLED", "1")] if groups_agree == 2 else [])
