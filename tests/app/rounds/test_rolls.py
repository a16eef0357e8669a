"""Who may vote: the roll is frozen at opening, by each group's qualifying days, and one person votes in one group."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from app import clock
from app.ballots import queries, service
from app.extensions import db
from app.models import Ballot, Membership, OpenPaper, Participation, Person, RollEntry
from app.people import queries as people_queries
from app.people import service as people
from app.planks import mending
from app.rounds import service as rounds
from app.web.transactions import transaction
from policies.ballots import Choice
from policies.errors import RuleBroken
from policies.membership import MembershipStage
from policies.permissions import Actor
from policies.text.units import Document
from tests import builders
from tests.app.reading import main_of


def ballot_of(round_id: int, actor: Actor) -> Ballot | None:
    """The ballot in which this person may vote."""
    return queries.own_ballot(builders.a_round(round_id), actor)


def end_membership(actor: Actor, stage: MembershipStage) -> None:
    """Take somebody's active membership to another stage."""
    with transaction():
        membership = db.session.scalars(select(Membership).where(Membership.person_id == actor.person_id)).one()
        if stage is MembershipStage.LEFT:
            people.leave(membership, by=actor)
        membership.stage = stage


def join(actor: Actor, group: str) -> Actor:
    """Make somebody an active member of another group from now on."""
    with transaction():
        now = clock.now()
        stage = MembershipStage.ACTIVE
        db.session.add(Membership(person_id=actor.person_id, group=group, stage=stage, active_since=now))
    return Actor(actor.person_id, group)


def mended(plank_id: int) -> None:
    """The working text with other punctuation."""
    with transaction():
        plank = builders.plank(plank_id)
        base = plank.working_version
        assert base is not None
        document = Document.read(base.title, base.text.replace("by 2030.", "by 2030!"), base.units)
        mending.mend(plank, base, document, by=None)


def _green(round_id: int) -> Ballot:
    return next(ballot for ballot in builders.a_round(round_id).ballots if ballot.group == "green")


def test_a_member_is_on_the_roll_after_the_qualifying_days_and_not_before(app: Flask) -> None:
    plank_id = builders.open_plank()
    long_enough, too_new = builders.member("green", days=12), builders.member("green", days=10)
    round_id = builders.open_round(plank_id)
    # The notice takes three days, so these two have been members for 15 and 13 days at the opening.
    ballot = ballot_of(round_id, long_enough)
    assert ballot is not None
    assert ballot.group == "green"
    assert ballot_of(round_id, too_new) is None


