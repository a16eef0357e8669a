"""Lists of addresses that a group's clerk uploads, to know applicants by: read whole or not at all, kept as digests."""

import hmac
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from policies.errors import RuleBroken
from policies.invitation_lists import read_list

MOST_ADDRESSES = 5_000
LIST_CHARACTERS = 200_000
DIGEST_CHARACTERS = 64
KEPT = timedelta(days=30)
# How many faulty lines an error names; who has more mends the file, not the lines.
NAMED_FAULTS = 10


def read_addresses(text: str, canonical: Callable[[str], str]) -> list[str]:
    """The addresses of a list in canonical form, each once; raises `RuleBroken` naming every line that is none."""
    found, faults = dict[str, None](), list[int]()
    for listed in read_list(text, MOST_ADDRESSES):
        try:
            found[canonical(listed.written)] = None
        except RuleBroken:
            faults.append(listed.line)
    require_no_faults(faults)
    return list(found)


def require_no_faults(lines: Sequence[int]) -> None:
    """A list is taken as a whole, so that nobody is missing from it unnoticed."""
    if not lines:
        return
    named = [str(line) for line in lines[:NAMED_FAULTS]]
    more = len(lines) - len(named)
    if more:
        named.append(f"{more} more")
    which = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
    noun, verb = ("Line", "holds") if len(lines) == 1 else ("Lines", "hold")
    raise RuleBroken(f"{noun} {which} {verb} no e-mail address. Mend the list and send it again; nothing was kept.")


def digest(address: str, *, salt: str, key: str) -> str:
    """What is kept of an address: it tells nothing to whoever has no key, nor is it the same on two lists."""
    return hmac.new(key.encode(), f"address list:{salt}:{address}".encode(), sha256).hexdigest()


def forgotten_at(uploaded_at: datetime) -> datetime:
    """When a list is erased."""
    return uploaded_at + KEPT
