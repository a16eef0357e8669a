"""The page of a round and the register: what is asked and by which rules, and of the votes nothing too early."""

import re
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.models import Ballot
from app.rounds import service
from app.web.transactions import transaction
from policies.ballots import Choice, RoundKind
from policies.endorsements import Form, FormKind
from policies.groups import GROUP_KEYS, GROUPS
from policies.permissions import Actor
from tests import builders
from tests.app.reading import counted, main_of

RESERVATION = "We want this by 2028, and say so wherever we can."


def page(client: FlaskClient, round_id: int, actor: Actor | None = None) -> str:
    """A round's page as somebody sees it."""
    if actor is not None:
        builders.sign_in(client, actor)
    answer = client.get(f"/rounds/{number(round_id)}")
    assert answer.status_code == 200
    return main_of(answer)


def results_of(shown: str) -> str:
    """The part of a page that tells results: dates and times stand outside."""
    return shown[shown.index("results-title") : shown.index("groups-title")]


def number(round_id: int) -> int:
    """The public number of a round."""
    with transaction():
        return builders.a_round(round_id).number


def clause_of(plank_id: int, clause: str) -> str:
    """The id of the unit with this number in the working text."""
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        return next(unit.unit_id for unit in version.units if unit.clause == clause)


def voted(round_id: int, votes: dict[str, tuple[int, int, int]]) -> None:
    """Have so many of each group say yes, no and abstain; then let the round be published."""
    for key, (yes, no, abstain) in votes.items():
        waiting = builders.voters(round_id, key)
        choices = [Choice.YES] * yes + [Choice.NO] * no + [Choice.ABSTAIN] * abstain
        for actor, choice in zip(waiting, choices, strict=False):
            builders.vote(round_id, [actor], {"text": choice})
    builders.pass_time(days=7, minutes=1)


def announced(forms: dict[str, Form] | None = None) -> int:
    """A round whose notice is running."""
    round_id = builders.prepared_round(builders.open_plank())
    for key in ("labour", "green"):
        clerk = builders.clerk(key)
        with transaction():
            service.agree_to_open(builders.a_round(round_id), (forms or {}).get(key, Form()), by=clerk)
    return round_id


def test_a_round_that_is_not_announced_is_the_groups_own(app: Flask, client: FlaskClient) -> None:
    round_id = builders.prepared_round(builders.open_plank())
    answer = client.get(f"/rounds/{number(round_id)}")
    assert answer.status_code == 404
    assert "The register of decisions lists all published rounds." in main_of(answer)
    shown = page(client, round_id, builders.member("green"))
    assert "Clerks of two groups have to agree before its notice begins. Nobody has yet." in shown


def test_a_round_cancelled_before_it_was_announced_stays_the_groups_own(app: Flask, client: FlaskClient) -> None:
    round_id, clerk = builders.prepared_round(builders.open_plank()), builders.clerk("green")
    with transaction():
        service.cancel(builders.a_round(round_id), "A better wording is coming.", by=clerk)
    assert client.get(f"/rounds/{number(round_id)}").status_code == 404
    assert "A better wording is coming." in page(client, round_id, builders.member("green"))


def test_the_page_says_who_has_agreed_and_who_is_wanted(app: Flask, client: FlaskClient) -> None:
    round_id, clerk = builders.prepared_round(builders.open_plank()), builders.clerk("green")
    with transaction():
        service.agree_to_open(builders.a_round(round_id), Form(), by=clerk)
    shown = page(client, round_id, builders.member("labour"))
    assert "Agreed so far: a clerk of the Compass Green group. It wants a clerk of one more group" in shown


def test_a_round_in_its_notice_is_public_with_its_dates(app: Flask, client: FlaskClient) -> None:
    round_id = announced()
    shown = page(client, round_id)
    assert "Clerks of the Compass Labour group and Compass Green group agreed to open it." in shown
    assert "Voting opens on" in shown
    assert "Known when it opens" in shown


def test_a_groups_question_is_shown_to_that_group_alone_until_the_result(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank(), forms={"green": Form(FormKind.RESERVE, RESERVATION)})
    assert RESERVATION not in page(client, round_id)
    assert RESERVATION not in page(client, round_id, builders.member("labour"))
    assert RESERVATION in page(client, round_id, builders.member("green"))
    voted(round_id, dict.fromkeys(GROUP_KEYS, (6, 0, 0)))
    assert RESERVATION in page(app.test_client(), round_id)


def test_an_open_round_shows_words_hash_dates_and_rolls_and_nothing_of_the_votes(
    app: Flask, client: FlaskClient
) -> None:
    round_id = builders.open_round(builders.open_plank(), members=12)
    before = page(client, round_id)
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key)[:11])
    assert page(client, round_id) == before
    with transaction():
        of_round = builders.a_round(round_id)
        assert of_round.version.sha256 in before
        assert "Every home that is rented from a council must be insulated by 2030." in before
        for ballot in of_round.ballots:
            assert f"{ballot.roll_size} members" in before
    assert "Voting is open until" in before


