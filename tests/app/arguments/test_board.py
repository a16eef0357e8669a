"""Arguments as they are read: group by group, both sides, a page at a time, at the same cost however many."""

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.extensions import db
from app.models import Argument, Person
from app.web.transactions import transaction
from policies.arguments import About, Side
from policies.groups import GROUP_KEYS
from tests import builders
from tests.app.reading import counted, main_of

AT = "/planks/1?view=arguments"
HEADINGS = re.compile(r"<h[2-4][^>]*>(.*?)</h[2-4]>")


def many_arguments(plank_id: int, count: int, first: int = 0) -> None:
    """So many arguments at once, spread over groups and sides, one second after the other."""
    with transaction():
        people = [Person(name=f"Demonstration writer {first + n}", created_at=clock.now()) for n in range(count)]
        db.session.add_all(people)
        db.session.flush()
        version_id = builders.plank(plank_id).working_version_id
        for place, person in enumerate(people, first):
            at = clock.now() + timedelta(seconds=place)
            db.session.add(
                Argument(
                    about=About.VERSION,
                    about_id=version_id,
                    version_id=version_id,
                    author_id=person.id,
                    group=GROUP_KEYS[place % 3],
                    side=list(Side)[place // 3 % 2],
                    words=f"Reason number {place}.",
                    written_at=at,
                    changed_at=at,
                )
            )


def words_shown(client: FlaskClient, address: str) -> list[int]:
    """The numbers of the arguments a page shows, in order."""
    return [int(number) for number in re.findall(r"Reason number (\d+)\.", main_of(client.get(address)))]


def test_groups_stand_in_their_own_order_with_a_heading_for_each_side(client: FlaskClient, plank_id: int) -> None:
    assert "Nobody has argued for or against this yet." in main_of(client.get(AT))
    builders.argued(plank_id, builders.member("green"), Side.AGAINST, "See <b>https://example.org</b>")
    builders.argued(plank_id, builders.member("green"), Side.FOR, "The Greens’ second.")
    builders.argued(plank_id, builders.member("labour"), Side.FOR, "Labour’s first.")
    shown = main_of(client.get(AT))
    heads = [re.sub(r"<[^>]+>", "", head).split(" (")[0] for head in HEADINGS.findall(shown)]
    titles = ["Compass Labour group", "Compass Liberal Democrat group", "Compass Green group"]
    assert heads == [head for title in titles for head in (title, f"For, {title}", f"Against, {title}")]
    assert shown.index("Labour’s first.") < shown.index("The Greens’ second.") < shown.index("See &lt;b&gt;")
    assert "https://example.org" in shown
    assert 'href="https://example.org' not in shown
    assert "How many there are says nothing about support" in shown


def test_a_page_shows_five_of_each_group_and_side_the_oldest_first(client: FlaskClient, plank_id: int) -> None:
    many_arguments(plank_id, 40)
    first = words_shown(client, AT)
    assert first[:5] == [0, 6, 12, 18, 24]
    assert sorted(first) == list(range(30))
    assert sorted(words_shown(client, f"{AT}&page=2")) == list(range(30, 40))
    assert "No more from this group." not in client.get(AT).text
    for odd in ("page=3", "page=0", "page=x", "about=9", "about=01", "about=x", "about=%C2%B2"):
        assert client.get(f"{AT}&{odd}").status_code == 404, odd


def test_the_page_costs_the_same_at_50_and_at_500_arguments(app: Flask, client: FlaskClient, plank_id: int) -> None:
    builders.sign_in(client, builders.member("labour"))
    costs: list[list[int]] = []
    for count, first in ((50, 0), (450, 50)):
        many_arguments(plank_id, count, first)
        costs.append([])
        for address in (AT, "/planks/1"):
            with counted() as statements:
                assert f"Arguments ({first + count})" in client.get(address).text
            costs[-1].append(len([statement for statement in statements if statement.startswith("SELECT")]))
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 18


def test_readers_are_told_which_arguments_an_amendment_had_before_its_words_changed(
    client: FlaskClient, plank_id: int
) -> None:
    by = builders.member("green")
    amendment_id = builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    builders.argued_about_amendment(amendment_id, by, words="Before it changed.")
    remark = "Written before the amendment’s words last changed."
    assert remark not in client.get("/amendments/P1-A1").text
    builders.move_clock(hours=1)
    with transaction():
        revision = builders.amendment(amendment_id).revision
        assert revision is not None
        revision.created_at = clock.now()
    assert remark in client.get("/amendments/P1-A1").text
    builders.argued_about_amendment(amendment_id, by, words="After it changed.")
    assert remark not in client.get("/amendments/P1-A1").text
