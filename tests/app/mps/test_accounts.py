"""A real MP comes to an account by an address of Parliament's, proven, and the word of clerks of two groups."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from app import clock
from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, Membership, Mp, MpRequest, Person
from app.mps import account_queries, accounts
from app.mps import service as mps
from app.web.transactions import transaction
from policies.errors import NotThere, RuleBroken
from policies.membership import MembershipStage
from policies.mp_accounts import CLERKS_HAVE, WINDOW
from policies.permissions import Actor
from tests import builders
from tests.app.at_once import all_at_once, posts
from tests.app.letters import letters_to, links_to, newest_link
from tests.offices import proven_request, registered_mp

ADDRESS = "made.up.mp@parliament.uk"


@pytest.fixture
def real(bare_app: Flask) -> Iterator[Flask]:
    """The service for real people, with its context pushed."""
    bare_app.config["WTF_CSRF_ENABLED"] = False
    with bare_app.app_context():
        yield bare_app


@pytest.fixture
def mp_id(real: Flask) -> int:
    """An MP of the register."""
    return registered_mp()


def clerk(group: str) -> Actor:
    """A new clerk of a group, where this is no demonstration."""
    with transaction():
        person = Person(name=f"Demonstration clerk ({group})", created_at=clock.now())
        office = {"is_clerk": True, "active_since": clock.now(), "stage": MembershipStage.ACTIVE}
        db.session.add(Membership(person=person, group=group, **office))
        db.session.flush()
        return person.actor


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with a session of somebody."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def ask(app: Flask, mp_id: int, address: str = ADDRESS) -> tuple[int, str]:
    """Ask as a visitor; returns the status and the page."""
    answer = app.test_client().post(f"/mps/{mp_id}/account", data={"email": address})
    return answer.status_code, answer.text


def follow(app: Flask, link: str, mp_id: int, address: str = ADDRESS) -> int:
    """Follow a letter's link as the MP named; returns the status."""
    return app.test_client().post(link, data={"email": address, "mp": str(mp_id)}).status_code


def prove(app: Flask, mp_id: int) -> str:
    """Ask and follow the letter; returns the key of the request."""
    ask(app, mp_id)
    assert follow(app, newest_link(ADDRESS), mp_id) == 303
    with transaction():
        return account_queries.of_mp(mp_id)[0].key


def give(mp_id: int, email: str | None = None) -> None:
    """Give an MP's account to somebody new, as if clerks of two groups had vouched."""
    vouched = [clerk(group).person_id for group in ("labour", "green")]
    with transaction():
        mp = db.session.get_one(Mp, mp_id)
        mp.vouched_by_id, mp.vouched_too_id = vouched
        mp.person = Person(name="", email=email, created_at=clock.now())


def test_an_mp_asks_proves_the_address_and_signs_in_once_two_groups_have_looked(real: Flask, mp_id: int) -> None:
    assert "Ask for your account" in real.test_client().get(f"/mps/{mp_id}").text
    key = prove(real, mp_id)
    labour, green = clerk("labour"), clerk("green")
    desk = browser(real, labour)
    assert "Accounts of MPs" in desk.get("/clerk").text
    assert ADDRESS in desk.get("/clerk/mps").text
    assert desk.post(f"/clerk/mps/{key}/vouch").status_code == 303
    assert desk.post(f"/clerk/mps/{key}/vouch").status_code == 409
    with transaction():
        assert db.session.get_one(Mp, mp_id).person_id is None
    assert browser(real, clerk("labour")).post(f"/clerk/mps/{key}/vouch").status_code == 409
    assert browser(real, green).post(f"/clerk/mps/{key}/vouch").status_code == 303
    with transaction():
        mp = db.session.get_one(Mp, mp_id)
        assert (mp.vouched_by_id, mp.vouched_too_id) == (labour.person_id, green.person_id)
        assert mp.person is not None
        actor = mp.person.actor
        assert db.session.query(MpRequest).count() == 0
    assert [letter for letter, _words in letters_to(ADDRESS)] == ["mp_account", "mp_account_given"]
    assert browser(real, actor).get("/mps/brief").status_code == 200


def test_whoever_asks_reads_the_same_whatever_is_known(real: Flask, mp_id: int) -> None:
    first = ask(real, mp_id)
    assert first[0] == 200
    give(mp_id, ADDRESS)
    again = [ask(real, mp_id, address) for address in (ADDRESS, "another@parliament.uk", "third@parliament.uk")]
    assert {first, *again} == {first}


