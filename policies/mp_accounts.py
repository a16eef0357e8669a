"""How somebody becomes the MP here: an address of Parliament's, proven, and the word of clerks of two groups.

The address alone shows only that somebody works there. So two clerks look: each for a group, each by what they know.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.errors import LinkEnded, NotThere, RuleBroken
from policies.links import LONGEST_WINDOW, MOST_LINKS, WRONG_ADDRESSES
from policies.mp_addresses import DOMAIN, is_parliaments

LINK_WORKS = timedelta(days=2)
# After the address is proven, clerks have so long; what nobody decided is forgotten.
CLERKS_HAVE = timedelta(days=14)
# How often one asker has letters sent is counted by where they ask from (`policies.limits`), and how many come to one
# address by that address: never by the MP. Whoever follows any of them says which MP they are, so that nobody can keep
# an MP out by asking in the MP's name, or in that of others.
WINDOW = min(LINK_WORKS, LONGEST_WINDOW)

OVER = "This request is decided, or has run out. The list shows what waits."
GONE = (
    "This link does not work. If you have confirmed this address already, clerks look at it now, and we write to you."
    " Otherwise ask for a new link on the page of the MP."
)


@dataclass(frozen=True)
class RequestFacts:
    """A request as the rules see one: when its link ends, when the address was proven, who has vouched."""

    expires_at: datetime
    proven_at: datetime | None = None
    wrong_addresses: int = 0
    vouched_group: str | None = None
    vouched_by: int | None = None


def require_parliaments(address: str) -> None:
    """Only an address of Parliament's can show that somebody is an MP."""
    if not is_parliaments(address):
        raise RuleBroken(f"Give your address at {DOMAIN}, exactly: no other shows that you are an MP.")
    if "+" in address:
        raise RuleBroken("Leave out the + and what follows it: one mailbox is one address here.")


def require_can_have_account(*, is_sitting: bool, is_made_up: bool, in_demonstration: bool) -> None:
    """Who sits in the Commons has an account; a demonstration gives no real person one."""
    if in_demonstration and not is_made_up:
        raise RuleBroken("This is a demonstration, so no real MP has an account here. Nothing was sent.")
    if is_made_up:
        raise RuleBroken("This MP is made up. The sign-in page offers those one can try.")
    if not is_sitting:
        raise RuleBroken(
            "The register no longer names this MP, so there is no account. Positions taken stay on record."
        )


def is_letter_due(*, is_proven: bool, sent_lately: int) -> bool:
    """Whether one more letter goes to an address, by all it was sent lately, in whose name ever.

    Where none goes, whoever has its mail holds a link that works, or has proven the address for this MP already.
    """
    return not is_proven and sent_lately < MOST_LINKS


def require_provable(request: RequestFacts | None, now: datetime, *, is_sitting: bool) -> None:
    """Refuse a link that is unknown, used or too old, and say what to do."""
    if request is None:
        raise NotThere(GONE)
    if request.proven_at is not None:
        raise LinkEnded("This address is confirmed already. Clerks look at it now, and we write to you.")
    if request.wrong_addresses >= WRONG_ADDRESSES or not is_sitting or now >= request.expires_at:
        raise LinkEnded("This link has ended. Ask for a new one on the page of the MP.")


def require_may_vouch(request: RequestFacts, group: str | None, person: int | None) -> None:
    """Two clerks of two groups vouch, and neither for the own address; refuses anybody else in words."""
    if request.proven_at is None:
        raise RuleBroken("The address is not confirmed yet. Whoever asked has to follow the link in the letter first.")
    if request.vouched_by is not None and person == request.vouched_by:
        raise RuleBroken("You have vouched for this already. A clerk of another group has to look as well.")
    if request.vouched_group is not None and group == request.vouched_group:
        raise RuleBroken("A clerk of your group has vouched for this. Now it needs a clerk of another group.")


def require_stranger(*, is_asking: bool, has_seat: bool, drafts_for_mp: bool) -> None:
    """Nobody vouches for the own account, speaks for two seats, or drafts for one MP and is another."""
    if is_asking:
        raise RuleBroken("This is your own request, so clerks of two groups other than you decide.")
    if has_seat:
        raise RuleBroken("Somebody with this address is another MP here already. Refuse it, and say so in the reason.")
    if drafts_for_mp:
        raise RuleBroken("Somebody with this address drafts for an MP here. That has to end first.")


def require_no_account(*, has_account: bool) -> None:
    """One account an MP."""
    if has_account:
        raise RuleBroken("This MP has an account already. Refuse this request, unless the MP ends the other one first.")


def is_over(request: RequestFacts, now: datetime) -> bool:
    """Whether a request has come to nothing in its time, so that it is forgotten."""
    if request.proven_at is None:
        return now >= request.expires_at
    return now >= request.proven_at + CLERKS_HAVE
