"""What a web server's log may say of a visit: a cut address, a time, a page; and of some pages nothing at all."""

import ipaddress
import re

# How much of an address stays: enough to see an attack from one place, too little to name a household.
IPV4_STAYS = 24
IPV6_STAYS = 48
NO_ADDRESS = "-"

# Who votes when is nobody's business, and an address that holds a key opens something for whoever reads it.
_NEVER_LOGGED = re.compile(
    r"/rounds/[^/]*/(vote|check|cast|receipt)"
    r"|/(sign-in/link|join|invitations|interest|unsubscribe|account|reports|clerk/members)/."
)


def cut_address(address: str) -> str:
    """The address with its last part cut off; a dash for what is none."""
    try:
        found = ipaddress.ip_address(address.strip().strip("[]"))
    except ValueError:
        return NO_ADDRESS
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    found = mapped or found
    stays = IPV4_STAYS if found.version == 4 else IPV6_STAYS
    return str(ipaddress.ip_network((found.packed, stays), strict=False).network_address)


def may_be_logged(path: str) -> bool:
    """Whether a visit to this path may stand in a log: no ballot page does, and no address that holds a key."""
    return _NEVER_LOGGED.match(path) is None
