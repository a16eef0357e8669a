"""Whether an address is one that Parliament gives its MPs: the whole domain, and no other that looks like it.

An address is the first half of showing that somebody is an MP. The second is a clerk's look: Parliament's staff, peers
and committees have addresses there as well.
"""

DOMAIN = "parliament.uk"


def is_parliaments(address: str) -> bool:
    """Whether mail to this address is Parliament's to deliver, by its exact domain after IDNA and case folding."""
    local, at, domain = address.rpartition("@")
    if not at or not local or not address.isprintable() or any(sign in ' "<>@,;:\\' for sign in local):
        return False
    return _in_ascii(domain) == DOMAIN


def _in_ascii(domain: str) -> str:
    """A domain as the name servers are asked for it; empty where it is none."""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
