"""Publishing: what a counted round leaves behind for the groups' stances and the text the public reads as agreed."""

from collections.abc import Iterable

import pytest
from flask import Flask

from app.endorsements import queries
from app.endorsements import service as publishing
from app.extensions import db
from app.models import Amendment, Ballot, Plank, Round, Stance, Version
from app.rounds import service as rounds
from app.web.transactions import transaction
from policies.agreement import LevelKey
from policies.amendments import AmendmentStage
from policies.ballots import Choice, RoundKind, RoundStage
from policies.endorsements import Form, FormKind, StanceKind
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.planks import Stage
from tests import builders


@pytest.fixture
def plank_id(app: Flask) -> int:
    """A plank that is open."""
    return builders.open_plank()


def plank(plank_id: int) -> Plank:
    """The plank, read afresh."""
    return builders.plank(plank_id)


def stances(version: Version | None) -> dict[str, StanceKind]:
    """What each group decided on a version."""
    assert version is not None
    return queries.kinds(queries.on_version(version))


def level(plank_id: int) -> LevelKey:
    """The public level of a plank."""
    shown = plank(plank_id).shown_version
    assert shown is not None
    return queries.level_of(plank(plank_id), shown, queries.on_version(shown)).key


def held(plank_id: int, votes: dict[str, tuple[int, int]], **how: object) -> int:
    """A published endorsement round with so many yes and no in each group."""
    round_id = builders.open_round(plank_id, **how)  # type: ignore[arg-type]
    vote_in(round_id, votes)
    builders.pass_time(days=7, minutes=1)
    return round_id


def vote_in(round_id: int, votes: dict[str, tuple[int, int]], question: str = "text") -> None:
    """Have so many of each group vote yes and no."""
    for key, (yes, no) in votes.items():
        waiting = builders.voters(round_id, key)
        builders.vote(round_id, waiting[:yes], {question: Choice.YES})
        builders.vote(round_id, waiting[yes : yes + no], {question: Choice.NO})


def test_nothing_is_decided_before_the_round_is_published(plank_id: int) -> None:
    round_id = builders.open_round(plank_id)
    vote_in(round_id, dict.fromkeys(GROUP_KEYS, (6, 0)))
    assert stances(plank(plank_id).working_version) == {}
    assert plank(plank_id).stage is Stage.BALLOTING


def test_what_every_group_backs_becomes_the_agreed_text(plank_id: int) -> None:
    builders.decided(plank_id)
    assert set(stances(plank(plank_id).working_version).values()) == {StanceKind.ENDORSED}
    assert plank(plank_id).agreed_version_id == plank(plank_id).working_version_id
    assert level(plank_id) is LevelKey.AGREED
    assert plank(plank_id).stage is Stage.OPEN


def test_two_large_groups_cannot_outvote_the_third(plank_id: int) -> None:
    held(plank_id, {"labour": (12, 0), "lib_dem": (12, 0), "green": (2, 4)}, members=12)
    assert stances(plank(plank_id).working_version)["green"] is StanceKind.DECLINED
    assert plank(plank_id).agreed_version_id is None
    assert level(plank_id) is LevelKey.BACKED_BY_ALL_BUT_ONE


def test_a_reservation_counts_and_keeps_its_statement(plank_id: int) -> None:
    builders.decided(plank_id, forms={"green": Form(FormKind.RESERVE, "We want an earlier date.")})
    version = plank(plank_id).working_version
    assert version is not None
    green = queries.on_version(version)["green"]
    assert (green.kind, green.statement) == (StanceKind.RESERVATION, "We want an earlier date.")
    assert plank(plank_id).agreed_version_id == version.id
    assert level(plank_id) is LevelKey.AGREED


def test_an_opt_out_makes_the_plank_agreed_in_part_and_moves_no_agreed_text(plank_id: int) -> None:
    version = plank(plank_id).working_version
    assert version is not None
    unit = version.units[1].unit_id
    builders.decided(plank_id, forms={"labour": Form(FormKind.EXCEPT, units=(unit,))})
    version = plank(plank_id).working_version
    assert version is not None
    assert queries.on_version(version)["labour"].units == [unit]
    assert plank(plank_id).agreed_version_id is None
    assert level(plank_id) is LevelKey.AGREED_IN_PART


