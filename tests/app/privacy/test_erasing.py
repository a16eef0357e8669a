"""Erasing an account: what tells who somebody is goes, and nothing that groups decided or anybody reads changes."""

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.audit import queries as audit
from app.audit import replaying
from app.desk.ticking import tick
from app.extensions import Base, db
from app.mail import service as mail
from app.mail.letters import Letter
from app.models import (
    AuditRow,
    DataExport,
    Delegacy,
    Mail,
    Membership,
    NameChoice,
    Participation,
    Person,
    Plank,
    RollEntry,
    SignIn,
    Supporter,
    Withdrawal,
)
from app.people import queries as people
from app.privacy import service
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.interest import ConsentPurpose
from policies.mail import MailStage
from policies.membership import MembershipStage
from policies.planks import Stage
from tests import builders, interested
from tests.app.letters import newest_link
from tests.app.privacy.conftest import ADDRESS, NAME, SECRET_DRAFT, Member, browser
from tests.offices import delegate

PUBLIC = ("/", "/planks", "/where-we-stand", "/where-we-stand.csv", "/whats-new", "/decisions", "/record", "/rounds/1")


def read(client: FlaskClient, address: str) -> str:
    """A page without what differs from one moment to the next: the demonstration's clock, and keys of forms."""
    text = client.get(address).text
    text = re.sub(r'<section class="demonstration".*?</section>', "", text, flags=re.DOTALL)
    return re.sub(r'name="csrf_token" value="[^"]*"|\d\d:\d\d UTC', "", text)


def dump() -> dict[str, str]:
    """Every table as text."""
    with transaction():
        tables = Base.metadata.sorted_tables
        return {table.name: repr(db.session.execute(select(table)).all()) for table in tables}


@pytest.mark.both
def test_three_clicks_erase_an_account_and_change_no_public_page(app: Flask, zadie: Member) -> None:
    tick()
    visitor, client = browser(app), browser(app, zadie.actor)
    public = [*PUBLIC, f"/planks/{number_of(zadie.public_plank)}", f"/planks/{number_of(zadie.public_plank)}/history"]
    before = {address: read(visitor, address) for address in public}
    with transaction():
        audited = db.session.scalar(select(func.max(AuditRow.id)))
        chain = [row.details for row in db.session.scalars(select(AuditRow).order_by(AuditRow.id))]
        rolls = [db.session.scalar(select(func.count()).select_from(kind)) for kind in (RollEntry, Participation)]
    assert "/account/erase" in client.get("/account").text
    assert "/account/erase/confirm" in client.get("/account/erase").text
    assert client.get("/account/erase/confirm").status_code == 200
    assert client.post("/account/erase/confirm").headers["Location"] == "/"
    assert client.get("/account").status_code == 403
    for address in public:
        assert read(visitor, address) == before[address], address
    left = dump()
    for secret in (NAME, ADDRESS, SECRET_DRAFT):
        assert [name for name, rows in left.items() if secret in rows] == []
    with transaction():
        kept = select(AuditRow).where(AuditRow.id <= audited).order_by(AuditRow.id)
        assert [row.details for row in db.session.scalars(kept)] == chain
        assert rolls == [
            db.session.scalar(select(func.count()).select_from(kind)) for kind in (RollEntry, Participation)
        ]
    tick()
    with transaction():
        assert audit.verify().fault == ""
        assert replaying.faults() == []


def number_of(plank_id: int) -> int | None:
    """The public number of a plank."""
    with transaction():
        return builders.plank(plank_id).number


@pytest.fixture
def erased(zadie: Member) -> Member:
    """The same member, erased."""
    with transaction():
        service.erase(db.session.get_one(Person, zadie.actor.person_id), by=zadie.actor)
    return zadie


def test_what_only_members_could_read_can_be_taken_over_and_what_is_public_goes_on(erased: Member) -> None:
    with transaction():
        assert builders.plank(erased.public_plank).stage is Stage.OPEN
        assert builders.plank(erased.hidden_plank).stage is Stage.WITHDRAWN
        assert db.session.scalars(select(Withdrawal.plank_id)).all() == [erased.hidden_plank]
        assert db.session.get(Plank, erased.draft) is None
        assert db.session.scalars(select(NameChoice)).all() == []


@pytest.mark.both
def test_an_empty_shell_stays_and_the_database_lets_nothing_back_in(app: Flask, erased: Member) -> None:
    with transaction():
        person = db.session.get_one(Person, erased.actor.person_id)
        assert (person.name, person.email, person.actor.is_member) == ("", None, False)
        assert [one.stage for one in person.memberships] == [MembershipStage.ERASED]
        service.erase(person, by=None)
    with pytest.raises(Exception, match="erased_is_an_empty_shell"), transaction():
        db.session.get_one(Person, erased.actor.person_id).name = NAME


def test_a_paper_cast_before_is_counted_and_the_roll_keeps_its_size(erased: Member) -> None:
    builders.pass_time(days=7, minutes=1)
    with transaction():
        green = next(one for one in builders.a_round(erased.round).ballots if one.group == "green")
        on_it = select(func.count()).select_from(RollEntry).where(RollEntry.ballot_id == green.id)
        assert green.roll_size == db.session.scalar(on_it)
        assert [count.yes for count in green.counts] == [1]
        assert (audit.verify().fault, replaying.faults()) == ("", [])


