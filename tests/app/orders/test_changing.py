"""Two clerks of a group change its standing orders; a round keeps what it was prepared under, whatever they do."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.models import AuditRow, Ballot, OrdersChange, Round
from app.orders import queries, service
from app.web.transactions import transaction
from policies import standing_orders
from policies.errors import NotThere, RuleBroken
from policies.groups import GROUP_KEYS, group_named
from policies.orders_changes import ChangeStage
from policies.permissions import Actor
from policies.standing_orders import StandingOrders
from tests import builders, orders

STRICT = {"threshold": Fraction(2, 3), "threshold_is_strict": False}


def change(number: int) -> OrdersChange:
    return db.session.get_one(OrdersChange, number)


def held(group: str = "green") -> StandingOrders:
    with transaction():
        return queries.current()[group]


def acts() -> list[AuditRow]:
    query = select(AuditRow).where(AuditRow.subject == "orders_changes").order_by(AuditRow.id)
    return list(db.session.scalars(query))


def test_what_one_clerk_proposes_holds_once_another_confirms_it_and_its_day_has_come(app: Flask) -> None:
    proposer, other = builders.clerk("green"), builders.clerk("green")
    number = orders.proposed(by=proposer, **STRICT)
    assert held().version == 1
    with transaction():
        assert service.confirm(change(number), by=other).version == 2
    assert held().version == 1
    builders.move_clock(days=1)
    assert (held().version, held().threshold, held().threshold_is_strict) == (2, Fraction(2, 3), False)
    assert held("labour") == standing_orders.load()["labour"]
    with transaction():
        proposed, confirmed = acts()
        assert (proposed.details["version"], confirmed.details["version"]) == (None, 2)
        assert (confirmed.details["before"]["threshold"], confirmed.details["after"]["threshold"]) == ("1/2", "2/3")
        assert confirmed.details["after"]["since"] == held().since.isoformat()
        assert "We want more" not in str([row.details for row in acts()])


def test_nobody_confirms_the_own_proposal(app: Flask) -> None:
    proposer = builders.clerk("green")
    number = orders.proposed(by=proposer)
    with pytest.raises(RuleBroken, match="another clerk of your group has to decide on it"), transaction():
        service.confirm(change(number), by=proposer)
    with transaction():
        assert change(number).stage is ChangeStage.WAITING


def test_the_only_clerk_of_a_group_is_told_to_invite_another(app: Flask) -> None:
    alone = builders.clerk("green")
    proposed = replace(held(), since=held().since.replace(year=2100), **STRICT)
    with pytest.raises(RuleBroken, match="Invite another clerk first"), transaction():
        service.propose(group_named("green"), proposed, "Because.", by=alone)


def test_a_proposal_is_taken_back_or_turned_down_and_nothing_has_changed(app: Flask) -> None:
    proposer, other = builders.clerk("green"), builders.clerk("green")
    for act, by in ((service.take_back, proposer), (service.turn_down, other)):
        number = orders.proposed(by=proposer)
        with transaction():
            act(change(number), by=by)
        with pytest.raises(RuleBroken, match="You cannot confirm a change"), transaction():
            service.confirm(change(number), by=other)
    builders.move_clock(days=2)
    assert held() == standing_orders.load()["green"]


def test_a_day_that_has_begun_can_no_longer_be_confirmed(app: Flask) -> None:
    number, other = orders.proposed(), builders.clerk("green")
    builders.move_clock(days=1)
    with pytest.raises(RuleBroken, match="has begun. Turn it down"), transaction():
        service.confirm(change(number), by=other)


def test_clerks_of_other_groups_do_not_see_what_waits(app: Flask) -> None:
    number = orders.proposed("green")
    for actor in (builders.clerk("labour"), builders.member("green"), Actor()):
        with pytest.raises(NotThere), transaction():
            queries.change_asked(actor, "green", number)


@pytest.mark.both
def test_of_two_clerks_who_propose_at_once_one_is_told_in_clear_words(app: Flask) -> None:
    clerks, start, said = [builders.clerk("green"), builders.clerk("green")], Barrier(2), list[str]()

    def propose(by: Actor) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    proposed = replace(queries.newest("green"), since=queries.today() + timedelta(days=1), **STRICT)
                    service.propose(group_named("green"), proposed, "Because.", by=by)
                    said.append("")
            except RuleBroken as refusal:
                said.append(str(refusal))

    threads = [Thread(target=propose, args=(by,)) for by in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = sorted(said)
    assert (first, second[:27]) == ("", "A change of your group’s st")
    with transaction():
        assert db.session.query(OrdersChange).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"ballot_days": 0},
        {"notice_days": 367},
        {"retabling_after_days": -1},
        {"threshold": Fraction(1, 2), "threshold_is_strict": False},
        {"threshold": Fraction(1), "threshold_is_strict": True},
        {"stage": ChangeStage.CONFIRMED},
        {"version": 2},
        {"reason": ""},
        {"group": "outsiders"},
    ],
)
def test_the_database_refuses_impossible_figures(app: Flask, wrong: dict[str, object]) -> None:
    number = orders.proposed()
    with pytest.raises((IntegrityError, LookupError)) as refused, transaction():  # noqa: PT012
        for name, figure in wrong.items():
            setattr(change(number), name, figure)
        db.session.flush()
    assert refused


def test_a_round_keeps_the_orders_it_was_prepared_under_and_so_does_its_re_run(app: Flask) -> None:
    plank_id, later = builders.open_plank(), builders.open_plank()
    with transaction():
        for key in GROUP_KEYS * 6:
            builders._person(key)
    round_id = builders.prepared_round(plank_id)
    # Between preparing and opening: Green asks for participation of all, a later re-run, and a year in the group.
    orders.changed(
        "green", quorum=Fraction(1), rerun_after=timedelta(30), qualifying_period=timedelta(366), notice=timedelta(20)
    )
    assert held().version == 2
    for by in [builders.clerk(key) for key in GROUP_KEYS]:
        builders.agree(round_id, by, builders.Form())
    builders.pass_time(days=3, minutes=1)
    with transaction():
        ballots = {ballot.group: ballot for ballot in builders.a_round(round_id).ballots}
        assert (ballots["green"].orders_version, ballots["green"].quorum) == (1, "1/10")
        assert ballots["green"].roll_size >= 6
        recorded = db.session.scalars(select(AuditRow).where(AuditRow.act == "round prepared")).one()
        assert recorded.details["orders"] == dict.fromkeys(GROUP_KEYS, 1)
    builders.vote(round_id, [one for key in ("labour", "lib_dem") for one in builders.voters(round_id, key)])
    builders.pass_time(days=7, minutes=1)
    with transaction():
        rerun = db.session.scalars(select(Round).where(Round.rerun_of_id == round_id)).unique().one()
        assert (rerun.groups, rerun.opens_at) == (
            ["green"],
            builders.a_round(round_id).published_at + timedelta(days=7),
        )
        assert queries.of_round(rerun)["green"].version == 1
    builders.pass_time(days=7, minutes=1)
    with transaction():
        assert rerun_ballot().orders_version == 1
    # A round prepared now runs under the new ones.
    with transaction():
        assert queries.of_round(builders.a_round(builders.prepared_round(later)))["green"].version == 2


def rerun_ballot() -> Ballot:
    query = select(Ballot).join(Round, Round.id == Ballot.round_id).where(Round.rerun_of_id.is_not(None))
    return db.session.scalars(query).unique().one()
