"""S4: one row a person a thing, whatever is sent how often at the same moment, and the database refuses a second."""

from collections import Counter
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import Table, UniqueConstraint

from app.amendments.seen import mark_of_words
from app.extensions import db
from app.models import (
    Amendment,
    AmendmentSecond,
    Argument,
    AuditRow,
    BracketRelease,
    Consent,
    Count,
    DeputyNaming,
    Follow,
    LaunchStatement,
    Membership,
    NoticeChoice,
    Objection,
    Offer,
    OpenPaper,
    Participation,
    PlankSecond,
    Position,
    ReferenceWord,
    RoundOpening,
    Supporter,
    TemperatureReading,
)
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from policies.planks import Stage
from policies.positions import PositionState
from tests import builders, interested
from tests.app.at_once import AT_ONCE, all_at_once, posts, rows

pytestmark = pytest.mark.both

# Tables of one row a person, or a group, a thing: by which columns the database tells a second one.
ONE_ROW_A = {
    "amendment_rulings": {"amendment_id", "group_key"},
    "amendment_seconds": {"revision_id", "person_id"},
    "appeal_answers": {"ruling_id", "group_key"},
    "appeal_voices": {"ruling_id", "person_id"},
    "address_lists": {"group_key"},
    "case_words": {"case_id", "sitting", "group_key"},
    "complaint_answers": {"complaint_id", "place"},
    "delegacies": {"digest"},
    "dormancies": {"person_id"},
    "enquiries": {"membership_id", "number"},
    "general_reaches": {"person_id"},
    "known_browsers": {"person_id", "browser"},
    "moderation_cases": {"subject"},
    "mp_requests": {"digest"},
    "name_choices": {"role", "thing_id", "person_id"},
    "office_proposals": {"membership_id"},
    "operators": {"person_id"},
    "passkeys": {"credential"},
    "position_drafts": {"mp_id", "version_id"},
    "removal_words": {"removal_id", "group_key"},
    "removals": {"membership_id"},
    "arguments": {"about", "about_id", "author_id", "side"},
    "bracket_releases": {"version_id", "group_key"},
    "deputy_namings": {"membership_id", "clerk_id"},
    "edition_answers": {"proposal_id", "group_key"},
    "edition_proposals": {"stage"},
    "editorial_answers": {"change_id", "group_key"},
    "follows": {"person_id", "plank_id"},
    "joint_words": {"round_id", "act", "group_key"},
    "launch_statements": {"group_key", "number"},
    "memberships": {"person_id"},
    "notice_choices": {"person_id", "kind"},
    "notices": {"person_id", "kind", "thing"},
    "objections": {"revision_id", "person_id"},
    "offers": {"amendment_id", "offerer_id"},
    "participations": {"ballot_id", "person_id"},
    "plank_seconds": {"plank_id", "person_id"},
    "reference_words": {"plank_id", "group_key"},
    "roll_entries": {"round_id", "person_id"},
    "round_openings": {"round_id", "group_key"},
    "rulings": {"plank_id", "question", "group_key"},
    "stances": {"plank_id", "group_key", "version_id"},
    "suspensions": {"stance_id"},
    "temperature_readings": {"version_id", "person_id"},
    "consents": {"supporter_id", "purpose"},
    "positions": {"mp_id", "version_id"},
    "recounts": {"round_id"},
    "editorial_changes": {"plank_id"},
    "orders_changes": {"group_key"},
    "rounds": {"plank_id"},
    "settlements": {"amendment_id", "fingerprint"},
}
# A person has several of these, as is meant: drafts and texts, letters, browsers. An MP is one person, if any.
MANY_A_PERSON = {
    "account_links",
    "amendments",
    "data_exports",
    "mail_stops",
    "record_reads",
    "mails",
    "mps",
    "planks",
    "sign_ins",
    "versions",
}


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def unique_keys(table: Table) -> list[set[str]]:
    """By which columns, none of which may be empty, the database tells a second row."""
    kept = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    kept += [index.columns for index in table.indexes if index.unique]
    kept.append(table.primary_key.columns)
    return [{column.name for column in key} for key in kept if not any(column.nullable for column in key)]


def is_of_people(table: Table) -> bool:
    """Whether a row says something of a person."""
    return any(key.target_fullname == "people.id" for key in table.foreign_keys) or "person_id" in table.columns


def test_a_second_row_of_a_person_for_a_thing_is_refused_by_a_key_without_empty_columns() -> None:
    unkept = {name for name, key in ONE_ROW_A.items() if key not in unique_keys(db.metadata.tables[name])}
    assert unkept == set()


def test_every_table_about_people_says_whether_it_has_one_row_a_person() -> None:
    of_people = {name for name, table in db.metadata.tables.items() if is_of_people(table)}
    assert of_people - ONE_ROW_A.keys() == MANY_A_PERSON


def test_32_votes_of_one_member_among_those_of_31_others_at_once_are_one_and_all_are_counted(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank(), members=AT_ONCE)
    voters = builders.voters(round_id, "green")[:AT_ONCE]
    answers = posts(app, [*voters[1:], *voters[:1] * AT_ONCE], "/rounds/1/cast", text="yes")
    assert answers == {303: AT_ONCE, 409: AT_ONCE - 1}
    assert rows(Participation) == rows(OpenPaper) == AT_ONCE
    builders.pass_time(days=7, minutes=1)
    with transaction():
        assert sum(count.yes for count in db.session.query(Count)) == AT_ONCE


