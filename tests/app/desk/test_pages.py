"""The to-do list and the clerks' desk: what waits, the most urgent first, with one thing to do, and bounded."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.amendments import service as amendments
from app.desk import queries
from app.extensions import db
from app.models import RegisteredRuling
from app.planks import service as planks
from app.rounds import service as rounds
from app.rulings import appeals
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.ballots import RoundKind
from policies.endorsements import Form
from policies.permissions import Actor
from policies.rulings import Answer
from tests import builders
from tests.app.reading import counted, main_of


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


def to_do(client: FlaskClient, actor: Actor) -> str:
    """The to-do list of somebody."""
    builders.sign_in(client, actor)
    return main_of(client.get("/to-do"))


def desk(client: FlaskClient, actor: Actor) -> str:
    """The clerks' desk as somebody sees it."""
    builders.sign_in(client, actor)
    return main_of(client.get("/clerk"))


def headings(shown: str) -> list[str]:
    """The headings of a page's sections, in order."""
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", shown)


def objected(amendment_id: int) -> None:
    """Have somebody object, so that the amendment needs a round."""
    by = builders.member("labour")
    with transaction():
        amendments.object_to(builders.amendment(amendment_id), "It is too late.", by=by)


def test_nothing_to_do_is_said_kindly(app: Flask, client: FlaskClient) -> None:
    shown = to_do(client, builders.member("green"))
    assert "Nothing waits for you." in shown
    assert headings(shown) == []