def test_the_vote_is_offered_to_those_who_can_still_cast_one(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank())
    voter, other = builders.voters(round_id, "green")[:2]
    address = f"/rounds/{number(round_id)}/vote"
    assert address in page(client, round_id, voter)
    assert address not in page(client, round_id, builders.member("green", days=1))
    assert address not in page(app.test_client(), round_id)
    builders.vote(round_id, [voter])
    shown = page(client, round_id, voter)
    assert address not in shown
    assert "You have voted in this round" in shown
    assert "You have voted" not in page(client, round_id, other)
    builders.move_clock(days=7, minutes=1)
    closed = page(client, round_id, other)
    assert address not in closed
    assert "The papers are being counted" in closed


def test_a_cancelled_round_says_why_and_that_nobody_voted(app: Flask, client: FlaskClient) -> None:
    round_id, clerk = announced(), builders.clerk("green")
    with transaction():
        service.cancel(builders.a_round(round_id), "A better wording is coming.", by=clerk)
    assert "cancelled before it opened, so nobody voted. A better wording is coming." in page(client, round_id)


def test_exact_figures_show_from_fifty_votes_and_bands_from_ten(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank(), members=60)
    voted(round_id, {"labour": (38, 21, 1), "lib_dem": (31, 17, 1), "green": (6, 3, 0)})
    shown = page(client, round_id)
    assert "Carried: 38 yes, 21 no, 1 abstained." in shown
    assert "Carried, with a majority in favour. Figures are shown from 50 votes." in shown
    assert "Figures are not shown, because few votes were cast." in shown
    assert shown.count('<svg class="result-bar"') == shown.count('<svg class="result-band"') == 1
    assert "A majority in favour: step 4 of 5 from against to in favour." in shown
    results = re.sub(r'<svg class="result-band".*?</svg>|<svg.*?</ul>', "", results_of(shown), flags=re.DOTALL)
    assert not re.search(r"\b(31|17|6|3|63\.3|64\.6|66\.7)\b", results)


def test_all_but_unanimous_is_never_a_figure(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank(), members=60)
    voted(round_id, {"labour": (58, 2, 0), "lib_dem": (40, 20, 0), "green": (6, 0, 0)})
    shown = page(client, round_id)
    assert "95\u00a0% or more of those who cast a paper said yes" in shown
    assert not re.search(r"58|96\.7", results_of(shown))
    address = f"/rounds/{number(round_id)}/labour"
    assert client.get(f"{address}/choices.txt").status_code == 409
    assert f"{address}/choices.txt" not in shown
    assert len(client.get(f"{address}/receipts.txt").text.split()) == 60


def test_anyone_can_count_a_large_ballot_again_from_two_lists(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank(), members=60)
    waiting = builders.voters(round_id, "labour")
    receipts = builders.vote(round_id, waiting[:38], {"text": Choice.YES})
    receipts += builders.vote(round_id, waiting[38:55], {"text": Choice.NO})
    receipts += builders.vote(round_id, waiting[55:57], {"text": Choice.ABSTAIN})
    builders.pass_time(days=7, minutes=1)
    address = f"/rounds/{number(round_id)}/labour"
    shown = page(client, round_id)
    assert f"{address}/receipts.txt" in shown
    assert f"{address}/choices.txt" in shown
    choices, listed = client.get(f"{address}/choices.txt"), client.get(f"{address}/receipts.txt")
    assert choices.mimetype == listed.mimetype == "text/plain"
    assert Counter(choices.text.splitlines()) == {"text yes": 38, "text no": 17, "text abstain": 2}
    assert choices.text.splitlines() == sorted(choices.text.splitlines())
    assert listed.text.splitlines() == sorted(receipts)


def test_lists_stay_away_before_publication_and_of_small_ballots(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank(), members=60)
    builders.vote(round_id, builders.voters(round_id, "labour")[:55])
    addresses = [f"/rounds/{number(round_id)}/labour/{name}.txt" for name in ("receipts", "choices")]
    assert {client.get(address).status_code for address in addresses} == {409}
    voted(round_id, {"lib_dem": (30, 19, 0), "green": (6, 0, 0)})
    small = [address.replace("labour", "lib_dem") for address in addresses]
    assert {client.get(address).status_code for address in small} == {409}
    assert "lib_dem/" not in page(client, round_id)


@pytest.mark.parametrize("group", ["tory", "LABOUR", "%00"])
def test_a_list_of_no_group_is_not_there(app: Flask, client: FlaskClient, group: str) -> None:
    round_id = builders.open_round(builders.open_plank())
    assert client.get(f"/rounds/{number(round_id)}/{group}/receipts.txt").status_code == 404