def test_whatever_a_member_presses_32_times_at_once_is_done_once(app: Flask) -> None:
    open_id, seeking = builders.open_plank(), builders.submitted(builders.member("green"))
    mover = builders.member("lib_dem")
    waiting = builders.submitted_amendment(open_id, mover, "2030", "2031")
    opened = builders.open_amendment(open_id, mover, "coldest", "oldest")
    with transaction():
        ref, key = builders.plank(seeking).ref, builders.amendment(waiting).key
        marks = [mark_of_words(builders.amendment(one)) for one in (waiting, opened)]
        seconds = db.session.query(AmendmentSecond).count(), db.session.query(PlankSecond).count()
    sent = {"title": "Warm homes", "text": builders.TEXT, "reason": "", "draft": "abcdefghjkmn", "base": "1"}
    wording = {"title": "Warm homes", "text": f"{builders.TEXT}\n\nSoon.", "reason": "Both could.", "seen": "1"}
    toggles = (
        (f"/planks/{ref}/second", {}, PlankSecond, seconds[1] + 1),
        ("/planks/1/follow", {}, Follow, 1),
        ("/planks/1/negotiation/temperature", {"reading": "back", "seen": "1"}, TemperatureReading, 1),
        (f"/amendments/{key}/second", {"seen": marks[0]}, AmendmentSecond, seconds[0] + 1),
        ("/amendments/P1-A1/offers", wording, Offer, 1),
        ("/amendments/P1-A1/object", {"seen": marks[1], "reason": "It is too late."}, Objection, 1),
        ("/planks/1/amend/keep", sent, Amendment, 3),
    )
    by = builders.member("labour")
    posts(app, [by] * AT_ONCE, "/notices/settings", ballot_opens="off", ballot_closes="digest")
    for address, answers, model, expected in toggles:
        statuses = posts(app, [by] * AT_ONCE, address, **answers)
        assert set(statuses) <= {204, 303, 409}, address
        assert statuses[303] + statuses[204] >= 1, address
        assert rows(model) == expected, address
    with transaction():
        assert builders.plank(seeking).stage is Stage.SEEKING_SECONDERS
        choices = [(one.person_id, one.kind) for one in db.session.query(NoticeChoice)]
        assert 2 <= len(choices) == len(set(choices))


def test_whatever_a_clerk_presses_many_times_at_once_counts_once_for_the_group(app: Flask) -> None:
    builders.open_plank()
    round_id = builders.prepared_round(builders.open_plank())
    member = builders.member("green")
    with transaction():
        number = builders.a_round(round_id).number
        key = db.session.query(Membership).filter_by(person_id=member.person_id).one().key
    toggles = (
        ("/planks/1/negotiation/release", {"seen": "1"}, BracketRelease),
        ("/planks/1/refer", {"why_refer": "Say who pays."}, ReferenceWord),
        (f"/rounds/{number}/open", {"form": "endorse"}, RoundOpening),
        (f"/clerk/deputies/{key}/name", {}, DeputyNaming),
        ("/groups/green/statements", {"text": "We begin.", "seen": "0"}, LaunchStatement),
    )
    clerk = builders.clerk("green")
    for address, answers, model in toggles:
        statuses = posts(app, [clerk] * 12, address, **answers)
        assert set(statuses) <= {303, 409, 422}, address
        assert statuses[303] >= 1, address
        assert rows(model) == 1, address


def test_positions_of_one_mp_at_once_leave_one_on_the_version_and_the_others_as_history(app: Flask) -> None:
    builders.open_plank()
    mp, kinds = builders.mp(), ("supports", "will_not", "considering", "supports") * 8
    works = [partial(posts, app, [mp], "/planks/1/v1/position", position=kind) for kind in kinds]
    all_at_once(works)
    with transaction():
        states = Counter(position.state for position in db.session.query(Position))
        recorded = db.session.query(AuditRow).filter_by(act="position recorded").count()
    assert states[PositionState.CONFIRMED] == 1
    assert set(states) <= {PositionState.CONFIRMED, PositionState.REPLACED}
    assert sum(states.values()) == recorded


def test_32_arguments_of_one_member_at_once_leave_one(app: Flask) -> None:
    builders.open_plank()
    by = builders.member("green")
    assert posts(app, [by] * AT_ONCE, "/planks/1/arguments/for", text="It helps.") == {303: AT_ONCE}
    assert rows(Argument) == 1
    with transaction():
        assert db.session.query(AuditRow).filter_by(act="argument written").count() == 1


def test_one_who_agrees_many_times_at_once_has_agreed_once_and_can_end_it_as_often(app: Flask) -> None:
    key = interested.supporter("somebody@example.org", ConsentPurpose.NEWS)
    somebody = [builders.member("green")] * 8
    posts(app, somebody, f"/interest/choices/{key}", purpose="contact", wish="yes")
    assert rows(Consent) == 2
    assert posts(app, somebody, f"/interest/unsubscribe/{key}/all") == {200: 8}
    assert rows(Consent) == rows(Supporter) == 0


def test_rounds_prepared_and_statements_published_at_once_by_many_clerks_are_one(app: Flask) -> None:
    builders.open_plank()
    clerks = [builders.clerk("green") for _ in range(8)]
    answers = posts(app, clerks, "/planks/1/rounds/new", question="working", agreement="later")
    assert answers == {303: 1, 409: 7}
    statuses = posts(app, clerks, "/groups/green/statements", text="We begin.", seen="0")
    assert statuses[303] == 1
    assert set(statuses) <= {303, 409, 422}
    assert rows(LaunchStatement) == 1
