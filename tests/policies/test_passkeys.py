"""What takes a passkey, what takes a fresh proof, and for how long either holds: written a second time by hand."""

from datetime import UTC, datetime, timedelta

import pytest

from policies import passkeys
from policies.errors import RuleBroken
from policies.passkeys import (
    ASKED,
    BINDING,
    FRESH,
    MOST_PASSKEYS,
    NEEDS,
    NO_PROOFS,
    Ceremony,
    Need,
    NeedsProof,
    Proofs,
    is_exempt,
    is_met,
    is_new_browser,
    need_to_add,
    require_may_operate,
    require_met,
    require_new_address,
    require_passkey_name,
    require_room,
    works_at,
)
from policies.permissions import Permission
from tests.policies.test_permissions import CELLS, CLERKS, OPERATORS

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
MOMENT = timedelta(seconds=1)

# What officers alone may do, and yet takes no passkey: it opens nobody's name and binds no group.
READ_BY_OFFICERS = {"desk:read", "mail:mend"}


def test_what_binds_is_everything_of_officers_but_what_is_only_read():
    of_officers = {
        permission
        for permission in Permission
        if (people := {one for name, _kind, _state, who in CELLS if name == permission for one in who})
        and people <= CLERKS | OPERATORS
    }
    assert {str(permission) for permission in of_officers - BINDING} == READ_BY_OFFICERS
    assert of_officers >= BINDING


def test_a_fresh_proof_is_for_what_changes_the_account_or_takes_its_data():
    assert {"passkey:keep", "address:change", "data:take"} == FRESH
    assert not FRESH & BINDING
    assert {
        **dict.fromkeys(BINDING, Need.PASSKEY),
        **dict.fromkeys(FRESH, Need.FRESH),
        Permission.OPERATOR_BECOME: Need.FRESH_PASSKEY,
    } == NEEDS


HOURS, MINUTES = timedelta(hours=12), timedelta(minutes=10)
# need, how long ago a passkey was shown, how long ago anything was → whether that will do.
SHOWN = [
    (Need.PASSKEY, None, None, False),
    (Need.PASSKEY, None, MOMENT, False),
    (Need.PASSKEY, HOURS - MOMENT, None, True),
    (Need.PASSKEY, HOURS, None, False),
    (Need.FRESH, None, None, False),
    (Need.FRESH, None, MINUTES - MOMENT, True),
    (Need.FRESH, MINUTES, MINUTES, False),
    (Need.FRESH_PASSKEY, None, MOMENT, False),
    (Need.FRESH_PASSKEY, MINUTES - MOMENT, MOMENT, True),
    (Need.FRESH_PASSKEY, MINUTES, MOMENT, False),
]


@pytest.mark.parametrize(("need", "passkey", "anything", "enough"), SHOWN)
def test_what_was_shown_holds_for_its_time_and_no_longer(need, passkey, anything, enough):
    proofs = Proofs(*(None if ago is None else NOW - ago for ago in (passkey, anything)))
    assert is_met(need, proofs, NOW) is enough
    if enough:
        require_met(need, proofs, NOW)
        return
    with pytest.raises(NeedsProof, match=ASKED[need].split(",")[0]) as asked:
        require_met(need, proofs, NOW)
    assert asked.value.need is need


def test_a_mailed_link_shows_who_one_is_and_never_stands_for_a_passkey():
    assert [need for need in Need if need.is_met_by_mail] == [Need.FRESH]
    assert Proofs(None, None) == NO_PROOFS


def test_only_the_made_up_people_of_a_demonstration_have_nothing_to_prove():
    assert is_exempt(is_demonstration=True, is_made_up=True)
    assert not is_exempt(is_demonstration=True, is_made_up=False)
    assert not is_exempt(is_demonstration=False, is_made_up=True)


def test_mail_alone_adds_no_passkey_to_those_there_are():
    assert [need_to_add(count) for count in (0, 1, 9)] == [Need.FRESH, Need.FRESH_PASSKEY, Need.FRESH_PASSKEY]


def test_nobody_keeps_more_than_ten():
    require_room(MOST_PASSKEYS - 1)
    with pytest.raises(RuleBroken, match="You have 10 passkeys"):
        require_room(10)


@pytest.mark.parametrize(("name", "said"), [("", "Give the passkey a name"), ("x" * 61, "Shorten the name to 60")])
def test_a_passkey_has_a_name_one_can_read(name, said):
    require_passkey_name("x" * 60)
    with pytest.raises(RuleBroken, match=said):
        require_passkey_name(name)


@pytest.mark.parametrize(
    ("host", "is_https", "works"),
    [
        ("localhost", False, True),
        ("platform.example", True, True),
        ("platform.example", False, False),
        ("127.0.0.1", True, False),
        ("::1", True, False),
    ],
)
def test_browsers_use_passkeys_by_name_and_encrypted(host, is_https, works):
    assert works_at(host, is_https) is works


def test_a_kind_of_browser_is_new_where_it_is_not_among_those_known():
    assert is_new_browser("Firefox on Android", [])
    assert is_new_browser("Firefox on Android", ["Edge on Windows"])
    assert not is_new_browser("Edge on Windows", iter(["Edge on Windows"]))


def test_an_address_is_changed_to_another_one():
    require_new_address("new@example.org", None)
    with pytest.raises(RuleBroken, match="your address already"):
        require_new_address("jo@example.org", "jo@example.org")


def test_an_officer_of_a_group_does_not_run_the_machine():
    require_may_operate(holds_office=False)
    with pytest.raises(RuleBroken, match="Hand the office over first"):
        require_may_operate(holds_office=True)


def test_each_ceremony_has_a_word_of_its_own():
    assert {str(one) for one in Ceremony} == {"sign_in", "prove", "register"}
    assert {Ceremony.SIGN_IN, Ceremony.PROVE, Ceremony.REGISTER} == set(Ceremony)
    assert timedelta(minutes=5) == passkeys.CHALLENGE_LIVES