def test_a_round_on_amendments_shows_redlines_and_then_each_result_and_fate(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    shown = page(client, round_id)
    assert "Clause 1: replaces “2030” with “2032”." in shown
    assert "<del>" in shown
    assert "3 units unchanged" in shown.partition("The whole text with what P1-A1 changes")[0]
    assert "Carried" not in shown
    builders.sign_in(client, builders.voters(round_id, "green")[0])
    for where in (f"/rounds/{number(round_id)}", f"/rounds/{number(round_id)}/vote"):
        assert f'href="{where}?view=sides#changes-shown"' in main_of(client.get(where))
        assert '<div class="sides-wide">' in main_of(client.get(f"{where}?view=sides"))
        assert "<del>" not in main_of(client.get(f"{where}?view=clean"))
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key), {"A1": Choice.YES})
    builders.pass_time(days=7, minutes=1)
    after = page(client, round_id)
    assert "P1-A1</span></a>: carried" in after
    assert after.count("result-outcome") == len(GROUPS)


def test_a_round_and_its_re_run_name_each_other(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank())
    voted(round_id, {"labour": (6, 0, 0), "lib_dem": (6, 0, 0)})
    assert "It is repeated by round R2, of the Compass Green group alone" in page(client, round_id)
    shown = main_of(client.get("/rounds/2"))
    assert "It repeats round R1" in shown
    assert "It opens by itself, since a quorum was missed." in shown
    assert "Compass Labour group (not the Labour Party)" not in shown


def test_beside_every_decision_stands_that_a_group_is_no_party(app: Flask, client: FlaskClient) -> None:
    round_id = builders.decided(builders.open_plank())
    for shown in (page(client, round_id), main_of(client.get("/rounds"))):
        for group in GROUPS:
            assert group.disclaimer in shown


def test_the_register_lists_published_rounds_in_words_alone(app: Flask, client: FlaskClient) -> None:
    assert "No round has been published yet." in main_of(client.get("/rounds"))
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=("labour",))
    builders.open_round(plank_id)
    shown = main_of(client.get("/rounds"))
    assert ">R1<" in shown
    assert ">R2<" not in shown
    assert shown.count(">Backs it<") == 1
    assert shown.count(">Did not back it<") == 2
    with transaction():
        rolls = {str(ballot.roll_size) for ballot in builders.db.session.query(Ballot)}
    # A day of the month may well be the number of a roll.
    undated = re.sub(r"\d+ [A-Z]\w+ 20\d\d", "", shown)
    assert undated != shown
    assert not any(re.search(rf">\s*{roll}\b", undated) for roll in rolls)


def test_a_carried_withdrawal_is_never_shown_as_backing(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    first = builders.decided(plank_id, forms={"lib_dem": Form(FormKind.RESERVE, RESERVATION)})
    unit_id = clause_of(plank_id, "2.2")
    forms = {
        "labour": Form(FormKind.WITHDRAW),
        "lib_dem": Form(FormKind.EXCEPT, units=(unit_id,)),
        "green": Form(FormKind.WITHDRAW),
    }
    second = builders.decided(plank_id, yes=("labour", "lib_dem"), forms=forms)
    words = ("Withdrew its backing", "Backs it except clause 2.2", "Its backing stands")
    register, result = main_of(client.get("/rounds")), page(client, second)
    for word in words:
        assert f">{word}<" in register
        assert f'<p class="result-outcome">{word}</p>' in result
    assert ">Carried<" not in register + result
    assert '<p class="result-outcome">Backs it with a reservation</p>' in page(client, first)


def test_a_group_without_a_quorum_has_no_quorum_in_the_register(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank())
    voted(round_id, {"labour": (6, 0, 0), "lib_dem": (6, 0, 0)})
    assert main_of(client.get("/rounds")).count(">No quorum<") == 1
    assert '<p class="result-outcome">No quorum</p>' in page(client, round_id)


@pytest.mark.parametrize("asked", ["0", "2", "01", "-1", "x", "999999999"])
def test_the_register_has_no_page_past_its_end(app: Flask, client: FlaskClient, asked: str) -> None:
    assert client.get(f"/rounds?page={asked}").status_code == 404


@pytest.mark.parametrize("address", ["/rounds/0", "/rounds/01", "/rounds/1.0", "/rounds/x", "/rounds/999999999999"])
def test_a_number_that_is_none_is_not_there(app: Flask, client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_register_costs_the_same_with_one_round_and_with_many(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    costs = []
    for _ in range(2):
        with counted() as statements:
            client.get("/rounds")
        costs.append(len(statements))
        builders.decided(builders.open_plank())
        builders.decided(builders.open_plank())
    assert costs[0] == costs[1] <= 10
