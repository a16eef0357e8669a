"""Every page asks the database the same number of questions, however many planks there are."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS
from tests import builders, many, searched
from tests.app.reading import counted

KINDS = [
    {},
    {"green": StanceKind.ENDORSED},
    {"green": StanceKind.ENDORSED, "labour": StanceKind.RESERVATION},
    dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED),
    dict.fromkeys(GROUP_KEYS, StanceKind.DECLINED),
]
PAGES = (
    "/",
    "/platform",
    "/planks",
    "/planks?page=2",
    "/planks?level=agreed",
    "/planks?green=backed&theme=housing",
    "/where-we-stand",
    "/where-we-stand?sort=-title&green=backed&labour=undecided",
    "/where-we-stand.csv",
    "/where-we-differ",
    "/planks?show=backed_by_one&only=green&sort=-labour",
    "/overlap",
    "/glossary",
    "/whats-new?theme=housing&kind=results",
    "/groups/green",
    "/groups/green/planks?decision=undecided",
    "/whats-new",
    "/whats-new?page=2",
    "/whats-new.atom",
    "/themes",
    "/themes/housing?show=differ",
    "/planks/7",
    "/planks/7?view=backing",
    "/planks/7?view=amendments",
    "/planks/7?view=arguments",
    "/planks/7?view=history",
    "/planks/7/v1",
    "/planks/7/v1/motion?style=lib_dem",
    "/planks/7/compare",
    "/how-decisions-are-made",
    "/about",
    "/search?q=homes",
    "/mps",
)
# One more for members: what waits for them is counted in the header.
MOST = 16


def queries_by_page(client: FlaskClient) -> dict[str, int]:
    found = {}
    for address in PAGES:
        with counted() as statements:
            assert client.get(address).status_code == 200, address
        found[address] = len([statement for statement in statements if statement.startswith("SELECT")])
    return found


def fill(count: int, first: int = 1) -> None:
    """So many planks, some with a newer text, some with a published round, in turn the newest."""
    made = many.planks(count, KINDS * (count // len(KINDS)), first=first)
    many.newer_versions(made[-40:], stances={"green": StanceKind.DECLINED})
    many.rounds(made[-40:])


@pytest.mark.parametrize("signed_in", [False, True], ids=["visitor", "member"])
def test_every_page_costs_the_same_at_50_and_at_500_planks(app: Flask, client: FlaskClient, signed_in: bool) -> None:
    if signed_in:
        builders.sign_in(client, builders.member("labour"))
    fill(50)
    searched.drained()
    few = queries_by_page(client)
    fill(450, first=51)
    searched.drained()
    assert queries_by_page(client) == few
    assert max(few.values()) <= MOST
