"""What stands at the end of every paper: whose it is not, who is responsible, where it is from and when it was made."""

from datetime import datetime

from app import clock
from app.papers.describing import disclaimers
from app.web.filters import minute
from app.web.imprint import MADE_UP, imprint

ON_ITS_VERSION = (
    "What a Compass group decided stands on the version named here and on no other. No group is shown as backing words"
    " it did not back."
)


def foot(made: datetime, source: str) -> list[str]:
    """The sentences; `source` is the address that the paper was made from."""
    return [
        *([MADE_UP] if clock.is_demonstration() else []),
        " ".join(disclaimers()),
        ON_ITS_VERSION,
        f"Made on {minute(made)} from {source}",
        *filter(None, [imprint()]),
    ]