def test_nobody_floods_an_address_in_the_name_of_other_mps_and_its_own_mp_is_not_kept_waiting(
    real: Flask, mp_id: int
) -> None:
    others = [registered_mp(f"Another Demonstration Somebody{number}", number) for number in range(2, 8)]
    for one in (*others, mp_id):
        ask(real, one)
    with transaction():
        asked_for = [len(account_queries.from_address(one, ADDRESS)) for one in (*others, mp_id)]
        db.session.get_one(Mp, others[4]).left_at = clock.now()
    assert asked_for == [1, 1, 1, 1, 1, 0, 0]
    of_another = links_to(ADDRESS)[0]
    assert f'<option selected value="{others[0]}">' in real.test_client().get(of_another).text
    assert [follow(real, of_another, one) for one in (others[4], 0, mp_id)] == [422, 422, 303]
    with transaction():
        assert [(one.mp_id, one.proven_at is None) for one in db.session.query(MpRequest)] == [(mp_id, False)]


def test_an_address_is_one_persons_so_the_proof_for_one_mp_ends_what_was_asked_for_others(
    real: Flask, mp_id: int
) -> None:
    prove(real, mp_id)
    labour = clerk("labour")
    with transaction():
        accounts.vouch(account_queries.of_mp(mp_id)[0], by=labour)
    other, stranger = registered_mp("Another Demonstration Somebody", 2), "another@parliament.uk"
    ask(real, mp_id, stranger)
    ask(real, other)
    assert follow(real, newest_link(ADDRESS), other) == 303
    desk = browser(real, labour).get("/clerk/mps").text
    assert (desk.count(ADDRESS), f'/mps/{other}"' in desk, f'/mps/{mp_id}"' in desk) == (1, True, False)
    with transaction():
        assert [one.address for one in account_queries.of_mp(mp_id)] == [stranger]
        assert db.session.query(AuditRow).filter_by(act="MP account request forgotten").count() == 1


@pytest.mark.both
def test_of_two_proofs_from_one_address_at_once_one_stands(real: Flask, mp_id: int) -> None:
    numbers = [mp_id, *(registered_mp(f"Another Demonstration Somebody{number}", number) for number in (2, 3, 4))]
    for one in numbers:
        ask(real, one)
    links, statuses = links_to(ADDRESS), []
    # Each says to be the MP of the letter after the own one, so that all take the same locks from other ends.
    turned = zip(links, [*numbers[1:], mp_id], strict=True)
    all_at_once([lambda link=link, one=one: statuses.append(follow(real, link, one)) for link, one in turned])
    assert sorted(statuses) == [303, 404, 404, 404]
    with transaction():
        assert [one.proven_at is None for one in db.session.query(MpRequest)] == [False]


def test_an_address_elsewhere_is_refused_and_stays_in_the_field(real: Flask, mp_id: int) -> None:
    for address in (
        "jo@example.org",
        "jo@evilparliament.uk",
        "jo@parliament.uk.evil.example",
        "jo",
        "jo+1@parliament.uk",
    ):
        status, page = ask(real, mp_id, address)
        assert (status, f'value="{address}"' in page) == (422, True)
    assert letters_to("jo@example.org") == []


def test_a_link_needs_the_address_works_once_and_ends_the_others(real: Flask, mp_id: int) -> None:
    ask(real, mp_id)
    old = newest_link(ADDRESS)
    ask(real, mp_id)
    new, client = newest_link(ADDRESS), real.test_client()
    assert client.get(old).status_code == 200
    shown = client.get(new)
    assert shown.status_code == 200
    # Whoever reports something on this page must not pass its key on.
    assert 'href="/report?page=/"' in shown.text
    assert follow(real, new, mp_id, "other@parliament.uk") == 422
    assert follow(real, new, mp_id) == 303
    assert follow(real, new, mp_id) == 409
    assert "confirmed this address already" in client.get(old).text
    ask(real, mp_id)
    with transaction():
        assert len(account_queries.of_mp(mp_id)) == 1