def test_a_withdrawal_makes_the_plank_no_longer_agreed_and_keeps_the_last_agreed_text(plank_id: int) -> None:
    builders.decided(plank_id)
    agreed = plank(plank_id).agreed_version_id
    builders.decided(plank_id, forms={"lib_dem": Form(FormKind.WITHDRAW)})
    assert stances(plank(plank_id).agreed_version)["lib_dem"] is StanceKind.WITHDRAWN
    assert plank(plank_id).agreed_version_id == agreed
    assert level(plank_id) is LevelKey.NO_LONGER_AGREED


def test_a_withdrawal_that_is_voted_down_changes_nothing(plank_id: int) -> None:
    first = builders.decided(plank_id)
    builders.decided(plank_id, yes=("labour", "green"), forms={"lib_dem": Form(FormKind.WITHDRAW)})
    version = plank(plank_id).agreed_version
    assert version is not None
    stance = queries.on_version(version)["lib_dem"]
    assert (stance.kind, stance.round_id) == (StanceKind.ENDORSED, first)
    assert level(plank_id) is LevelKey.AGREED


def test_a_group_has_one_stance_on_a_version_however_often_it_votes(plank_id: int) -> None:
    builders.decided(plank_id, yes=("labour",))
    builders.move_clock(days=30)
    builders.decided(plank_id)
    assert db.session.query(Stance).count() == len(GROUP_KEYS)
    assert level(plank_id) is LevelKey.AGREED


def test_deciding_a_newer_text_leaves_the_backing_of_the_older_one(plank_id: int) -> None:
    builders.decided(plank_id)
    agreed = plank(plank_id).agreed_version_id
    adopt_in_a_round(plank_id)
    assert plank(plank_id).working_version_id != agreed
    builders.decided(plank_id, yes=("labour", "green"))
    assert plank(plank_id).agreed_version_id == agreed
    assert set(stances(plank(plank_id).agreed_version).values()) == {StanceKind.ENDORSED}
    assert stances(plank(plank_id).working_version)["lib_dem"] is StanceKind.DECLINED
    assert level(plank_id) is LevelKey.AGREED
    builders.move_clock(days=30)
    builders.decided(plank_id)
    assert plank(plank_id).agreed_version_id == plank(plank_id).working_version_id


def test_a_group_without_a_quorum_votes_again_alone(plank_id: int) -> None:
    first = held(plank_id, {"labour": (6, 0), "lib_dem": (6, 0), "green": (4, 0)})
    assert "green" not in stances(plank(plank_id).working_version)
    assert plank(plank_id).stage is Stage.BALLOTING
    rerun = the_rerun()
    assert (rerun.groups, rerun.rerun_of_id, rerun.stage) == (["green"], first, RoundStage.PREPARED)
    assert rerun.opens_at is not None
    joined_since = builders.member("green", days=30)
    builders.pass_time(days=7, minutes=1)
    assert [ballot.group for ballot in the_rerun().ballots] == ["green"]
    assert joined_since in builders.voters(the_rerun().id, "green")
    vote_in(the_rerun().id, {"green": (5, 1)})
    builders.pass_time(days=7, minutes=1)
    assert level(plank_id) is LevelKey.AGREED
    assert plank(plank_id).stage is Stage.OPEN


def test_the_plank_stays_on_the_ballot_until_the_re_run_is_published(plank_id: int) -> None:
    held(plank_id, {"labour": (6, 0), "lib_dem": (6, 0)})
    builders.pass_time(days=7, minutes=1)
    assert plank(plank_id).stage is Stage.BALLOTING
    builders.pass_time(days=7, minutes=1)
    assert plank(plank_id).stage is Stage.OPEN


def test_a_second_miss_is_no_decision_and_no_rejection(plank_id: int) -> None:
    held(plank_id, {"labour": (6, 0), "lib_dem": (6, 0), "green": (4, 0)})
    builders.pass_time(days=7, minutes=1)
    vote_in(the_rerun().id, {"green": (4, 0)})
    builders.pass_time(days=7, minutes=1)
    assert stances(plank(plank_id).working_version)["green"] is StanceKind.NO_QUORUM
    assert level(plank_id) is LevelKey.BACKED_BY_ALL_BUT_ONE
    assert plank(plank_id).stage is Stage.OPEN
    assert db.session.query(Round).count() == 2


