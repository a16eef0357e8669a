"""Telling people: those whom a thing concerns, each once, in the transaction of the thing itself."""

from collections.abc import Iterable

import pytest
from flask import Flask
from sqlalchemy import select

from app.amendments import service as amendments
from app.ballots import counting
from app.desk.ticking import tick
from app.extensions import db
from app.models import Membership, Notice, Person, RollEntry
from app.notices import service as notices
from app.people import service as people
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.ballots import RoundKind
from policies.groups import GROUP_KEYS
from policies.notices import Channel, NoticeKind
from policies.permissions import Actor
from policies.planks import Stage
from tests import builders
from tests.app.notices.reading import kinds_told, told
from tests.app.reading import counted


def roll(round_id: int) -> set[int]:
    """Everybody on the rolls of a round."""
    with transaction():
        return set(db.session.scalars(select(RollEntry.person_id).where(RollEntry.round_id == round_id)))


def follow(plank_id: int, *followers: Actor) -> None:
    """Have each of these follow a plank."""
    for follower in followers:
        with transaction():
            notices.follow(builders.plank(plank_id), by=follower)


def rule(plank_id: int, verdict: str, groups: Iterable[str] = ("labour", "green")) -> None:
    """Have clerks of these groups rule."""
    for by_clerk in [builders.clerk(key) for key in groups]:
        with transaction():
            rulings.rule(builders.plank(plank_id), verdict, "Too long." if verdict != "in_order" else "", by=by_clerk)


def test_a_ballot_is_told_to_its_roll_and_its_result_to_those_who_follow_too(app: Flask) -> None:
    plank_id, newcomer, follower = builders.open_plank(), builders.member(days=1), builders.member(days=1)
    voting_follower = builders.member("labour")
    follow(plank_id, follower, voting_follower)
    round_id = builders.open_round(plank_id, members=2, told=True)
    voters = roll(round_id)
    assert set(told(NoticeKind.BALLOT_OPENS)) == voters
    assert newcomer.person_id not in voters
    assert voting_follower.person_id in voters
    assert set(told(NoticeKind.FOLLOWED_ROUND)) == {follower.person_id}
    assert not told(NoticeKind.RESULT)
    builders.pass_time(days=7, minutes=1)
    tick()
    assert told(NoticeKind.RESULT) == dict.fromkeys(voters | {follower.person_id or 0}, 1)
    assert NoticeKind.BALLOT_CLOSES not in kinds_told(voting_follower)


def test_the_whole_roll_is_reminded_once_whoever_has_voted_and_never_after_the_close(app: Flask) -> None:
    round_id = builders.open_round(builders.open_plank(), members=6, told=True)
    voted, gone = builders.voters(round_id, "green")[:6], builders.voters(round_id, "labour")[0]
    builders.vote(round_id, voted)
    with transaction():
        membership = db.session.query(Membership).filter_by(person_id=gone.person_id).one()
        people.leave(membership, by=gone)
    builders.pass_time(days=5, hours=23)
    assert not told(NoticeKind.BALLOT_CLOSES)
    builders.pass_time(hours=2)
    tick()
    with transaction():
        counting.remind(builders.a_round(round_id))
    assert told(NoticeKind.BALLOT_CLOSES) == dict.fromkeys(roll(round_id) - {gone.person_id}, 1)


def test_after_three_days_without_a_clock_a_close_that_is_past_is_not_told(app: Flask) -> None:
    builders.open_round(builders.open_plank(), members=2, told=True)
    late = builders.open_round(builders.open_plank(), members=2, told=True)
    builders.move_clock(days=4)
    builders.pass_time(hours=1)
    assert not told(NoticeKind.BALLOT_CLOSES)
    builders.move_clock(days=3)
    tick()
    tick()
    assert not told(NoticeKind.BALLOT_CLOSES)
    assert set(told(NoticeKind.RESULT)) == roll(late)


def test_a_mover_is_told_what_becomes_of_a_plank(app: Flask) -> None:
    mover, other = builders.member("green"), builders.member("labour")
    opened, ruled_out = builders.seconded(mover), builders.seconded(mover)
    rule(opened, "in_order", ("labour",))
    assert kinds_told(mover) == []
    rule(opened, "in_order", ("green",))
    rule(ruled_out, "out_of_order")
    for by_clerk in [builders.clerk(key) for key in GROUP_KEYS]:
        with transaction():
            rulings.archive(builders.plank(opened), "It is law now.", by=by_clerk)
    with transaction():
        words = list(db.session.scalars(select(Notice.word).where(Notice.person_id == mover.person_id)))
    assert words == ["open", "ruled_out", "archived"]
    assert kinds_told(other) == []


