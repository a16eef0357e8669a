"""Voting page by page: choose, check, cast, keep the receipt; and every way in which it cannot be done."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.extensions import db
from app.models import AuditRow, Ballot, OpenPaper, Participation, Person, Round
from app.web.transactions import transaction
from policies.ballots import Choice, RoundKind, RoundStage
from policies.endorsements import Form, FormKind
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from tests import builders
from tests.app.reading import counted, main_of

pytestmark = pytest.mark.usefixtures("no_tokens")


@pytest.fixture
def round_id(app: Flask) -> int:
    """An open endorsement round, R1."""
    return builders.open_round(builders.open_plank())


@pytest.fixture
def voter(round_id: int, client: FlaskClient) -> Actor:
    """A member of the Green group on its roll, signed in."""
    actor = builders.voters(round_id, "green")[0]
    builders.sign_in(client, actor)
    return actor


def papers() -> int:
    """How many papers lie in open ballots; as many members of those ballots have voted."""
    with transaction():
        open_ballots = db.session.query(Ballot.id).join(Round).filter(Round.stage == RoundStage.OPEN)
        cast = db.session.query(OpenPaper).count()
        assert db.session.query(Participation).filter(Participation.ballot_id.in_(open_ballots)).count() == cast
        return cast


def reason(answer: TestResponse) -> str:
    """The refusal a page gives."""
    return main_of(answer)


def test_a_member_votes_in_three_steps(client: FlaskClient, voter: Actor) -> None:
    paper = main_of(client.get("/rounds/1/vote"))
    assert "Shall the Compass Green group back version 1?" in paper
    assert "Every home that is rented from a council must be insulated by 2030." in paper
    assert "checked" not in paper
    check = client.post("/rounds/1/check", data={"text": "no"})
    assert check.status_code == 200
    assert "<strong>No</strong>" in main_of(check)
    assert papers() == 0
    cast = client.post("/rounds/1/cast", data={"text": "no"})
    assert (cast.status_code, cast.location) == (303, "/rounds/1/receipt")
    assert papers() == 1
    with transaction():
        paper_cast = db.session.query(OpenPaper).one()
        assert paper_cast.choices == {"text": "no"}
        receipt = paper_cast.receipt
    shown = main_of(client.get("/rounds/1/receipt"))
    assert receipt in shown.replace("<span>", "").replace("</span>", "")
    assert "somebody with full control of the server could try" in shown


def test_casting_costs_six_statements_whoever_votes_and_however_many_groups_there_are(
    client: FlaskClient, voter: Actor
) -> None:
    with counted() as statements:
        assert client.post("/rounds/1/cast", data={"text": "no"}).status_code == 303
    assert len([statement for statement in statements if not statement.startswith("BEGIN")]) <= 6


def test_the_paper_says_before_the_choice_what_could_be_tried_while_the_ballot_is_open(
    client: FlaskClient, voter: Actor
) -> None:
    paper = main_of(client.get("/rounds/1/vote"))
    told = paper.index("somebody with full control of the server could try")
    assert paper.index('<details class="apart">') < told < paper.index('type="radio"')


def test_the_paper_says_what_becomes_of_the_backing_of_another_version(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    amendments = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    builders.sign_in(client, builders.voters(amendments, "green")[0])
    assert "our backing of version 1 stands: it belongs to those words" in main_of(client.get("/rounds/2/vote"))
    for key in GROUP_KEYS:
        builders.vote(amendments, builders.voters(amendments, key), {"A1": Choice.YES})
    builders.pass_time(days=7, minutes=1)
    endorsement = builders.open_round(plank_id, forms={"labour": Form(FormKind.RESERVE, "We want it sooner.")})
    builders.sign_in(client, builders.voters(endorsement, "labour")[0])
    paper = main_of(client.get("/rounds/3/vote"))
    assert "If this is not carried, our backing of version 1 stands." in paper
    assert "Shall the Compass Labour group back version 2 with this reservation? “We want it sooner.”" in paper


def test_backing_in_part_or_with_a_reservation_is_never_told_as_backing_whole(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        last = version.units[-1]
    forms = {"labour": Form(FormKind.EXCEPT, units=(last.unit_id,)), "green": Form(FormKind.RESERVE, "Sooner.")}
    builders.decided(plank_id, forms=forms)
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    amendments = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    in_part = f"version 1 except clause {last.clause}"
    builders.sign_in(client, builders.voters(amendments, "labour")[0])
    assert f"our backing of {in_part} stands: it belongs to those words" in main_of(client.get("/rounds/2/vote"))
    for key in GROUP_KEYS:
        builders.vote(amendments, builders.voters(amendments, key))
    builders.pass_time(days=7, minutes=1)
    endorsement = builders.open_round(plank_id)
    builders.sign_in(client, builders.voters(endorsement, "labour")[0])
    assert f"our backing of {in_part} stands." in main_of(client.get("/rounds/3/vote"))
    assert f"What changed since your group backed {in_part}</a>" in main_of(client.get("/planks/1"))
    builders.sign_in(client, builders.voters(endorsement, "green")[0])
    assert "our backing of version 1 with its reservation stands." in main_of(client.get("/rounds/3/vote"))


def test_the_paper_says_that_a_no_ends_the_backing_of_these_very_words(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    round_id = builders.open_round(plank_id, forms={"green": Form(FormKind.WITHDRAW)})
    builders.sign_in(client, builders.voters(round_id, "labour")[0])
    assert "our group stops backing these words, which it backs now" in main_of(client.get("/rounds/2/vote"))
    builders.sign_in(client, builders.voters(round_id, "green")[0])
    assert "No: our backing of these words stands as it is." in main_of(client.get("/rounds/2/vote"))


def test_a_paper_on_amendments_asks_about_each(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    builders.open_amendment(plank_id, builders.member("labour"), "national", "public")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    builders.sign_in(client, builders.voters(round_id, "green")[0])
    answer = client.post("/rounds/2/check", data={"A1": "yes", "text": "yes"})
    assert answer.status_code == 422
    shown = main_of(answer)
    assert "Choose yes, no or abstain for A2." in shown
    assert "Choose yes, no or abstain for A1." not in shown
    assert 'checked class="choice-input" id="A1-0"' in shown
    check = main_of(client.post("/rounds/2/check", data={"A1": "yes", "A2": "abstain"}))
    assert "Your vote on A1" in check
    assert "replaces “2030” with “2032”" in check
    assert "replaces “national” with “public”" in check
    assert papers() == 0
    client.post("/rounds/2/cast", data={"A1": "yes", "A2": "abstain"})
    with transaction():
        assert db.session.query(OpenPaper).one().choices == {"A1": "yes", "A2": "abstain"}


@pytest.mark.parametrize("step", ["check", "cast"])
@pytest.mark.parametrize(
    "sent", [{}, {"text": ""}, {"text": "maybe"}, {"text": "YES"}, {"A1": "yes"}, {"text": ["maybe", "yes"]}]
)
def test_an_incomplete_or_forged_paper_comes_back_and_casts_nothing(
    client: FlaskClient, voter: Actor, step: str, sent: dict[str, object]
) -> None:
    answer = client.post(f"/rounds/1/{step}", data=sent)
    assert answer.status_code == 422
    assert "Choose yes, no or abstain." in main_of(answer)
    assert "<title>Error: Vote in round R1" in answer.text
    assert papers() == 0


def test_fields_nobody_asked_for_change_nothing(client: FlaskClient, voter: Actor) -> None:
    forged = {"text": "no", "group": "labour", "ballot_id": "1", "person_id": "1", "receipt": "x" * 26, "state": "open"}
    assert client.post("/rounds/1/cast", data=forged).status_code == 303
    with transaction():
        cast = db.session.query(Participation).one()
        assert cast.person_id == voter.person_id
        assert db.session.query(OpenPaper).one().receipt != "x" * 26


def test_a_choice_can_be_changed_before_it_is_cast(client: FlaskClient, voter: Actor) -> None:
    answer = client.post("/rounds/1/check", data={"text": "abstain", "step": "change"})
    assert answer.status_code == 200
    assert 'checked class="choice-input" id="text-2"' in main_of(answer)
    assert papers() == 0


def test_a_second_vote_has_a_clear_page_and_changes_nothing(client: FlaskClient, voter: Actor) -> None:
    client.post("/rounds/1/cast", data={"text": "yes"})
    for answer in (
        client.get("/rounds/1/vote"),
        client.post("/rounds/1/check", data={"text": "no"}),
        client.post("/rounds/1/cast", data={"text": "no"}),
    ):
        assert answer.status_code == 409
        assert "You have already voted in this round. A vote is final, so nothing was changed." in reason(answer)
        assert "If you saw no receipt, your vote counts all the same." in reason(answer)
    with transaction():
        assert db.session.query(OpenPaper).one().choices == {"text": "yes"}


def test_a_vote_after_the_close_has_a_clear_page_and_changes_nothing(client: FlaskClient, voter: Actor) -> None:
    builders.move_clock(days=7, minutes=1)
    answer = client.post("/rounds/1/cast", data={"text": "yes"})
    assert answer.status_code == 409
    assert "This ballot has closed, so your vote was not counted." in reason(answer)
    assert papers() == 0


@pytest.mark.parametrize("step", ["vote", "check", "cast", "receipt", "receipt/check"])
def test_those_who_are_not_on_the_roll_cannot_vote(app: Flask, client: FlaskClient, round_id: int, step: str) -> None:
    late = builders.member("green")
    method = "GET" if step in {"vote", "receipt"} else "POST"
    assert client.open(f"/rounds/1/{step}", method=method).status_code == 403
    builders.sign_in(client, late)
    assert client.open(f"/rounds/1/{step}", method=method, data={"text": "yes"}).status_code == 403
    assert papers() == 0


def test_nobody_votes_in_the_re_run_of_another_group(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank())
    for key in ("labour", "lib_dem"):
        builders.vote(round_id, builders.voters(round_id, key))
    labour = builders.member("labour")
    builders.pass_time(days=7, minutes=1)
    builders.pass_time(days=7, minutes=1)
    builders.sign_in(client, labour)
    assert client.get("/rounds/2/vote").status_code == 403
    assert client.post("/rounds/2/cast", data={"text": "yes"}).status_code == 403


def test_a_vote_needs_the_forms_token(app: Flask, client: FlaskClient, voter: Actor) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/rounds/1/cast", data={"text": "yes"}).status_code == 400
    assert papers() == 0


def test_a_vote_leaves_no_line_in_the_record(client: FlaskClient, voter: Actor) -> None:
    with transaction():
        before = db.session.query(AuditRow).count()
    client.post("/rounds/1/check", data={"text": "yes"})
    client.post("/rounds/1/cast", data={"text": "yes"})
    with transaction():
        assert db.session.query(AuditRow).count() == before


def test_pages_of_a_vote_are_kept_by_no_cache(client: FlaskClient, voter: Actor) -> None:
    answers = [
        client.get("/rounds/1/vote"),
        client.post("/rounds/1/check", data={"text": "yes"}),
        client.post("/rounds/1/cast", data={"text": "yes"}),
        client.get("/rounds/1/receipt"),
    ]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_no_choice_ever_stands_in_an_address(client: FlaskClient, voter: Actor) -> None:
    shown = main_of(client.post("/rounds/1/check", data={"text": "yes"}))
    assert shown.count('method="post"') == 2
    assert "?" not in "".join(part.split('"')[1] for part in shown.split("action=")[1:])


def test_the_receipt_is_in_the_session_alone_and_goes_at_signing_out(client: FlaskClient, voter: Actor) -> None:
    client.post("/rounds/1/cast", data={"text": "yes"})
    with client.session_transaction() as session:
        number, receipt = session["receipt"]
    with transaction():
        assert number == 1
        person = db.session.get_one(Person, voter.person_id)
        assert receipt not in str({column.name: getattr(person, column.key) for column in Person.__table__.columns})
    client.post("/sign-out")
    with client.session_transaction() as session:
        assert "receipt" not in session
    builders.sign_in(client, voter)
    answer = client.get("/rounds/1/receipt")
    assert answer.status_code == 404
    assert "Your receipt is no longer here." in reason(answer)


def test_the_next_vote_takes_the_receipts_place(app: Flask, client: FlaskClient, voter: Actor) -> None:
    client.post("/rounds/1/cast", data={"text": "yes"})
    second = builders.open_round(builders.open_plank())
    assert client.post("/rounds/2/cast", data={"text": "yes"}).status_code == 303
    assert client.get("/rounds/2/receipt").status_code == 200
    assert client.get("/rounds/1/receipt").status_code == 404
    assert builders.voters(second, "green")


def published_with_receipts(round_id: int, voter: Actor) -> list[str]:
    """Have everybody vote and the round published; the first receipt is this voter's."""
    receipts = builders.vote(round_id, [voter])
    for key in GROUP_KEYS:
        receipts += builders.vote(round_id, builders.voters(round_id, key))
    builders.pass_time(days=7, minutes=1)
    return receipts


