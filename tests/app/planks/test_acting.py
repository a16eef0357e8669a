"""What members and clerks do on a plank's page: second, undo, withdraw, rule, archive; offered only where possible."""

from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import PlankSecond, Ruling
from app.planks.presenters import OfferedActions, offered_actions
from app.web.transactions import transaction
from policies.permissions import VISITOR, Actor
from policies.planks import Stage
from tests import builders
from tests.app.reading import counted


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def mover(app: Flask) -> Actor:
    """A member of the Green group who proposes the plank."""
    return builders.member("green")


def offered(plank_id: int, actor: Actor) -> OfferedActions:
    """What the plank's page offers somebody."""
    with transaction():
        return offered_actions(builders.plank(plank_id), actor)


def flags(actions: OfferedActions) -> set[str]:
    """The names of what is offered."""
    names = ("edit_draft", "amend", "second", "take_back_second", "withdraw", "rule", "archive")
    return {name for name in names if getattr(actions, name)}


def press(app: Flask, actor: Actor | None, plank_id: int, verb: str, **answers: str) -> int:
    """Press a button of the plank's page as somebody; returns the status."""
    client = app.test_client()
    if actor is not None:
        builders.sign_in(client, actor)
    return client.post(f"{address(plank_id)}/{verb}", data=answers).status_code


def address(plank_id: int) -> str:
    """Where a plank is now."""
    with transaction():
        return f"/planks/{builders.plank(plank_id).ref}"


def stage_of(plank_id: int) -> Stage:
    """Where it stands."""
    with transaction():
        return builders.plank(plank_id).stage


def test_a_draft_offers_its_mover_to_go_on(mover: Actor) -> None:
    plank_id = builders.draft(mover)
    assert flags(offered(plank_id, mover)) == {"edit_draft"}
    assert offered(plank_id, mover).state == "This is your draft. Nobody but you sees it."


def test_seeking_seconders_it_offers_others_to_second_and_its_mover_to_withdraw(mover: Actor) -> None:
    plank_id = builders.submitted(mover)
    assert flags(offered(plank_id, mover)) == {"withdraw"}
    assert flags(offered(plank_id, builders.member("green"))) == {"second"}
    assert flags(offered(plank_id, builders.clerk("labour"))) == {"second"}
    assert flags(offered(plank_id, VISITOR)) == set()
    state = offered(plank_id, mover).state
    assert state.startswith(
        "It wants a second from a member of the Compass Green group and one from a member of another group."
    )
    assert "it lapses on" in state


def test_one_click_seconds_and_one_click_takes_it_back(app: Flask, mover: Actor) -> None:
    plank_id, member = builders.submitted(mover), builders.member("green")
    assert press(app, member, plank_id, "second") == 303
    assert flags(offered(plank_id, member)) == {"take_back_second"}
    assert "from a member of another group." in offered(plank_id, member).state
    assert press(app, member, plank_id, "second/undo") == 303
    assert flags(offered(plank_id, member)) == {"second"}
    with transaction():
        assert db.session.query(PlankSecond).count() == 0


def test_with_one_second_of_the_own_group_and_one_of_another_it_goes_to_the_clerks(app: Flask, mover: Actor) -> None:
    plank_id = builders.submitted(mover)
    members = [builders.member("green"), builders.member("labour")]
    for member in members:
        assert press(app, member, plank_id, "second") == 303
    assert stage_of(plank_id) is Stage.CHECKING
    assert press(app, members[1], plank_id, "second") == 303
    assert press(app, members[1], plank_id, "second/undo") == 409
    assert press(app, builders.member("lib_dem"), plank_id, "second") == 409


def test_the_mover_does_not_second_the_own_plank(app: Flask, mover: Actor) -> None:
    plank_id = builders.submitted(mover)
    assert press(app, mover, plank_id, "second") == 403
    assert press(app, None, plank_id, "second") == 404


@pytest.mark.both
def test_parallel_seconds_leave_one_row_each(app: Flask, mover: Actor) -> None:
    plank_id = builders.submitted(mover)
    actors = [builders.member("green"), builders.member("labour")] * 4
    statuses: list[int] = []
    barrier = Barrier(len(actors))
    where = f"{address(plank_id)}/second"

    def click(actor: Actor) -> None:
        client = app.test_client()
        builders.sign_in(client, actor)
        barrier.wait()
        statuses.append(client.post(where).status_code)

    clicks = [Thread(target=click, args=(actor,)) for actor in actors]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert statuses == [303] * len(actors)
    with transaction():
        assert db.session.query(PlankSecond).count() == 2
    assert stage_of(plank_id) is Stage.CHECKING


