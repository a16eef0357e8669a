"""Every form of the question: what is kept of it, what the paper says yes and no mean, and the stance that follows."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.endorsements import queries as endorsements
from app.extensions import db
from app.models import FormCondition, RoundOpening, SeparateVote, Stance, StanceCondition
from app.web.filters import day
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.endorsements import Condition, Form, FormKind, StanceKind
from policies.groups import GROUP_KEYS, GROUPS
from policies.permissions import Actor
from policies.planks import Stage
from policies.text.canonical import digest
from tests import builders
from tests.app.reading import main_of

pytestmark = pytest.mark.usefixtures("no_tokens")
OTHER = builders.TEXT.replace("2030", "2032")


@pytest.fixture
def plank_id(app: Flask) -> int:
    """An open plank."""
    return builders.open_plank()


@pytest.fixture
def clerk(client: FlaskClient, plank_id: int) -> Actor:
    """A clerk of the Green group, signed in."""
    by = builders.clerk("green")
    builders.sign_in(client, by)
    return by


def other_text(weeks: int = 20) -> Condition:
    """Another text, to be adopted some weeks from now."""
    return Condition.of("Warm homes for all", OTHER, clock.now().date() + timedelta(weeks=weeks))


def units_of(plank_id: int) -> list[str]:
    """The ids of the units of the working text."""
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        return [unit.unit_id for unit in version.units]


def stance_of(plank_id: int, group: str) -> Stance:
    """The stance of a group on the working text."""
    version = builders.plank(plank_id).working_version
    assert version is not None
    return endorsements.on_version(version)[group]


def test_backing_on_a_condition_is_offered_among_the_texts_on_the_table_and_kept_by_its_hash(
    client: FlaskClient, clerk: Actor, plank_id: int
) -> None:
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    builders.prepared_round(plank_id)
    shown = main_of(client.get("/rounds/1/open"))
    assert "With P1-A1: " in shown
    assert "checked" not in shown
    by_date = clock.now().date() + timedelta(weeks=20)
    sent = {"form": "conditional", "other": "P1-A1", "by_date": by_date.isoformat()}
    preview = main_of(client.post("/rounds/1/open", data={**sent, "step": "preview"}))
    assert digest("Warm homes for all", OTHER.strip()) in preview
    assert f"by {day(by_date)}" in preview
    with transaction():
        assert db.session.query(RoundOpening).count() == db.session.query(FormCondition).count() == 0
    changed = main_of(client.post("/rounds/1/open", data={**sent, "step": "change"}))
    assert 'value="P1-A1"' in changed
    assert client.post("/rounds/1/open", data=sent).status_code == 303
    with transaction():
        kept = db.session.query(FormCondition).one()
        assert (kept.group, kept.sha256, kept.by_date) == ("green", digest(kept.title, kept.text), by_date)
    own = {"form": "conditional", "other": "own", "other_title": "Warm homes", "other_text": "Now.", "by_date": "x"}
    assert client.post("/rounds/1/open", data=own).status_code == 422
    own["by_date"] = by_date.isoformat()
    assert client.post("/rounds/1/open", data=own).status_code == 303
    with transaction():
        assert db.session.query(FormCondition).one().sha256 == digest("Warm homes", "Now.")
    assert client.post("/rounds/1/open", data={"form": "endorse"}).status_code == 303
    with transaction():
        assert db.session.query(FormCondition).count() == 0


def test_a_question_is_its_groups_own_until_the_result(client: FlaskClient, clerk: Actor, plank_id: int) -> None:
    round_id = builders.prepared_round(plank_id)
    builders.agree(round_id, clerk, Form(FormKind.CONDITIONAL, condition=other_text()))
    assert OTHER.splitlines()[0] in main_of(client.get("/rounds/1"))
    assert "insulated by 2032" in main_of(client.get("/rounds/1/preview"))
    builders.sign_in(client, builders.clerk("labour"))
    for address in ("/rounds/1", "/rounds/1/preview", "/rounds/1/open"):
        assert "insulated by 2032" not in main_of(client.get(address))
    assert "Its own clerk fixes what it is asked" in main_of(client.get("/rounds/1/preview"))


def test_a_clerk_is_told_when_the_day_of_a_condition_has_come_too_near(
    client: FlaskClient, clerk: Actor, plank_id: int
) -> None:
    round_id = builders.prepared_round(plank_id)
    builders.agree(round_id, clerk, Form(FormKind.CONDITIONAL, condition=other_text(weeks=6)))
    assert "The day you named" not in main_of(client.get("/rounds/1/open"))
    builders.move_clock(days=10)
    assert "The day you named comes before the last vote" in main_of(client.get("/rounds/1/open"))


def test_a_group_that_the_opening_would_leave_out_reads_so_before_and_no_other_group_does(
    app: Flask, client: FlaskClient, clerk: Actor, plank_id: int
) -> None:
    round_id = builders.prepared_round(plank_id)
    builders.agree(round_id, clerk, Form(FormKind.CONDITIONAL, condition=other_text(weeks=6)))
    others_clerk, colleague, other = builders.clerk("labour"), builders.member("green"), app.test_client()
    builders.sign_in(other, others_clerk)
    says, agreeing = "As it stands your group is not asked", "is then not asked; its own pages say so"
    assert not any(says in main_of(client.get(page)) for page in ("/rounds/1", "/to-do"))
    # Clerks of another group agree only now that the day comes before the close.
    builders.move_clock(days=35)
    own, theirs = ([main_of(one.get(page)) for page in ("/rounds/1", "/to-do")] for one in (client, other))
    assert [says in page for page in (*own, *theirs)] == [True, True, False, False]
    assert "/rounds/1/open" in own[1]
    assert agreeing in main_of(other.get("/rounds/1/open"))
    builders.agree(round_id, others_clerk, Form())
    builders.sign_in(client, colleague)
    assert says in main_of(client.get("/rounds/1"))
    builders.pass_time(days=4)
    assert says not in main_of(client.get("/rounds/1"))
    with transaction():
        assert "green" not in {ballot.group for ballot in builders.a_round(round_id).ballots}


def test_a_yes_on_a_condition_is_kept_with_its_text_and_does_not_count(client: FlaskClient, plank_id: int) -> None:
    from_now = other_text()
    round_id = builders.open_round(plank_id, forms={"green": Form(FormKind.CONDITIONAL, condition=from_now)})
    voters = builders.voters(round_id, "green")
    builders.sign_in(client, voters[0])
    paper = main_of(client.get("/rounds/1/vote"))
    assert from_now.sha256 in paper
    assert "Yes: our group does not back these words now. It will back the other text, word for word" in paper
    assert "No: our group does not back these words, and promises nothing of the other text." in paper
    builders.vote(round_id, voters)
    builders.pass_time(days=7, minutes=1)
    stance = stance_of(plank_id, "green")
    assert stance.kind is StanceKind.CONDITIONAL
    kept = db.session.get_one(StanceCondition, stance.id)
    assert (kept.sha256, kept.by_date, kept.text) == (from_now.sha256, from_now.by_date, from_now.text)
    result = main_of(client.application.test_client().get("/rounds/1"))
    assert "Would back another text" in result
    assert "The other text that the Compass Green group is asked about: Warm homes for all" in result
    assert from_now.sha256 in result
    # The groups that lacked their quorum vote once more, and are then left in peace for thirty days.
    for days in (7, 8, 31):
        builders.pass_time(days=days, minutes=1)
    builders.decided(plank_id)
    assert stance_of(plank_id, "green").kind is StanceKind.ENDORSED
    assert db.session.query(StanceCondition).count() == 0


def test_parts_are_voted_on_by_themselves_and_one_that_fails_is_bracketed(client: FlaskClient, plank_id: int) -> None:
    first, second = units_of(plank_id)[:2]
    forms = {"green": Form(separate=(second, first)), "labour": Form(separate=(first,))}
    round_id = builders.open_round(plank_id, forms=forms)
    with transaction():
        kept = db.session.query(SeparateVote).filter_by(group="green").order_by(SeparateVote.place)
        assert [(vote.question, vote.unit_id) for vote in kept] == [("U1", first), ("U2", second)]
    voters = {key: builders.voters(round_id, key) for key in GROUP_KEYS}
    builders.sign_in(client, voters["green"][0])
    paper = main_of(client.get("/rounds/1/vote"))
    for words in ("Clause 1 by itself", "Your vote on clause 2", "Your vote on the whole", "except that unit"):
        assert words in paper
    assert "checked" not in paper
    answer = client.post("/rounds/1/check", data={"U1": "yes", "text": "yes"})
    assert answer.status_code == 422
    assert "Choose yes, no or abstain for clause 2." in main_of(answer)
    check = main_of(client.post("/rounds/1/check", data={"U1": "yes", "U2": "no", "text": "yes"}))
    assert "The government will pay councils for this work" in check
    yes, no = Choice.YES, Choice.NO
    builders.vote(round_id, voters["green"], {"U1": yes, "U2": no, "text": yes})
    builders.vote(round_id, voters["labour"], {"U1": yes, "text": yes})
    builders.vote(round_id, voters["lib_dem"], {"text": yes})
    builders.pass_time(days=7, minutes=1)
    green, labour = stance_of(plank_id, "green"), stance_of(plank_id, "labour")
    assert (green.kind, green.units) == (StanceKind.OPT_OUT, [second])
    assert (labour.kind, labour.units) == (StanceKind.ENDORSED, [])
    result = main_of(client.get("/rounds/1"))
    assert "Shall the Compass Green group back version 1, with a vote on clauses 1 and 2 apart?" in result
    assert "Backs it except clause 2" in result
    assert "Clause 2 by itself (U2): " in result
    assert "Backs it except clause 2" in main_of(client.get("/rounds"))


def test_a_re_run_asks_what_was_asked_before_parts_and_all(plank_id: int) -> None:
    first = units_of(plank_id)[0]
    condition = other_text()
    forms = {"green": Form(separate=(first,)), "labour": Form(FormKind.CONDITIONAL, condition=condition)}
    round_id = builders.open_round(plank_id, forms=forms)
    builders.vote(round_id, builders.voters(round_id, "lib_dem"))
    builders.pass_time(days=7, minutes=1)
    builders.pass_time(days=7, minutes=1)
    again = {vote.round_id for vote in db.session.query(SeparateVote)} - {round_id}
    assert len(again) == 1
    (rerun_id,) = again
    assert db.session.get_one(FormCondition, (rerun_id, "labour")).condition == condition
    voters = builders.voters(rerun_id, "green")
    builders.vote(rerun_id, voters, {"U1": Choice.NO, "text": Choice.YES})
    builders.vote(rerun_id, builders.voters(rerun_id, "labour"))
    builders.pass_time(days=7, minutes=1)
    assert stance_of(plank_id, "green").units == [first]
    assert stance_of(plank_id, "labour").kind is StanceKind.CONDITIONAL


def test_nobody_is_asked_in_a_re_run_about_a_day_that_has_gone_by(client: FlaskClient, plank_id: int) -> None:
    condition = other_text(weeks=6)
    round_id = builders.open_round(plank_id, forms={"green": Form(FormKind.CONDITIONAL, condition=condition)})
    for key in ("labour", "lib_dem"):
        builders.vote(round_id, builders.voters(round_id, key))
    builders.pass_time(days=7, minutes=1)
    # The service is down for weeks, and comes back when the re-run should long have been.
    builders.pass_time(days=35)
    assert "It asked about a text to be adopted by a day" in main_of(client.get("/rounds/2"))
    with transaction():
        assert builders.plank(plank_id).stage is Stage.OPEN


def test_a_clerk_sees_each_groups_paper_before_agreeing(client: FlaskClient, clerk: Actor, plank_id: int) -> None:
    builders.prepared_round(plank_id)
    sent = {"form": "endorse", "separate": units_of(plank_id)[:1], "step": "preview"}
    shown = main_of(client.post("/rounds/1/open", data=sent))
    for group in GROUPS:
        asked = ", with a vote on clause 1 apart?" if group.key == "green" else "?"
        assert f"Shall the {group.title} back version 1{asked}" in shown
    assert shown.index('id="paper-green"') < shown.index('id="paper-labour"') < shown.index('id="paper-lib_dem"')
    assert "Clause 1 by itself" in shown
    assert "Nothing is recorded yet." in shown
    assert f'name="separate" value="{sent["separate"][0]}"' in shown
    with transaction():
        assert db.session.query(RoundOpening).count() == 0
