"""Passkeys, and what has to be shown anew by whoever speaks for a group, or changes how an account is reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address

from policies.errors import RuleBroken
from policies.permissions import Permission

MOST_PASSKEYS = 10
NAME_CHARACTERS = 60
# How long a browser may take over one ceremony.
CHALLENGE_LIVES = timedelta(minutes=5)
# A clerk who showed a passkey this morning is not asked again this afternoon.
PROVEN_FOR = timedelta(hours=12)
# Changing how one signs in, or taking everything away, is for somebody who was here a moment ago.
FRESH_FOR = timedelta(minutes=10)
# The mailed links that prove who asks, or that a new address is one's own.
PROOF_LINK_LIVES = timedelta(minutes=15)
ADDRESS_LINK_LIVES = timedelta(days=1)
# So many letters of one kind an account may ask for within an hour.
MOST_LETTERS = 5
LETTERS_WITHIN = timedelta(hours=1)
# A kind of browser that signed in is remembered for so long, to tell of one that did not.
BROWSERS_KEPT = timedelta(days=90)


class Ceremony(StrEnum):
    """What a browser is asked to sign a challenge for. The values are stored."""

    SIGN_IN = "sign_in"
    PROVE = "prove"
    REGISTER = "register"


class Need(StrEnum):
    """What a session has to have shown. The values stand in addresses."""

    PASSKEY = "passkey"
    FRESH = "fresh"
    FRESH_PASSKEY = "fresh_passkey"

    @property
    def is_met_by_mail(self) -> bool:
        """Whether a mailed link shows it as well as a passkey does."""
        return self is Need.FRESH


@dataclass(frozen=True)
class Proofs:
    """What a session has shown: when a passkey last, and when anything at all."""

    passkey_at: datetime | None = None
    fresh_at: datetime | None = None


NO_PROOFS = Proofs()

# What speaks for a group or takes something from somebody, and the pages that open the names of people to an officer.
BINDING = frozenset(
    {
        Permission.GROUP_EDIT,
        Permission.ORDERS_CHANGE,
        Permission.MEMBER_LIST,
        Permission.MEMBER_INVITE,
        Permission.MEMBER_DECIDE,
        Permission.ADDRESS_LIST_KEEP,
        Permission.REMOVAL_PROPOSE,
        Permission.REMOVAL_DECIDE,
        Permission.OFFICE_LIST,
        Permission.OFFICE_PROPOSE,
        Permission.OFFICE_DECIDE,
        Permission.SEAT_DECIDE,
        Permission.INTEREST_LIST,
        Permission.PLANK_RULE,
        Permission.PLANK_ARCHIVE,
        Permission.PLANK_REFER,
        Permission.AMENDMENT_RULE,
        Permission.RULING_UPHOLD,
        Permission.DEPUTY_LIST,
        Permission.DEPUTY_NAME,
        Permission.REPORT_READ,
        Permission.CASE_DECIDE,
        Permission.COMPLAINT_ANSWER,
        Permission.EDITORIAL_MEND,
        Permission.EDITION_AGREE,
        Permission.STANCE_PAUSE,
        Permission.ROUND_PREPARE,
        Permission.ROUND_OPEN,
        Permission.ROUND_CANCEL,
        Permission.ROUND_CHANGE,
        Permission.ROUND_RECOUNT,
        Permission.NEGOTIATION_RELEASE,
        Permission.OPERATION_READ,
    }
)
# What changes how one signs in, or cannot be undone.
FRESH = frozenset({Permission.PASSKEY_KEEP, Permission.ADDRESS_CHANGE, Permission.DATA_TAKE})
NEEDS: dict[Permission, Need] = {
    **{one: Need.PASSKEY for one in Permission if one in BINDING},
    **{one: Need.FRESH for one in Permission if one in FRESH},
    Permission.OPERATOR_BECOME: Need.FRESH_PASSKEY,
}

ASKED: dict[Need, str] = {
    Need.PASSKEY: "What you do here for others takes a passkey, once in twelve hours.",
    Need.FRESH: "This changes your account or takes its data away, so show first that it is you.",
    Need.FRESH_PASSKEY: "This takes a passkey that you have already, shown within the last ten minutes.",
}


class NeedsProof(RuleBroken):
    """The person may do this, and has to show first that it is them."""

    def __init__(self, need: Need) -> None:
        """Say what is asked for, and why."""
        super().__init__(ASKED[need])
        self.need = need


def is_met(need: Need, proofs: Proofs, now: datetime) -> bool:
    """Whether a session has shown what is needed: a passkey within 12 hours, or anything within ten minutes."""
    if need is Need.FRESH:
        return _is_within(FRESH_FOR, proofs.fresh_at, now)
    return _is_within(PROVEN_FOR if need is Need.PASSKEY else FRESH_FOR, proofs.passkey_at, now)


def _is_within(length: timedelta, shown_at: datetime | None, now: datetime) -> bool:
    return shown_at is not None and now < shown_at + length


def require_met(need: Need, proofs: Proofs, now: datetime) -> None:
    """Ask for a proof where there is none that is new enough."""
    if not is_met(need, proofs, now):
        raise NeedsProof(need)


def is_exempt(is_demonstration: bool, is_made_up: bool) -> bool:
    """The made-up people of a demonstration have nothing to prove; everybody else does, there and everywhere."""
    return is_demonstration and is_made_up


def need_to_add(passkeys: int) -> Need:
    """The first passkey takes a mailed link; each further one a passkey, so that mail alone adds none to those."""
    return Need.FRESH_PASSKEY if passkeys else Need.FRESH


def require_room(passkeys: int) -> None:
    """A person keeps ten passkeys at most."""
    if passkeys >= MOST_PASSKEYS:
        raise RuleBroken(f"You have {MOST_PASSKEYS} passkeys, as many as there can be. Remove one you no longer use.")


def require_passkey_name(name: str) -> None:
    """A passkey has a name by which its owner tells it from the others."""
    if not name:
        raise RuleBroken("Give the passkey a name, such as “my phone”.")
    if len(name) > NAME_CHARACTERS:
        raise RuleBroken(f"Shorten the name to {NAME_CHARACTERS} characters; it has {len(name)}.")


def works_at(host: str, is_https: bool) -> bool:
    """Whether browsers use passkeys at this address: by name over an encrypted connection, or on this machine."""
    if host == "localhost":
        return True
    try:
        ip_address(host)
    except ValueError:
        return is_https
    return False


def is_new_browser(kind: str, known: Iterable[str]) -> bool:
    """Whether nobody signed in to this account with such a browser within the last 90 days."""
    return kind not in set(known)


def require_new_address(new: str, old: str | None) -> None:
    """An address is changed to another one."""
    if new == old:
        raise RuleBroken("That is your address already. Write the one you want instead.")


def require_may_operate(holds_office: bool) -> None:
    """Whoever runs the machine holds no office of a group."""
    if holds_office:
        raise RuleBroken("An officer of a group does not run the machine as well. Hand the office over first.")
