"""Before a vote: amendments that collide are shown as choices, those that say the same once, the others as free."""

import re
from html import unescape

import pytest
from flask import Flask

from app.amendments import queries
from app.amendments.choices import Choices, choices_among_open
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import Choice, RoundKind
from policies.permissions import VISITOR
from tests import builders
from tests.app.reading import counted, main_of

LONG = "\n\n".join(f"Every council must build {number} homes by 2030 on land it owns." for number in range(1, 14))


@pytest.fixture
def colliding(plank_id: int) -> int:
    """A1 and A4 say the same, A2 collides with them, A3 is free, A5 only seeks a seconder."""
    for group, old, new in (
        ("labour", "2030", "2032"),
        ("lib_dem", "2030", "2035"),
        ("labour", "coldest", "oldest"),
        ("green", "2030", "2032"),
    ):
        builders.open_amendment(plank_id, builders.member(group), old, new)
    builders.submitted_amendment(plank_id, builders.member("green"), "2030", "2040")
    return plank_id


def words_of(page: str) -> str:
    """The words of a page without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def choices_on(plank_id: int) -> Choices:
    """The choices that a plank's page shows."""
    with transaction():
        plank = builders.plank(plank_id)
        return choices_among_open(plank, queries.of_plank(plank, VISITOR))


def test_the_plank_shows_the_choice_with_the_words_in_dispute_side_by_side(app: Flask, colliding: int) -> None:
    client = app.test_client()
    client.get("/themes")
    with counted() as statements:
        page = main_of(client.get("/planks/1?view=amendments"))
    assert len(statements) <= 20, "\n".join(statements)
    said = words_of(page)
    assert "A choice: P1-A1 and P1-A4 or P1-A2" in said
    assert "These two change the same words, so at most one of them can come into the text." in said
    assert "P1-A1 and P1-A4 , moved by members of the Compass Labour group and the Compass Green group:" in said
    assert "Both say the same words. Yes to one of them is yes to the same words" in said
    assert "P1-A2 , moved by a member of the Compass Liberal Democrat group:" in said
    assert "P1-A3 can be adopted beside any of these." in said
    assert "2040" not in said
    assert "Demonstration person" not in page
    disputed = page[page.index("rivals-wordings") : page.index("can be adopted beside")]
    assert [year for year in ("2032", "2035", "oldest") if year in disputed] == ["2032", "2035"]


def test_kinds_looks_and_links_in_dispute_are_shown_as_such(app: Flask, plank_id: int) -> None:
    builders.open_amendment(plank_id, builders.member("labour"), "Every home", "# Every home")
    builders.open_amendment(plank_id, builders.member("green"), "Every home", "- [Every](https://example.org) home")
    page = main_of(app.test_client().get("/planks/1?view=amendments"))
    disputed = page[page.index("rivals-wordings") :]
    assert disputed.count("Was a paragraph") == 2
    assert '<a href="https://example.org" rel="noopener noreferrer nofollow">Every</a>' in disputed


def test_the_clerk_the_round_and_the_paper_show_the_same_and_each_amendment_keeps_its_question(
    app: Flask, colliding: int
) -> None:
    client = app.test_client()
    builders.sign_in(client, builders.clerk("labour"))
    for amendment_id in range(1, 5):
        builders.objected(amendment_id)
    at_most_one = "at most one of them can come into the text"
    assert at_most_one in client.get("/planks/1/rounds/new").text
    round_id = builders.open_round(colliding, RoundKind.AMENDMENTS)
    assert at_most_one in app.test_client().get("/rounds/1").text
    voters = builders.voters(round_id, "green")
    builders.sign_in(client, voters[0])
    client.get("/themes")
    with counted() as statements:
        paper = client.get("/rounds/1/vote").text
    assert len(statements) <= 20, "\n".join(statements)
    assert at_most_one in paper
    asked = re.findall(r'id="(A\d)-title"', paper)
    assert asked == ["A1", "A2", "A4", "A3"], "those that belong together stand together"
    assert len(set(re.findall(r'name="(A\d)"', paper))) == 4
    for group in ("labour", "lib_dem", "green"):
        builders.vote(round_id, builders.voters(round_id, group), dict.fromkeys(asked, Choice.YES))
    builders.pass_time(days=7, minutes=1)
    assert at_most_one not in app.test_client().get("/rounds/1").text, "after the result nothing is to be chosen"
    with transaction():
        assert [builders.amendment(1).stage, builders.amendment(3).stage] == [AmendmentStage.CARRIED] * 2
        version = builders.plank(colliding).working_version
        assert version is not None
        assert (version.text.count("2032"), "2035" in version.text) == (1, False)


def test_without_a_collision_nothing_is_said_and_twins_alone_are_said_once(app: Flask) -> None:
    plank_id = builders.open_plank()
    for old, new in (("coldest", "oldest"), ("2030", "2032")):
        builders.open_amendment(plank_id, builders.member("labour"), old, new)
    with app.test_request_context():
        assert not choices_on(plank_id).is_worth_saying
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    with app.test_request_context():
        found = choices_on(plank_id)
    assert not found.choices
    assert [wording.name for wording in found.alike] == ["P1-A2 and P1-A3"]
    assert found.together == [[1], [2, 3]]
    assert "moved by members of the Compass Labour group: " in words_of(
        app.test_client().get("/planks/1?view=amendments").text
    )


def test_a_chain_is_not_called_a_choice_of_one_and_many_are_shown_a_few_at_a_time(app: Flask) -> None:
    chain = builders.open_plank(text=LONG)
    for old, new in (("build 1 homes", "build 11 homes"), ("build 2 homes", "build 22 homes")):
        builders.open_amendment(chain, builders.member("labour"), old, new)
    mover = builders.member("green")
    version = LONG.replace("build 1 homes", "build 10 homes").replace("build 2 homes", "build 20 homes")
    builders.open_amendment(chain, mover, LONG.strip(), version)
    with app.test_request_context():
        (choice,) = choices_on(chain).choices
    assert choice.sentence.startswith("These 3 hang together: where two of them change the same words")
    for number in range(8):
        builders.open_amendment(chain, mover, "build 1 homes", f"build 1{number}0 homes")
    with app.test_request_context():
        (choice,) = choices_on(chain).choices
    assert (len(choice.wordings), len(choice.shown)) == (11, 8)
    assert choice.heading.endswith(" or 3 more")
