"""The page of an amendment: what it says to whom, and what each can do there."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from app.extensions import db
from app.models import AmendmentSecond, Objection
from app.web.filters import minute, unbroken
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import Choice, RoundKind
from policies.groups import GROUP_KEYS
from policies.permissions import Actor
from tests import builders
from tests.app.reading import counted, main_of, press, seen_on

SECOND = "Second this amendment"
OBJECT = "Object to adopting it without a vote"
WITHDRAW = "Withdraw this amendment"
RENEW = "Bring it up to date"


def page_for(app: Flask, actor: Actor | None, amendment_id: int) -> str:
    """The main part of the amendment's page as somebody sees it, or the status where they see none."""
    client = app.test_client()
    if actor is not None:
        builders.sign_in(client, actor)
    answer = client.get(address(amendment_id))
    return main_of(answer) if answer.status_code == 200 else str(answer.status_code)


def address(amendment_id: int) -> str:
    """Where an amendment is now."""
    with transaction():
        return f"/amendments/{builders.amendment(amendment_id).ref}"


def stage_of(amendment_id: int) -> AmendmentStage:
    """Where it stands."""
    with transaction():
        return builders.amendment(amendment_id).stage


@pytest.fixture
def submitted(plank_id: int) -> tuple[int, Actor]:
    """An amendment of a Labour member that seeks a seconder, and its mover."""
    mover = builders.member("labour")
    return builders.submitted_amendment(plank_id, mover, "2030", "2032"), mover


@pytest.fixture
def opened(plank_id: int) -> tuple[int, Actor]:
    """The same, seconded."""
    mover = builders.member("labour")
    return builders.open_amendment(plank_id, mover, "2030", "2032"), mover


def test_while_it_seeks_a_seconder_members_see_it_and_nobody_else(app: Flask, submitted: tuple[int, Actor]) -> None:
    amendment_id, mover = submitted
    assert page_for(app, None, amendment_id) == "404"
    own, mate, other = (
        page_for(app, actor, amendment_id) for actor in (mover, builders.member("labour"), builders.member("green"))
    )
    for page in (own, mate, other):
        assert "Clause 1: replaces “2030” with “2032”." in page
        assert "It is more exact." in page
        assert "It opens when a member of a group other than the Compass Labour group seconds it." in page
    assert (SECOND in own, SECOND in mate, SECOND in other) == (False, False, True)
    assert (WITHDRAW in own, WITHDRAW in mate, WITHDRAW in other) == (True, False, False)
    assert OBJECT not in own + mate + other


def test_no_page_names_anybody(app: Flask, opened: tuple[int, Actor]) -> None:
    page = page_for(app, builders.clerk("green"), opened[0])
    assert "Demonstration person" not in page
    assert "Moved by a member of the Compass Labour group" in page
    assert "a member of the Compass Liberal Democrat group" in page


def test_one_click_of_another_group_opens_it_with_a_number(client: FlaskClient, submitted: tuple[int, Actor]) -> None:
    amendment_id, _ = submitted
    builders.sign_in(client, builders.member("green"))
    answer = press(client, address(amendment_id), "second", follow_redirects=True)
    assert answer.status_code == 200
    assert "You have seconded this amendment." in answer.text
    assert '<h1>Amendment <span class="unbroken">P1-A1</span></h1>' in answer.text
    assert SECOND not in main_of(answer)


def test_an_open_amendment_says_to_everybody_when_it_becomes_part_of_the_text(
    app: Flask, opened: tuple[int, Actor]
) -> None:
    with transaction():
        seconded_at = builders.amendment(opened[0]).opened_at
    assert seconded_at is not None
    page = page_for(app, None, opened[0])
    assert f"If no member objects by {minute(seconded_at + timedelta(hours=72))}, 72 hours after" in page
    assert OBJECT not in page
    assert WITHDRAW not in page


def test_the_address_by_key_leads_to_the_one_by_number(client: FlaskClient, opened: tuple[int, Actor]) -> None:
    with transaction():
        key = builders.amendment(opened[0]).key
    answer = client.get(f"/amendments/{key}")
    assert answer.status_code == 303
    assert answer.location == "/amendments/P1-A1"


