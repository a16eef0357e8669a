"""Choosing who sees the own name: thing by thing or in general, wider in two steps, narrower at once."""

from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.models import AuditRow, Membership, Person
from app.people import service as people
from app.planks import service as planks
from app.takeovers import service as takeovers
from app.web.transactions import transaction
from policies.errors import NotThere, RuleBroken
from policies.permissions import Actor
from policies.visibility import Choice, Reach, Role
from tests import builders, named
from tests.app.reading import counted, main_of

NAMED = "Moved by Ada Example, a member of the Compass Green group"
UNNAMED = "Moved by a member of the Compass Green group"
PAGE = "/amendments/P1-A1"


@pytest.fixture
def mover(app: Flask) -> Actor:
    """Ada Example of the Greens, who moved amendment P1-A1, which is open."""
    app.config["WTF_CSRF_ENABLED"] = False
    by = called("Ada Example", builders.member("green"))
    builders.open_amendment(builders.open_plank(builders.member("lib_dem")), by, "2030", "2032")
    return by


def called(name: str, actor: Actor) -> Actor:
    """Somebody with this very name."""
    with transaction():
        db.session.get_one(Person, actor.person_id).name = name
    return actor


def key_of(amendment_id: int = 1) -> str:
    """The key of an amendment."""
    with transaction():
        return builders.amendment(amendment_id).key


def browser_of(app: Flask, actor: Actor | None) -> FlaskClient:
    """A browser in which somebody is signed in, or nobody."""
    browser = app.test_client()
    if actor is not None:
        builders.sign_in(browser, actor)
    return browser


def readers(app: Flask) -> dict[str, FlaskClient]:
    """Who reads, by the letter of the tables below."""
    actors = {
        "clerk": builders.clerk("green"),
        "own group": builders.member("green"),
        "other group": builders.member("labour"),
        "clerk of another": builders.clerk("labour"),
        "MP": builders.mp(),
        "visitor": None,
    }
    return {who: browser_of(app, actor) for who, actor in actors.items()}


def told(browsers: Mapping[str, FlaskClient]) -> set[str]:
    """Who reads the name on the page of the amendment and on its card; the others read the group."""
    found = set()
    for who, browser in browsers.items():
        pages = [main_of(browser.get(PAGE)), main_of(browser.get("/planks/1?view=amendments"))]
        assert [NAMED in page for page in pages] in ([True, True], [False, False]), who
        assert [UNNAMED in page for page in pages] == [NAMED not in page for page in pages]
        found |= {who} if NAMED in pages[0] else set()
    return found


def test_each_choice_is_told_to_just_those_it_names_and_a_general_one_where_it_was_chosen(
    app: Flask, mover: Actor
) -> None:
    browsers, everybody = readers(app), {"clerk", "own group", "other group", "clerk of another", "MP", "visitor"}
    assert told(browsers) == {"clerk"}, "before any choice"
    named.show_in_general(Reach.ALL_GROUPS, mover)
    assert told(browsers) == {"clerk"}, "a general choice shows nothing by itself"
    for choice, who in (
        (Choice.OWN_GROUP, {"clerk", "own group"}),
        (Choice.ALL_GROUPS, everybody - {"MP", "visitor"}),
        (Choice.EVERYBODY, everybody),
        (Choice.AS_IN_GENERAL, everybody - {"MP", "visitor"}),
        (Choice.CLERKS, {"clerk"}),
    ):
        named.show(Role.AMENDMENT, key_of(), mover, choice)
        assert told(browsers) == who, choice
    with transaction():
        rows = db.session.query(AuditRow).filter(AuditRow.act.contains("name choice")).all()
        assert all("Ada" not in str(row.details) for row in rows)
        assert len(rows) == 6


def test_wider_takes_a_second_step_that_says_who_and_narrower_none(app: Flask, mover: Actor) -> None:
    browser, address = browser_of(app, mover), f"/account/visibility/amendment/{key_of()}"
    form = main_of(browser.get(address))
    assert " checked" not in form
    assert f'href="{address}"' in browser.get(PAGE).text
    assert browser.post(address, data={}).status_code == 422
    assert browser.post(address, data={"choice": "nobody"}).status_code == 422
    for said in ({}, {"said": "all_groups"}, {"said": "x"}):
        check = browser.post(address, data={"choice": "everybody", **said})
        assert check.status_code == 200
        assert "Show your name to everybody?" in check.text
        assert NAMED in check.text
    visitor = app.test_client()
    assert NAMED not in visitor.get(PAGE).text
    assert browser.post(address, data={"choice": "everybody", "said": "everybody"}).status_code == 303
    assert NAMED in visitor.get(PAGE).text
    assert browser.post(address, data={"choice": "own_group"}).status_code == 303
    assert NAMED not in visitor.get(PAGE).text
    with transaction():
        own = named.queries.own_thing(mover, Role.AMENDMENT, key_of())
        with pytest.raises(RuleBroken, match="more people than you were told"):
            named.service.choose(own, Choice.EVERYBODY, Reach.OWN_GROUP, by=mover)


def test_a_general_choice_that_is_widened_says_for_how_many_things_it_goes(app: Flask, mover: Actor) -> None:
    named.show(Role.AMENDMENT, key_of(), mover, Choice.AS_IN_GENERAL)
    browser, visitor, address = browser_of(app, mover), app.test_client(), "/account/visibility/general"
    assert " checked" not in main_of(browser.get(address))
    assert browser.post(address, data={"choice": "as_in_general"}).status_code == 422
    check = main_of(browser.post(address, data={"choice": "everybody"}))
    assert "“as in general” for 1 thing so far" in check
    assert NAMED not in visitor.get(PAGE).text
    browser.post(address, data={"choice": "everybody", "said": "everybody"})
    assert NAMED in visitor.get(PAGE).text
    browser.post(address, data={"choice": "clerks"})
    assert NAMED not in visitor.get(PAGE).text


