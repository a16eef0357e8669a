"""From an application or an invitation to a membership, and everything that can go wrong on the way."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Mail, MailedLink, Membership, Person
from app.people.queries import qualified
from app.web.transactions import transaction
from policies.membership import MembershipStage
from policies.permissions import Actor
from tests import builders
from tests.app.letters import letters_to, link_in, newest_link

ADDRESS = "jo@example.org"
APPLICATION = {"name": "Jo Bloggs", "email": ADDRESS, "declared": "y"}


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def clerk(app: Flask) -> FlaskClient:
    """The browser of a Green clerk."""
    return browser(app, builders.clerk("green"))


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with a session of somebody."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def stands(address: str = ADDRESS) -> list[tuple[str, str]]:
    """The memberships of an address: group and stage."""
    with transaction():
        query = db.session.query(Membership).join(Person, Person.id == Membership.person_id)
        found = query.filter(Person.email == address).order_by(Membership.id)
        return [(one.group, one.stage.value) for one in found]


def key_of(address: str = ADDRESS, group: str = "green") -> str:
    """The key of somebody's newest membership of a group."""
    with transaction():
        query = db.session.query(Membership).join(Person, Person.id == Membership.person_id)
        return (
            query.filter(Person.email == address, Membership.group == group).order_by(Membership.id.desc()).first().key
        )  # type: ignore[union-attr]


def test_an_applicant_confirms_the_address_is_approved_and_signs_in(
    app: Flask, client: FlaskClient, clerk: FlaskClient
) -> None:
    assert client.post("/groups/green/join", data=APPLICATION).location == "/join/sent"
    assert stands() == [("green", "applied")]
    assert "Jo Bloggs" not in clerk.get("/clerk/members").text
    path = newest_link(ADDRESS)
    assert 'value="Jo Bloggs"' in client.get(path).text
    assert stands() == [("green", "applied")], "opening a link changes nothing"
    assert client.post(path, data={"name": "Jo Bloggs"}).location == "/join/done"
    waiting = clerk.get("/clerk/members").text
    assert "Jo Bloggs" in waiting
    assert "One person waits" in clerk.get("/clerk").text
    assert clerk.post(f"/clerk/members/{key_of()}/approve").status_code == 303
    assert stands() == [("green", "active")]
    assert [name for name, _body in letters_to(ADDRESS)] == ["application", "approved"]
    client.post("/sign-in/link", data={"email": ADDRESS})
    assert client.post(newest_link(ADDRESS)).location == "/to-do"


def test_an_invited_person_accepts_in_any_browser_with_the_address(client: FlaskClient, clerk: FlaskClient) -> None:
    clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    path = newest_link(ADDRESS)
    assert client.post(path, data={"name": "Jo"}).status_code == 422
    assert client.post(path, data={"name": "Jo", "email": "al@example.org", "declared": "y"}).status_code == 422
    assert client.post(path, data={"name": "", "email": ADDRESS, "declared": "y"}).status_code == 422
    assert "Confirm this, or choose" in client.post(path, data={"name": "Jo", "email": ADDRESS}).text
    assert stands() == [("green", "invited")]
    assert client.post(path, data={"name": "Jo", "email": ADDRESS, "declared": "y"}).location == "/join/done"
    assert stands() == [("green", "verified")]
    assert client.post(path, data={"name": "Jo", "email": ADDRESS, "declared": "y"}).status_code == 409


def test_a_refused_applicant_reads_the_reason_and_can_ask_another_group(
    client: FlaskClient, clerk: FlaskClient
) -> None:
    key = builders.waiting_member("green", ADDRESS)
    assert "Say why" in clerk.post(f"/clerk/members/{key}/refuse", data={"reason": " "}).text
    assert clerk.post(f"/clerk/members/{key}/refuse", data={"reason": "We do not know you."}).status_code == 303
    assert "We do not know you." in letters_to(ADDRESS)[-1][1]
    client.post("/groups/green/join", data=APPLICATION)
    assert stands() == [("green", "removed")]
    assert letters_to(ADDRESS)[-1][0] == "already_refused"
    client.post("/groups/labour/join", data=APPLICATION)
    assert stands() == [("green", "removed"), ("labour", "applied")], "another group decides for itself"


