"""Removing a member: two clerks, a reason for the member alone, an appeal that the other groups' clerks decide."""

from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, Membership, Person, Removal, SignIn
from app.web.transactions import transaction
from policies.membership import MembershipStage
from policies.permissions import Actor
from tests import builders
from tests.app.letters import letters_to
from tests.app.reading import main_of
from tests.app.test_parallel import posts

REASON = "They stood for a list of their own."
APPEAL = "I stood down the day after."


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def jo(app: Flask) -> Actor:
    """The Green member who is to be removed."""
    return builders.member("green")


@pytest.fixture
def clerks(app: Flask) -> dict[str, Actor]:
    """Two Green clerks, and one of each other group."""
    return {
        "first": builders.clerk("green"),
        "second": builders.clerk("green"),
        "labour": builders.clerk("labour"),
        "lib_dem": builders.clerk("lib_dem"),
    }


def browser(app: Flask, actor: Actor) -> FlaskClient:
    """A browser with a session of somebody."""
    client = app.test_client()
    builders.sign_in(client, actor)
    return client


def membership_of(actor: Actor) -> Membership:
    """Somebody's one membership."""
    return db.session.query(Membership).filter_by(person_id=actor.person_id).one()


def key_of(actor: Actor) -> str:
    """Its key."""
    with transaction():
        return membership_of(actor).key


def stands(actor: Actor) -> str:
    """Its stage."""
    with transaction():
        return membership_of(actor).stage.value


def proposed(app: Flask, jo: Actor, by: Actor) -> str:
    """A clerk proposes to remove somebody; returns the address of the removal."""
    answer = browser(app, by).post(f"/clerk/members/{key_of(jo)}/remove", data={"reason": REASON})
    assert answer.location == "/clerk"
    with transaction():
        return f"/clerk/removals/{db.session.query(Removal).order_by(Removal.id.desc()).first().key}"  # type: ignore[union-attr]


def confirmed(app: Flask, jo: Actor, clerks: dict[str, Actor]) -> str:
    """Two clerks remove somebody; returns the address of the removal."""
    address = proposed(app, jo, clerks["first"])
    assert browser(app, clerks["second"]).post(f"{address}/confirm").status_code == 303
    return address


def appealed(app: Flask, jo: Actor, clerks: dict[str, Actor]) -> str:
    """And the member appeals."""
    address = confirmed(app, jo, clerks)
    assert browser(app, jo).post(own_page(jo), data={"appeal": APPEAL}).location == own_page(jo)
    return address


def own_page(jo: Actor) -> str:
    """The one page on which a member reads of it."""
    return f"/account/memberships/{key_of(jo)}/removal"


def letters(jo: Actor) -> list[str]:
    """Which letters a member got."""
    with transaction():
        address = db.session.get_one(Person, jo.person_id).email or ""
    return [name for name, _body in letters_to(address)]


def test_nothing_changes_and_nobody_is_told_until_a_second_clerk_confirms(
    app: Flask, jo: Actor, clerks: dict[str, Actor]
) -> None:
    first, member = browser(app, clerks["first"]), browser(app, jo)
    wrong = first.post(f"/clerk/members/{key_of(jo)}/remove", data={"reason": " "})
    assert (wrong.status_code, "Write the reason" in wrong.text) == (422, True)
    address = proposed(app, jo, clerks["first"])
    assert first.post(f"/clerk/members/{key_of(jo)}/remove", data={"reason": REASON}).status_code == 409
    refused = first.post(f"{address}/confirm")
    assert (refused.status_code, "another clerk has to confirm" in refused.text) == (409, True)
    assert browser(app, clerks["labour"]).get(address).status_code == 404, "the group has a second clerk"
    assert member.get(own_page(jo)).status_code == 404
    assert member.get("/to-do").status_code == 200
    assert (stands(jo), letters(jo)) == ("active", [])
    second = browser(app, clerks["second"])
    assert "Removal of a member of your group" in second.get("/to-do").text
    assert REASON in second.get(address).text
    assert second.post(f"{address}/give-up").status_code == 303
    assert second.post(f"{address}/confirm").status_code == 409
    assert letters(jo) == []