def test_how_others_see_one_is_just_what_they_read(app: Flask, mover: Actor) -> None:
    browser = browser_of(app, mover)
    named.show(Role.AMENDMENT, key_of(), mover, Choice.ALL_GROUPS)
    own = main_of(browser.get("/account/visibility"))
    assert "Your name is shown to members of all groups." in own
    assert f"/account/visibility/amendment/{key_of()}/take-back" in own
    for read_as, line in (("clerks", NAMED), ("own-group", NAMED), ("other-groups", NAMED), ("public", UNNAMED)):
        assert line in main_of(browser.get(f"/account/visibility?as={read_as}")), read_as
    builders.submitted(mover)
    assert "They do not see this at all." in browser.get("/account/visibility?as=public").text
    builders.draft(mover, title="Written in secret")
    assert "Written in secret" not in browser.get("/account/visibility").text
    assert browser.get("/account/visibility?as=mp").status_code == 400
    assert browser.get("/account/visibility?page=2").status_code == 404
    assert submitted_costs_no_more(mover, browser)


def submitted_costs_no_more(mover: Actor, browser: FlaskClient) -> bool:
    """Whether the page asks as many questions of the database for six planks as for one."""
    costs = []
    for count in (0, 5):
        for _ in range(count):
            builders.submitted(mover)
        with counted() as statements:
            browser.get("/account/visibility?as=clerks")
        costs.append(len(statements))
    return costs[0] == costs[1]


def test_nobody_chooses_for_another_nor_for_a_thing_they_no_longer_stand_behind(app: Flask, mover: Actor) -> None:
    stranger = browser_of(app, builders.member("green"))
    for act in ("", "/take-back"):
        assert stranger.post(f"/account/visibility/amendment/{key_of()}{act}").status_code == 404
    assert stranger.get("/account/visibility/plank/abcdefgh2345").status_code == 404
    seconder, plank_id = called("Ben Example", builders.member("labour")), builders.submitted(mover)
    with transaction():
        planks.second(builders.plank(plank_id), by=seconder)
        key = builders.plank(plank_id).key
    named.show(Role.PLANK_SECOND, key, seconder)
    page, reader = f"/planks/{key}?view=history", browser_of(app, builders.member("lib_dem"))
    assert "Ben Example, a member of the Compass Labour group" in reader.get(page).text
    with transaction():
        planks.take_back_second(builders.plank(plank_id), by=seconder)
    with pytest.raises(NotThere):
        named.show(Role.PLANK_SECOND, key, seconder)
    with transaction():
        planks.second(builders.plank(plank_id), by=seconder)
    assert "Ben Example" not in reader.get(page).text, "who seconds anew has chosen nothing"


def test_whoever_takes_a_plank_over_is_not_named_by_what_anybody_chose_before(app: Flask, mover: Actor) -> None:
    seconder, plank_id = called("Ben Example", builders.member("green")), builders.submitted(mover)
    with transaction():
        planks.second(builders.plank(plank_id), by=seconder)
        key = builders.plank(plank_id).key
    named.show(Role.PLANK_SECOND, key, seconder)
    named.show(Role.PLANK, key, mover)
    with transaction():
        planks.withdraw(builders.plank(plank_id), by=mover)
    with transaction():
        takeovers.take_over_plank(builders.plank(plank_id), by=seconder)
    shown = browser_of(app, builders.member("labour")).get(f"/planks/{key}?view=history").text
    assert UNNAMED.removeprefix("Moved by ") in shown
    assert "Ada Example" not in shown
    assert "Ben Example" not in shown


def test_who_has_left_is_no_longer_known_to_the_clerks_but_as_far_as_chosen(app: Flask, mover: Actor) -> None:
    clerk, visitor = browser_of(app, builders.clerk("green")), app.test_client()
    assert NAMED in clerk.get(PAGE).text
    with transaction():
        people.leave(db.session.query(Membership).filter_by(person_id=mover.person_id).one(), by=mover)
    assert NAMED not in clerk.get(PAGE).text
    browser = browser_of(app, mover)
    address = f"/account/visibility/amendment/{key_of()}"
    browser.post(address, data={"choice": "everybody", "said": "everybody"})
    assert NAMED in visitor.get(PAGE).text
    assert browser.post(f"{address}/take-back").status_code == 303
    assert NAMED not in visitor.get(PAGE).text


def test_what_must_never_be_stored_is_refused_by_the_database(mover: Actor) -> None:
    named.show(Role.AMENDMENT, key_of(), mover)
    for statement in (
        "INSERT INTO name_choices (person_id, role, thing_id, amendment_id, choice, chosen_at)"
        " SELECT person_id, role, thing_id, amendment_id, 'clerks', chosen_at FROM name_choices",
        "UPDATE name_choices SET role = 'plank'",
        "UPDATE name_choices SET thing_id = 99",
        "UPDATE name_choices SET choice = 'nobody'",
    ):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(db.text(statement))


def test_names_on_a_list_cost_one_question_however_many_there_are(app: Flask, mover: Actor) -> None:
    browser, costs = browser_of(app, builders.clerk("green")), []
    for count in (0, 3):
        for number in range(count):
            builders.submitted_amendment(1, builders.member("green"), "2030", f"204{number}")
        with counted() as statements:
            shown = browser.get("/planks/1?view=amendments").text
        assert shown.count("(told to clerks of the group alone)") == 1 + count
        costs.append(len(statements))
    assert costs[0] == costs[1]
