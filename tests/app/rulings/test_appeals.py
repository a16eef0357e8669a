"""Appeals: ten members or a clerk; a ruling is upheld by clerks of all groups, or what was ruled out goes on."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.amendments import service as amendments
from app.desk.ticking import tick
from app.extensions import db
from app.models import Appeal, AppealVoice, AuditRow, Notice, Ruling
from app.rulings import appeals, queries
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.moderation import WORDS_HIDDEN, CaseStage, Kind, Verdict
from policies.notices import NoticeKind
from policies.permissions import Actor
from policies.planks import Stage
from policies.rulings import MEMBERS_TO_APPEAL, Answer, AppealStage
from tests import builders, moderated
from tests.app.reading import main_of
from tests.app.rulings.conftest import rule, rule_out


def appeal(key: str, by: Actor, reason: str = "It is one subject.") -> None:
    """Appeal against a ruling."""
    with transaction():
        appeals.appeal(queries.visible(by, key), reason, by=by)


def answer(key: str, group: str, said: Answer = Answer.UPHOLD) -> AppealStage:
    """A new clerk of a group upholds a ruling, or overturns it."""
    by = builders.clerk(group)
    with transaction():
        return appeals.answer(queries.visible(by, key), said, "Read it again.", by=by)


def stage_of(key: str) -> AppealStage | None:
    """Where the appeal against a ruling stands."""
    with transaction():
        found = db.session.query(Appeal).join(Appeal.ruling).filter_by(key=key).one_or_none()
        return found.stage if found else None


def plank_stage(plank_id: int) -> Stage:
    """Where a plank stands."""
    with transaction():
        return builders.plank(plank_id).stage


def words_told(actor: Actor) -> list[str]:
    """What somebody was told of rulings."""
    with transaction():
        return [
            one.word
            for one in db.session.query(Notice)
            .filter_by(person_id=actor.person_id, kind=NoticeKind.RULING)
            .order_by("id")
        ]


def test_ten_members_each_once_put_an_appeal_before_the_clerks_and_nobody_is_named(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    plank_id = builders.seconded(mover)
    key = rule(plank_id, "out_of_order")
    members = [builders.member(("green", "labour", "lib_dem")[place % 3]) for place in range(MEMBERS_TO_APPEAL)]
    for member in [*members[:9], members[0]]:
        appeal(key, member)
    assert stage_of(key) is AppealStage.GATHERING
    builders.sign_in(client, members[9])
    assert "9 members have appealed." in main_of(client.get(f"/rulings/{key}"))
    assert client.post(f"/rulings/{key}/appeal", data={"grounds": " "}).status_code == 422
    assert client.post(f"/rulings/{key}/appeal", data={"grounds": "It is one subject."}).status_code == 303
    assert stage_of(key) is AppealStage.OPEN
    shown = main_of(client.get(f"/rulings/{key}"))
    assert "10 members appealed on" in shown
    assert "Take my appeal back" not in shown
    assert client.post(f"/rulings/{key}/appeal/take-back").status_code == 409
    assert "Demonstration person" not in shown
    assert words_told(mover) == words_told(members[3]) == ["appealed"]
    with pytest.raises(RuleBroken, match="needs nobody more"):
        appeal(key, builders.member("green"))


def test_an_appeal_can_be_taken_back_until_it_stands_and_leaves_none_where_it_was_the_only_one(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    key = rule(builders.seconded(mover), "out_of_order")
    first, second = builders.member("green"), builders.member("labour")
    appeal(key, first)
    appeal(key, second)
    builders.sign_in(client, first)
    assert "Take my appeal back" in main_of(client.get(f"/rulings/{key}"))
    for _twice in range(2):
        assert client.post(f"/rulings/{key}/appeal/take-back").status_code == 303
    shown = main_of(client.get(f"/rulings/{key}"))
    assert "One member has appealed." in shown
    assert "You have appealed." not in shown
    builders.sign_in(client, second)
    client.post(f"/rulings/{key}/appeal/take-back")
    assert stage_of(key) is None
    assert "10 members, or one clerk of any group, can appeal." in main_of(client.get(f"/rulings/{key}"))
    appeal(key, first)
    assert stage_of(key) is AppealStage.GATHERING


def voice_of(key: str, by: Actor) -> tuple[int, int]:
    """What names a person's part in an appeal."""
    with transaction():
        return queries.visible(by, key).id, by.person_id or 0


def test_nobody_gets_words_past_the_clerks_by_taking_a_hidden_appeal_back_and_appealing_anew(
    app: Flask, mover: Actor
) -> None:
    key, first = rule(builders.seconded(mover), "out_of_order"), builders.member("green")
    appeal(key, first, "Something rude.")
    voice = voice_of(key, first)
    moderated.reported_text(Kind.APPEAL, AppealVoice, voice)
    moderated.decided(f"appeal:appeal_voices:{voice[0]},{voice[1]}", Verdict.HIDE, "labour", "green")
    with pytest.raises(RuleBroken, match=WORDS_HIDDEN), transaction():
        appeals.take_back(queries.visible(first, key), by=first)
    assert stage_of(key) is AppealStage.GATHERING


def test_an_appeal_made_anew_is_reported_anew_where_the_case_ended_with_the_one_taken_back(
    app: Flask, mover: Actor
) -> None:
    key, first = rule(builders.seconded(mover), "out_of_order"), builders.member("green")
    appeal(key, first)
    voice = voice_of(key, first)
    moderated.reported_text(Kind.APPEAL, AppealVoice, voice)
    with transaction():
        appeals.take_back(queries.visible(first, key), by=first)
    tick()
    appeal(key, first, "Something rude.")
    moderated.reported_text(Kind.APPEAL, AppealVoice, voice)
    with transaction():
        case, text = moderated.the_case(f"appeal:appeal_voices:{voice[0]},{voice[1]}")
        assert (case.stage, text.words) == (CaseStage.WAITING, [("Reason", "Something rude.")])