def test_an_open_ballot_stands_first_with_its_closing_time_and_one_click(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    builders.draft(mover, title="A right to repair")
    builders.submitted(builders.member("labour"), title="Night trains")
    builders.open_round(builders.open_plank(mover))
    shown = to_do(client, mover)
    assert headings(shown) == ["Vote", "Your drafts", "Seeking a second that you can give", "Yours"]
    assert 'href="/rounds/1/vote"' in shown
    assert "Closes on" in shown


def test_a_ballot_leaves_the_list_once_voted_or_closed(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank())
    first, second = builders.voters(round_id, "green")[:2]
    builders.vote(round_id, [first])
    assert "/rounds/1/vote" not in to_do(client, first)
    assert "/rounds/1/vote" in to_do(client, second)
    builders.move_clock(days=7, minutes=1)
    assert "/rounds/1/vote" not in to_do(client, second)


def test_drafts_are_there_to_go_on_with(app: Flask, client: FlaskClient) -> None:
    plank_id, mover = builders.open_plank(), builders.member("labour")
    builders.draft(mover, title="A right to repair")
    with transaction():
        plank = builders.plank(plank_id)
        text = plank.working_version.text  # type: ignore[union-attr]
        key = amendments.begin(plank, plank.title, text, "", None, by=mover).key
    shown = to_do(client, mover)
    assert headings(shown) == ["Your drafts"]
    assert "A right to repair" in shown
    assert f'href="/amendments/{key}/edit"' in shown
    assert "A right to repair" not in to_do(client, builders.member("labour"))


def test_an_amendment_whose_text_has_moved_wants_its_mover(app: Flask, client: FlaskClient) -> None:
    plank_id, mover = builders.open_plank(), builders.member("labour")
    later = builders.open_amendment(plank_id, mover, "by 2030", "by 2031")
    objected(later)
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    assert headings(to_do(client, mover)) == ["Yours"]
    builders.pass_time(days=3, minutes=1)
    shown = to_do(client, mover)
    assert headings(shown) == ["Bring up to date"]
    assert 'href="/amendments/P1-A1"' in shown


def test_a_second_is_one_click_from_the_list_and_then_gone_from_it(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.submitted(builders.member("green"), title="Night trains")
    builders.submitted_amendment(plank_id, builders.member("labour"), "2030", "2031")
    actor = builders.member("green")
    shown = to_do(client, actor)
    assert "Clause 1: replaces “2030” with “2031”. Moved by a member of the Compass Labour group" in shown
    for address, form in re.findall(r'action="([^"]+/second)"(.*?)</form>', shown, re.DOTALL):
        assert client.post(address, data=dict(re.findall(r'name="(seen)" value="([^"]*)"', form))).status_code == 303
    assert headings(to_do(client, actor)) == []


@pytest.mark.parametrize(
    ("group", "is_wanted"), [("green", False), ("labour", True), ("lib_dem", True)], ids=["own", "other", "third"]
)
def test_a_second_is_asked_only_of_a_group_that_is_still_wanted(
    app: Flask, client: FlaskClient, group: str, is_wanted: bool
) -> None:
    plank_id, seconder = builders.submitted(builders.member("green"), title="Night trains"), builders.member("green")
    with transaction():
        planks.second(builders.plank(plank_id), by=seconder)
    assert ("Night trains" in to_do(client, builders.member(group))) is is_wanted


def test_nobody_is_asked_to_second_the_own_or_an_amendment_of_the_own_group(app: Flask, client: FlaskClient) -> None:
    plank_id, mover = builders.open_plank(), builders.member("labour")
    builders.submitted(mover, title="Night trains")
    builders.submitted_amendment(plank_id, mover, "2030", "2031")
    assert "/second" not in to_do(client, mover)
    assert "Warm homes" not in to_do(client, builders.member("labour"))
    assert "Amendment to “Warm homes for all”" in to_do(client, builders.member("green"))


def test_clerks_are_told_shortly_what_waits_on_the_desk(app: Flask, client: FlaskClient) -> None:
    builders.seconded(builders.member("green"))
    builders.prepared_round(builders.open_plank(title="Night trains"))
    clerk = builders.clerk("green")
    shown = to_do(client, clerk)
    assert "1 plank to be ruled on" in shown
    assert "1 round to agree to" in shown
    assert "For the clerks of your group" not in to_do(client, builders.member("green"))


def test_the_queue_says_since_when_and_which_groups_have_ruled(app: Flask, client: FlaskClient) -> None:
    plank_id, green = builders.seconded(builders.member("green")), builders.clerk("green")
    shown = desk(client, green)
    assert "No group has ruled yet." in shown
    assert "Rule on it" in shown
    with transaction():
        rulings.rule(builders.plank(plank_id), "in_order", "", by=green)
    shown = desk(client, green)
    assert "Green: in order." in shown
    assert "Rule on it" not in shown
    assert "Rule on it" in desk(client, builders.clerk("labour"))


def test_a_plank_that_waits_more_than_a_week_is_flagged(app: Flask, client: FlaskClient) -> None:
    builders.seconded(builders.member("green"))
    clerk = builders.clerk("green")
    builders.pass_time(days=6, hours=23)
    assert "Waiting more than 7 days" not in desk(client, clerk)
    builders.pass_time(hours=2)
    assert "Waiting more than 7 days" in desk(client, clerk)


def test_beside_a_plank_stand_those_much_like_it_and_what_other_clerks_said(app: Flask, client: FlaskClient) -> None:
    text = "Sleeper trains shall connect every capital of Europe again.\n"
    builders.open_plank(title="Night trains for Europe", text=text)
    builders.open_plank()
    plank_id = builders.seconded(builders.member("green"), title="More night trains", text=text)
    labour = builders.clerk("labour")
    with transaction():
        rulings.rule(builders.plank(plank_id), "out_of_order", "We have that one.", by=labour)
    shown = desk(client, builders.clerk("green"))
    assert 'Much like it: <a href="/planks/1">P1: Night trains for Europe</a></p>' in shown
    assert "Labour: out of order (“We have that one.”)." in shown


def test_an_appeal_waits_on_the_desk_for_the_groups_that_have_not_said(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.seconded(builders.member("green"))
    labour, green = builders.clerk("labour"), builders.clerk("green")
    for by in (labour, green):
        with transaction():
            rulings.rule(builders.plank(plank_id), "out_of_order", "Two subjects.", by=by)
    with transaction():
        ruling = db.session.query(RegisteredRuling).one()
        appeals.appeal(ruling, "It is one subject.", by=green)
        appeals.answer(ruling, Answer.UPHOLD, "", by=labour)
    assert "1 appeal to decide on" in to_do(client, green)
    assert "Labour: uphold it." in desk(client, green)
    assert "Give your group’s word" in desk(client, green)
    assert "appeal" not in to_do(client, labour)
    assert "Give your group’s word" not in desk(client, labour)


def test_rounds_wait_for_agreement_then_run_their_notice_then_are_open(app: Flask, client: FlaskClient) -> None:
    round_id = builders.prepared_round(builders.open_plank())
    labour, green = builders.clerk("labour"), builders.clerk("green")
    for _ in range(3):
        builders.member("lib_dem")
    with transaction():
        rounds.agree_to_open(builders.a_round(round_id), Form(), by=labour)
    assert "/rounds/1/open" not in desk(client, labour)
    assert "/rounds/1/open" in desk(client, green)
    with transaction():
        rounds.agree_to_open(builders.a_round(round_id), Form(), by=green)
    shown = desk(client, green)
    assert "/rounds/1/open" not in shown
    assert "Opens on" in shown
    builders.pass_time(days=3, minutes=1)
    assert "Closes on" in desk(client, green)


def test_open_ballots_show_their_closing_time_and_nothing_of_the_votes(app: Flask, client: FlaskClient) -> None:
    round_id, clerk = builders.open_round(builders.open_plank()), builders.clerk("green")
    before = desk(client, clerk)
    builders.vote(round_id, builders.voters(round_id, "green"))
    assert desk(client, clerk) == before


def test_amendments_that_wait_long_for_a_round_are_shown(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    clerk = builders.clerk("green")
    assert "One amendment open" not in desk(client, clerk)
    builders.pass_time(days=8)
    shown = desk(client, clerk)
    assert "One amendment open, the longest since" in shown
    assert 'href="/planks/1/rounds/new"' in shown
    builders.prepared_round(plank_id, RoundKind.AMENDMENTS)
    assert "One amendment open" not in desk(client, clerk)


def test_the_desk_is_for_clerks_and_the_list_for_members(app: Flask, client: FlaskClient) -> None:
    assert client.get("/to-do").status_code == 403
    assert client.get("/clerk").status_code == 403
    builders.sign_in(client, builders.member("green"))
    assert client.get("/clerk").status_code == 403


def test_no_member_is_named(app: Flask, client: FlaskClient) -> None:
    builders.submitted(builders.member("green"), title="Night trains")
    builders.seconded(builders.member("labour"))
    clerk = builders.clerk("lib_dem")
    for shown in (to_do(client, clerk), desk(client, clerk)):
        assert "Demonstration person" not in shown


def test_lists_are_bounded_and_cost_the_same_however_long(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green", is_clerk=True)
    builders.sign_in(client, mover)
    costs = []
    for number in range(queries.LONGEST + 3):
        builders.draft(mover, title=f"Draft {number}")
        builders.submitted(builders.member("labour"), title=f"Plank {number}")
        if number in (1, queries.LONGEST + 2):
            with counted() as statements:
                shown = main_of(client.get("/to-do"))
                client.get("/clerk")
            costs.append(len(statements))
    assert costs[0] == costs[1] <= 66
    assert shown.count(">Draft ") == queries.LONGEST
    assert shown.count("/second") == queries.LONGEST
