"""How often one address and one account may do what: enough for anybody in a hurry, too little for a machine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from policies.permissions import Permission

MINUTE, TEN_MINUTES, HOUR, DAY = timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(days=1)


class Kind(StrEnum):
    """What is counted together."""

    READ = "read"
    """Looking at pages; everything but voting counts here as well, so that this is the ceiling of all."""
    SEARCH = "search"
    """Searching."""
    SUGGEST = "suggest"
    """What the search field asks by itself while somebody types."""
    EXPORT = "export"
    """Taking a file away."""
    SIGN_IN = "sign_in"
    """Following a sign-in link, or signing in any other way."""
    LETTER = "letter"
    """Having a letter sent to an address that anybody can write: a sign-in link, joining, registering interest."""
    REPORT = "report"
    """Reporting somebody's words, complaining about data, and what is said in either later."""
    TEXT = "text"
    """Posting words of one's own: planks, amendments, arguments, offers, appeals, answers, drafts of positions."""
    EDITING = "editing"
    """What an editor does by itself while somebody types: keeping the draft, showing its changes."""
    SECOND = "second"
    """Seconding, or taking that back."""
    CHANGE = "change"
    """Whatever else changes something."""
    BALLOT = "ballot"
    """The ballot paper: reading it, checking it, casting it."""
    RECEIPT = "receipt"
    """Asking whether a receipt was counted."""
    GUESS = "guess"
    """Keys, references and addresses that turned out to be wrong; right ones do not count."""


class Whose(StrEnum):
    """By what requests are counted."""

    ADDRESS = "address"
    """The address they come from, many people's where they share one."""
    ACCOUNT = "account"
    """The person signed in."""


@dataclass(frozen=True)
class Rate:
    """So many within so long."""

    times: int
    within: timedelta


@dataclass(frozen=True)
class Amounts:
    """What an address may do, and what an account may. Whoever is signed in is counted by the account alone, so that
    an office or a hall of people can share one address; where no account has amounts, the address counts everybody."""

    address: tuple[Rate, ...] = ()
    account: tuple[Rate, ...] = ()


LIMITS: dict[Kind, Amounts] = {
    Kind.READ: Amounts((Rate(300, MINUTE), Rate(6000, HOUR)), (Rate(300, MINUTE), Rate(6000, HOUR))),
    Kind.SEARCH: Amounts((Rate(30, MINUTE),), (Rate(30, MINUTE),)),
    Kind.SUGGEST: Amounts((Rate(120, MINUTE),), (Rate(120, MINUTE),)),
    Kind.EXPORT: Amounts((Rate(20, MINUTE),), (Rate(20, MINUTE),)),
    Kind.SIGN_IN: Amounts(address=(Rate(60, TEN_MINUTES),)),
    Kind.LETTER: Amounts(address=(Rate(60, HOUR), Rate(300, DAY))),
    Kind.REPORT: Amounts((Rate(10, HOUR),), (Rate(20, HOUR),)),
    Kind.TEXT: Amounts((Rate(10, HOUR),), (Rate(40, TEN_MINUTES), Rate(300, DAY))),
    Kind.EDITING: Amounts((Rate(10, HOUR),), (Rate(240, MINUTE), Rate(5000, HOUR))),
    Kind.SECOND: Amounts((Rate(10, HOUR),), (Rate(60, TEN_MINUTES),)),
    Kind.CHANGE: Amounts((Rate(60, TEN_MINUTES),), (Rate(300, TEN_MINUTES),)),
    Kind.BALLOT: Amounts(account=(Rate(120, MINUTE),)),
    Kind.RECEIPT: Amounts(account=(Rate(30, HOUR),)),
    Kind.GUESS: Amounts(address=(Rate(60, TEN_MINUTES), Rate(300, DAY))),
}

# Voting counts on nothing but the account's own paper: a thousand members may vote in the last minute from one hall.
BESIDE_THE_CEILING = frozenset({Kind.BALLOT, Kind.RECEIPT})