def test_a_clerk_sees_the_own_group_alone(app: Flask) -> None:
    builders.waiting_member("green", ADDRESS)
    labour = browser(app, builders.clerk("labour"))
    assert ADDRESS not in labour.get("/clerk/members").text
    assert labour.post(f"/clerk/members/{key_of()}/approve").status_code == 404
    assert labour.get(f"/clerk/members/{key_of()}/refuse").status_code == 404
    assert stands() == [("green", "verified")]


def test_whoever_asks_is_told_the_same_whatever_is_known_of_the_address(app: Flask) -> None:
    member = builders.member("labour")
    with transaction():
        db.session.get_one(Person, member.person_id).email = "member@example.org"
    builders.waiting_member("green", "waiting@example.org")
    answers = set()
    for address in ("new@example.org", "member@example.org", "waiting@example.org"):
        answer = app.test_client().post("/groups/green/join", data={**APPLICATION, "email": address})
        answers.add((answer.status_code, answer.location, answer.text))
    assert len(answers) == 1
    assert [letters_to(address)[-1][0] for address in ("new@example.org", "member@example.org")] == [
        "application",
        "already_member",
    ]
    assert letters_to("waiting@example.org")[-1][0] == "already_asked"
    assert stands("member@example.org") == [("labour", "active")]


def test_a_clerk_who_invites_a_member_of_another_group_learns_nothing(
    app: Flask, client: FlaskClient, clerk: FlaskClient
) -> None:
    member = builders.member("labour")
    with transaction():
        db.session.get_one(Person, member.person_id).email = ADDRESS
    pages = []
    for address in (ADDRESS, "xx@example.org"):
        clerk.post("/clerk/members/invite", data={"email": address})
        pages.append(clerk.get("/clerk/members").text.replace(address, "…"))
    assert f"{ADDRESS} is invited" in pages[0].replace("…", ADDRESS)
    path = newest_link(ADDRESS)
    refused = client.post(path, data={"name": "Jo", "email": ADDRESS, "declared": "y"})
    assert refused.status_code == 409
    assert "nobody can be a member of two groups" in refused.text
    assert stands() == [("labour", "active"), ("green", "invited")]


def test_a_clerk_takes_an_invitation_back(client: FlaskClient, clerk: FlaskClient) -> None:
    clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    path = newest_link(ADDRESS)
    assert clerk.post(f"/clerk/members/{key_of()}/revoke").status_code == 303
    assert stands() == [], "an address that nobody proved is forgotten with its invitation"
    clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    for answer in (client.get(path), client.post(path, data={"name": "Jo", "email": ADDRESS, "declared": "y"})):
        assert answer.status_code == 404, "an old link stays dead after a new invitation"


def test_a_newer_invitation_ends_the_older_link_and_a_stranger_asking_ends_none(app: Flask, clerk: FlaskClient) -> None:
    paths = []
    for _ in range(7):
        clerk.post("/clerk/members/invite", data={"email": ADDRESS})
        app.test_client().post("/groups/green/join", data=APPLICATION)
        paths.append(newest_invitation())
    assert len(set(paths)) == 5
    assert [app.test_client().get(path).status_code for path in dict.fromkeys(paths)] == [409] * 4 + [200]
    assert [name for name, _body in letters_to(ADDRESS)].count("already_invited") == 5
    with transaction():
        told = db.session.query(Mail).filter_by(letter="already_invited")
        assert sum(mail.useless_after is None for mail in told) == 1, "one letter a day is sent"
    other = browser(app, builders.clerk("labour"))
    other.post("/clerk/members/invite", data={"email": ADDRESS})
    assert "is invited. The letter is on its way." in other.get("/clerk/members").text
    assert stands() == [("green", "invited"), ("labour", "invited")]