def test_an_objection_with_its_reason_shows_and_stops_the_clock(
    app: Flask, client: FlaskClient, opened: tuple[int, Actor]
) -> None:
    builders.sign_in(client, builders.member("green"))
    assert OBJECT in client.get(address(opened[0])).text
    answer = press(
        client, address(opened[0]), "object", reason="Too <late> for those who freeze.", follow_redirects=True
    )
    assert "Your objection is recorded." in answer.text
    assert OBJECT not in main_of(answer)
    for page in (page_for(app, None, opened[0]), page_for(app, opened[1], opened[0])):
        assert "Too &lt;late&gt; for those who freeze." in page
        assert "An objection of a member of the Compass Green group" in page
        assert "A member has objected, so it needs a round of ballots" in page
    builders.pass_time(hours=73)
    assert stage_of(opened[0]) is AmendmentStage.OPEN


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("  ", "Say why you object: the mover and the other members read it."),
        ("x" * 1_001, "Shorten this to 1,000 characters; it has 1,001."),
    ],
)
def test_an_objection_needs_a_reason_of_some_length_and_keeps_what_was_typed(
    client: FlaskClient, opened: tuple[int, Actor], typed: str, said: str
) -> None:
    builders.sign_in(client, builders.member("green"))
    answer = press(client, address(opened[0]), "object", reason=typed)
    assert answer.status_code == 422
    assert f"</span>{said}</p>" in answer.text
    assert typed.strip() in answer.text
    assert "There is a problem" in answer.text
    with transaction():
        assert db.session.query(Objection).count() == 0


def test_the_mover_is_not_asked_to_object_and_can_withdraw(client: FlaskClient, opened: tuple[int, Actor]) -> None:
    builders.sign_in(client, opened[1])
    page = main_of(client.get(address(opened[0])))
    assert OBJECT not in page
    assert WITHDRAW in page
    answer = client.post(f"{address(opened[0])}/withdraw", follow_redirects=True)
    assert "Its mover withdrew it on" in main_of(answer)
    assert WITHDRAW not in main_of(answer)


@pytest.mark.parametrize("verb", ["second", "second/undo"])
def test_the_own_group_does_not_second(client: FlaskClient, submitted: tuple[int, Actor], verb: str) -> None:
    for actor in (submitted[1], builders.member("labour"), builders.clerk("labour")):
        builders.sign_in(client, actor)
        assert client.post(f"{address(submitted[0])}/{verb}").status_code == 403
    assert stage_of(submitted[0]) is AmendmentStage.SUBMITTED


def test_nobody_else_withdraws_edits_or_submits_it(client: FlaskClient, submitted: tuple[int, Actor]) -> None:
    builders.sign_in(client, builders.member("labour"))
    for verb in ("withdraw", "edit", "submit", "discard"):
        assert client.post(f"{address(submitted[0])}/{verb}", data={"text": "x", "title": "y"}).status_code == 403
    assert stage_of(submitted[0]) is AmendmentStage.SUBMITTED


def test_words_before_the_members_do_not_change(client: FlaskClient, submitted: tuple[int, Actor]) -> None:
    amendment_id, mover = submitted
    builders.sign_in(client, mover)
    for answer in (
        client.get(f"{address(amendment_id)}/edit"),
        client.post(f"{address(amendment_id)}/edit", data={"title": "Other", "text": "Other", "reason": "Other"}),
        client.get(f"{address(amendment_id)}/preview"),
        client.post(f"{address(amendment_id)}/discard"),
    ):
        assert answer.status_code == 409
    with transaction():
        revision = builders.amendment(amendment_id).revision
        assert revision is not None
        assert "2032" in revision.text


def test_a_second_is_undone_only_until_it_opens_the_amendment(
    client: FlaskClient, submitted: tuple[int, Actor]
) -> None:
    builders.sign_in(client, builders.member("green"))
    where = address(submitted[0])
    press(client, where, "second")
    answer = client.post(f"{where}/second/undo")
    assert answer.status_code == 409
    assert "You can object to it." in answer.text


def test_an_objection_to_what_is_not_open_is_refused_in_words(
    client: FlaskClient, submitted: tuple[int, Actor]
) -> None:
    builders.sign_in(client, builders.member("green"))
    for reason in ("Because.", ""):
        answer = press(client, address(submitted[0]), "object", reason=reason)
        assert answer.status_code == 409
        assert "One objects to an open amendment; this one is seeking a seconder." in answer.text


