"""What the clock forgets: at its time, once, and all of it after an outage."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.audit import queries as record
from app.audit import replaying
from app.desk.ticking import tick
from app.extensions import db
from app.models import (
    AuditRow,
    CaseAppeal,
    DataExport,
    Delegacy,
    Dormancy,
    Membership,
    Model,
    OfficeProposal,
    Operator,
    Person,
    Removal,
    RemovalWord,
    Report,
    SignIn,
)
from app.mps import delegates
from app.people import service as people
from app.people import sessions
from app.people.holder import holder_of
from app.privacy import queries
from app.web.transactions import transaction
from policies.delegates import DelegacyEnd
from policies.membership import MembershipStage
from policies.moderation import Side, Verdict
from policies.permissions import Actor
from policies.privacy import belongs_nowhere
from tests import builders, moderated, officers, offices


def has_stage(actor: Actor, stage: MembershipStage) -> None:
    """Put somebody's membership where time or the group put it."""
    with transaction():
        membership = db.session.scalars(select(Membership).where(Membership.person_id == actor.person_id)).one()
        membership.stage = stage


def goes_on(actor: Actor) -> None:
    """Have somebody's membership last."""
    with transaction():
        membership = db.session.scalars(select(Membership).where(Membership.person_id == actor.person_id)).one()
        membership.runs_until = None


def is_erased(actor: Actor) -> bool:
    """Whether nothing but a shell is left of somebody."""
    with transaction():
        person = db.session.get_one(Person, actor.person_id)
        return person.erased_at is not None and person.email is None


@pytest.mark.parametrize("stage", [MembershipStage.LAPSED, MembershipStage.REMOVED])
def test_an_account_is_erased_twelve_months_after_the_membership_ended(app: Flask, stage: MembershipStage) -> None:
    actor, stays = builders.member("green"), builders.member("green")
    has_stage(actor, stage)
    goes_on(stays)
    tick()
    builders.pass_time(days=364, hours=23)
    assert not is_erased(actor)
    # Nothing runs for three days.
    builders.move_clock(days=3)
    tick()
    tick()
    assert is_erased(actor)
    assert not is_erased(stays)
    with transaction():
        assert db.session.scalars(select(Dormancy)).all() == []


def test_whoever_comes_back_in_time_begins_anew(app: Flask) -> None:
    actor = builders.member("green")
    has_stage(actor, MembershipStage.LAPSED)
    tick()
    builders.pass_time(days=300)
    has_stage(actor, MembershipStage.ACTIVE)
    tick()
    builders.pass_time(days=100)
    has_stage(actor, MembershipStage.LAPSED)
    tick()
    builders.pass_time(days=300)
    assert not is_erased(actor)


def test_an_mp_who_left_a_group_keeps_the_account(app: Flask) -> None:
    mp = builders.mp()
    with transaction():
        person = db.session.get_one(Person, mp.person_id)
        person.memberships.append(Membership(group="labour", stage=MembershipStage.LEFT))
    tick()
    builders.pass_time(days=400)
    assert not is_erased(mp)


def test_whoever_runs_the_machine_drafts_for_an_mp_or_is_invited_to_keeps_the_account(app: Flask) -> None:
    stay = [builders.member("green") for _ in range(3)]
    mp = builders.mp()
    for number, actor in enumerate(stay):
        has_stage(actor, MembershipStage.LEFT)
        with transaction():
            db.session.get_one(Person, actor.person_id).email = f"stays{number}@example.org"
    with transaction():
        db.session.add(Operator(person_id=stay[0].person_id, named_at=clock.now()))
    offices.delegate(mp, "stays1@example.org")
    with transaction():
        delegates.invite("stays2@example.org", by=mp)
        assert queries.left_dormant(clock.now()) == []
        for delegacy in db.session.scalars(select(Delegacy)).unique():
            delegates.end(delegacy, DelegacyEnd.EXPIRED, by=None)
        assert set(queries.left_dormant(clock.now())) == {actor.person_id for actor in stay[1:]}


@pytest.mark.both
def test_a_member_who_left_is_erased_with_everything_else_of_theirs(app: Flask) -> None:
    actor = builders.member("green")
    builders.draft(actor)
    with transaction():
        membership = db.session.scalars(select(Membership).where(Membership.person_id == actor.person_id)).one()
        people.leave(membership, by=actor)
    tick()
    builders.pass_time(days=366)
    assert is_erased(actor)
    with transaction():
        assert queries.drafts(actor.person_id or 0) == []


def left(*kinds: type[Model]) -> list[int]:
    """How many rows there are of each."""
    with transaction():
        return [db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds]


@pytest.mark.both
def test_removals_offices_and_reports_are_erased_a_year_after_their_end_also_after_an_outage(app: Flask) -> None:
    removed, named = builders.member("green"), builders.member("labour")
    officers.removal(removed, "appealed")
    officers.office(named, "confirmed")
    moderated.ruled(builders.argued(builders.open_plank(), builders.member("green")), Verdict.LEAVE, "green", "labour")
    with transaction():
        for member in db.session.scalars(select(Membership)):
            member.runs_until = None
    kinds = (Removal, OfficeProposal, Report)
    builders.pass_time(days=15)
    with transaction():
        assert [one.ended_at is not None for one in db.session.scalars(select(Removal))] == [True]
        report = db.session.scalars(select(Report)).one()
        appeal = CaseAppeal(case_id=report.case_id, sitting=1, side=Side.REPORTER, reason="It is rude.")
        appeal.filed_at = appeal.decided_at = clock.now()
        db.session.add(appeal)
        sealed = db.session.scalar(select(func.count()).select_from(AuditRow))
    builders.pass_time(days=349)
    assert left(*kinds, CaseAppeal) == [1, 1, 1, 1]
    # Nothing runs for three days, and then twice.
    builders.move_clock(days=3)
    tick()
    assert left(Report, CaseAppeal) == [0, 1]
    builders.move_clock(days=15)
    tick()
    tick()
    assert left(*kinds, CaseAppeal, RemovalWord) == [0, 0, 0, 0, 0]
    with transaction():
        acts = select(AuditRow.act).where(AuditRow.act.like("% erased"), AuditRow.id > sealed)
        assert sorted(db.session.scalars(acts)) == [
            "case appeal erased",
            "office proposal erased",
            "person erased",
            "removal erased",
            "report erased",
        ]
        assert (record.verify().fault, replaying.faults()) == ("", [])


@pytest.mark.both
def test_the_rule_in_words_and_in_sql_are_one(app: Flask) -> None:
    actors = {stage: builders.member("green") for stage in MembershipStage}
    for stage, actor in actors.items():
        has_stage(actor, stage)
    with transaction():
        found = set(queries.left_dormant(clock.now()))
    assert found == {actor.person_id for stage, actor in actors.items() if belongs_nowhere([stage])}


def test_archives_nobody_fetched_and_sessions_that_ended_are_forgotten(app: Flask) -> None:
    actor = builders.member("green")
    with transaction():
        db.session.add(DataExport(digest="a" * 64, person_id=actor.person_id, asked_at=clock.now()))
        key = sessions.start(db.session.get_one(Person, actor.person_id)).session_key
        session = db.session.scalars(select(SignIn)).one()
        session.ends_at = session.started_at - timedelta(seconds=1)
    builders.pass_time(hours=23)
    with transaction():
        assert len(db.session.scalars(select(DataExport)).all()) == 1
        assert db.session.scalars(select(SignIn)).all() == []
        assert holder_of(key) is None
    builders.pass_time(hours=2)
    with transaction():
        assert db.session.scalars(select(DataExport)).all() == []