def test_nobody_learns_a_name_from_an_invitation(app: Flask, client: FlaskClient) -> None:
    member = builders.member("labour")
    with transaction():
        person = db.session.get_one(Person, member.person_id)
        person.email, person.name, person.is_offered = ADDRESS, "Jane Secretname", False
    clerk = browser(app, builders.clerk("green"))
    clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    assert "Jane Secretname" not in clerk.get("/clerk/members").text
    path = newest_link(ADDRESS)
    assert "Jane" not in client.get(path).text
    wrong = client.post(path, data={"name": "X", "email": "x@example.org", "declared": "y"})
    assert (wrong.status_code, "Labour group" in wrong.text.split("<footer")[0]) == (422, False)
    browser(app, member).post(f"/account/memberships/{key_of(group='labour')}/leave")
    assert client.post(path, data={"name": "J. Other", "email": ADDRESS, "declared": "y"}).status_code == 303
    waiting = clerk.get("/clerk/members").text
    assert ("J. Other" in waiting, "Jane Secretname" in waiting) == (True, False)
    clerk.post(f"/clerk/members/{key_of()}/approve")
    assert "J. Other" in clerk.get("/clerk/members").text


def test_who_also_registered_interest_is_forgotten_as_an_applicant_alone(client: FlaskClient) -> None:
    client.post("/groups/green/join", data=APPLICATION)
    client.post("/interest", data={"email": ADDRESS, "news": "y"})
    builders.pass_time(days=13)
    client.post("/interest", data={"email": ADDRESS, "news": "y"})
    builders.pass_time(days=2)
    assert stands() == []
    builders.pass_time(days=14)
    with transaction():
        assert db.session.query(Mail).count() == db.session.query(MailedLink).count() == 0


def test_what_whoever_runs_the_service_offered_no_clerk_takes_back_unawares(app: Flask, clerk: FlaskClient) -> None:
    run = app.test_cli_runner().invoke
    run(args=["people", "invite", ADDRESS, "--group", "green", "--clerk"])
    clerk.post("/clerk/members/invite", data={"email": ADDRESS})
    app.test_client().post(newest_invitation(), data={"name": "Jo", "email": ADDRESS, "declared": "y"})
    with transaction():
        assert db.session.query(Person).filter_by(email=ADDRESS).one().actor.is_clerk


def test_whoever_runs_the_service_makes_a_groups_first_two_clerks_and_no_third(app: Flask, clerk: FlaskClient) -> None:
    run = app.test_cli_runner().invoke
    for name, says, status in (("al", "one of its clerks now", 200), ("bo", "two clerks, who make others", 403)):
        member = builders.member("green")
        with transaction():
            db.session.get_one(Person, member.person_id).email = f"{name}@example.org"
        for address in (f"{name}@example.org", f"new-{name}@example.org")[: 2 if status == 403 else 1]:
            assert says in run(args=["people", "invite", address, "--group", "green", "--clerk"]).output
        assert browser(app, member).get("/clerk").status_code == status


def test_a_third_clerk_invited_while_there_was_none_becomes_a_member(app: Flask, client: FlaskClient) -> None:
    addresses = [f"{number}@example.org" for number in range(3)]
    for address in addresses:
        app.test_cli_runner().invoke(args=["people", "invite", address, "--group", "labour", "--clerk"])
    for address in addresses:
        typed = {"name": "Jo", "email": address, "declared": "y"}
        assert client.post(newest_link(address), data=typed).location == "/join/done"
    with transaction():
        people = [db.session.query(Person).filter_by(email=address).one().actor for address in addresses]
    assert [(one.group, one.is_clerk) for one in people] == [("labour", True), ("labour", True), ("labour", False)]


def newest_invitation() -> str:
    """The path of the link in the newest invitation."""
    return next(link_in(body) for name, body in reversed(letters_to(ADDRESS)) if name == "invitation")


LIST = (
    "\ufeffName;E-mail\r\n"
    "Jo;jo@example.org\r\n"
    "Al;=cmd|' /C calc'!A0\r\n"
    "Jo again;JO@example.org\r\n"
    "Nobody;not an address\r\n"
    "Mo;mo@example.org\r\n"
    "Already here;here@example.org\r\n"
)


