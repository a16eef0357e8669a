"""Pausing a group's backing: two officers, a reason, fourteen days at most, once a version; then it returns."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app import clock
from app.endorsements import queries as endorsements
from app.endorsements.levels import shown_level
from app.extensions import db
from app.models import AuditRow, Plank, Position, Stance, Suspension
from app.suspensions import service
from app.web.transactions import transaction
from policies.agreement import Level
from policies.endorsements import Form, FormKind, StanceKind
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from policies.positions import PositionState
from tests import builders

REASON = "Our conference decides on this first."


@pytest.fixture
def plank_id(app: Flask) -> int:
    """A plank that every group backs."""
    app.config["WTF_CSRF_ENABLED"] = False
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    return plank_id


@pytest.fixture
def officers() -> tuple[Actor, Actor]:
    """Two clerks of the Labour group."""
    return builders.clerk("labour"), builders.clerk("labour")


def stance(plank_id: int, group: str = "labour") -> Stance:
    """A group's stance on the working text."""
    return db.session.scalars(db.select(Stance).where(Stance.plank_id == plank_id, Stance.group == group)).one()


def paused(plank_id: int, officers: tuple[Actor, Actor], days: int = 14) -> None:
    """A pause that both have set."""
    asked_by, confirmed_by = officers
    with transaction():
        asked = service.ask(stance(plank_id), days, REASON, by=asked_by).id
    with transaction():
        service.confirm(stance(plank_id), asked, by=confirmed_by)


def level(plank_id: int) -> Level:
    """The level by the rule, which is the one said in SQL too."""
    with transaction():
        plank = builders.plank(plank_id)
        shown = plank.shown_version
        assert shown is not None
        found = endorsements.level_of(plank, shown, endorsements.on_version(shown))
        assert db.session.scalar(db.select(shown_level()).where(Plank.id == plank_id)) == found.key
        return found


def test_a_pause_lasts_its_days_and_then_the_backing_returns_by_itself(
    plank_id: int, officers: tuple[Actor, Actor]
) -> None:
    paused(plank_id, officers)
    until = clock.now() + timedelta(days=14)
    assert level(plank_id).label == f"Agreed – paused by Labour until {until.day} {until:%B} {until.year}"
    assert builders.plank(plank_id).agreed_version_id is not None
    # The clock alone ends it: nothing has to run for that.
    builders.move_clock(days=13, hours=23)
    assert level(plank_id).key == "paused"
    builders.move_clock(hours=2)
    assert level(plank_id).label == "Agreed"
    builders.pass_time(minutes=1)
    builders.pass_time(minutes=1)
    assert level(plank_id).label == "Agreed"
    acts = db.session.scalars(db.select(AuditRow.act).where(AuditRow.subject == "suspensions").order_by(AuditRow.id))
    assert acts.all() == ["pause asked", "backing paused", "pause ended"]
    # Noted an hour late, it ended in its time all the same.
    row = db.session.query(Suspension).one()
    assert row.ended_at == row.until


def test_one_officer_alone_pauses_nothing(plank_id: int, officers: tuple[Actor, Actor]) -> None:
    asked_by, other = officers
    with transaction():
        asked = service.ask(stance(plank_id), 3, REASON, by=asked_by).id
    assert level(plank_id).label == "Agreed"
    with pytest.raises(RuleBroken, match="another clerk of your group has to confirm it"), transaction():
        service.confirm(stance(plank_id), asked, by=asked_by)
    stranger = builders.clerk("green")
    with pytest.raises(RuleBroken, match="No clerk of your group asks"), transaction():
        service.confirm(stance(plank_id), asked, by=stranger)
    with pytest.raises(RuleBroken, match="Read them again"), transaction():
        service.confirm(stance(plank_id), asked + 1, by=other)
    with transaction():
        service.take_back(stance(plank_id), by=other)
    assert level(plank_id).label == "Agreed"
    paused(plank_id, officers, 1)
    assert level(plank_id).key == "paused"


def test_a_version_is_paused_once_and_only_where_it_is_backed(plank_id: int, officers: tuple[Actor, Actor]) -> None:
    with pytest.raises(RuleBroken, match="does not back this version"), transaction():
        service.ask(stance(plank_id, "green"), 3, REASON, by=officers[0])
    with pytest.raises(RuleBroken, match="from 1 to 14"), transaction():
        service.ask(stance(plank_id), 15, REASON, by=officers[0])
    paused(plank_id, officers, 1)
    builders.pass_time(days=2)
    with pytest.raises(RuleBroken, match="has used its pause on this version"), transaction():
        service.ask(stance(plank_id), 1, REASON, by=officers[0])


def test_the_database_refuses_a_second_pause_a_longer_one_and_one_officer_for_two(
    plank_id: int, officers: tuple[Actor, Actor]
) -> None:
    paused(plank_id, officers)
    row = db.session.scalars(db.select(Suspension)).one()
    stance_id, start, one, other = row.stance_id, row.starts_at, row.asked_by_id, row.confirmed_by_id
    assert start is not None
    unused = stance(plank_id, "green").id

    def refused(about: int, days: float, by: tuple[int, int | None]) -> None:
        until = start + timedelta(days=days)
        words = {"days": 14, "reason": REASON, "asked_at": start, "starts_at": start, "until": until}
        db.session.add(Suspension(stance_id=about, asked_by_id=by[0], confirmed_by_id=by[1], **words))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()

    refused(stance_id, 1, (one, other))
    refused(unused, 14.0001, (one, other))
    refused(unused, 1, (one, one))
    refused(unused, 0, (one, other))
    words = {"stance_id": unused, "days": 14, "reason": REASON, "asked_by_id": one, "confirmed_by_id": other}
    db.session.add(Suspension(**words, asked_at=start, starts_at=start, until=start + timedelta(days=14)))
    db.session.flush()


