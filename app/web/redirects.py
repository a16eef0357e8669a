"""Redirects stay here: `next` takes a local path and nothing else."""

from urllib.parse import unquote, urlsplit


def local_path(asked: str | None, otherwise: str) -> str:
    """`asked` if it is a plain path on this site, else `otherwise`. Encoded and control characters are refused."""
    if not asked or len(asked) > 500:
        return otherwise
    decoded = unquote(asked)
    if not decoded.startswith("/") or decoded.startswith("//") or "\\" in decoded:
        return otherwise
    if any(character.isspace() or not character.isprintable() for character in decoded):
        return otherwise
    parts = urlsplit(asked)
    return otherwise if parts.scheme or parts.netloc else asked
