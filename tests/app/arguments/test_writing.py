"""Writing an argument: one on each side, until a round opens on it, and no name but by choice."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from app import clock
from app.amendments import service as amendments
from app.arguments import service
from app.extensions import db
from app.models import Argument, AuditRow, Person
from app.web.transactions import transaction
from policies.arguments import About, Side
from policies.ballots import RoundKind
from policies.errors import RuleBroken
from policies.permissions import Actor
from tests import builders
from tests.app.reading import main_of

AT = "/planks/1?view=arguments"


def arguments_page(client: FlaskClient, address: str = AT) -> str:
    """The arguments as this reader sees them."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return main_of(answer)


def signed_in(client: FlaskClient, group: str = "green") -> Actor:
    """A new member of a group, signed in."""
    actor = builders.member(group)
    builders.sign_in(client, actor)
    return actor


def objected(amendment_id: int) -> None:
    """Have somebody object, so that the amendment is not adopted without a round."""
    by = builders.member("labour")
    with transaction():
        amendments.object_to(builders.amendment(amendment_id), "It is too late.", by=by)


def read(column: Any, *conditions: Any) -> list[Any]:
    """What stands in a column now."""
    with transaction():
        return list(db.session.scalars(db.select(column).where(*conditions)))


def test_a_member_argues_on_both_sides_once_and_can_change_and_withdraw(client: FlaskClient, plank_id: int) -> None:
    signed_in(client)
    for side in ("for", "against"):
        answer = client.post(f"/planks/1/arguments/{side}", data={"text": f"My reason {side}."})
        assert (answer.status_code, answer.location) == (303, "/planks/1?view=arguments")
    assert "Argue for it" not in arguments_page(client)
    client.post("/planks/1/arguments/for", data={"text": "  A better reason.\r\n\r\nTwo lines. "})
    client.post("/planks/1/arguments/for", data={"text": "A better reason.\n\nTwo lines."})
    shown = arguments_page(client)
    assert "Arguments (2)" in shown
    assert "My reason for." not in shown
    assert shown.count("A better reason.\n\nTwo lines.") == 2
    (key,) = read(Argument.key, Argument.side == Side.FOR)
    assert client.post(f"/arguments/{key}/withdraw").status_code == 303
    assert client.post(f"/arguments/{key}/withdraw").status_code == 404
    shown = arguments_page(client)
    assert "A better reason" not in shown
    assert "Argue for it" in shown
    assert sorted(read(Argument.words)) == ["", "My reason against."]
    client.post("/planks/1/arguments/for", data={"text": "Once more."})
    assert "Once more." in arguments_page(client)
    acts = sorted(read(AuditRow.act, AuditRow.subject == "arguments"))
    assert acts == ["argument changed"] * 2 + ["argument withdrawn"] + ["argument written"] * 2


def test_what_is_too_long_or_empty_comes_back_with_the_words(client: FlaskClient, plank_id: int) -> None:
    signed_in(client)
    for typed, said in (("x" * 1001, "Shorten your argument to 1,000 characters"), ("  \n ", "Write your reason")):
        answer = client.post("/planks/1/arguments/for", data={"text": typed, "shows_name": "yes"})
        assert answer.status_code == 422
        assert said in answer.text
        assert typed.strip() in answer.text
        assert " checked" in answer.text
    assert read(Argument.id) == []


def test_a_name_is_shown_by_choice_for_that_argument_alone_and_taken_back_when_closed(
    client: FlaskClient, plank_id: int
) -> None:
    by = signed_in(client)
    (name,) = read(Person.name, Person.id == by.person_id)
    assert " checked" not in client.get("/planks/1/arguments/for").text
    for shape in ("1", "true", "on", "y", "no"):
        written = client.post("/planks/1/arguments/against", data={"text": f"Not I, {shape}.", "shows_name": shape})
        assert written.location == AT
        assert name not in arguments_page(client)
    visitor = client.application.test_client()
    choosing = client.post("/planks/1/arguments/for", data={"text": "I say so.", "shows_name": "yes"}).location
    assert name not in arguments_page(visitor), "until its owner has said who sees it, nobody does"
    (key,) = read(Argument.key, Argument.side == Side.FOR)
    assert choosing == f"/account/visibility/argument/{key}"
    check = main_of(client.post(choosing, data={"choice": "everybody"}))
    assert "Show your name to everybody?" in check
    assert name not in arguments_page(visitor), "nothing has changed before the second step"
    client.post(choosing, data={"choice": "everybody", "said": "everybody"})
    shown = arguments_page(visitor)
    assert shown.count(name) == 1
    assert shown.count("A member of the Compass Green group") == 1
    client.post("/planks/1/arguments/for", data={"text": "I say so, still."})
    assert arguments_page(visitor).count(name) == 1, "other words take no choice back"
    builders.open_round(plank_id)
    assert f"{choosing}/take-back" in arguments_page(client)
    assert client.post(f"{choosing}/take-back").status_code == 303
    assert name not in arguments_page(visitor)
    assert "I say so, still." in arguments_page(visitor)