def test_a_ballot_on_withdrawing_that_is_open_holds_the_pause_until_its_result_is_there(
    plank_id: int, officers: tuple[Actor, Actor]
) -> None:
    paused(plank_id, officers, 5)
    round_id = builders.open_round(plank_id, forms={"labour": Form(FormKind.WITHDRAW)})
    builders.pass_time(days=4)
    closes = builders.a_round(round_id).closes_at
    assert closes is not None
    assert f"paused by Labour until {closes.day} " in level(plank_id).label
    builders.pass_time(days=4)
    # Nobody voted, so that nothing was decided, and the re-run of the same question pauses nothing.
    assert level(plank_id).label == "Agreed"
    # It showed as paused until the result was published, and so it is dated: here long after the close.
    assert db.session.query(Suspension).one().ended_at == builders.a_round(round_id).published_at > closes
    builders.pass_time(days=7, minutes=1)
    assert level(plank_id).label == "Agreed"


def test_a_ballot_that_opens_after_a_pause_does_not_bring_it_back(plank_id: int, officers: tuple[Actor, Actor]) -> None:
    paused(plank_id, officers, 1)
    builders.open_round(plank_id, forms={"labour": Form(FormKind.WITHDRAW)})
    assert level(plank_id).label == "Agreed"


def test_a_group_that_withdraws_while_it_pauses_has_withdrawn(plank_id: int, officers: tuple[Actor, Actor]) -> None:
    paused(plank_id, officers)
    builders.decided(plank_id, forms={"labour": Form(FormKind.WITHDRAW)})
    assert stance(plank_id).kind is StanceKind.WITHDRAWN
    assert level(plank_id).label == "No longer agreed"


def test_a_text_does_not_become_agreed_while_a_group_pauses_but_once_the_pause_is_over(
    app: Flask, officers: tuple[Actor, Actor]
) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=("labour", "lib_dem"))
    assert level(plank_id).label == "Backed by two of three"
    builders.pass_time(days=31)
    paused(plank_id, officers)
    assert level(plank_id).label == "Being drafted"
    builders.decided(plank_id, forms={"labour": Form(FormKind.WITHDRAW)}, yes=("lib_dem", "green"))
    assert builders.plank(plank_id).agreed_version_id is None
    builders.pass_time(days=5)
    assert builders.plank(plank_id).agreed_version_id is not None
    assert level(plank_id).label == "Agreed"


def test_every_surface_says_paused_and_the_count_on_the_home_page_leaves_it_out(
    client: FlaskClient, plank_id: int, officers: tuple[Actor, Actor]
) -> None:
    mp = builders.mp()
    position = builders.position(plank_id, mp)
    assert "1 plank agreed" in client.get("/").text.replace("One", "1")
    paused(plank_id, officers)
    home = client.get("/").text
    assert "No planks agreed" in home
    for address in (
        "/",
        "/planks",
        "/planks/1",
        "/planks/1/v1",
        "/themes/housing",
        "/where-we-stand",
        "/where-we-stand.csv",
    ):
        page = client.get(address).text
        assert "paused by Labour until" in page, address
        assert "Paused" in page, address
    for address in ("/planks/1", "/planks/1?view=backing", "/groups/labour", "/whats-new", "/whats-new.atom"):
        assert REASON in client.get(address).text, address
    assert "P1" in client.get("/planks?level=paused").text
    builders.sign_in(client, mp)
    assert "paused by Labour until" in client.get("/mps/brief").text
    assert db.session.get_one(Position, position).state is PositionState.CONFIRMED


def test_clerks_ask_and_confirm_on_the_pages(client: FlaskClient, plank_id: int, officers: tuple[Actor, Actor]) -> None:
    page = "/planks/1/v1/pause"
    builders.sign_in(client, officers[0])
    assert page in client.get("/planks/1").text
    for wrong in ({"days": "15", "reason": REASON}, {"days": "three", "reason": REASON}, {"days": "3", "reason": " "}):
        answer = client.post(page, data=wrong)
        assert answer.status_code == 422
    assert client.post(page, data={"days": "3", "reason": REASON}).status_code == 303
    assert "Another clerk of your group has to confirm it." in client.get(page).text
    builders.sign_in(client, officers[1])
    desk = client.get("/clerk").text
    assert "Confirm it" in desk
    assert "Confirm the pause" in client.get(page).text
    with transaction():
        asked = db.session.scalars(db.select(Suspension.id)).one()
    assert client.post(f"{page}/confirm", data={"seen": str(asked)}).status_code == 303
    assert "The backing is paused until" in client.get(page).text
    assert level(plank_id).key == "paused"
    builders.sign_in(client, builders.clerk("green"))
    assert "Ask for the pause" in client.get(page).text


def test_nothing_of_a_pause_shows_before_it_is_confirmed(
    client: FlaskClient, plank_id: int, officers: tuple[Actor, Actor]
) -> None:
    with transaction():
        service.ask(stance(plank_id), 3, REASON, by=officers[0])
    for address in ("/planks/1", "/planks/1?view=backing", "/groups/labour", "/whats-new", "/where-we-stand.csv"):
        assert REASON not in client.get(address).text
    builders.sign_in(client, builders.clerk("green"))
    assert REASON not in client.get("/planks/1/v1/pause").text
    assert db.session.scalar(text("SELECT count(*) FROM suspensions")) == 1
    assert set(endorsements.on_version(stance(plank_id).version)) == set(GROUP_KEYS)