def test_a_voter_finds_the_own_receipt_among_those_counted(client: FlaskClient, round_id: int, voter: Actor) -> None:
    receipts = published_with_receipts(round_id, voter)
    spaced = " ".join((receipts[0][:4].upper(), receipts[0][4:]))
    assert "<h1>Counted</h1>" in main_of(client.post("/rounds/1/receipt/check", data={"receipt": spaced}))
    of_another_group = receipts[1]
    for wrong in (of_another_group, "x" * 26, "'; DROP TABLE counted_receipts"):
        assert "<h1>Not found</h1>" in main_of(client.post("/rounds/1/receipt/check", data={"receipt": wrong}))


@pytest.mark.parametrize("sent", [{}, {"receipt": "  "}, {"receipt": "x" * 200}])
def test_a_receipt_that_is_none_is_asked_for_again(
    client: FlaskClient, round_id: int, voter: Actor, sent: dict[str, str]
) -> None:
    published_with_receipts(round_id, voter)
    assert client.post("/rounds/1/receipt/check", data=sent).status_code == 422


def test_receipts_are_checked_only_once_the_round_is_published(client: FlaskClient, voter: Actor) -> None:
    client.post("/rounds/1/cast", data={"text": "yes"})
    answer = client.post("/rounds/1/receipt/check", data={"receipt": "x" * 26})
    assert answer.status_code == 409
    assert "Receipts can be checked once the round is published." in reason(answer)
