"""What other sites append to a link when it is passed on: it names who sent a reader, and nothing here asks that."""

from urllib.parse import unquote_plus

APPENDED = frozenset(
    {
        "_ga",
        "_gl",
        "dclid",
        "fbclid",
        "gad_source",
        "gbraid",
        "gclid",
        "igsh",
        "igshid",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "ttclid",
        "twclid",
        "wbraid",
        "yclid",
    }
)
"""Names of which no list here has one; whatever begins with `APPENDED_BEFORE` is one of them too."""
APPENDED_BEFORE = "utm_"


def without_appended(query: str) -> str:
    """What an address asks, without what was appended to it on the way; all else stays to the byte and in its order."""
    return "&".join(part for part in query.split("&") if not _is_appended(part))


def _is_appended(part: str) -> bool:
    name = unquote_plus(part.partition("=")[0])
    return name in APPENDED or name.startswith(APPENDED_BEFORE)
