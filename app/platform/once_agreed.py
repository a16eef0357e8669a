"""Whether words were once agreed, and since when they are no longer: read from the published rounds, for ever."""

from dataclasses import dataclass
from datetime import datetime

from app.models import Version
from app.platform import happenings
from policies.agreement import LevelKey


@dataclass(frozen=True)
class OnceAgreed:
    """What became of words in the published rounds on them: whether they ever were agreed, and until when."""

    was_agreed: bool = False
    until: datetime | None = None


def once_agreed(version: Version) -> OnceAgreed:
    """Of a version with the same words before and after they were mended; two queries more than its page."""
    was_agreed, until = False, None
    for at, standing in happenings.standings_of(version):
        if standing.level.key is LevelKey.AGREED:
            was_agreed, until = True, None
        elif standing.level.key is LevelKey.NO_LONGER_AGREED and until is None:
            until = at
    return OnceAgreed(was_agreed, until)
