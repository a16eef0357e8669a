"""Replaying the record gives what is stored; a state written past the record is found."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.audit import replaying, service
from app.extensions import db
from app.models import Person
from app.web.transactions import transaction
from tests import builders


def replayed(app: Flask) -> tuple[int, str]:
    """How the command ends, and what it says."""
    found = app.test_cli_runner().invoke(args=["audit", "replay"])
    return found.exit_code, found.output


def test_the_record_rebuilds_what_is_stored_and_tells_what_was_changed_past_it(app: Flask) -> None:
    plank_id = builders.open_plank(builders.member("green"))
    builders.draft(builders.member("labour"))
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2032")
    builders.decided(plank_id)
    assert replaying.faults() == []
    code, output = replayed(app)
    assert (code, output.strip()) == (
        0,
        "Rebuilt from the record: 2 planks, 1 amendments, 1 rounds, 3 stances, 0 positions."
        " All stand as they are stored.",
    )
    with transaction():
        db.session.execute(sa.text("UPDATE stances SET kind = 'declined' WHERE group_key = 'green'"))
    code, output = replayed(app)
    assert code == 1
    assert "the record says kind endorsed, but declined is stored." in output
    assert "Keep a copy of both before anybody writes to either." in output


def test_a_long_list_of_differences_has_an_end(app: Flask) -> None:
    for _ in range(3):
        builders.draft(builders.member("green"))
    with transaction():
        db.session.execute(sa.text("DELETE FROM audit_rows"))
    code, output = replayed(app)
    assert code == 1
    assert output.count("is stored, but the record does not tell of it.") == 3


def test_an_act_that_no_table_names_is_not_recorded(app: Flask) -> None:
    builders.member("green")
    with pytest.raises(LookupError, match="Name it in policies/acts"):
        service.record("plank painted", db.session.query(Person).first(), by=None)
