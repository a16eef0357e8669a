"""No surface says that a group backs words which it left out, took its backing from, or pauses."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.ballots import queries as ballots
from app.editorial import service as editorial
from app.endorsements import queries as endorsements
from app.extensions import db
from app.groups import decisions as group_decisions
from app.models import EditorialChange, Stance, Suspension
from app.negotiation import queries as negotiation
from app.planks import service as planks
from app.platform import news
from app.platform.once_agreed import once_agreed
from app.suspensions import service as suspensions
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.endorsements import Condition, Form, FormKind, StanceKind
from policies.groups import GROUP_KEYS
from policies.negotiation import UnitStanding, standing_of
from policies.planks import Cause
from policies.text.units import Unit
from tests import builders
from tests.app.reading import main_of

YES, NO = Choice.YES, Choice.NO
MENDED_SINCE = "What was decided on version 1 stands for version 1.1, which differs from it in punctuation only."


@pytest.fixture
def plank_id(app: Flask) -> int:
    """An open plank."""
    return builders.open_plank()


def units_of(plank_id: int) -> tuple[Unit, ...]:
    """The units of the working text."""
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        return version.units


def mended(plank_id: int) -> None:
    """A full stop of the working text becomes an exclamation mark, with a yes from every group."""
    clerks = {group: builders.clerk(group) for group in GROUP_KEYS}
    with transaction():
        plank = builders.plank(plank_id)
        base = plank.working_version
        assert base is not None
        words = base.text.replace("by 2030.", "by 2030!")
        change_id = editorial.propose(plank, base, base.title, words, by=clerks["labour"]).id
    for group in GROUP_KEYS[1:]:
        with transaction():
            editorial.answer(db.session.get_one(EditorialChange, change_id), says_yes=True, reason="", by=clerks[group])


def test_the_news_tell_of_a_text_as_its_groups_back_it_where_a_part_was_voted_on_by_itself(
    app: Flask, client: FlaskClient, plank_id: int
) -> None:
    round_id = builders.open_round(plank_id, forms={"green": Form(separate=(units_of(plank_id)[0].unit_id,))})
    for key in GROUP_KEYS:
        paper = {"U1": NO, "text": YES} if key == "green" else {"text": YES}
        builders.vote(round_id, builders.voters(round_id, key), paper)
    builders.pass_time(days=7, minutes=1)
    with app.test_request_context(), transaction():
        told = [one for one in news.newest(20) if "/agreed" in one.name]
        assert [one.name.rpartition("/")[2] for one in told] == ["agreed_in_part"]
        assert "the Compass Green group backs version 1 except some units" in told[0].detail
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        assert not once_agreed(version).was_agreed
    assert "Agreed in part" in main_of(client.get("/planks/1"))


def test_a_part_that_was_carried_by_itself_makes_no_decision_on_the_whole(
    app: Flask, client: FlaskClient, plank_id: int
) -> None:
    round_id = builders.open_round(plank_id, forms={"green": Form(separate=(units_of(plank_id)[0].unit_id,))})
    for key in GROUP_KEYS:
        voters = builders.voters(round_id, key)
        if key == "green":
            builders.vote(round_id, voters[:2], {"U1": YES, "text": YES})
            builders.vote(round_id, voters[2:], {"U1": YES, "text": NO})
        else:
            builders.vote(round_id, voters, {"text": YES})
    builders.pass_time(days=7, minutes=1)
    with app.test_request_context(), transaction():
        assert not any("/agreed" in one.name for one in news.newest(20))


@pytest.mark.parametrize(
    ("kind", "listed", "on_clause"),
    [
        (FormKind.WITHDRAW, StanceKind.WITHDRAWN, UnitStanding.DECLINED),
        (FormKind.EXCEPT, StanceKind.OPT_OUT, UnitStanding.LEFT_OUT),
    ],
)
def test_who_decides_anew_on_mended_words_is_nowhere_shown_as_backing_them_as_they_were_before(
    plank_id: int, kind: FormKind, listed: StanceKind, on_clause: UnitStanding
) -> None:
    builders.decided(plank_id)
    mended(plank_id)
    clause = units_of(plank_id)[1]
    form = Form(kind, units=(clause.unit_id,) if kind is FormKind.EXCEPT else ())
    builders.decided(plank_id, forms={"green": form})
    with transaction():
        assert group_decisions.lists().counts("green") == {listed: 1}
        decided = negotiation.decisions_on(builders.plank(plank_id))["green"]
        assert standing_of(clause.unit_id, negotiation.words_of(clause), decided) == (on_clause, "1.1")
        words = "Every home must be warm."
        planks.write_version(builders.plank(plank_id), "Warm homes", words, cause=Cause.PROPOSED, by=None)
    round_id = builders.prepared_round(plank_id)
    with transaction():
        stands = ballots.other_backing(builders.a_round(round_id), "green")
        assert (stands.version.name if stands else None) == (None if kind is FormKind.WITHDRAW else "1.1")


def paused(plank_id: int, days: int = 14) -> None:
    """The Green group pauses its backing of version 1."""
    first, second = builders.clerk("green"), builders.clerk("green")
    with transaction():
        stance = db.session.query(Stance).filter_by(plank_id=plank_id, group="green").one()
        asked = suspensions.ask(stance, days, "Our conference decides.", by=first).id
    with transaction():
        stance = db.session.query(Stance).filter_by(plank_id=plank_id, group="green").one()
        suspensions.confirm(stance, asked, by=second)


def test_what_backs_older_words_says_a_pause_there(client: FlaskClient, plank_id: int) -> None:
    builders.decided(plank_id)
    paused(plank_id)
    with transaction():
        words = "Every home must be warm."
        planks.write_version(builders.plank(plank_id), "Warm homes", words, cause=Cause.PROPOSED, by=None)
    shown = main_of(client.get("/planks/1?text=working"))
    assert "the Compass Green group has paused its backing of version 1 until" in shown
    assert not re.search("(All three|Green[a-z ]*) (groups )?back(s)? version 1", shown)


def test_a_pause_ends_with_a_decision_on_the_same_words_mended(app: Flask, plank_id: int) -> None:
    builders.decided(plank_id)
    mended(plank_id)
    paused(plank_id)
    builders.decided(plank_id, forms={"green": Form(FormKind.WITHDRAW)})
    with transaction():
        assert db.session.query(Suspension).one().ended_at == builders.a_round(2).published_at


def test_what_was_said_of_words_since_mended_names_the_words_it_was_said_of(client: FlaskClient, plank_id: int) -> None:
    builders.decided(plank_id, yes=("labour", "green"), forms={"green": Form(FormKind.RESERVE, "We would go further.")})
    mended(plank_id)
    page = main_of(client.get("/where-we-differ"))
    assert "Version 1.1" in page
    assert "declined version 1 on" in page
    assert "backs version 1 with this reservation" in page
    assert MENDED_SINCE in page
    file = client.get("/where-we-stand.csv").get_data(as_text=True)
    assert "We would go further. (As version 1, the same words)" in file


def test_an_mps_brief_names_the_version_that_was_decided_on(client: FlaskClient, plank_id: int) -> None:
    builders.decided(plank_id)
    builders.sign_in(client, builders.mp())
    assert MENDED_SINCE not in main_of(client.get("/mps/brief"))
    mended(plank_id)
    assert MENDED_SINCE in main_of(client.get("/mps/brief"))


def test_a_pause_of_what_a_group_decided_before_is_not_told_of_what_it_decided_since(
    client: FlaskClient, plank_id: int
) -> None:
    builders.decided(plank_id)
    paused(plank_id, days=1)
    builders.pass_time(days=2)
    for page in ("/planks/1?view=backing", "/groups/green"):
        assert "Our conference decides." in main_of(client.get(page))
    builders.decided(plank_id)
    for page in ("/planks/1?view=backing", "/groups/green"):
        shown = main_of(client.get(page))
        assert "Backs it" in shown or "backs one plank" in shown
        assert "Our conference decides." not in shown


def test_a_promise_that_came_true_says_so_where_it_was_given(client: FlaskClient, plank_id: int) -> None:
    other = Condition.of("Warm homes", "Every home must be warm.", clock.now().date() + timedelta(days=60))
    builders.decided(plank_id, forms={"green": Form(FormKind.CONDITIONAL, condition=other)})
    assert "It was adopted in time" not in main_of(client.get("/planks/1/v1"))
    with transaction():
        planks.write_version(builders.plank(plank_id), other.title, other.text, cause=Cause.PROPOSED, by=None)
    assert "It was adopted in time" in main_of(client.get("/planks/1/v1"))
    builders.pass_time(days=61)
    assert "It was adopted in time" in main_of(client.get("/planks/1/v1"))


def test_a_newer_text_in_the_very_words_that_are_agreed_says_so(client: FlaskClient, plank_id: int) -> None:
    builders.decided(plank_id)
    with transaction():
        plank = builders.plank(plank_id)
        agreed = plank.agreed_version
        assert agreed is not None
        title, text = agreed.title, agreed.text
        planks.write_version(plank, "Warm homes", "Every home must be warm.", cause=Cause.PROPOSED, by=None)
    assert "in the same words" not in main_of(client.get("/planks/1"))
    with transaction():
        planks.write_version(builders.plank(plank_id), title, text, cause=Cause.PROPOSED, by=None)
    newer = (
        "There is a newer text, version 3, though in the same words. No group has taken a position on version 3 yet."
    )
    assert newer in main_of(client.get("/planks/1"))
    assert "The agreed text is version 1, in the same words." in main_of(client.get("/planks/1/v3"))


def test_a_promise_that_the_group_decided_over_on_mended_words_is_not_kept(plank_id: int) -> None:
    other = Condition.of("Warm homes", "Every home must be warm.", clock.now().date() + timedelta(days=200))
    builders.decided(plank_id, forms={"green": Form(FormKind.CONDITIONAL, condition=other)})
    mended(plank_id)
    builders.pass_time(days=31)
    builders.decided(plank_id, yes=("labour", "lib_dem"))
    with transaction():
        planks.write_version(builders.plank(plank_id), other.title, other.text, cause=Cause.PROPOSED, by=None)
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        assert version.sha256 == other.sha256
        assert endorsements.on_version(version) == {}