def test_a_ruling_stands_once_clerks_of_all_groups_uphold_it(app: Flask, mover: Actor) -> None:
    plank_id = builders.seconded(mover)
    key = rule(plank_id, "out_of_order")
    appeal(key, builders.clerk("lib_dem"))
    assert [answer(key, group) for group in GROUP_KEYS] == [AppealStage.OPEN, AppealStage.OPEN, AppealStage.UPHELD]
    assert plank_stage(plank_id) is Stage.RULED_OUT
    assert words_told(mover) == ["appealed", "upheld"]
    with pytest.raises(RuleBroken, match="the ruling is upheld"):
        appeal(key, builders.clerk("green"))


def test_one_group_that_says_no_brings_a_plank_back_to_the_clerks_and_two_cannot_rule_it_out_again(
    app: Flask, mover: Actor
) -> None:
    plank_id = builders.seconded(mover)
    key = rule(plank_id, "out_of_order")
    appeal(key, builders.clerk("green"))
    answer(key, "labour")
    assert answer(key, "green", Answer.OVERTURN) is AppealStage.OVERTURNED
    with transaction():
        plank = builders.plank(plank_id)
        assert (plank.stage, plank.ended_at, plank.end_reason) == (Stage.CHECKING, None, "")
        assert db.session.query(Ruling).count() == 0
        moved = db.session.query(AuditRow).filter_by(act="ruling on plank overturned").one()
        assert (moved.details["before"], moved.details["after"]) == ("ruled_out", "checking")
    rule(plank_id, "out_of_order")
    assert plank_stage(plank_id) is Stage.CHECKING
    rule(plank_id, "out_of_order", ["lib_dem"])
    assert plank_stage(plank_id) is Stage.RULED_OUT


def test_seven_days_without_all_groups_overturn_and_nothing_is_published_by_silence(app: Flask, mover: Actor) -> None:
    plank_id = builders.seconded(mover)
    key = rule(plank_id, "out_of_order")
    appeal(key, builders.clerk("green"))
    answer(key, "labour")
    builders.pass_time(days=6, hours=23)
    assert stage_of(key) is AppealStage.OPEN
    builders.move_clock(days=3)
    tick()
    tick()
    assert stage_of(key) is AppealStage.OVERTURNED
    assert plank_stage(plank_id) is Stage.CHECKING
    assert words_told(mover) == ["appealed", "overturned"]
    with transaction():
        assert db.session.query(AuditRow).filter_by(act="appeal overturned").count() == 1
        assert builders.plank(plank_id).number is None


def test_an_appeal_that_finds_too_few_members_in_time_lapses(app: Flask, mover: Actor) -> None:
    plank_id = builders.seconded(mover)
    key = rule(plank_id, "out_of_order")
    appeal(key, mover)
    builders.pass_time(days=7, minutes=1)
    tick()
    assert stage_of(key) is AppealStage.LAPSED
    assert plank_stage(plank_id) is Stage.RULED_OUT
    assert words_told(mover) == ["lapsed"]
    with pytest.raises(RuleBroken, match="lapsed"):
        appeal(key, builders.clerk("green"))


def test_an_amendment_is_ruled_out_by_two_groups_and_goes_on_with_72_hours_when_that_is_overturned(
    app: Flask, client: FlaskClient, mover: Actor
) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, mover, "2030", "2035")
    rule_out(amendment_id, "labour", "labour")
    with transaction():
        assert builders.amendment(amendment_id).stage is AmendmentStage.OPEN
    key = rule_out(amendment_id, "green")
    with transaction():
        assert builders.amendment(amendment_id).stage is AmendmentStage.RULED_OUT
    public = main_of(client.get("/amendments/P1-A1"))
    assert "Clerks of the Compass Labour and Green groups ruled it out of order" in public
    assert "It is another subject." in public
    builders.pass_time(days=3)
    appeal(key, builders.clerk("lib_dem"))
    answer(key, "lib_dem", Answer.OVERTURN)
    with transaction():
        amendment = builders.amendment(amendment_id)
        assert (amendment.stage, amendment.ended_at) == (AmendmentStage.OPEN, None)
    builders.pass_time(hours=71)
    with transaction():
        assert builders.amendment(amendment_id).stage is AmendmentStage.OPEN
    builders.pass_time(hours=2)
    with transaction():
        assert builders.amendment(amendment_id).stage is AmendmentStage.CARRIED


def test_what_clerks_said_of_other_words_does_not_count_and_nothing_is_ruled_out_while_groups_vote(
    app: Flask, mover: Actor
) -> None:
    plank_id = builders.open_plank()
    amendment_id = builders.open_amendment(plank_id, mover, "coldest homes", "oldest homes")
    builders.objected(amendment_id)
    rule_out(amendment_id, "labour")
    builders.open_amendment(plank_id, builders.member("lib_dem"), "with the coldest homes", "where it is cold")
    builders.pass_time(hours=73)
    with transaction():
        row = builders.amendment(amendment_id)
        version = row.plank.working_version
        assert version is not None
        text = version.text.replace("tenants", "all tenants").replace("Tenants", "All tenants")
        amendments.redraft(row, version.title, text, "It is more exact.", by=mover)
        amendments.submit(row, by=mover)
        assert queries.words_on(row) == []
    rule_out(amendment_id, "green")
    with transaction():
        assert builders.amendment(amendment_id).stage is AmendmentStage.SUBMITTED
    builders.open_round(plank_id)
    with pytest.raises(RuleBroken, match="The groups are voting"):
        rule_out(amendment_id, "labour")