def test_whoever_was_erased_joins_anew_as_somebody_else(erased: Member) -> None:
    builders.waiting_member("green", ADDRESS)
    with transaction():
        anew = people.require_with_address(ADDRESS)
        assert anew.id != erased.actor.person_id


def test_a_letter_that_was_being_sent_and_a_late_draft_go_with_the_next_tick(zadie: Member) -> None:
    with transaction():
        sending = letter(zadie)
        sending.stage, sending.claimed_at = MailStage.SENDING, sending.created_at
    with transaction():
        service.erase(db.session.get_one(Person, zadie.actor.person_id), by=zadie.actor)
        assert db.session.scalars(select(Mail).where(Mail.address == ADDRESS)).all() != []
    late = builders.draft(zadie.actor, title="Late words")
    with transaction():
        sent = db.session.scalars(select(Mail).where(Mail.address == ADDRESS)).one()
        sent.stage, sent.claimed_at, sent.sent_at = MailStage.SENT, None, sent.created_at
    tick()
    with transaction():
        assert db.session.scalars(select(Mail).where(Mail.address == ADDRESS)).all() == []
        assert db.session.get(Plank, late) is None


def letter(zadie: Member) -> Mail:
    """A letter to her."""
    return mail.queue(Letter("approved", "You are in", "Words"), ADDRESS, person_id=zadie.actor.person_id)


def test_of_an_mps_delegate_no_interest_and_no_letter_is_left_either(app: Flask) -> None:
    actor = delegate(builders.mp(), ADDRESS)
    interested.supporter(ADDRESS, *ConsentPurpose)
    with transaction():
        mail.queue(Letter("approved", "You are in", "Words"), ADDRESS)
    with transaction():
        service.erase(db.session.get_one(Person, actor.person_id), by=actor)
    with transaction():
        assert db.session.scalars(select(Supporter)).all() == []
        assert db.session.scalars(select(Mail).where(Mail.address == ADDRESS)).all() == []
        assert db.session.scalars(select(Delegacy)).unique().one().ended_at is not None
        erased = db.session.get_one(Person, actor.person_id)
        assert (erased.erased_at is None, erased.email) == (False, None)


def test_the_only_clerk_of_a_group_hands_over_first_and_loses_nothing(app: Flask) -> None:
    only = builders.clerk("lib_dem")
    builders.draft(only)
    answer = browser(app, only).post("/account/erase/confirm")
    assert (answer.status_code, "You are the only clerk of your group" in answer.text) == (409, True)
    with transaction():
        person = db.session.get_one(Person, only.person_id)
        assert person.actor.is_clerk
        assert db.session.scalars(select(Plank.mover_id)).all() == [only.person_id]
        with pytest.raises(RuleBroken):
            service.erase(person, by=only)


def test_the_positions_of_an_mp_stay_public_and_the_account_goes(app: Flask) -> None:
    mp = builders.mp()
    plank_id = builders.open_plank()
    builders.position(plank_id, mp)
    before = read(browser(app), "/mps/1")
    with transaction():
        service.erase(db.session.get_one(Person, mp.person_id), by=mp)
    assert read(browser(app), "/mps/1") == before


def test_an_old_session_shows_first_who_one_is_and_then_goes_on(app: Flask, zadie: Member) -> None:
    client = browser(app, zadie.actor)
    with transaction():
        db.session.get_one(Person, zadie.actor.person_id).is_demonstration = False
        for session in db.session.scalars(select(SignIn).where(SignIn.person_id == zadie.actor.person_id)):
            session.fresh_at = session.passkey_at = session.started_at - timedelta(minutes=11)
    assert client.get("/account/erase").status_code == 200
    asked = client.get("/account/erase/confirm")
    assert (asked.status_code, asked.location) == (303, "/prove?need=fresh&next=/account/erase/confirm")
    for address in ("/account/erase/confirm", "/account/data"):
        held = client.post(address)
        assert (held.status_code, f'name="to" value="{address}"' in held.text) == (403, True)
    with transaction():
        stage = select(Membership.stage).where(Membership.person_id == zadie.actor.person_id)
        assert db.session.scalar(stage) is MembershipStage.ACTIVE
        assert db.session.scalars(select(DataExport)).all() == []
    client.post("/prove/link", data={"next": "/account/erase/confirm"})
    assert client.post(newest_link(ADDRESS)).location == "/account/erase/confirm"
    assert "Erase my account" in client.get("/account/erase/confirm").text
    assert client.post("/account/erase/confirm").location == "/"


def test_the_record_holds_no_words_no_name_and_no_address(zadie: Member) -> None:
    with transaction():
        details = json.dumps([row.details for row in db.session.scalars(select(AuditRow))])
    for written in (NAME, ADDRESS, SECRET_DRAFT, "Warm homes", "It keeps people warm"):
        assert written not in details