def test_no_stranger_keeps_an_mp_out_by_asking_in_the_mps_name(real: Flask, mp_id: int) -> None:
    pages = {ask(real, mp_id, f"made.up{number}@parliament.uk")[1] for number in range(8)}
    pages |= {ask(real, mp_id)[1] for _ in range(7)}
    assert len(pages) == 1
    assert len(letters_to(ADDRESS)) == 7
    with transaction():
        to_the_mp = account_queries.from_address(mp_id, ADDRESS)
        assert len(to_the_mp) == 5
        for one in to_the_mp:
            one.asked_at -= WINDOW
    ask(real, mp_id)
    with transaction():
        assert len(account_queries.from_address(mp_id, ADDRESS)) == 6
    assert follow(real, newest_link(ADDRESS), mp_id) == 303
    with transaction():
        assert [one.proven_at is not None for one in account_queries.from_address(mp_id, ADDRESS)] == [True]


def test_a_refusal_is_told_with_its_reason_and_nothing_of_it_is_kept(real: Flask, mp_id: int) -> None:
    key, desk = prove(real, mp_id), browser(real, clerk("green"))
    assert desk.post(f"/clerk/mps/{key}/refuse", data={"reason": ""}).status_code == 422
    assert desk.post(f"/clerk/mps/{key}/refuse", data={"reason": "Your office knows nothing of it."}).status_code == 303
    assert "Your office knows nothing of it." in letters_to(ADDRESS)[-1][1]
    with transaction():
        assert db.session.query(MpRequest).count() == 0
        assert ADDRESS not in str([(row.act, row.details) for row in db.session.query(AuditRow)])


def test_what_nobody_decides_is_forgotten_and_so_is_what_is_asked_for_a_seat_that_is_vacated(
    real: Flask, mp_id: int
) -> None:
    prove(real, mp_id)
    with transaction():
        account_queries.of_mp(mp_id)[0].proven_at = clock.now() - CLERKS_HAVE
    tick()
    with transaction():
        assert db.session.query(MpRequest).count() == 0
    prove(real, mp_id)
    with transaction():
        mps.leave(db.session.get_one(Mp, mp_id))
        assert db.session.query(MpRequest).count() == 0


def test_nobody_vouches_for_oneself_and_an_mp_has_one_account(real: Flask, mp_id: int) -> None:
    key, own = prove(real, mp_id), clerk("labour")
    with transaction():
        db.session.get_one(Person, own.person_id).email = ADDRESS
    assert "your own request" in browser(real, own).post(f"/clerk/mps/{key}/vouch").text
    give(mp_id)
    assert "has an account already" in browser(real, clerk("green")).post(f"/clerk/mps/{key}/vouch").text


def test_what_was_decided_a_moment_before_is_told_as_that(real: Flask, mp_id: int) -> None:
    prove(real, mp_id)
    clerk_of_green = clerk("green")
    with transaction():
        request = account_queries.of_mp(mp_id)[0]
        db.session.execute(delete(MpRequest), execution_options={"synchronize_session": False})
        with pytest.raises(NotThere, match="is decided, or has run out"):
            accounts.vouch(request, by=clerk_of_green)
    assert db.session.get_one(Mp, mp_id).person_id is None


def test_a_demonstration_gives_no_real_mp_an_account(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    mp_id = registered_mp()
    assert "Ask for your account" not in app.test_client().get(f"/mps/{mp_id}").text
    assert ask(app, mp_id)[0] == 409
    made_up = builders.mp().mp_id
    with pytest.raises(RuleBroken, match="made up"), transaction():
        accounts.ask(db.session.get_one(Mp, made_up), ADDRESS)


@pytest.mark.both
def test_two_clerks_at_once_give_one_account(real: Flask, mp_id: int) -> None:
    key = prove(real, mp_id)
    clerks = [clerk(group) for group in ("labour", "lib_dem", "green", "labour")]
    assert posts(real, clerks, f"/clerk/mps/{key}/vouch")[303] == 2
    with transaction():
        mp = db.session.get_one(Mp, mp_id)
        assert mp.person_id is not None
        assert db.session.query(AuditRow).filter_by(act="MP account given").count() == 1


def test_the_request_of_another_is_there_for_clerks_alone(app: Flask) -> None:
    key = proven_request()
    assert browser(app, builders.member("green")).get("/clerk/mps").status_code == 403
    assert browser(app, builders.clerk("green")).get(f"/clerk/mps/{key}/refuse").status_code == 200