def test_rights_end_at_the_next_request_and_one_page_says_why(app: Flask, jo: Actor, clerks: dict[str, Actor]) -> None:
    round_id = builders.open_round(builders.open_plank())
    voter = next(one for one in builders.voters(round_id, "green") if not one.is_clerk)
    signed_in = browser(app, voter)
    assert signed_in.get("/rounds/1/vote").status_code == 200
    confirmed(app, voter, clerks)
    assert signed_in.get("/to-do").status_code in {302, 403}
    assert signed_in.post("/rounds/1/cast", data={"text": "yes"}).status_code in {302, 403}
    with transaction():
        assert db.session.query(SignIn).filter_by(person_id=voter.person_id).count() == 0
    again = browser(app, voter)
    assert again.post("/rounds/1/cast", data={"text": "yes"}).status_code == 403
    page = main_of(again.get(own_page(voter)))
    assert REASON in page
    assert "Appeal" in page
    for elsewhere in ("/account", "/", "/groups/green", "/what-is-new"):
        assert REASON not in again.get(elsewhere).text
    for other in (builders.member("green"), builders.member("labour"), clerks["lib_dem"]):
        assert browser(app, other).get(own_page(voter)).status_code == 404
    with transaction():
        rows = [str(row.details) for row in db.session.query(AuditRow).filter(AuditRow.act.like("removal%"))]
        assert REASON not in "".join(rows)
        body = letters_to(db.session.get_one(Person, voter.person_id).email or "")[-1][1]
    assert REASON in body
    assert own_page(voter) in body


def test_all_other_groups_together_give_it_back_with_its_old_first_day(
    app: Flask, jo: Actor, clerks: dict[str, Actor]
) -> None:
    with transaction():
        since = membership_of(jo).active_since
        name = db.session.get_one(Person, jo.person_id).name
    address = appealed(app, jo, clerks)
    for key, left in (("labour", "suspended"), ("lib_dem", "active")):
        client = browser(app, clerks[key])
        shown = client.get(address).text
        assert APPEAL in shown
        assert name not in shown
        assert client.post(f"{address}/answer", data={"word": "overturn"}).status_code == 422
        assert client.post(f"{address}/answer", data={"word": "archive", "reason": "No."}).status_code == 422
        answer = {"word": "overturn", "reason": f"Too hard, says {key}."}
        assert client.post(f"{address}/answer", data=answer).status_code == 303
        assert stands(jo) == left
    with transaction():
        assert membership_of(jo).active_since == since
    member = browser(app, jo)
    assert member.get("/to-do").status_code == 200
    assert "Too hard, says lib_dem." in member.get(own_page(jo)).text
    assert letters(jo) == ["removal", "removal_overturned"]


def test_one_group_that_upholds_it_or_silence_makes_it_final(app: Flask, jo: Actor, clerks: dict[str, Actor]) -> None:
    address = appealed(app, jo, clerks)
    own = browser(app, clerks["first"]).post(f"{address}/answer", data={"word": "uphold", "reason": "Yes."})
    assert (own.status_code, "clerks of the other groups decide" in own.text) == (409, True)
    said = {"word": "uphold", "reason": "The reason holds."}
    assert browser(app, clerks["labour"]).post(f"{address}/answer", data=said).status_code == 303
    assert stands(jo) == "removed"
    assert browser(app, clerks["lib_dem"]).post(f"{address}/answer", data=said).status_code == 404
    assert browser(app, jo).post(own_page(jo), data={"appeal": "Once more."}).status_code == 409
    silent, unheard = builders.member("green"), builders.member("green")
    appealed(app, silent, clerks)
    confirmed(app, unheard, clerks)
    waits = builders.member("green")
    proposed(app, waits, clerks["first"])
    # Three days' outage, and the clock runs twice.
    builders.move_clock(days=14 + 3)
    late = browser(app, unheard).post(own_page(unheard), data={"appeal": APPEAL})
    assert (late.status_code, "days to appeal are over" in late.text) == (409, True)
    tick()
    tick()
    assert [stands(one) for one in (silent, unheard, waits)] == ["removed", "removed", "active"]
    assert letters(silent) == letters(unheard) == ["removal", "removal_final"]
    assert letters(waits) == []


