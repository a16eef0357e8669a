"""Keys that open something for whoever holds them: long and random, and kept here only as digests."""

import hashlib
import secrets

BYTES = 32


def new_secret() -> str:
    """A key that nobody can guess, fit for an address."""
    return secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    """The sha256 of a key, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
