"""Lists go on from the last row given, whatever comes in meanwhile, and are narrowed as the pages are."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.api import cursors
from app.platform import public_planks, queries
from app.platform.public_planks import Narrowed
from policies.endorsements import Backing, StanceKind
from policies.errors import NotUnderstood
from policies.groups import GROUP_KEYS
from tests import builders, many
from tests.app.api.asking import asked, following, names
from tests.app.reading import counted

KINDS = [
    {},
    {"green": StanceKind.ENDORSED},
    {"green": StanceKind.DECLINED, "labour": StanceKind.RESERVATION},
    dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED),
]


def test_a_list_is_read_to_its_end_whatever_comes_in_meanwhile(app: Flask, client: FlaskClient) -> None:
    many.planks(5, [{"green": StanceKind.ENDORSED}] * 5, first=2)
    first = asked(client, "planks?limit=3&green=backed")
    many.planks(1, [{"green": StanceKind.ENDORSED}], first=1)
    second = asked(client, following(first))
    assert [*names(first), *names(second)] == ["P2", "P3", "P4", "P5", "P6"]
    assert second["next"] is None
    newest = asked(client, "events?limit=4")
    many.planks(1, first=7)
    rest = asked(client, following(newest))
    told = [*names(newest, "events"), *names(rest, "events")]
    assert sorted(told) == [f"plank/{number}/opened" for number in range(1, 7)]


def test_a_cursor_is_opaque_of_one_list_and_cannot_be_made(app: Flask, client: FlaskClient) -> None:
    mark = cursors.sealed("stances", (4711,))
    assert cursors.opened("stances", mark) == [4711]
    for odd in (mark, "", "x", "=" * 399, "é", mark[:-1] + ("A" if mark[-1] != "A" else "B"), "a\x00b"):
        refused = client.get(f"/api/v1/planks?cursor={quote(odd)}")
        assert (refused.status_code, "cursor" in refused.json["message"]) == (400, True), odd
    with pytest.raises(NotUnderstood):
        cursors.opened("amendments", mark)


def test_a_place_with_a_moment_in_it_comes_back_whole(app: Flask) -> None:
    place = (clock.now(), "text", 3)
    assert cursors.opened("decisions", cursors.sealed("decisions", place)) == [*place]


@pytest.mark.parametrize(
    ("question", "narrowed"),
    [
        ("level=agreed", Narrowed(level="agreed")),
        ("level=being_drafted&green=backed", Narrowed(None, "being_drafted", {"green": Backing.BACKED})),
        ("green=declined&labour=backed", Narrowed(backings={"green": Backing.DECLINED, "labour": Backing.BACKED})),
        ("lib_dem=undecided&theme=housing", Narrowed(backings={"lib_dem": Backing.UNDECIDED})),
    ],
)
def test_planks_are_narrowed_as_on_the_pages(
    app: Flask, client: FlaskClient, question: str, narrowed: Narrowed
) -> None:
    many.planks(8, KINDS * 2)
    expected = [plank.name for plank in queries.in_full(public_planks.now().ids(narrowed, "number"))]
    assert expected
    assert names(asked(client, f"planks?{question}")) == expected


def test_what_changed_since_is_what_the_public_saw_change(app: Flask, client: FlaskClient) -> None:
    amended = builders.open_plank(mover := builders.member("labour"))
    many.planks(3, first=2)
    builders.move_clock(days=1)
    since = quote(clock.now().isoformat())
    assert names(asked(client, f"planks?changed_since={since}")) == []
    builders.submitted_amendment(amended, builders.member("green"), "2030", "2031")
    builders.prepared_round(amended)
    assert names(asked(client, f"planks?changed_since={since}")) == []
    builders.open_amendment(amended, mover, "coldest", "oldest")
    many.newer_versions([amended + 3])
    assert names(asked(client, f"planks?changed_since={since}")) == ["P1", "P4"]
    later = quote((clock.now() + timedelta(days=1)).isoformat())
    assert names(asked(client, f"planks?changed_since={later}")) == []


LISTS = ("themes", "planks", "stances", "rounds", "decisions", "events", "record", "amendments", "positions")
LISTS += ("popolo/motions", "popolo/vote-events", "planks/3", "planks/3/versions", "planks/3/versions/1", "rounds/3")


def test_every_answer_costs_the_same_at_5_and_at_25_planks(app: Flask, client: FlaskClient) -> None:
    def fill(count: int, first: int) -> None:
        made = many.planks(count, KINDS * count, first=first)
        many.newer_versions(made)
        many.rounds(made)

    def costs() -> dict[str, int]:
        found = {}
        for address in LISTS:
            with counted() as statements:
                assert client.get(f"/api/v1/{address}").status_code == 200, address
            found[address] = len([one for one in statements if one.startswith("SELECT")])
        return found

    fill(5, 1)
    few = costs()
    fill(20, 6)
    assert costs() == few
    assert max(few.values()) <= 16