def test_adopted_by_agreement_it_names_the_version_it_became(app: Flask, opened: tuple[int, Actor]) -> None:
    builders.pass_time(hours=72, minutes=1)
    page = page_for(app, None, opened[0])
    assert "Carried" in page
    assert 'href="/planks/1/v2"' in page
    assert "and is in version 2, the working text, which is not agreed." in page
    assert "deleted: </span>2030<span" in page


def test_carried_it_says_whether_the_text_it_is_in_is_agreed(
    app: Flask, client: FlaskClient, opened: tuple[int, Actor], plank_id: int
) -> None:
    builders.pass_time(hours=72, minutes=1)
    builders.decided(plank_id)
    agreed = "and is in version 2, the agreed text."
    assert agreed in page_for(app, None, opened[0])
    assert agreed in main_of(client.get("/planks/1?view=amendments"))
    second = builders.open_amendment(plank_id, builders.member("labour"), "national", "public")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key))
    builders.pass_time(days=7, minutes=1)
    listed = main_of(client.get("/planks/1?view=amendments"))
    not_agreed = "and is in version 3, the working text, which is not agreed."
    assert agreed in listed
    assert not_agreed in listed
    assert not_agreed in page_for(app, None, second)
    builders.decided(plank_id)
    assert "and is in version 2, an earlier text; the working text is version 3." in page_for(app, None, opened[0])


def test_where_a_group_has_decided_on_the_text_it_says_that_a_round_is_needed(app: Flask, plank_id: int) -> None:
    builders.decided(plank_id, yes=["green"])
    amendment_id = builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    page = page_for(app, builders.member("green"), amendment_id)
    assert "A group has decided on the text it would change" in page
    assert OBJECT not in page


def test_on_the_ballot_and_after_it_links_to_its_round(app: Flask, opened: tuple[int, Actor], plank_id: int) -> None:
    with transaction():
        objector = builders.member("green")
        builders.amendments.object_to(builders.amendment(opened[0]), "Let us vote.", by=objector)
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    page = page_for(app, None, opened[0])
    assert "The groups are voting on it." in page
    with transaction():
        link = f'href="/rounds/{builders.a_round(round_id).number}"'
    assert link in page
    for group in ("labour", "lib_dem", "green"):
        first, *rest = builders.voters(round_id, group)
        builders.vote(round_id, [first], {"A1": Choice.YES})
        builders.vote(round_id, rest, {"A1": Choice.NO})
    builders.pass_time(days=8)
    page = page_for(app, None, opened[0])
    assert "not carried" in page
    assert link in page


@pytest.mark.both
def test_parallel_seconds_leave_one_row_and_one_number(app: Flask, submitted: tuple[int, Actor]) -> None:
    where, actors = address(submitted[0]), [builders.member("green"), builders.member("lib_dem")]
    reader = app.test_client()
    builders.sign_in(reader, actors[0])
    seen = seen_on(reader, where)
    statuses: list[int] = []
    barrier = Barrier(6)

    def click(actor: Actor) -> None:
        client = app.test_client()
        builders.sign_in(client, actor)
        barrier.wait()
        statuses.append(client.post(f"{where}/second", data={"seen": seen}).status_code)

    clicks = [Thread(target=click, args=(actor,)) for actor in actors * 3]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert statuses == [303] * 6
    with transaction():
        assert db.session.query(AmendmentSecond).count() == 2
        assert builders.amendment(submitted[0]).number == 1


def test_the_page_costs_few_queries_however_many_object(
    app: Flask, client: FlaskClient, opened: tuple[int, Actor]
) -> None:
    client.get("/themes")
    builders.sign_in(client, builders.clerk("green"))
    with counted() as first:
        client.get(address(opened[0]))
    for _ in range(5):
        with transaction():
            objector = builders.member("green")
            builders.amendments.object_to(builders.amendment(opened[0]), "No.", by=objector)
    with counted() as second:
        client.get(address(opened[0]))
    assert len(first) == len(second) <= 20


def test_its_number_never_breaks_at_the_hyphen_and_words_around_it_stay_text() -> None:
    assert unbroken("<b>P1-A1, P1-A, XP1-A1") == '&lt;b&gt;<span class="unbroken">P1-A1</span>, P1-A, XP1-A1'
    assert unbroken(Markup("<b>P1-A1</b>")) == "<b>P1-A1</b>"
