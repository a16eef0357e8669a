"""A made-up MP of the demonstration has a made-up delegate, and a draft that waits to be confirmed."""

from app.demonstration.members import Cast
from app.extensions import db
from app.models import Plank
from app.mps import delegates, drafts
from app.web.transactions import transaction
from policies.positions import PositionKind

NAME = "Demonstration delegate ({seat})"
SEAT = "Anytown West"


def draft_for_an_mp(plank_id: int, cast: Cast) -> None:
    """A delegate joins the office of one MP and drafts a position there."""
    with transaction():
        staff = delegates.add_demonstration_delegate(NAME.format(seat=SEAT), by=cast.mps[SEAT]).actor
        version = db.session.get_one(Plank, plank_id).working_version
        assert version is not None
        drafts.draft(version, PositionKind.RESERVATION, "A timetable should come with it.", by=staff)