def test_a_round_closes_the_arguments_and_a_newer_text_is_argued_anew(client: FlaskClient, plank_id: int) -> None:
    by = signed_in(client)
    argument_id = builders.argued(plank_id, by, words="Before the round.")
    objected(builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2035"))
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    shown = arguments_page(client)
    assert "A round of ballots has opened on this plank" in shown
    assert "Withdraw it" not in shown
    assert client.get("/planks/1/arguments/for").status_code == 409
    refused = client.post("/planks/1/arguments/for", data={"text": "Too late, but mine."})
    assert refused.status_code == 409
    assert "Too late, but mine." in refused.text
    with pytest.raises(RuleBroken, match="has opened on this plank"), transaction():
        service.withdraw(builders.argument(argument_id), by=by)
    for key in ("green", "labour", "lib_dem"):
        builders.vote(round_id, builders.voters(round_id, key))
    builders.pass_time(days=7, minutes=1)
    shown = arguments_page(client)
    assert "Before the round." not in shown
    assert 'view=arguments&amp;about=1">version 1 (1)' in shown
    older = arguments_page(client, f"{AT}&about=1")
    assert "Before the round." in older
    assert "The text has moved on" in older
    writing = client.get("/planks/1/arguments/for").text
    assert "about version 2 of" in writing
    assert "Before the round." in writing
    client.post("/planks/1/arguments/for", data={"text": "About the new text."})
    assert "About the new text." in arguments_page(client)
    assert "About the new text." not in arguments_page(client, f"{AT}&about=1")


def test_a_round_that_leaves_the_text_as_it_was_closes_it_for_good(client: FlaskClient, plank_id: int) -> None:
    builders.argued(plank_id, signed_in(client))
    builders.decided(plank_id)
    assert "A newer text can be argued about anew" in arguments_page(client)
    assert client.post("/planks/1/arguments/for", data={"text": "Later."}).status_code == 409


def test_an_amendment_is_argued_about_until_its_own_round(client: FlaskClient, plank_id: int) -> None:
    signed_in(client)
    amendment_id = builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    objected(amendment_id)
    client.post("/amendments/P1-A1/arguments/against", data={"text": "Two years too late."})
    page = client.get("/amendments/P1-A1").text
    assert '<h2 id="arguments">Arguments</h2>' in page
    assert page.count("Two years too late.") == 2
    assert read(Argument.about_id, Argument.about == About.AMENDMENT) == [amendment_id]
    builders.open_round(plank_id, RoundKind.AMENDMENTS)
    assert "A round of ballots has opened on this amendment" in client.get("/amendments/P1-A1").text
    assert client.post("/amendments/P1-A1/arguments/against", data={"text": "No."}).status_code == 409


def test_arguments_on_what_is_not_public_are_for_members_alone(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.submitted(builders.member("green"))
    argument_id = builders.argued(plank_id, builders.member("labour"), words="Only among us.")
    with transaction():
        address = f"/planks/{builders.plank(plank_id).ref}"
        key = builders.argument(argument_id).key
    assert client.get(f"{address}?view=arguments").status_code == 404
    assert client.get(f"/arguments/{key}/report").status_code == 404
    assert client.get(f"{address}/arguments/for").status_code == 404
    signed_in(client, "lib_dem")
    assert "Only among us." in arguments_page(client, f"{address}?view=arguments")


def test_the_database_refuses_a_second_row_and_a_row_about_nothing(plank_id: int) -> None:
    by, other = builders.member("green"), builders.member("green")
    with transaction():
        version_id = builders.plank(plank_id).working_version_id
        row = {"about": About.VERSION, "about_id": version_id, "version_id": version_id, "author_id": by.person_id}
        row |= {"group": "green", "side": Side.FOR, "words": "x", "written_at": clock.now(), "changed_at": clock.now()}
    stored(row)
    stored(row | {"side": Side.AGAINST})
    wrong = ({"about": About.AMENDMENT}, {"about_id": 99}, {"version_id": None}, {"words": ""})
    for refused in (row, *(row | {"author_id": other.person_id} | change for change in wrong)):
        with pytest.raises(IntegrityError):
            stored(refused)


def stored(row: dict[str, object]) -> None:
    """Put a row into the table as it is."""
    with transaction():
        db.session.add(Argument(**row))