def test_no_second_quorum_leaves_an_earlier_decision_as_it_stands(plank_id: int) -> None:
    builders.decided(plank_id, yes=("labour", "lib_dem"))
    held(plank_id, {"labour": (6, 0), "lib_dem": (6, 0), "green": (4, 0)})
    builders.pass_time(days=7, minutes=1)
    builders.pass_time(days=7, minutes=1)
    assert stances(plank(plank_id).working_version)["green"] is StanceKind.DECLINED


def test_a_re_run_asks_the_group_what_it_was_asked_before(plank_id: int) -> None:
    forms = {"green": Form(FormKind.RESERVE, "We want an earlier date.")}
    held(plank_id, {"labour": (6, 0), "lib_dem": (6, 0)}, forms=forms)
    by = builders.clerk("green")
    with pytest.raises(RuleBroken, match="opens by itself"), transaction():
        rounds.agree_to_open(the_rerun(), Form(), by=by)
    with pytest.raises(RuleBroken, match="cannot be cancelled"), transaction():
        rounds.cancel(the_rerun(), "We would rather not.", by=by)
    builders.pass_time(days=7, minutes=1)
    assert (the_rerun().ballots[0].form, the_rerun().ballots[0].statement) == (
        FormKind.RESERVE,
        forms["green"].statement,
    )


def test_two_groups_without_a_quorum_are_re_run_together(plank_id: int) -> None:
    held(plank_id, {"labour": (6, 0)})
    assert the_rerun().groups == ["lib_dem", "green"]


def test_disjoint_amendments_are_both_adopted_in_order(plank_id: int) -> None:
    builders.decided(plank_id)
    first, second = two_amendments(plank_id, ("coldest homes", "coldest homes of all"), ("2030", "2032"))
    vote_on_amendments(plank_id, {"A1": GROUP_KEYS, "A2": GROUP_KEYS})
    assert [stage_of(one) for one in (first, second)] == [AmendmentStage.CARRIED] * 2
    versions = db.session.query(Version).filter_by(plank_id=plank_id).order_by(Version.number).all()
    assert [version.amendment_id for version in versions] == [None, first, second]
    assert "2032" not in versions[1].text
    assert "coldest homes of all" in versions[2].text
    assert "2032" in versions[2].text
    assert plank(plank_id).working_version_id == versions[2].id
    assert plank(plank_id).agreed_version_id == versions[0].id


def test_of_two_rivals_the_larger_wins_and_the_other_falls(plank_id: int) -> None:
    builders.decided(plank_id)
    small, large = two_amendments(
        plank_id, ("by 2030", "by 2031"), ("insulated by 2030", "insulated and made safe from damp by 2032")
    )
    vote_on_amendments(plank_id, {"A1": GROUP_KEYS, "A2": GROUP_KEYS})
    assert stage_of(small) is AmendmentStage.FALLEN
    assert stage_of(large) is AmendmentStage.CARRIED
    text = plank(plank_id).working_version
    assert text is not None
    assert "safe from damp by 2032" in text.text


def test_amendments_of_one_clause_that_do_not_conflict_are_both_adopted_and_what_says_the_same_makes_no_version(
    plank_id: int,
) -> None:
    builders.decided(plank_id)
    one, other = two_amendments(plank_id, ("2030", "2032"), ("Every home", "Each home"))
    same = builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    vote_on_amendments(plank_id, dict.fromkeys(("A1", "A2", "A3"), GROUP_KEYS))
    assert [stage_of(amendment) for amendment in (one, other, same)] == [AmendmentStage.CARRIED] * 3
    versions = db.session.query(Version).filter_by(plank_id=plank_id).order_by(Version.number).all()
    assert [version.amendment_id for version in versions] == [None, one, other]
    assert versions[2].text.startswith("Each home that is rented from a council must be insulated by 2032.")


