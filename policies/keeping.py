"""How long the bytes of a public page are good for: never past a moment at which what it says changes by time alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

WITH_THE_TIME = timedelta(seconds=5)
"""A page that was made with a look at the clock is made anew after this, whatever it says."""
WITHOUT_THE_TIME = timedelta(minutes=1)
"""Any other page: whoever mends a row by hand, past the service, waits no longer than this."""


def good_until(now: datetime, turns: Iterable[datetime], longest: timedelta = WITH_THE_TIME) -> datetime:
    """A page that looked at the clock is good for five seconds, but not past the next turn, nor past midnight.

    A file that says nothing of the moment but what turns is good for `longest`.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return min((now + longest, midnight, *(turn for turn in turns if turn > now)))
