"""Every page that shows an officer a member's record is noted, and the member sees it; nothing else is noted."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, Membership, Person, RecordRead, Removal
from app.web.transactions import transaction
from policies.interest import ConsentPurpose
from policies.permissions import Actor
from policies.reads import Seen
from tests import builders, interested, officers

NAME = "Demonstration Zadie Quill"


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with a session of somebody."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def named(actor: Actor) -> None:
    """Give somebody a name that stands nowhere else."""
    with transaction():
        person = db.session.get_one(Person, actor.person_id)
        # The sign-in page of a demonstration offers its made-up people by name.
        person.name, person.is_offered = NAME, False


def reads_of(actor: Actor) -> list[tuple[Seen, int]]:
    """What was read of somebody, and how often."""
    with transaction():
        query = select(RecordRead.what, RecordRead.times).where(RecordRead.person_id == actor.person_id)
        return [(row[0], row[1]) for row in db.session.execute(query.order_by(RecordRead.id))]


def times_read(actor: Actor) -> int:
    """How often anything of somebody was read."""
    return sum(times for _, times in reads_of(actor))


def test_a_member_sees_which_office_read_the_record_and_no_name(app: Flask) -> None:
    member, clerk = builders.member("green"), builders.clerk("green")
    with transaction():
        db.session.get_one(Person, clerk.person_id).name = "Demonstration Nosy Clerk"
    client = browser(app, clerk)
    assert [client.get("/clerk/members").status_code for _ in range(3)] == [200] * 3
    assert reads_of(member) == [(Seen.MEMBERS_LIST, 3)]
    page = browser(app, member).get("/account/reads").text
    assert "Your name and address in the list of members" in page
    assert "A clerk of the Compass Green group" in page
    assert "3 times" in page
    assert "Nosy" not in page
    assert reads_of(clerk) == []
    assert "Nobody has in the last twelve months" in browser(app, builders.member("labour")).get("/account/reads").text


def test_every_page_on_which_a_clerk_meets_a_member_by_name_is_noted(app: Flask) -> None:
    member, clerk = builders.member("green"), builders.clerk("green")
    named(member)
    round_id = builders.open_round(builders.open_plank())
    waiting = builders.waiting_member("green")
    with transaction():
        person = db.session.scalars(select(Membership).where(Membership.key == waiting)).one().person
        applicant = Actor(person_id=person.id)
        db.session.execute(text("UPDATE memberships SET name = :name WHERE key = :key"), {"name": NAME, "key": waiting})
        number = builders.a_round(round_id).number
    addresses = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())]
    addresses.append(f"/rounds/{number}/roll")
    client, met = browser(app, clerk), set()
    for address in addresses:
        before = times_read(member) + times_read(applicant)
        if NAME in client.get(address).text:
            met.add(address)
            assert times_read(member) + times_read(applicant) > before, f"{address} shows a member; note it (app/reads)"
    assert {"/clerk/members", "/clerk/deputies", addresses[-1]} <= met
    assert {what for what, _ in reads_of(member)} == {Seen.MEMBERS_LIST, Seen.DEPUTIES, Seen.ROLL}
    before = times_read(applicant)
    assert client.get(f"/clerk/members/{waiting}/refuse").status_code == 200
    assert reads_of(applicant) == [(Seen.APPLICATION, before + 1)]


def test_pages_of_offices_and_removals_are_noted_where_they_name_somebody(app: Flask) -> None:
    member, clerk = builders.member("green"), builders.clerk("green")
    named(member)
    with transaction():
        key = db.session.scalars(select(Membership).where(Membership.person_id == member.person_id)).one().key
    client = browser(app, clerk)
    assert NAME in client.get(f"/clerk/members/{key}/office").text
    assert NAME in client.get(f"/clerk/members/{key}/remove").text
    # Of what one clerk alone proposes nobody is told, so this reads like the list one comes from.
    assert reads_of(member) == [(Seen.OFFICES, 1), (Seen.MEMBERS_LIST, 1)]
    officers.office(member, "proposed")
    removal = f"/clerk/removals/{officers.removal(member, 'appealed')}"
    for address in ("/clerk/offices", removal):
        before = times_read(member)
        assert NAME in client.get(address).text
        assert times_read(member) == before + 1, address
    before = times_read(member)
    assert NAME not in client.get("/clerk").text
    assert NAME not in browser(app, builders.clerk("labour")).get(removal).text
    assert times_read(member) == before, "clerks of other groups are told no name"


def test_a_name_told_to_a_clerk_alone_beside_a_text_is_noted_and_one_shown_by_choice_is_not(app: Flask) -> None:
    member, clerk = builders.member("green"), builders.clerk("green")
    named(member)
    builders.open_plank(member)
    assert NAME in browser(app, clerk).get("/planks/1?view=history").text
    assert reads_of(member) == [(Seen.BESIDE, 1)]
    for other in (builders.clerk("labour"), builders.member("green")):
        assert NAME not in browser(app, other).get("/planks/1?view=history").text
    chosen = builders.argued(builders.open_plank(), member, named=True)
    with transaction():
        address = f"/planks/{builders.argument(chosen).plank.number}?view=arguments"
    assert NAME in browser(app, clerk).get(address).text
    assert reads_of(member) == [(Seen.BESIDE, 1)]


def test_a_member_on_the_list_of_interest_sees_that_it_was_read_or_downloaded(app: Flask) -> None:
    member, clerk = builders.member("green"), builders.clerk("labour")
    with transaction():
        db.session.get_one(Person, member.person_id).email = "zadie@example.org"
    for address in ("zadie@example.org", "other@example.org"):
        interested.supporter(address, ConsentPurpose.NEWS)
    client = browser(app, clerk)
    assert "zadie@example.org" in client.get("/clerk/interest").text
    assert client.post("/clerk/interest/download").status_code == 200
    assert reads_of(member) == [(Seen.INTEREST, 2)]


def test_a_form_that_comes_back_with_an_error_shows_the_list_and_is_noted(app: Flask) -> None:
    member, clerk = builders.member("green"), builders.clerk("green")
    assert browser(app, clerk).post("/clerk/members/invite", data={"email": "no address"}).status_code == 422
    assert reads_of(member) == [(Seen.MEMBERS_LIST, 1)]


def test_what_cannot_be_noted_is_not_shown(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    member, clerk = builders.member("green"), builders.clerk("green")
    named(member)
    app.config["TESTING"] = app.config["PROPAGATE_EXCEPTIONS"] = False
    with transaction():
        db.session.execute(text("ALTER TABLE record_reads RENAME TO record_reads_away"))
    answer = browser(app, clerk).get("/clerk/members")
    with transaction():
        db.session.execute(text("ALTER TABLE record_reads_away RENAME TO record_reads"))
    assert (answer.status_code, NAME in answer.text) == (500, False)


def test_a_member_reading_and_a_page_refused_note_nothing(app: Flask) -> None:
    member = builders.member("green")
    assert browser(app, builders.member("green")).get("/clerk/members").status_code == 403
    assert browser(app, builders.clerk("labour")).get("/clerk/members").status_code == 200
    assert reads_of(member) == []


def test_notes_are_kept_for_twelve_months(app: Flask) -> None:
    member, clerk = builders.member("green"), builders.clerk("green")
    browser(app, clerk).get("/clerk/members")
    builders.pass_time(days=364)
    assert len(reads_of(member)) == 1
    builders.pass_time(days=2)
    tick()
    assert reads_of(member) == []


def test_offices_and_removals_are_noted_and_tell_nothing_before_a_second_clerk_has_spoken(app: Flask) -> None:
    member, clerks = builders.member("green"), [builders.clerk("green"), builders.clerk("green")]
    named(member)
    first, second = (browser(app, one) for one in clerks)
    with transaction():
        key = db.session.scalars(select(Membership.key).where(Membership.person_id == member.person_id)).one()
    assert NAME in first.get(f"/clerk/members/{key}/office").text
    assert NAME in first.get(f"/clerk/members/{key}/remove").text
    assert reads_of(member) == [(Seen.OFFICES, 1), (Seen.MEMBERS_LIST, 1)]
    first.get("/clerk/offices")
    assert reads_of(clerks[1]) == [(Seen.OFFICES, 1)]
    first.post(f"/clerk/members/{key}/remove", data={"reason": "They left the party."})
    with transaction():
        page = f"/clerk/removals/{db.session.scalars(select(Removal.key)).one()}"
    assert NAME in second.get(page).text
    assert NAME not in second.get("/clerk").text
    assert reads_of(member) == [(Seen.OFFICES, 1), (Seen.MEMBERS_LIST, 1), (Seen.MEMBERS_LIST, 1)]
    second.post(f"{page}/confirm")
    assert NAME in second.get(page).text
    assert reads_of(member)[-1] == (Seen.REMOVAL, 1)


def test_a_clerk_who_invites_members_learns_who_they_are_and_they_see_that(app: Flask) -> None:
    builders.waiting_member("green", "waiting@example.org")
    for group in ("green", "labour"):
        actor = builders.member(group)
        with transaction():
            db.session.get_one(Person, actor.person_id).email = f"{group}@example.org"
    listed = "waiting@example.org\ngreen@example.org\nlabour@example.org\n"
    clerk = browser(app, builders.clerk("green"))
    page = clerk.post("/clerk/members/invite-list", data={"addresses": listed}).text
    assert page.count("A member of your group, or about to be one, already.") == 2
    with transaction():
        noted = {db.session.get_one(Person, row.person_id).email: row.what for row in db.session.query(RecordRead)}
        assert noted == {"green@example.org": Seen.MEMBERS_LIST, "waiting@example.org": Seen.APPLICATION}
        assert db.session.query(AuditRow).filter_by(act="known member invited").count() == 2