def test_a_mover_is_told_what_becomes_of_an_amendment_and_followers_of_a_new_text(app: Flask) -> None:
    plank_id, mover, overtaken, follower = builders.open_plank(), *(builders.member("green") for _ in range(3))
    follow(plank_id, follower)
    builders.open_amendment(plank_id, mover, "2030", "2032")
    late = builders.submitted_amendment(plank_id, overtaken, "by 2030", "by 2031")
    assert kinds_told(mover) == [NoticeKind.AMENDMENT_SECONDED]
    builders.pass_time(days=3, minutes=1)
    assert kinds_told(mover) == [NoticeKind.AMENDMENT_SECONDED, NoticeKind.AMENDMENT_DECIDED]
    assert kinds_told(overtaken) == [NoticeKind.AMENDMENT_NEEDS_ME]
    assert kinds_told(follower) == [NoticeKind.FOLLOWED_TEXT]
    with transaction():
        amendments.withdraw(builders.amendment(late), by=overtaken)
    assert kinds_told(overtaken) == [NoticeKind.AMENDMENT_NEEDS_ME]


def test_movers_are_told_when_a_round_on_amendments_is_published(app: Flask) -> None:
    plank_id, mover, other = builders.open_plank(), builders.member("green", days=1), builders.member("labour")
    amendment_id = builders.open_amendment(plank_id, mover, "2030", "2032")
    with transaction():
        amendments.object_to(builders.amendment(amendment_id), "It is too late.", by=other)
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS, members=6, told=True)
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key))
    assert NoticeKind.AMENDMENT_DECIDED not in kinds_told(mover)
    builders.pass_time(days=7, minutes=1)
    with transaction():
        decided = select(Notice.word).where(Notice.person_id == mover.person_id, Notice.kind == "amendment_decided")
        assert db.session.scalar(decided) == "carried"


def test_a_change_that_is_rolled_back_tells_nobody(app: Flask) -> None:
    plank_id = builders.seconded(builders.member("green"))
    rule(plank_id, "in_order", ("labour",))
    by_clerk = builders.clerk("green")
    with pytest.raises(KeyboardInterrupt):
        rule_and_stop(plank_id, by_clerk)
    assert not told(NoticeKind.PLANK_RULED)


def rule_and_stop(plank_id: int, by_clerk: Actor) -> None:
    """Rule in a transaction that ends before it is whole."""
    with transaction():
        rulings.rule(builders.plank(plank_id), "in_order", "", by=by_clerk)
        assert db.session.query(Notice).filter_by(kind=NoticeKind.PLANK_RULED).count() == 1
        raise KeyboardInterrupt


def test_telling_a_thousand_is_one_statement_and_skips_who_cannot_or_will_not_be_told(app: Flask) -> None:
    with transaction():
        shown = [
            people.add_demonstration_member(
                f"Demonstration person {place}",
                "green",
                is_clerk=False,
                active_since=builders.clock.now(),
                can_sign_in=place > 0,
            ).id
            for place in range(6)
        ]
        unwilling, left = shown[1:3]
        notices.choose({NoticeKind.RESULT: Channel.OFF}, by=Actor(unwilling, "green"))
        membership = db.session.query(Membership).filter_by(person_id=left).one()
        people.leave(membership, by=Actor(left, "green"))
    with transaction(), counted() as statements:
        notices.tell(NoticeKind.RESULT, select(Person.id), notices.About("a thing"))
        notices.tell(NoticeKind.RESULT, select(Person.id), notices.About("a thing"))
    assert len([one for one in statements if "notices" in one]) == 2
    assert told(NoticeKind.RESULT) == dict.fromkeys(shown[3:], 1)


def test_a_mover_is_told_of_a_composite_that_takes_clauses_of_their_plank(app: Flask) -> None:
    first, second = builders.member("labour"), builders.member("lib_dem")
    planks = [builders.open_plank(first), builders.open_plank(second)]
    composite = builders.composite(first, *planks)
    assert not told(NoticeKind.OFFER_AWAITS), "a draft is nobody's business"
    builders.advance(composite, first, to=Stage.SEEKING_SECONDERS)
    assert told(NoticeKind.OFFER_AWAITS) == {second.person_id: 1}
    client = app.test_client()
    builders.sign_in(client, second)
    assert "A composite takes units of your plank" in client.get("/notices").text
