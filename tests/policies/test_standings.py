"""A version's published rounds, gone through one after the other, give its stances and what is news of it."""

from datetime import UTC, datetime

from policies.agreement import LevelKey
from policies.ballots import Outcome
from policies.endorsements import FormKind, StanceKind
from policies.groups import GROUP_KEYS
from policies.standings import Decided, standings

YES, NO, NO_QUORUM = Outcome.CARRIED, Outcome.NOT_CARRIED, Outcome.NO_QUORUM


def asked(outcome: Outcome, *groups: str, form: FormKind = FormKind.ENDORSE) -> dict[str, tuple[FormKind, Outcome]]:
    """The same question and outcome in each of these groups; in all groups where none is named."""
    return dict.fromkeys(groups or GROUP_KEYS, (form, outcome))


def told(*rounds: Decided) -> list[tuple[str, bool]]:
    """The level after each round, and whether it is news."""
    return [(standing.level.key.value, standing.is_news) for standing in standings(rounds)]


def test_a_text_is_news_when_every_group_backs_it_and_not_again_while_that_stands() -> None:
    assert told(Decided(asked(YES)), Decided(asked(YES, "green"))) == [("agreed", True), ("agreed", False)]


def test_backing_by_fewer_is_no_news_of_its_own() -> None:
    assert told(Decided({**asked(YES), **asked(NO, "green")})) == [("backed_by_two", False)]


def test_a_withdrawal_makes_it_no_longer_agreed_and_backing_it_anew_agreed_again() -> None:
    withdrawn = asked(YES, "labour", form=FormKind.WITHDRAW)
    assert told(Decided(asked(YES)), Decided(withdrawn), Decided(asked(YES, "labour"))) == [
        ("agreed", True),
        ("no_longer_agreed", True),
        ("agreed", True),
    ]


def test_a_withdrawal_that_is_voted_down_changes_nothing() -> None:
    kept = asked(NO, "labour", form=FormKind.WITHDRAW)
    assert told(Decided(asked(YES)), Decided(kept))[1] == ("agreed", False)


def test_no_quorum_says_nothing_until_the_re_run_and_then_records_no_decision() -> None:
    first = Decided({**asked(YES), **asked(NO_QUORUM, "green")})
    once, twice = standings([first, Decided(asked(NO_QUORUM, "green"), is_rerun=True)])
    assert "green" not in once.stances
    assert twice.stances["green"] is StanceKind.NO_QUORUM
    assert once.level.key is twice.level.key is LevelKey.BACKED_BY_ALL_BUT_ONE


def test_what_groups_had_promised_to_back_stands_before_the_first_round() -> None:
    promised = {"green": StanceKind.ENDORSED}
    others = Decided(asked(YES, "labour", "lib_dem"))
    (after,) = standings([others], promised)
    assert (after.level.key, after.is_news) == (LevelKey.AGREED, True)
    everybody = dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED)
    withdrawn = Decided(asked(YES, "labour", form=FormKind.WITHDRAW))
    assert standings([withdrawn], everybody)[0].level.key is LevelKey.NO_LONGER_AGREED


def test_backing_that_is_paused_when_a_round_is_published_makes_nothing_agreed() -> None:
    paused = Decided(asked(YES), paused={"green": datetime(2026, 5, 3, tzinfo=UTC)})
    assert told(paused, Decided(asked(YES))) == [("paused", False), ("agreed", True)]


def test_exceptions_make_it_agreed_in_part() -> None:
    in_part = Decided({**asked(YES), **asked(YES, "green", form=FormKind.EXCEPT)})
    assert told(in_part, Decided(asked(YES, "green"))) == [("agreed_in_part", True), ("agreed", True)]
    assert standings([in_part])[0].stances["green"] is StanceKind.OPT_OUT
