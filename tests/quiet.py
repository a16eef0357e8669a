"""People who want to be told of no ballot."""

from collections.abc import Sequence

from sqlalchemy import insert

from app.extensions import db
from app.models import NoticeChoice
from policies.notices import Channel, NoticeKind

OF_A_BALLOT = (NoticeKind.BALLOT_OPENS, NoticeKind.BALLOT_CLOSES, NoticeKind.BALLOT_CHANGED, NoticeKind.RESULT)


def tell_nothing_of_ballots(people: Sequence[int]) -> None:
    """Have them choose so."""
    rows = [{"person_id": one, "kind": kind, "channel": Channel.OFF} for one in people for kind in OF_A_BALLOT]
    db.session.execute(insert(NoticeChoice), rows)
