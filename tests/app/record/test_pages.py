"""The record's pages: what was done, for everybody and for clerks, without a name and without a trace of drafts."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.desk.ticking import tick
from tests import builders
from tests.app.reading import main_of, without_tokens


@pytest.fixture
def plank_id(app: Flask) -> int:
    """A plank that was decided on, by a round."""
    mover = builders.member("green")
    plank_id = builders.open_plank(mover, title="Night trains")
    builders.decided(plank_id)
    return plank_id


def test_everybody_reads_what_was_done_in_public(client: FlaskClient, plank_id: int) -> None:
    shown = main_of(client.get("/record"))
    for words in (
        "Found in order by clerks of two groups, and opened",
        "Published",
        "Decided: Backs it",
        "P1 Night trains",
    ):
        assert words in shown
    assert "Compass Green group" in shown
    assert "Put before the members" not in shown
    narrowed = main_of(client.get("/record?about=stances"))
    assert "Decided: Backs it" in narrowed
    assert "Found in order" not in narrowed
    for unknown in ("/record?about=people", "/record?about=members", "/record?page=99"):
        assert client.get(unknown).status_code == 404


def test_clerks_read_what_members_may_see_and_who_came_to_their_own_group(client: FlaskClient, plank_id: int) -> None:
    clerk = builders.clerk("labour")
    builders.waiting_member("labour")
    builders.waiting_member("green")
    builders.sign_in(client, clerk)
    shown = main_of(client.get("/clerk/record"))
    assert "Put before the members" in shown
    members = main_of(client.get("/clerk/record?about=members"))
    assert members.count("Address proven") == 1


def test_drafts_leave_no_trace_in_the_record(client: FlaskClient, plank_id: int) -> None:
    clerk, mover = builders.clerk("labour"), builders.member("green")
    builders.sign_in(client, clerk)
    before = [without_tokens(client.get(address)) for address in ("/record", "/clerk/record")]
    builders.draft(mover, title="A hidden draft")
    assert [without_tokens(client.get(address)) for address in ("/record", "/clerk/record")] == before


def test_the_last_seal_of_each_day_is_shown(client: FlaskClient, plank_id: int) -> None:
    tick()
    shown = main_of(client.get("/record/seals"))
    assert shown.count("<code>") >= 3
