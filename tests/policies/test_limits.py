"""How often one may do what: the amounts written out again, and what is never held up."""

from datetime import timedelta

import pytest

from policies.limits import (
    BESIDE_THE_CEILING,
    HOLD_KEYS,
    LIMITS,
    POSTED,
    Amounts,
    Kind,
    Rate,
    Whose,
    counted_as,
    is_wrong_guess,
    kind_of,
    rates_of,
    whose,
)
from policies.permissions import Permission

MINUTES = {"minute": 1, "ten minutes": 10, "hour": 60, "day": 1440}
# Written by hand: for an address, then for an account.
WRITTEN: dict[Kind, tuple[list[tuple[int, str]], list[tuple[int, str]]]] = {
    Kind.READ: ([(300, "minute"), (6000, "hour")], [(300, "minute"), (6000, "hour")]),
    Kind.SEARCH: ([(30, "minute")], [(30, "minute")]),
    Kind.SUGGEST: ([(120, "minute")], [(120, "minute")]),
    Kind.EXPORT: ([(20, "minute")], [(20, "minute")]),
    Kind.SIGN_IN: ([(60, "ten minutes")], []),
    Kind.LETTER: ([(60, "hour"), (300, "day")], []),
    Kind.REPORT: ([(10, "hour")], [(20, "hour")]),
    Kind.TEXT: ([(10, "hour")], [(40, "ten minutes"), (300, "day")]),
    Kind.EDITING: ([(10, "hour")], [(240, "minute"), (5000, "hour")]),
    Kind.SECOND: ([(10, "hour")], [(60, "ten minutes")]),
    Kind.CHANGE: ([(60, "ten minutes")], [(300, "ten minutes")]),
    Kind.BALLOT: ([], [(120, "minute")]),
    Kind.RECEIPT: ([], [(30, "hour")]),
    Kind.GUESS: ([(60, "ten minutes"), (300, "day")], []),
}


def rates(written: list[tuple[int, str]]) -> tuple[Rate, ...]:
    """Rates as the rulebook has them."""
    return tuple(Rate(times, timedelta(minutes=MINUTES[within])) for times, within in written)


@pytest.mark.parametrize("kind", Kind)
def test_the_amounts_are_those_written_here(kind: Kind) -> None:
    address, account = WRITTEN[kind]
    assert LIMITS[kind] == Amounts(rates(address), rates(account))
    assert rates_of(kind, is_signed_in=False) == rates(address)
    assert rates_of(kind, is_signed_in=True) == rates(account or address)


def test_many_people_can_share_an_address_once_they_are_signed_in() -> None:
    by_address_alone = {kind for kind in Kind if whose(kind, is_signed_in=True) is Whose.ADDRESS}
    assert by_address_alone == {Kind.SIGN_IN, Kind.LETTER, Kind.GUESS}
    assert {whose(kind, is_signed_in=True) for kind in set(Kind) - by_address_alone} == {Whose.ACCOUNT}
    assert {whose(kind, is_signed_in=False) for kind in Kind} == {Whose.ADDRESS}


def test_a_members_vote_is_counted_on_nothing_but_the_own_account() -> None:
    assert {Kind.BALLOT, Kind.RECEIPT} == BESIDE_THE_CEILING
    for kind in BESIDE_THE_CEILING:
        assert [*counted_as(kind, is_signed_in=True)] == [kind]
        assert LIMITS[kind].address == ()
    assert [*counted_as(Kind.BALLOT, is_signed_in=False)] == [Kind.BALLOT, Kind.READ]


def test_everything_else_counts_on_the_ceiling_too_and_once() -> None:
    for kind in set(Kind) - BESIDE_THE_CEILING - {Kind.READ}:
        assert [*counted_as(kind, is_signed_in=True)] == [kind, Kind.READ]
    assert [*counted_as(Kind.READ, is_signed_in=False)] == [Kind.READ]


@pytest.mark.parametrize(
    ("permission", "kind"),
    [
        (Permission.SESSION_START, Kind.SIGN_IN),
        (Permission.GROUP_JOIN, Kind.LETTER),
        (Permission.INTEREST_REGISTER, Kind.LETTER),
        (Permission.ADDRESS_CHANGE, Kind.LETTER),
        (Permission.DELEGATE_LIST, Kind.LETTER),
        (Permission.SEAT_CLAIM, Kind.LETTER),
        (Permission.REPORT_FILE, Kind.REPORT),
        (Permission.REPORT_FOLLOW, Kind.REPORT),
        (Permission.COMPLAINT_FILE, Kind.REPORT),
        (Permission.APPLICATION_ANSWER, Kind.TEXT),
        (Permission.REMOVAL_PROPOSE, Kind.TEXT),
        (Permission.REMOVAL_DECIDE, Kind.TEXT),
        (Permission.REMOVAL_APPEAL, Kind.TEXT),
        (Permission.OFFICE_PROPOSE, Kind.TEXT),
        (Permission.CASE_READ, Kind.TEXT),
        (Permission.CASE_DECIDE, Kind.TEXT),
        (Permission.COMPLAINT_ANSWER, Kind.TEXT),
        (Permission.POSITION_DRAFT, Kind.TEXT),
        (Permission.PLANK_PROPOSE, Kind.TEXT),
        (Permission.PLANK_DRAFT, Kind.TEXT),
        (Permission.PLANK_AMEND, Kind.TEXT),
        (Permission.AMENDMENT_DRAFT, Kind.TEXT),
        (Permission.AMENDMENT_OBJECT, Kind.TEXT),
        (Permission.COMPOSITE_BEGIN, Kind.TEXT),
        (Permission.OFFER_MAKE, Kind.TEXT),
        (Permission.ARGUMENT_WRITE, Kind.TEXT),
        (Permission.RULING_APPEAL, Kind.TEXT),
        (Permission.PLANK_SECOND, Kind.SECOND),
        (Permission.AMENDMENT_SECOND, Kind.SECOND),
        (Permission.ROUND_OPEN, Kind.CHANGE),
        (None, Kind.CHANGE),
    ],
)
def test_what_is_posted_counts_by_its_permission(permission: Permission | None, kind: Kind) -> None:
    assert kind_of(permission, is_change=True) is kind
    assert kind_of(permission, is_change=False) is Kind.READ


def test_a_ballot_paper_counts_as_one_whether_it_is_read_or_cast() -> None:
    assert {kind_of(Permission.BALLOT_CAST, is_change=change) for change in (True, False)} == {Kind.BALLOT}
    assert POSTED[Permission.BALLOT_CAST] is Kind.BALLOT


def test_only_a_wrong_key_is_a_wrong_guess() -> None:
    assert {
        Permission.SESSION_START,
        Permission.GROUP_JOIN,
        Permission.INTEREST_REGISTER,
        Permission.MAIL_END,
        Permission.REPORT_FOLLOW,
        Permission.COMPLAINT_FOLLOW,
        Permission.ACCOUNT_READ,
        Permission.DATA_FETCH,
        Permission.DELEGATE_ACCEPT,
        Permission.SEAT_CLAIM,
    } == HOLD_KEYS
    for permission in HOLD_KEYS:
        assert {
            status for status in range(200, 600) if is_wrong_guess(permission, names_a_key=True, status=status)
        } == {
            404,
            422,
        }
    assert not is_wrong_guess(Permission.SESSION_START, names_a_key=False, status=404)
    assert not is_wrong_guess(Permission.PLANK_READ, names_a_key=True, status=404)
    assert not is_wrong_guess(None, names_a_key=True, status=404)
