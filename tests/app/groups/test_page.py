"""A group's page: what it decided on which exact words, and never a word that it did not back."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.groups.presenters import mail_link, votes_after
from app.models import Stance
from app.web.transactions import transaction
from policies.endorsements import Form, FormKind, StanceKind
from policies.groups import GROUPS
from tests import builders, many
from tests.app.reading import counted, main_of


def words_of(page: str) -> str:
    """The words of a page, tags left out."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_every_group_has_a_page_with_its_full_title_and_nothing_else_has(client: FlaskClient) -> None:
    listed = main_of(client.get("/groups"))
    for group in GROUPS:
        page = words_of(main_of(client.get(f"/groups/{group.key}")))
        assert page.startswith(f"{group.title} ({group.disclaimer}) It backs no plank yet.")
        assert "published no launch statement yet" in page
        assert "given no address yet" in page
        assert "once you have been a member for 14 days" in page
        assert f'href="/groups/{group.key}"' in listed
    for unknown in (
        "/groups/tory",
        "/groups/Green",
        "/groups/green/planks?decision=agreed",
        "/groups/green/planks?page=2",
    ):
        assert client.get(unknown).status_code == 404, unknown


def test_decisions_stand_beside_the_words_they_were_made_on(app: Flask, client: FlaskClient) -> None:
    reserved, first = Form(FormKind.RESERVE, "We would begin in the north."), builders.open_plank(title="Warm homes")
    builders.decided(first, forms={"green": reserved, "labour": _all_but_the_first_unit(first)})
    [newer] = [many.newer_versions([first], stances={"green": StanceKind.DECLINED})]
    assert newer is None
    green = words_of(main_of(client.get("/groups/green")))
    assert "It backs one plank, of them one with a reservation." in green
    assert "The Compass Green group (not the Green Party) backs one plank with a reservation" in green
    assert "Warm homes P1 , version 1" in green
    assert "“We would begin in the north.”" in green
    assert "The Compass Green group (not the Green Party) decided not to back one plank" in green
    assert "Warm homes, plank 1 anew P1 , version 2" in green
    labour = words_of(main_of(client.get("/groups/labour")))
    assert "(not the Labour Party) backs one plank in part" in labour
    assert "clause 1" in labour
    for decided in (labour, words_of(main_of(client.get("/groups/lib_dem")))):
        backed, undecided = decided.split("What it has not decided")
        assert "anew" not in backed
        assert "Warm homes, plank 1 anew P1 , version 2" in undecided
    assert "backs one plank Exact words" in words_of(main_of(client.get("/groups/lib_dem")))


def test_of_the_texts_a_group_backs_the_newest_is_listed_and_no_decision_is_on_a_list_of_its_own(
    app: Flask, client: FlaskClient
) -> None:
    [plank_id, *_] = many.planks(
        3, [{"green": StanceKind.ENDORSED}, {"green": StanceKind.NO_QUORUM}, {"green": StanceKind.WITHDRAWN}]
    )
    many.newer_versions([plank_id], stances={"green": StanceKind.ENDORSED})
    page = words_of(main_of(client.get("/groups/green")))
    assert "backs one plank Exact words Plank Decided Warm homes, plank 1 anew P1 , version 2" in page
    decided, undecided = page.split("What it has not decided")
    assert "plank 2" not in decided
    assert "(not the Green Party) has not decided on one plank" in undecided
    assert re.search(
        r"Warm homes, plank 2 P2 , version 1 \d+ \w+ \d{4} No decision, on \d+ \w+ \d{4} How it", undecided
    )
    assert "Warm homes, plank 1" not in undecided
    assert "has not decided on 3 planks" in client.get("/groups/labour/planks?decision=undecided").text
    assert "withdrew its backing of one plank Exact words Plank Decided Warm homes, plank 3" in page


def test_long_lists_lead_on_and_the_page_costs_the_same_however_long(app: Flask, client: FlaskClient) -> None:
    kinds = [StanceKind.ENDORSED, StanceKind.RESERVATION, StanceKind.DECLINED, StanceKind.WITHDRAWN, StanceKind.OPT_OUT]
    costs = []
    for planks, first in ((50, 1), (450, 51)):
        many.planks(planks, [{"green": kinds[place % 5]} for place in range(planks)], first=first)
        for address in ("/groups/green", "/groups", "/groups/green/planks?decision=declined&page=2"):
            with counted() as statements:
                # The tenth of fifty is on no second page yet.
                assert client.get(address).status_code == (404 if planks == 50 and "page" in address else 200)
            costs.append(len([one for one in statements if one.startswith("SELECT")]))
    assert costs[:2] == costs[3:5]
    assert max(costs) <= 10
    page = main_of(client.get("/groups/green"))
    assert page.count("<tr") == 5 * (1 + 8)
    assert 'href="/groups/green/planks?decision=reservation"' in page
    whole = words_of(main_of(client.get("/groups/green/planks?decision=reservation")))
    assert whole.startswith("The Compass Green group (not the Green Party) backs 100 planks with a reservation")
    assert "Page 1 of 4" in whole


def test_what_left_the_public_lists_leaves_these_too(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(title="Zebra crossings")
    builders.decided(plank_id)
    assert "Zebra crossings" in client.get("/groups/green").text
    with transaction():
        builders.plank(plank_id).stage = "archived"
        assert db.session.query(Stance).count() == 3
    assert "Zebra crossings" not in client.get("/groups/green").text


@pytest.mark.parametrize(
    ("office", "link"),
    [
        ("clerks@example.org", "mailto:clerks@example.org"),
        ("Clerks@Example.org", "mailto:clerks@example.org"),
        ("a?bcc=x@example.org", "mailto:a%3Fbcc%3Dx@example.org"),
        ("Write to clerks@example.org", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_an_office_is_a_link_only_where_it_is_an_address_and_adds_nobody_to_the_letter(office: str, link: str) -> None:
    assert mail_link(office) == link


def test_without_qualifying_days_nobody_waits() -> None:
    assert votes_after(timedelta()) == "You can vote in every ballot that opens from then on."


def _all_but_the_first_unit(plank_id: int) -> Form:
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        return Form(FormKind.EXCEPT, units=(version.units[0].unit_id,))