def test_where_a_group_has_one_clerk_a_clerk_of_another_confirms_and_does_not_decide_on_the_appeal(
    app: Flask, jo: Actor
) -> None:
    only, labour, lib_dem = builders.clerk("green"), builders.clerk("labour"), builders.clerk("lib_dem")
    address = proposed(app, jo, only)
    with transaction():
        name = db.session.get_one(Person, jo.person_id).name
    client = browser(app, labour)
    assert "Removal of a member of the Compass Green group" in client.get("/clerk").text
    shown = client.get(address).text
    assert REASON in shown
    assert name not in shown
    assert client.post(f"{address}/give-up").status_code == 409
    assert client.post(f"{address}/confirm").status_code == 303
    browser(app, jo).post(own_page(jo), data={"appeal": APPEAL})
    assert client.get(address).status_code == 404
    other = browser(app, builders.clerk("labour"))
    for one in (other, browser(app, lib_dem)):
        assert one.post(f"{address}/answer", data={"word": "overturn", "reason": "No."}).status_code == 303
    assert stands(jo) == "active"


def test_a_clerk_neither_sees_nor_confirms_the_own_removal_and_loses_the_office_with_it(
    app: Flask, clerks: dict[str, Actor]
) -> None:
    concerned = clerks["second"]
    address = proposed(app, concerned, clerks["first"])
    client = browser(app, concerned)
    assert client.get(address).status_code == client.post(f"{address}/confirm").status_code == 404
    assert "Removal of" not in client.get("/clerk").text
    assert client.post(f"/clerk/members/{key_of(concerned)}/remove", data={"reason": REASON}).status_code == 409
    assert browser(app, clerks["labour"]).post(f"{address}/confirm").status_code == 303
    assert client.get("/clerk").status_code in {302, 403}
    with transaction():
        assert not membership_of(concerned).is_clerk


def test_who_leaves_while_it_runs_ends_it(app: Flask, jo: Actor, clerks: dict[str, Actor]) -> None:
    appealed(app, jo, clerks)
    member = browser(app, jo)
    assert member.post(f"/account/memberships/{key_of(jo)}/leave").status_code == 303
    tick()
    assert stands(jo) == "left"
    with transaction():
        assert db.session.query(Removal).one().stage.value == "dropped"


def test_who_has_joined_another_group_meanwhile_stays_there(app: Flask, jo: Actor, clerks: dict[str, Actor]) -> None:
    address = appealed(app, jo, clerks)
    with transaction():
        since, stage = membership_of(jo).active_since, MembershipStage.ACTIVE
        removed_id = membership_of(jo).id
        db.session.add(Membership(person_id=jo.person_id, group="labour", stage=stage, active_since=since))
    for key in ("labour", "lib_dem"):
        browser(app, clerks[key]).post(f"{address}/answer", data={"word": "overturn", "reason": "Too hard."})
    with transaction():
        assert db.session.get_one(Membership, removed_id).stage is MembershipStage.LEFT
        assert db.session.get_one(Person, jo.person_id).actor.group == "labour"
        body = letters_to(db.session.get_one(Person, jo.person_id).email or "")[-1][1]
    assert "you stay there" in body


@pytest.mark.both
def test_two_clerks_confirming_at_once_remove_once(app: Flask, jo: Actor, clerks: dict[str, Actor]) -> None:
    third = builders.clerk("green")
    address = proposed(app, jo, clerks["first"])
    assert posts(app, [clerks["second"], third, clerks["second"], third], f"{address}/confirm") == Counter(
        {303: 1, 409: 3}
    )
    assert letters(jo) == ["removal"]
    with transaction():
        assert db.session.query(AuditRow).filter_by(act="removal confirmed").count() == 1


def test_the_database_keeps_no_removal_by_one_person_and_no_second_one_that_runs(
    app: Flask, jo: Actor, clerks: dict[str, Actor]
) -> None:
    proposed(app, jo, clerks["first"])
    with pytest.raises(IntegrityError):
        confirm_by_the_proposer()
    with pytest.raises(IntegrityError):
        propose_again()


def confirm_by_the_proposer() -> None:
    """Write that whoever proposed a removal confirmed it, past all rules."""
    with transaction():
        removal = db.session.query(Removal).one()
        removal.confirmed_by_id, removal.confirmed_at = removal.proposed_by_id, removal.proposed_at


def propose_again() -> None:
    """Write a second removal of the same member, past all rules."""
    with transaction():
        first = db.session.query(Removal).one()
        again = Removal(membership_id=first.membership_id, reason=REASON, appeal="", proposed_at=first.proposed_at)
        again.proposed_by_id = first.proposed_by_id
        db.session.add(again)
