"""Mended punctuation: version n.1, which the groups back as they back version n; never a word, a letter or a digit."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.amendments import service as amendments
from app.desk.ticking import tick
from app.editorial import queries, service
from app.endorsements import queries as endorsements
from app.endorsements.levels import shown_level
from app.extensions import db
from app.models import Amendment, AuditRow, EditorialChange, Plank, Stance, Version
from app.mps.bearings import bearing_of
from app.web.transactions import transaction
from policies.agreement import LevelKey
from policies.ballots import RoundKind
from policies.endorsements import Form, FormKind, StanceKind
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.mending import EditorialStage
from policies.permissions import Actor
from policies.planks import Cause
from policies.positions import Bearing
from tests import builders

OTHERS = ("lib_dem", "green")


@pytest.fixture
def plank_id(app: Flask) -> int:
    """A plank that every group backs as version 1."""
    app.config["WTF_CSRF_ENABLED"] = False
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    return plank_id


@pytest.fixture
def clerks() -> dict[str, Actor]:
    """A clerk of each group."""
    return {group: builders.clerk(group) for group in GROUP_KEYS}


def version(plank_id: int) -> Version:
    """The working text."""
    found = builders.plank(plank_id).working_version
    assert found is not None
    return found


def proposed(plank_id: int, by: Actor, old: str = "by 2030.", new: str = "by 2030!") -> int:
    """A proposed change of the working text."""
    with transaction():
        base = version(plank_id)
        assert old in base.text
        return service.propose(builders.plank(plank_id), base, base.title, base.text.replace(old, new), by=by).id


def change(change_id: int) -> EditorialChange:
    """The row of a change."""
    return db.session.get_one(EditorialChange, change_id)


def answered(change_id: int, by: Actor, *, yes: bool = True, reason: str = "") -> None:
    """A clerk's word on it."""
    with transaction():
        service.answer(change(change_id), says_yes=yes, reason=reason, by=by)


def mended(plank_id: int, clerks: dict[str, Actor], old: str = "by 2030.", new: str = "by 2030!") -> Version:
    """The working text with mended punctuation, to which a clerk of every group has said yes."""
    change_id = proposed(plank_id, clerks["labour"], old, new)
    for group in OTHERS:
        answered(change_id, clerks[group])
    return version(plank_id)


def test_a_yes_of_every_group_makes_version_1_1_which_is_agreed_as_version_1_was(
    plank_id: int, clerks: dict[str, Actor]
) -> None:
    first = version(plank_id).id
    change_id = proposed(plank_id, clerks["labour"])
    answered(change_id, clerks["green"])
    assert version(plank_id).id == first
    answered(change_id, clerks["lib_dem"])
    now, plank = version(plank_id), builders.plank(plank_id)
    assert (now.name, now.cause, now.parent_id) == ("1.1", Cause.EDITORIAL, first)
    assert plank.agreed_version_id == plank.working_version_id == now.id
    held = endorsements.on_version(now)
    assert {stance.version_id for stance in held.values()} == {first}
    assert endorsements.level_of(plank, now, held).key is LevelKey.AGREED
    assert db.session.scalar(db.select(shown_level()).where(Plank.id == plank_id)) == "agreed"
    assert [unit.unit_id for unit in now.units] == [unit.unit_id for unit in db.session.get_one(Version, first).units]
    assert change(change_id).stage is EditorialStage.MADE
    row = db.session.scalars(
        db.select(AuditRow).where(AuditRow.act == "version written", AuditRow.subject_id == now.id)
    ).one()
    assert row.details["mends"] == first
    assert (row.details["working"], row.details["agreed"]) == (True, True)


@pytest.mark.parametrize("new", ["by 2031.", "by 2030 or so.", "by 20.30.", "bye 2030."])
def test_a_changed_word_or_digit_is_refused_and_named(plank_id: int, clerks: dict[str, Actor], new: str) -> None:
    with pytest.raises(RuleBroken, match="because it changes words, letters or digits: “"):
        proposed(plank_id, clerks["labour"], "by 2030.", new)
    assert queries.open_on(builders.plank(plank_id)) is None


def test_one_no_ends_it_and_nothing_changes(plank_id: int, clerks: dict[str, Actor]) -> None:
    first = version(plank_id).id
    change_id = proposed(plank_id, clerks["labour"])
    with pytest.raises(RuleBroken, match="Say why not"):
        answered(change_id, clerks["green"], yes=False)
    answered(change_id, clerks["green"], yes=False, reason="It shouts.")
    assert change(change_id).stage is EditorialStage.REFUSED
    with pytest.raises(RuleBroken, match="You cannot make an editorial change that is refused"):
        answered(change_id, clerks["lib_dem"])
    assert version(plank_id).id == first


def test_two_clerks_of_one_group_count_once(plank_id: int, clerks: dict[str, Actor]) -> None:
    change_id = proposed(plank_id, clerks["labour"])
    answered(change_id, builders.clerk("labour"))
    answered(change_id, clerks["green"])
    assert change(change_id).stage is EditorialStage.OPEN


def test_nothing_is_mended_while_groups_vote(plank_id: int, clerks: dict[str, Actor]) -> None:
    change_id = proposed(plank_id, clerks["labour"])
    round_id = builders.open_round(plank_id)
    answered(change_id, clerks["green"])
    with pytest.raises(RuleBroken, match="Groups vote on this plank now"):
        answered(change_id, clerks["lib_dem"])
    assert builders.a_round(round_id).version_id == version(plank_id).id
    tick()
    assert change(change_id).stage is EditorialStage.OPEN