# What posting with a permission counts as; what is not named here is a change like any other.
POSTED: dict[Permission, Kind] = {
    Permission.SESSION_START: Kind.SIGN_IN,
    **dict.fromkeys(
        (
            Permission.GROUP_JOIN,
            Permission.INTEREST_REGISTER,
            Permission.ADDRESS_CHANGE,
            Permission.DELEGATE_LIST,
            Permission.SEAT_CLAIM,
        ),
        Kind.LETTER,
    ),
    **dict.fromkeys(
        (Permission.REPORT_FILE, Permission.REPORT_FOLLOW, Permission.COMPLAINT_FILE),
        Kind.REPORT,
    ),
    Permission.BALLOT_CAST: Kind.BALLOT,
    **dict.fromkeys((Permission.PLANK_SECOND, Permission.AMENDMENT_SECOND), Kind.SECOND),
    **dict.fromkeys(
        (
            Permission.PLANK_PROPOSE,
            Permission.PLANK_DRAFT,
            Permission.PLANK_AMEND,
            Permission.AMENDMENT_DRAFT,
            Permission.AMENDMENT_OBJECT,
            Permission.COMPOSITE_BEGIN,
            Permission.OFFER_MAKE,
            Permission.ARGUMENT_WRITE,
            Permission.RULING_APPEAL,
            Permission.APPLICATION_ANSWER,
            Permission.REMOVAL_PROPOSE,
            Permission.REMOVAL_DECIDE,
            Permission.REMOVAL_APPEAL,
            Permission.OFFICE_PROPOSE,
            Permission.CASE_READ,
            Permission.CASE_DECIDE,
            Permission.COMPLAINT_ANSWER,
            Permission.POSITION_DRAFT,
        ),
        Kind.TEXT,
    ),
}

# Behind these, an address holds a key or a reference that nobody should find by trying.
HOLD_KEYS = frozenset(
    {
        Permission.SESSION_START,
        Permission.GROUP_JOIN,
        Permission.INTEREST_REGISTER,
        Permission.MAIL_END,
        Permission.REPORT_FOLLOW,
        Permission.COMPLAINT_FOLLOW,
        # The links that prove who asks, or that a new address is one's own.
        Permission.ACCOUNT_READ,
        Permission.DATA_FETCH,
        Permission.DELEGATE_ACCEPT,
        Permission.SEAT_CLAIM,
    }
)


def kind_of(permission: Permission | None, *, is_change: bool) -> Kind:
    """What a request with this permission counts as; none has a page that is not there."""
    if permission is Permission.BALLOT_CAST:
        return Kind.BALLOT
    if not is_change:
        return Kind.READ
    return Kind.CHANGE if permission is None else POSTED.get(permission, Kind.CHANGE)


def whose(kind: Kind, *, is_signed_in: bool) -> Whose:
    """By what a kind is counted: the account of whoever is signed in, where accounts have amounts, else the address."""
    return Whose.ACCOUNT if is_signed_in and LIMITS[kind].account else Whose.ADDRESS


def rates_of(kind: Kind, *, is_signed_in: bool, limits: Mapping[Kind, Amounts] = LIMITS) -> tuple[Rate, ...]:
    """The amounts that hold for this kind, of the service's or of other `limits`."""
    amounts = limits[kind]
    return amounts.account if whose(kind, is_signed_in=is_signed_in) is Whose.ACCOUNT else amounts.address


def counted_as(kind: Kind, *, is_signed_in: bool) -> Iterator[Kind]:
    """Every kind a request counts as: its own, and the ceiling; a member's vote never counts on the ceiling."""
    yield kind
    if kind is not Kind.READ and not (is_signed_in and kind in BESIDE_THE_CEILING):
        yield Kind.READ


def is_wrong_guess(permission: Permission | None, *, names_a_key: bool, status: int) -> bool:
    """Whether an answer says that a key, a reference or the address for a link was wrong."""
    return permission in HOLD_KEYS and names_a_key and status in {404, 422}
