"""Seeded names are sought on every page, feed, file and list that a reader can reach: none is there but by choice."""

from collections.abc import Iterable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Amendment, Person, Plank, Version
from app.moderation.texts import text_of
from app.offers import service as offers
from app.planks import service as planks
from app.web.transactions import transaction
from policies.moderation import Kind, Verdict
from policies.permissions import Actor
from policies.visibility import Choice, Role
from tests import builders, moderated, named
from tests.app.reading import pages_reached

ROLES = dict(zip(("Ashlynne", "Brumhilda", "Cuthwulf", "Dreogan", "Eadgytha", "Fridswith"), Role, strict=True))


@pytest.fixture
def stood_behind(app: Flask) -> dict[Role, tuple[str, Actor]]:
    """Somebody behind a thing of each kind, all of it public: the thing's key, and who; each has a name of the list."""
    app.config["WTF_CSRF_ENABLED"] = False
    people = {
        role: seeded(name, "green" if role is not Role.AMENDMENT_SECOND else "labour") for name, role in ROLES.items()
    }
    plank_id = builders.submitted(people[Role.PLANK])
    with transaction():
        planks.second(builders.plank(plank_id), by=people[Role.PLANK_SECOND])
    opened(plank_id)
    amendment_id = builders.submitted_amendment(plank_id, people[Role.AMENDMENT], "2030", "2033")
    with transaction():
        builders.amendments.second(builders.amendment(amendment_id), by=people[Role.AMENDMENT_SECOND])
    builders.objected(amendment_id)
    argument_id = builders.argued(plank_id, people[Role.ARGUMENT])
    mover = builders.member("lib_dem")
    offer_id = builders.offered(
        builders.open_amendment(plank_id, mover, "councils", "towns"), people[Role.OFFER], "towns", "cities"
    )
    with transaction():
        offers.accept(builders.offer(offer_id), by=mover)
        rows = {
            Role.PLANK: builders.plank(plank_id),
            Role.PLANK_SECOND: builders.plank(plank_id),
            Role.AMENDMENT: builders.amendment(amendment_id),
            Role.AMENDMENT_SECOND: builders.amendment(amendment_id),
            Role.ARGUMENT: builders.argument(argument_id),
            Role.OFFER: builders.offer(offer_id),
        }
        return {role: (row.key, people[role]) for role, row in rows.items()}


def seeded(name: str, group: str) -> Actor:
    """A member with a name that no page has by chance, and an address that says it too."""
    actor = builders.member(group)
    with transaction():
        person = db.session.get_one(Person, actor.person_id)
        person.name, person.email = f"{name} Nameseed", f"{name.lower()}@nameseed.example"
        # A demonstration's sign-in page offers the made-up by name; these are members like any.
        person.is_offered = False
    return actor


def opened(plank_id: int) -> None:
    """Have the plank seconded by another group and ruled in order."""
    other = builders.member("labour")
    with transaction():
        planks.second(builders.plank(plank_id), by=other)
    for group in ("labour", "lib_dem"):
        clerk = builders.clerk(group)
        with transaction():
            builders.rulings.rule(builders.plank(plank_id), "in_order", "", by=clerk)


def names_on_pages(browser: FlaskClient, more: Iterable[str] = ()) -> set[str]:
    """Which of the names stand anywhere that links lead to, whatever the format, or on `more` pages."""
    pages = {**pages_reached(browser), **{address: browser.get(address) for address in more}}
    assert len(pages) > 60
    words = "\n".join(answer.text.casefold() for answer in pages.values())
    assert "nameseed.example" not in words
    return {name for name in ROLES if name.casefold() in words}


def test_no_name_is_anywhere_before_its_owner_chose_and_none_after_it_was_taken_back(
    app: Flask, stood_behind: dict[Role, tuple[str, Actor]]
) -> None:
    visitor = app.test_client()
    searched = [f"/search?q={word}" for word in ("homes", "Nameseed")]
    assert names_on_pages(visitor, searched) == set()
    for role, (key, by) in stood_behind.items():
        named.show(role, key, by)
    assert names_on_pages(visitor) == set(ROLES)
    for role, (key, by) in stood_behind.items():
        named.take_back(role, key, by)
    assert names_on_pages(visitor, searched) == set()


def test_a_member_of_another_group_finds_the_names_shown_to_all_groups_and_no_others(
    app: Flask, stood_behind: dict[Role, tuple[str, Actor]]
) -> None:
    browser = app.test_client()
    builders.sign_in(browser, builders.member("lib_dem"))
    for role, (key, by) in stood_behind.items():
        is_for_all = role in {Role.PLANK, Role.AMENDMENT_SECOND}
        named.show(role, key, by, Choice.ALL_GROUPS if is_for_all else Choice.OWN_GROUP)
    pages = ["/planks/1?view=history", "/planks/1?view=amendments", "/planks/1?view=arguments", "/to-do"]
    words = " ".join(browser.get(address).text for address in [*pages, "/amendments/P1-A1", "/amendments/P1-A3"])
    assert {name for name in ROLES if name in words} == {"Ashlynne", "Dreogan"}


def test_beside_what_clerks_have_hidden_stands_no_name(app: Flask, stood_behind: dict[Role, tuple[str, Actor]]) -> None:
    for role in (Role.PLANK, Role.PLANK_SECOND, Role.AMENDMENT):
        named.show(role, *stood_behind[role])
    names = {name for name, role in ROLES.items() if role in {Role.PLANK, Role.PLANK_SECOND, Role.AMENDMENT}}
    amendment, plank = stood_behind[Role.AMENDMENT][0], stood_behind[Role.PLANK][0]

    def shown() -> set[str]:
        with transaction():
            number = db.session.query(Amendment).filter_by(key=amendment).one().ref
        pages = [f"/planks/1?view={view}" for view in ("text", "history", "amendments")] + [f"/amendments/{number}"]
        return {name for name in names for page in pages if name in app.test_client().get(page).text}

    assert shown() == names
    with transaction():
        hidden = db.session.query(Amendment).filter_by(key=amendment).one()
        moved, text = hidden.id, text_of(Kind.AMENDMENT, hidden).subject
    moderated.reported_text(Kind.AMENDMENT, Amendment, moved)
    moderated.decided(text, Verdict.HIDE, "labour", "lib_dem")
    assert shown() == names - {"Cuthwulf"}
    with transaction():
        version = db.session.query(Plank).filter_by(key=plank).one().working_version
        words, text = version.id, text_of(Kind.VERSION, version).subject
    moderated.reported_text(Kind.VERSION, Version, words)
    moderated.decided(text, Verdict.HIDE, "labour", "lib_dem")
    assert shown() == set()