def test_a_change_whose_text_has_moved_lapses(app: Flask, clerks: dict[str, Actor]) -> None:
    plank_id = builders.open_plank()
    change_id = proposed(plank_id, clerks["labour"])
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    builders.pass_time(hours=73)
    assert version(plank_id).number == 2
    assert change(change_id).stage is EditorialStage.LAPSED


def test_open_amendments_follow_the_mended_text(app: Flask, clerks: dict[str, Actor]) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "a national fund", "a public fund")
    now = mended(plank_id, clerks)
    revision = builders.amendment(amendment_id).revision
    assert revision is not None
    assert revision.base_id == now.id
    assert "by 2030!" in revision.text
    assert "a public fund" in revision.text


def test_the_agreed_text_can_be_mended_beside_a_newer_working_text(plank_id: int, clerks: dict[str, Actor]) -> None:
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    for group in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, group))
    builders.pass_time(days=7, minutes=1)
    agreed, working = builders.plank(plank_id).agreed_version, version(plank_id)
    assert agreed is not None
    assert (agreed.name, working.name) == ("1", "2")
    with transaction():
        base = db.session.get_one(Version, agreed.id)
        text = base.text.replace("by 2030.", "by 2030!")
        change_id = service.propose(builders.plank(plank_id), base, base.title, text, by=clerks["labour"]).id
    for group in OTHERS:
        answered(change_id, clerks[group])
    agreed = builders.plank(plank_id).agreed_version
    assert agreed is not None
    assert (agreed.name, version(plank_id).name) == ("1.1", "2")
    assert endorsements.on_version(version(plank_id)) == {}


def test_a_group_withdraws_its_backing_of_the_mended_words_and_so_of_the_same_words_before(
    plank_id: int, clerks: dict[str, Actor]
) -> None:
    first = version(plank_id).id
    now = mended(plank_id, clerks).id
    builders.decided(plank_id, forms={"green": Form(FormKind.WITHDRAW)})
    plank = builders.plank(plank_id)
    for one in (now, first):
        shown = db.session.get_one(Version, one)
        held = endorsements.on_version(shown)
        assert held["green"].kind is StanceKind.WITHDRAWN
        assert endorsements.level_of(plank, shown, held).key is LevelKey.NO_LONGER_AGREED
    on_first = db.session.scalars(db.select(Stance).where(Stance.version_id == first, Stance.group == "green")).one()
    assert on_first.kind is StanceKind.ENDORSED


def test_silence_adopts_no_amendment_to_words_that_are_backed_as_they_were_before_they_were_mended(
    plank_id: int, clerks: dict[str, Actor]
) -> None:
    mended(plank_id, clerks)
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    builders.pass_time(days=5)
    with transaction():
        assert not amendments.adopt_if_agreed(builders.amendment(amendment_id))
    assert db.session.get_one(Amendment, amendment_id).ended_at is None


def test_an_mps_position_is_not_stale_after_a_mended_comma_but_is_after_a_word(
    plank_id: int, clerks: dict[str, Actor]
) -> None:
    first = version(plank_id).id
    position = builders.position(plank_id, builders.mp())
    now = mended(plank_id, clerks)
    assert position
    before = db.session.get_one(Version, first)
    assert bearing_of(before, now) is Bearing.EDITORIAL
    newer = Version(number=2, minor=0, title=now.title, text=now.text.replace("2030", "2031"))
    assert bearing_of(before, newer) is Bearing.STALE


def test_every_page_says_which_words_were_backed_and_links_the_difference(
    client: FlaskClient, plank_id: int, clerks: dict[str, Actor]
) -> None:
    mended(plank_id, clerks)
    page = client.get("/planks/1").text
    assert "this text differs from it in punctuation only" in page
    assert 'href="/planks/1/compare?from=1&amp;to=1.1"' in page
    for address in ("/planks/1/v1.1", "/planks", "/where-we-stand", "/where-we-stand.csv"):
        assert "As version 1, the same words" in client.get(address).text, address


def test_the_queue_suggests_amendments_that_change_punctuation_only_and_says_why(
    client: FlaskClient, plank_id: int, clerks: dict[str, Actor]
) -> None:
    builders.open_amendment(plank_id, builders.member("green"), "from a national fund", "from a National fund")
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2035")
    builders.sign_in(client, clerks["green"])
    page = client.get("/clerk/editorial").text
    assert "P1-A1" in page
    assert "P1-A2" not in page
    assert "Look at “national”, now “National”" in page
    preview = client.get("/planks/1/v1/editorial?from=P1-A1").text
    assert "from a National fund" in preview


def test_a_clerk_proposes_and_another_answers_on_the_pages(
    client: FlaskClient, plank_id: int, clerks: dict[str, Actor]
) -> None:
    words = {"title": version(plank_id).title, "text": version(plank_id).text}
    builders.sign_in(client, clerks["labour"])
    wrong = client.post("/planks/1/v1/editorial", data=words | {"text": words["text"].replace("2030", "2035")})
    assert wrong.status_code == 422
    assert "“2030” became “2035”" in wrong.text
    assert "by 2035." in wrong.text
    data = words | {"text": words["text"].replace("by 2030.", "by 2030!")}
    assert "The machine says: editorial." in client.post("/planks/1/v1/editorial", data=data).text
    address = client.post("/planks/1/v1/editorial/propose", data=data).location
    builders.sign_in(client, clerks["green"])
    assert "waits for a clerk of" in client.get("/clerk").text.lower()
    unsaid = client.post(f"{address}/answer", data={"answer": "no"})
    assert unsaid.status_code == 422
    assert "Say why not" in unsaid.text
    assert client.post(f"{address}/answer", data={"answer": "yes"}).status_code == 303
    builders.sign_in(client, clerks["lib_dem"])
    client.post(f"{address}/answer", data={"answer": "yes"})
    assert 'href="/planks/1/v1.1"' in client.get(address).text