def test_what_does_not_fit_into_what_has_won_falls_and_the_count_goes_on(plank_id: int) -> None:
    builders.decided(plank_id)
    long = [" ".join([f"{name} homes"] * 110) for name in ("warm", "dry", "safe")]
    places = ("by 2030.", "national fund.", "coldest homes.")
    amendments = [
        builders.open_amendment(plank_id, builders.member("green"), place, f"{place} {words}")
        for place, words in zip(places, long, strict=True)
    ]
    waiting = builders.submitted_amendment(plank_id, builders.member("labour"), "done.", f"done. {long[0]} {long[1]}")
    vote_on_amendments(plank_id, dict.fromkeys(("A1", "A2", "A3"), GROUP_KEYS))
    carried, fallen = AmendmentStage.CARRIED, AmendmentStage.FALLEN
    assert [stage_of(amendment) for amendment in amendments] == [carried, carried, fallen]
    assert db.session.get_one(Amendment, waiting).needs_rebase


def test_an_amendment_needs_every_group_and_may_be_kept_as_a_minority_position(plank_id: int) -> None:
    builders.decided(plank_id)
    kept, lost = two_amendments(plank_id, ("2030", "2032"), ("coldest", "oldest"))
    vote_on_amendments(plank_id, {"A1": ("labour", "lib_dem"), "A2": ()})
    assert stage_of(kept) is AmendmentStage.MINORITY_POSITION
    assert stage_of(lost) is AmendmentStage.NOT_CARRIED
    version = plank(plank_id).working_version
    assert version is not None
    assert version.number == 1
    assert plank(plank_id).stage is Stage.OPEN


def test_want_of_a_quorum_leaves_an_amendment_undecided_and_re_runs_nothing(plank_id: int) -> None:
    builders.decided(plank_id)
    amendment_id = builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    vote_in(round_id, {"labour": (6, 0), "lib_dem": (6, 0)}, question="A1")
    builders.pass_time(days=7, minutes=1)
    assert stage_of(amendment_id) is AmendmentStage.NO_QUORUM
    assert plank(plank_id).stage is Stage.OPEN
    assert db.session.query(Round).filter(Round.rerun_of_id.is_not(None)).count() == 0


def test_a_round_on_amendments_takes_no_stance(plank_id: int) -> None:
    builders.decided(plank_id)
    adopt_in_a_round(plank_id)
    assert stances(plank(plank_id).working_version) == {}


def test_publishing_again_changes_nothing(plank_id: int) -> None:
    round_id = builders.decided(plank_id)
    before = [(row.group, row.kind, row.round_id, row.decided_at) for row in db.session.query(Stance)]
    with transaction():
        publishing.publish(builders.a_round(round_id))
    assert [(row.group, row.kind, row.round_id, row.decided_at) for row in db.session.query(Stance)] == before


def test_all_ballots_of_a_round_are_published_at_one_moment(plank_id: int) -> None:
    round_id = builders.decided(plank_id, yes=("labour",))
    assert {row.decided_at for row in db.session.query(Stance)} == {builders.a_round(round_id).published_at}
    assert db.session.query(Ballot).count() == len(GROUP_KEYS)


def the_rerun() -> Round:
    """The one re-run there is."""
    return db.session.query(Round).filter(Round.rerun_of_id.is_not(None)).one()


def stage_of(amendment_id: int) -> AmendmentStage:
    """Where an amendment stands."""
    return db.session.get_one(Amendment, amendment_id).stage


def two_amendments(plank_id: int, first: tuple[str, str], second: tuple[str, str]) -> tuple[int, int]:
    """A1 of a Green and A2 of a Labour member, both open."""
    one = builders.open_amendment(plank_id, builders.member("green"), *first)
    return one, builders.open_amendment(plank_id, builders.member("labour"), *second)


def vote_on_amendments(plank_id: int, yes: dict[str, Iterable[str]]) -> int:
    """A published round in which the groups named carry each amendment; the others give it a tenth of their votes."""
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    for key in GROUP_KEYS:
        waiting = builders.voters(round_id, key)
        quorum = len(waiting) // 10 + 1
        builders.vote(round_id, waiting[:quorum], dict.fromkeys(yes, Choice.YES))
        choices = {name: Choice.YES if key in groups else Choice.NO for name, groups in yes.items()}
        builders.vote(round_id, waiting[quorum:], choices)
    builders.pass_time(days=7, minutes=1)
    return round_id


def adopt_in_a_round(plank_id: int) -> None:
    """Have every group carry an amendment to the working text."""
    builders.open_amendment(plank_id, builders.member("green"), "2030", "2032")
    vote_on_amendments(plank_id, {"A1": GROUP_KEYS})
