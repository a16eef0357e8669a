"""How decisions are made, said from the rules themselves; and who runs this."""

import re
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from flask import Flask
from flask.testing import FlaskClient

from app.config import Settings
from app.orders.wording import differences, share, side_by_side
from app.platform.rules import own_rules
from policies import standing_orders
from policies.agreement import LevelKey, label_of
from policies.groups import GROUP_KEYS, GROUPS
from policies.planks import Stage
from policies.standing_orders import QuorumMode, StandingOrders
from tests.app.platform.test_home import words_of
from tests.app.reading import main_of


def orders() -> list[StandingOrders]:
    loaded = standing_orders.load()
    return [loaded[key] for key in GROUP_KEYS]


def test_the_page_says_the_figures_the_rules_read(client: FlaskClient) -> None:
    words = words_of(main_of(client.get("/how-decisions-are-made")))
    for figure in (
        "Quorum Yes votes are 10 % of the roll or more",
        "To be carried More than half of yes and no",
        "A ballot is open for 7 days",
        "Notice before it opens 3 days",
        "A member votes after 14 days in the group",
        "within 60 days",
        "for 72 hours",
        "Fewer than 5 votes cast is no quorum",
    ):
        assert figure in words


def test_every_tag_and_sign_is_explained(client: FlaskClient) -> None:
    words = words_of(main_of(client.get("/how-decisions-are-made")))
    for key in LevelKey:
        assert label_of(key, len(GROUPS)) in words
    for sign in ("✓ Backs it The group carried", "✗ Did not back it", "– No position yet", "◐ Backs it except"):
        assert sign in words


def test_the_secrecy_of_the_ballot_is_not_overstated(client: FlaskClient) -> None:
    words = words_of(main_of(client.get("/how-decisions-are-made")))
    assert "While a ballot is open, a person with full control of the server could try" in words
    assert "with fewer than 10 votes in a group, only the outcome is shown" in words


def test_alike_figures_stand_once() -> None:
    head, figures = side_by_side(orders())
    assert head == []
    assert ["Minority position from", "25\u00a0% of yes and no"] in figures
    assert differences(orders()) == "Today the Compass Labour, Lib Dem and Green groups decide by the same figures."


def test_figures_that_differ_stand_side_by_side_with_what_each_group_is_not() -> None:
    labour, lib_dem, green = orders()
    strict = replace(green, threshold=Fraction(2, 3), threshold_is_strict=False, quorum_mode=QuorumMode.PARTICIPATION)
    patient = replace(lib_dem, ballot_period=timedelta(days=14))
    head, figures = side_by_side([labour, patient, strict])
    assert head == ["Rule", *(group.full_title for group in GROUPS)]
    by_name = {row[0]: row[1:] for row in figures}
    assert by_name["To be carried"][2] == "At least 2/3 of yes and no"
    assert by_name["Quorum"][2] == "Votes cast are 10\u00a0% of the roll or more"
    assert by_name["A ballot is open for"] == ["7 days", "14 days", "7 days"]
    assert differences([labour, patient, strict]).endswith("differ in: quorum, to be carried, a ballot is open for.")


def test_each_groups_rules_stand_side_by_side_and_only_what_differs_is_marked() -> None:
    assert not any(differs for own in own_rules(orders()) for _, differs in own.sentences)
    labour, lib_dem, green = orders()
    beside = own_rules([labour, replace(lib_dem, ballot_period=timedelta(days=14)), green])
    assert [own.group for own in beside] == list(GROUPS)
    for own in beside:
        [(marked, _)] = [one for one in own.sentences if one[1]]
        assert marked.startswith(f"A ballot is open for {14 if own.group.key == 'lib_dem' else 7} days")


def test_the_picture_of_a_planks_life_says_every_stage_and_the_sentence_below_it_the_same(client: FlaskClient) -> None:
    page = main_of(client.get("/how-decisions-are-made"))
    drawn = re.findall(r'<text class="life-words"[^>]*>([^<]+)<', page)
    assert sorted(word.lower() for word in drawn) == sorted(stage.words for stage in Stage)
    [sentence] = re.findall(r'id="life-sentence">([^<]+)<', page)
    assert all(stage.words in sentence for stage in Stage)
    assert 'role="img" aria-labelledby="life-sentence"' in page


def test_shares_are_said_exactly() -> None:
    assert [share(Fraction(1, 10)), share(Fraction(2, 3)), share(Fraction(1))] == ["10\u00a0%", "2/3", "100\u00a0%"]


def test_a_demonstration_says_so_and_another_site_does_not(app: Flask, client: FlaskClient) -> None:
    words = words_of(main_of(client.get("/about")))
    assert "This is a demonstration" in words
    for group in GROUPS:
        assert group.full_title in words


def test_about_without_a_demonstration(bare_app: Flask) -> None:
    words = words_of(main_of(bare_app.test_client().get("/about")))
    assert "demonstration" not in words
    assert "have not entered an imprint" in words


def test_an_imprint_stands_on_the_page(settings: Settings, bare_app: Flask) -> None:
    settings.imprint = "Published by <b>A. Nobody</b>, 1 Example Street"
    assert "Published by &lt;b&gt;A. Nobody&lt;/b&gt;, 1 Example Street" in bare_app.test_client().get("/about").text