@pytest.mark.parametrize("sent_as", ["file", "addresses"])
def test_a_list_is_invited_with_a_report_a_line(clerk: FlaskClient, sent_as: str) -> None:
    builders.waiting_member("green", "here@example.org")
    sent = {"addresses": LIST} if sent_as == "addresses" else {"file": _file(LIST.encode())}
    page = clerk.post("/clerk/members/invite-list", data=sent, content_type="multipart/form-data")
    assert page.status_code == 200
    assert "2 people are invited, of 6 lines." in page.text
    for words in ("Not an e-mail address", "The same address as in line 2.", "A member of your group, or about to be"):
        assert words in page.text
    assert stands("mo@example.org") == stands("jo@example.org") == [("green", "invited")]
    with transaction():
        assert db.session.query(Membership).filter_by(stage=MembershipStage.INVITED).count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Give at least one address"),
        (b"\xff\xfe\x00b\x00", "This file is no text."),
        (b"PK\x03\x04\x00\x00", "This file is no text."),
        (b"email\n" + b"a@example.org\n" * 501, "at most 500"),
        (b"x" * 100_001, "This file is too long."),
    ],
)
def test_what_is_no_list_changes_nothing(clerk: FlaskClient, content: bytes, words: str) -> None:
    page = clerk.post("/clerk/members/invite-list", data={"file": _file(content)}, content_type="multipart/form-data")
    assert page.status_code == 422
    assert words in page.text
    with transaction():
        assert db.session.query(Mail).count() == 0


def test_an_application_that_was_never_confirmed_is_forgotten_with_its_address(client: FlaskClient) -> None:
    client.post("/groups/green/join", data=APPLICATION)
    builders.pass_time(days=13)
    assert stands() == [("green", "applied")]
    builders.pass_time(days=1, minutes=1)
    with transaction():
        (person,) = db.session.query(Person).all()
        assert (person.email, person.name) == (None, "")
        assert db.session.query(MailedLink).count() == db.session.query(Mail).count() == 0
        (membership,) = db.session.query(Membership).all()
        assert (membership.stage, membership.name) == (MembershipStage.ERASED, "")


def test_the_first_clerk_is_invited_from_the_command_line(app: Flask, client: FlaskClient) -> None:
    run = app.test_cli_runner().invoke
    answer = run(args=["people", "invite", "First@Example.org", "--group", "labour", "--clerk"])
    assert answer.exit_code == 0
    path = "/" + answer.output.strip().split("/", 3)[3]
    accepted = client.post(path, data={"name": "The first clerk", "email": "first@example.org", "declared": "y"})
    assert accepted.location == "/join/done"
    assert stands("first@example.org") == [("labour", "active")]
    again = run(args=["people", "invite", "first@example.org", "--group", "labour"])
    assert (again.exit_code, "member of that group" in again.output) == (1, True)
    assert "Write a whole e-mail address" in run(args=["people", "invite", "x", "--group", "labour"]).output
    client.post("/sign-in/link", data={"email": "first@example.org"})
    client.post(newest_link("first@example.org"))
    assert client.get("/clerk/members").status_code == 200


def test_a_new_member_counts_for_the_roll_only_after_the_qualifying_days(clerk: FlaskClient) -> None:
    key = builders.waiting_member("green", ADDRESS)
    clerk.post(f"/clerk/members/{key}/approve")
    with transaction():
        member = db.session.query(Person).filter_by(email=ADDRESS).one()
        since = member.membership.active_since  # type: ignore[union-attr]
        assert member.id not in qualified("green", since - timedelta(seconds=1))
        assert member.id in qualified("green", since)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Write your name."),
        ({"email": "jo@"}, "Write a whole e-mail address"),
        ({"declared": ""}, "Confirm this, or choose the group that is yours."),
    ],
)
def test_a_wrong_application_comes_back_with_what_was_typed(
    client: FlaskClient, change: dict[str, str], words: str
) -> None:
    answer = client.post("/groups/green/join", data={**APPLICATION, **change})
    assert (answer.status_code, words in answer.text) == (422, True)
    typed = change.get("name", "Jo Bloggs") or change.get("email", ADDRESS)
    assert typed in answer.text
    assert stands() == []


def test_there_is_no_group_of_another_name(client: FlaskClient) -> None:
    assert client.get("/groups/tory/join").status_code == 404


def _file(content: bytes) -> tuple[object, str]:
    return BytesIO(content), "list.csv"
