"""The receipt of the vote just cast: it travels in the voter's own signed session, and is stored nowhere else."""

from flask import session

from policies.errors import NotThere

_KEY = "receipt"


def keep(number: int, receipt: str) -> None:
    """Put a receipt into this session, in the place of an earlier one. Signing in or out drops it."""
    session[_KEY] = [number, receipt]


def kept(number: int) -> str:
    """The receipt of a vote in this round; raises `NotThere` once the session has let go of it."""
    found = session.get(_KEY)
    if not found or found[0] != number:
        raise NotThere(
            "Your receipt is no longer here. It is shown after you vote and kept nowhere,"
            " so that nothing joins it to you. Without it your vote counts all the same."
        )
    return str(found[1])
