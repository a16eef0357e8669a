"""What is new: everything that became public and nothing before it did, as a page and as a feed."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.http import http_date

from app.endorsements import queries as endorsements
from app.extensions import db
from app.models import Plank
from app.planks import service as planks
from app.platform import happenings
from app.platform.happenings import Kind
from app.platform.news_asked import KINDS
from app.rounds import service as rounds
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.endorsements import Form, FormKind
from policies.groups import GROUP_KEYS
from tests import builders, editions, many
from tests.app.planks.test_conditions import adopted, promised, wanted
from tests.app.reading import main_of
from tests.app.rulings.conftest import refer
from tests.app.suspensions.test_pausing import paused

ATOM = "{http://www.w3.org/2005/Atom}"
EVERYWHERE = (
    "/whats-new",
    "/whats-new?kind=planks",
    "/whats-new.atom",
    "/where-we-stand",
    "/where-we-stand.csv",
    "/where-we-differ",
    "/planks",
    "/planks?show=differ",
    "/planks?only=none&sort=-green",
    "/overlap",
    "/groups/green",
    "/groups/green/planks?decision=undecided",
)


def whats_new(client: FlaskClient) -> list[str]:
    """The lines of the page, newest first, once the feed says the same."""
    page = re.findall(r'class="step-what"><a href="[^"]+">(.*?)</a>', main_of(client.get("/whats-new")))
    assert [entry.findtext(f"{ATOM}title") for entry in entries(client)] == page
    return page


def entries(client: FlaskClient) -> list[ElementTree.Element]:
    """The entries of the feed."""
    return ElementTree.fromstring(client.get("/whats-new.atom").data).findall(f"{ATOM}entry")


def summaries(client: FlaskClient) -> str:
    """What the entries say under their titles."""
    return "\n".join(entry.findtext(f"{ATOM}summary") or "" for entry in entries(client))


def test_the_life_of_a_plank_is_told_from_its_opening_to_its_end(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(title="Warm homes")
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    builders.pass_time(days=4)
    builders.decided(plank_id)
    builders.decided(plank_id, forms={"labour": Form(FormKind.WITHDRAW)})
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(plank_id), "It is law now.", by=clerk)
    assert whats_new(client) == [
        "P1 is archived: “Warm homes”",
        "P1 is no longer agreed: “Warm homes”",
        "Result of round R2 on P1: “Warm homes”",
        "Round R2 opened on P1: “Warm homes”",
        "P1 is agreed: “Warm homes”",
        "Result of round R1 on P1: “Warm homes”",
        "Round R1 opened on P1: “Warm homes”",
        "P1 has a new text, version 2: “Warm homes”",
        "P1 opened: “Warm homes”",
    ]
    said = summaries(client)
    assert "It is law now." in said
    assert "Amendment P1-A1, moved by a member of the Compass Green group, adopted by agreement" in said
    assert "Compass Labour group (not the Labour Party): Withdrew its backing. Compass Liberal" in said
    assert "All three Compass groups back version 2." in said
    assert "Demonstration person" not in client.get("/whats-new.atom").text
    retold_as_stored()


def retold_as_stored() -> None:
    """Going through the published rounds anew gives the very stances that were stored."""
    found = db.session.execute(happenings.happenings()).all()
    last = {}
    details = happenings.details(found)
    for round_id, standing in details.standings.items():
        last[details.rounds[round_id].version_id] = standing.stances
    assert last
    for version_id, stances in last.items():
        assert stances == endorsements.kinds(endorsements.on_versions([version_id])[version_id])


def test_nothing_of_a_round_is_told_before_it_opens_and_nothing_of_its_votes_before_it_is_published(
    app: Flask, client: FlaskClient
) -> None:
    cancelled = builders.prepared_round(builders.open_plank())
    clerk = builders.clerk("labour")
    with transaction():
        rounds.cancel(builders.a_round(cancelled), "Too early.", by=clerk)
    plank_id = builders.open_plank()
    before = whats_new(client)
    round_id = builders.prepared_round(plank_id)
    for key in GROUP_KEYS:
        builders.member(key)
        builders.agree(round_id, builders.clerk(key), Form())
    assert whats_new(client) == before
    builders.pass_time(days=3, minutes=1)
    opened = whats_new(client)
    assert [line.split(":")[0] for line in opened if line not in before] == ["Round R2 opened on P2"]
    unvoted = client.get("/whats-new.atom").data
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key), {"text": Choice.YES})
    assert client.get("/whats-new.atom").data == unvoted
    builders.pass_time(days=7, minutes=1)
    assert len(whats_new(client)) == len(opened) + 1
    # Fewer than ten votes a group: the outcome in words, and no figure or share of any kind.
    result = summaries(client).splitlines()[0]
    assert (
        "(not the Labour Party): Backs it. Compass Liberal Democrat group (not the Liberal Democrats): No quorum."
        in result
    )
    assert not re.search(r"\d", result.replace("version 1", ""))


def test_a_group_without_a_quorum_is_told_to_vote_once_more(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank())
    for key in GROUP_KEYS[1:]:
        builders.vote(round_id, builders.voters(round_id, key), {"text": Choice.YES})
    builders.pass_time(days=7, minutes=1)
    builders.pass_time(days=7, minutes=1)
    assert whats_new(client)[0].startswith("Round R2 opened on P1")
    said = summaries(client).splitlines()[0]
    assert said.startswith("Asked: whether to back version 1, once more for want of a quorum. The Compass Labour group")


def test_what_is_not_public_leaves_no_trace_on_any_of_these_pages(app: Flask, client: FlaskClient) -> None:
    mover, member = builders.member("green"), app.test_client()
    builders.sign_in(member, builders.member("green"))
    with transaction():
        planks.theme_named("Zebras", "zebras")
    many.planks(1, [many.BACKED_BY_ALL])
    before = [client.get(address).status_code for address in EVERYWHERE]
    builders.draft(mover, title="Zebra crossings")
    builders.submitted(mover, title="Zebra crossings")
    ruled_out = builders.seconded(mover, title="Zebra crossings")
    for key in GROUP_KEYS[:2]:
        clerk = builders.clerk(key)
        with transaction():
            rulings.rule(builders.plank(ruled_out), "out_of_order", "A zebra.", by=clerk)
    assert [client.get(address).status_code for address in EVERYWHERE] == before
    for browser in (client, member):
        for address in EVERYWHERE:
            assert "zebra" not in browser.get(address).text.lower(), address


def test_the_feed_is_valid_and_lasting(app: Flask, client: FlaskClient) -> None:
    many.rounds(many.planks(60, [many.BACKED_BY_ALL] * 60))
    answer = client.get("/whats-new.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.data)
    assert feed.tag == f"{ATOM}feed"
    assert "Compass groups, not parties" in (feed.findtext(f"{ATOM}title") or "")
    assert "The Compass Green group is not the Green Party." in (feed.findtext(f"{ATOM}subtitle") or "")
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Common Platform"
    told = feed.findall(f"{ATOM}entry")
    assert len(told) == 50
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in told]
    assert len({*ids, feed.findtext(f"{ATOM}id")}) == 51
    assert all(name.startswith("tag:localhost,2026::5000/") for name in ids)
    for entry in told:
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "").tzinfo is not None
        assert entry.findtext(f"{ATOM}title")
        [link] = entry.findall(f"{ATOM}link")
        assert link.get("href", "").startswith("http://localhost:5000/")
    assert feed.findtext(f"{ATOM}updated") == told[0].findtext(f"{ATOM}updated")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://localhost:5000/whats-new.atom"
    for page in ("/", "/whats-new"):
        assert '<link rel="alternate" type="application/atom+xml"' in client.get(page).text


@pytest.mark.parametrize("asks", ["ETag", "Last-Modified"])
def test_a_reader_who_has_the_feed_is_told_that_it_has_not_changed(app: Flask, client: FlaskClient, asks: str) -> None:
    builders.move_clock(minutes=-10)
    many.planks(1)
    first = client.get("/whats-new.atom")
    condition = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[asks]
    again = client.get("/whats-new.atom", headers={condition: first.headers[asks]})
    assert (again.status_code, again.data) == (304, b"")
    builders.move_clock(minutes=1)
    many.planks(1, first=2)
    changed = client.get("/whats-new.atom", headers={condition: first.headers[asks]})
    assert changed.status_code == 200
    old, new = (ElementTree.fromstring(answer.data).findall(f"{ATOM}entry") for answer in (first, changed))
    assert ElementTree.tostring(new[-1]) == ElementTree.tostring(old[-1])


def test_a_feed_that_may_still_change_within_its_second_does_not_say_when_it_changed(
    app: Flask, client: FlaskClient
) -> None:
    many.planks(1)
    first = client.get("/whats-new.atom")
    assert ("Last-Modified" in first.headers, "ETag" in first.headers) == (False, True)
    many.planks(1, first=2)
    asked = {"If-Modified-Since": http_date(datetime.now(UTC))}
    again = client.get("/whats-new.atom", headers=asked)
    assert (again.status_code, again.data == first.data) == (200, False)


def test_before_anything_is_public_both_say_so(client: FlaskClient) -> None:
    assert "Nothing has become public yet." in client.get("/whats-new").text
    feed = ElementTree.fromstring(client.get("/whats-new.atom").data)
    assert feed.findtext(f"{ATOM}updated")
    assert feed.find(f"{ATOM}entry") is None


def test_the_list_has_pages(app: Flask, client: FlaskClient) -> None:
    many.planks(31)
    assert 'href="?page=2"' in client.get("/whats-new").text
    assert "Page 2 of 2" in client.get("/whats-new?page=2").text


def test_the_page_goes_by_day_and_is_narrowed_by_theme_and_kind(app: Flask, client: FlaskClient) -> None:
    first = builders.open_plank(builders.member("green"), title="Warm homes")
    builders.pass_time(days=1)
    builders.decided(first)
    builders.open_plank(title="Fast trains")
    with transaction():
        builders.plank(2).theme = planks.theme_named("Transport", "transport")
    page = main_of(client.get("/whats-new"))
    days = re.findall(r'<h2 class="news-date"[^>]*>([^<]+)<', page)
    assert len(days) == len(set(days)) == 3
    assert "Proposed by a member of the Compass Green group. It has its public number." in page
    assert shown(client, "?theme=transport") == ["P2 opened"]
    assert shown(client, "?theme=housing&kind=planks") == ["P1 opened"]
    assert shown(client, "?theme=housing&kind=results") == ["P1 is agreed", "Result of round R1 on P1"]
    assert shown(client, "?theme=&kind=rounds") == ["Round R1 opened on P1"]
    for kind in ("texts", "references", "backing"):
        assert "Nothing of this kind has become public yet." in client.get(f"/whats-new?kind={kind}").text
    for odd in ("?kind=votes", "?theme=zoo", "?colour=red", "?kind=texts&kind=texts"):
        assert client.get(f"/whats-new{odd}").status_code == 400, odd


def test_every_kind_of_news_is_found_by_one_kind_of_the_filter_and_by_its_theme(
    app: Flask, client: FlaskClient
) -> None:
    kinds = [kind for _, of_it in KINDS.values() for kind in of_it]
    assert sorted(kinds) == sorted(happenings.Kind)
    everything_happens()
    told = {one.kind for one in db.session.execute(happenings.happenings())}
    assert told == set(happenings.Kind)
    of_planks = [line.split(":")[0] for line in whats_new(client) if not line.startswith("Edition ")]
    assert of_planks == shown(client, "?theme=housing")
    assert sorted(line for key in KINDS for line in shown(client, f"?kind={key}")) == sorted(shown(client))
    assert "Nothing of this kind" in client.get("/whats-new?theme=housing&kind=editions").text
    of_first = happenings.of_planks(Plank.number == 1)
    for about in (None, of_first, {kind: of_first[kind] for kind in (Kind.VERSION, Kind.ROUND_OPENED)}):
        newest_are_the_first_of_all(about)


def newest_are_the_first_of_all(about: happenings.About | None = None) -> None:
    """The newest few, for which only so many of each kind are looked at, are those at the head of everything."""
    all_of_it = db.session.execute(happenings.happenings(about)).all()
    assert all_of_it
    for length in range(1, len(all_of_it) + 2):
        assert happenings.newest(length, about) == all_of_it[:length]


@pytest.mark.both
def test_the_newest_of_what_happened_at_one_moment_are_the_first_of_all(app: Flask) -> None:
    made = many.planks(3)
    many.newer_versions(made)
    many.rounds(made)
    newest_are_the_first_of_all()


def everything_happens() -> None:
    """One thing of every kind: a promise kept, a plank referred back and given another text, a pause, an end."""
    first, second = builders.open_plank(), builders.open_plank()
    builders.decided(first, yes=())
    words = wanted(first)
    promised(first, words, "green")
    adopted(first, words)
    refer(first, "labour", "green")
    adopted(first, wanted(first, "2032", "2033"))
    builders.decided(second)
    editions.published(editions.clerks())
    paused(second, (builders.clerk("labour"), builders.clerk("labour")))
    builders.pass_time(days=15)
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(second), "It is law now.", by=clerk)


def shown(client: FlaskClient, query: str = "") -> list[str]:
    """The lines of the page before their titles, newest first."""
    page = main_of(client.get(f"/whats-new{query}"))
    return [line.split(":")[0] for line in re.findall(r'class="step-what"><a href="[^"]+">(.*?)</a>', page)]