def test_the_roll_is_frozen_at_the_opening(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    sizes = {ballot.group: ballot.roll_size for ballot in builders.a_round(round_id).ballots}
    joined_later = builders.member("labour", days=400)
    assert ballot_of(round_id, joined_later) is None
    builders.pass_time(days=2)
    assert {ballot.group: ballot.roll_size for ballot in builders.a_round(round_id).ballots} == sizes


def test_clerks_read_the_roll_of_their_own_group_page_by_page_and_never_who_has_voted(
    app: Flask, client: FlaskClient
) -> None:
    prepared = builders.prepared_round(builders.open_plank(builders.member("lib_dem")))
    green = builders.clerk("green")
    builders.sign_in(client, green)
    assert client.get("/rounds/1/roll").status_code == 409
    with transaction():
        rounds.cancel(builders.a_round(prepared), "Too early.", by=green)
    round_id = builders.open_round(builders.open_plank(), members=31)
    builders.member("green", days=0)
    on_it = builders.voters(round_id, "green")
    with transaction():
        names = {db.session.get_one(Person, one.person_id).name for one in on_it}
        others = {db.session.get_one(Person, one.person_id).name for one in builders.voters(round_id, "labour")}
    before = [main_of(client.get(f"/rounds/2/roll?page={page}")) for page in (1, 2)]
    assert set(re.findall(r"Demonstration person \d+", "".join(before))) == names
    assert not names & others
    assert f"{len(names)} members were on it" in before[0]
    builders.vote(round_id, on_it[:9])
    assert [main_of(client.get(f"/rounds/2/roll?page={page}")) for page in (1, 2)] == before
    assert client.get("/rounds/2/roll?page=3").status_code == 404


def test_the_published_size_of_a_roll_is_the_number_on_it(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank(), members=9)
    for ballot in builders.a_round(round_id).ballots:
        on_it = db.session.query(RollEntry).filter_by(ballot_id=ballot.id).count()
        assert on_it == ballot.roll_size >= 9


@pytest.mark.parametrize(
    ("stage", "may_vote"),
    [
        (MembershipStage.LAPSED, True),
        (MembershipStage.LEFT, False),
        (MembershipStage.REMOVED, False),
        (MembershipStage.SUSPENDED, False),
    ],
)
def test_one_who_lapses_may_still_vote_and_one_who_left_may_not(
    app: Flask, stage: MembershipStage, may_vote: bool
) -> None:
    round_id = builders.open_round(builders.open_plank())
    voter = builders.voters(round_id, "green")[0]
    end_membership(voter, stage)
    assert (ballot_of(round_id, voter) is not None) is may_vote
    awaited = queries.awaiting_vote_of(voter, clock.now())
    assert [one.id for one in awaited] == ([round_id] if may_vote else [])


def test_a_vote_once_cast_stands_when_the_voter_leaves(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voters = builders.voters(round_id, "green")[:5]
    builders.vote(round_id, voters)
    end_membership(voters[0], MembershipStage.LEFT)
    builders.pass_time(days=7, minutes=1)
    green = next(ballot for ballot in builders.a_round(round_id).ballots if ballot.group == "green")
    assert green.counts[0].yes == 5


@pytest.mark.parametrize("is_mended", [False, True])
def test_a_person_votes_in_one_group_on_a_version_whatever_group_they_move_to(app: Flask, is_mended: bool) -> None:
    plank_id = builders.open_plank()
    first = builders.open_round(plank_id)
    voted, abstained = builders.voters(first, "green")[:2]
    builders.vote(first, [voted])
    for key in ("labour", "lib_dem", "green"):
        builders.vote(first, [one for one in builders.voters(first, key) if one != abstained][:5])
    builders.pass_time(days=7, minutes=1)
    for actor in (voted, abstained):
        end_membership(actor, MembershipStage.LEFT)
    voted, abstained = join(voted, "labour"), join(abstained, "labour")
    builders.pass_time(days=14)
    if is_mended:
        mended(plank_id)
    second = builders.open_round(plank_id)
    assert ballot_of(second, voted) is None
    assert list(queries.awaiting_vote_of(voted, clock.now())) == []
    with transaction():
        # The list of names is read by clerks, and a gap in it would tell them who has voted in the other group.
        on_it = set(db.session.scalars(select(RollEntry.person_id).where(RollEntry.round_id == second)))
        assert {voted.person_id, abstained.person_id} <= on_it
    ballot = ballot_of(second, abstained)
    assert ballot is not None
    assert ballot.group == "labour"


def test_the_database_refuses_one_person_on_two_rolls_of_a_round(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voter = builders.voters(round_id, "green")[0]
    labour = next(ballot for ballot in builders.a_round(round_id).ballots if ballot.group == "labour")
    entry = {"ballot_id": labour.id, "person_id": voter.person_id, "round_id": round_id}
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(insert(RollEntry), [entry])


def test_a_vote_on_the_same_version_in_another_group_bars_this_one_in_the_transaction_of_the_vote(app: Flask) -> None:
    plank_id = builders.open_plank()
    first = builders.open_round(plank_id)
    for key in ("labour", "lib_dem", "green"):
        builders.vote(first, builders.voters(first, key)[:5])
    builders.pass_time(days=7, minutes=1)
    second = builders.open_round(plank_id)
    voter = builders.voters(second, "green")[0]
    with transaction():
        # As if the roll had been frozen while a vote in the other group was under way.
        labour = next(ballot for ballot in builders.a_round(first).ballots if ballot.group == "labour")
        db.session.execute(delete(Participation).where(Participation.person_id == voter.person_id))
        old = db.session.query(RollEntry).filter_by(person_id=voter.person_id, round_id=first)
        old.update({"ballot_id": labour.id})
        db.session.add(Participation(ballot_id=labour.id, person_id=voter.person_id))
    seen = queries.RoundAsSeen(builders.a_round(second), _green(second), has_voted=False)
    with pytest.raises(RuleBroken, match="voted on this version in another group"):
        service.cast(seen, {"text": Choice.YES}, by=voter)
    assert db.session.query(OpenPaper).count() == 0


def test_a_member_not_on_the_roll_cannot_cast(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    late = builders.member("green")
    with pytest.raises(RuleBroken, match="not on the roll"):
        service.cast(queries.visible(late, builders.a_round(round_id).number), {}, by=late)


def test_one_who_left_and_came_back_does_not_vote_in_the_ballot_they_had_left(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank())
    voter = builders.voters(round_id, "green")[0]
    builders.move_clock(hours=1)
    end_membership(voter, MembershipStage.LEFT)
    back = join(voter, "green")
    assert ballot_of(round_id, back) is None
    assert list(queries.awaiting_vote_of(back, clock.now())) == []


def test_an_mp_who_is_a_member_stands_on_no_roll(app: Flask) -> None:
    mp, member = builders.mp(), builders.member("green")
    with transaction():
        since = clock.now() - timedelta(days=60)
        stage = MembershipStage.ACTIVE
        db.session.add(Membership(person_id=mp.person_id, group="green", stage=stage, active_since=since))
    with transaction():
        assert people_queries.qualified("green", clock.now()) == [member.person_id]