def test_clerks_of_two_groups_rule_it_in_order(app: Flask, mover: Actor) -> None:
    plank_id, clerk = builders.seconded(mover), builders.clerk("labour")
    assert flags(offered(plank_id, clerk)) == {"rule"}
    assert flags(offered(plank_id, builders.member("labour"))) == set()
    assert press(app, clerk, plank_id, "rule", verdict="in_order") == 303
    assert offered(plank_id, clerk).said == ("A clerk of the Compass Labour group says: in order.",)
    assert press(app, builders.clerk("labour"), plank_id, "rule", verdict="in_order") == 303
    assert stage_of(plank_id) is Stage.CHECKING
    assert press(app, builders.clerk("green"), plank_id, "rule", verdict="in_order") == 303
    assert stage_of(plank_id) is Stage.OPEN


def test_a_clerk_who_rules_a_moment_late_is_told_that_it_is_done(app: Flask, client: FlaskClient, mover: Actor) -> None:
    plank_id, late = builders.seconded(mover), builders.clerk("green")
    for group in ("labour", "lib_dem"):
        press(app, builders.clerk(group), plank_id, "rule", verdict="in_order")
    builders.sign_in(client, late)
    answer = client.post(f"{address(plank_id)}/rule", data={"verdict": "in_order"})
    assert answer.status_code == 409
    assert "It is in order already: clerks of two groups have said so." in answer.text
    with transaction():
        assert db.session.query(Ruling).count() == 2


def test_a_plank_ruled_out_shows_the_written_reason(app: Flask, mover: Actor) -> None:
    plank_id = builders.seconded(mover)
    for group in ("labour", "lib_dem"):
        assert (
            press(app, builders.clerk(group), plank_id, "rule", verdict="out_of_order", reason="Two subjects.") == 303
        )
    assert stage_of(plank_id) is Stage.RULED_OUT
    assert offered(plank_id, mover).state.endswith("Two subjects.")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Choose whether the plank is in order."),
        ({"verdict": "archive", "reason": "x"}, "Choose whether the plank is in order."),
        ({"verdict": "out_of_order", "reason": " "}, "Say why the plank is out of order"),
        ({"verdict": "in_order", "reason": "x" * 1_001}, "Shorten this to 1,000 characters; it has 1,001."),
    ],
)
def test_a_wrong_ruling_says_what_to_do_and_keeps_what_was_typed(
    client: FlaskClient, mover: Actor, answers: dict[str, str], said: str
) -> None:
    plank_id = builders.seconded(mover)
    builders.sign_in(client, builders.clerk("labour"))
    answer = client.post(f"{address(plank_id)}/rule", data=answers)
    assert answer.status_code == 422
    assert said in answer.text
    assert answers.get("reason", "").strip() in answer.text
    with transaction():
        assert db.session.query(Ruling).count() == 0


def test_only_clerks_rule_and_only_while_it_is_being_checked(app: Flask, mover: Actor) -> None:
    plank_id = builders.seconded(mover)
    assert press(app, builders.member("labour"), plank_id, "rule", verdict="in_order") == 403
    opened = builders.open_plank()
    assert press(app, builders.clerk("labour"), opened, "rule", verdict="in_order") == 409


def test_clerks_of_all_groups_archive_an_open_plank_with_a_reason(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    clerks = [builders.clerk(group) for group in ("labour", "lib_dem", "green")]
    assert flags(offered(plank_id, clerks[0])) == {"amend", "archive"}
    builders.sign_in(client, clerks[0])
    answer = client.post(f"{address(plank_id)}/archive", data={"reason": " "})
    assert answer.status_code == 422
    assert "Say why the plank belongs in the archive" in answer.text
    for clerk in clerks:
        assert stage_of(plank_id) is Stage.OPEN
        assert press(app, clerk, plank_id, "archive", reason="Law since May.") == 303
    assert stage_of(plank_id) is Stage.ARCHIVED
    assert offered(plank_id, VISITOR).state.endswith("Law since May.")


def test_the_mover_withdraws_until_the_first_round_opens(app: Flask, mover: Actor) -> None:
    withdrawn, voted = builders.open_plank(mover), builders.open_plank(mover)
    assert flags(offered(withdrawn, mover)) == {"amend", "withdraw"}
    assert press(app, builders.member("green"), withdrawn, "withdraw") == 403
    assert press(app, mover, withdrawn, "withdraw") == 303
    assert stage_of(withdrawn) is Stage.WITHDRAWN
    builders.decided(voted)
    assert flags(offered(voted, mover)) == {"amend"}
    assert press(app, mover, voted, "withdraw") == 409
    assert stage_of(voted) is Stage.OPEN


def test_what_is_offered_costs_few_queries(mover: Actor) -> None:
    plank_ids = [builders.submitted(mover), builders.seconded(mover), builders.open_plank(mover)]
    for plank_id in plank_ids:
        for actor in (mover, builders.clerk("green"), VISITOR):
            with transaction():
                plank = builders.plank(plank_id)
                with counted() as statements:
                    offered_actions(plank, actor)
            assert len(statements) <= 4
