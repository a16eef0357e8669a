"""What was withdrawn waits for a while: one of its seconders can take it over, and is told so."""

from datetime import datetime

from app import clock
from app.amendments import queries
from app.extensions import db
from app.models import Amendment, Withdrawal
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from policies.amendments import AmendmentStage
from policies.notices import NoticeKind


def keep_for_takeover(amendment: Amendment, before: AmendmentStage, until: datetime) -> None:
    """Remember where an amendment stood when it was withdrawn, and tell its seconders."""
    now = clock.now()
    waits = {"stage_before": before, "withdrawn_at": now, "until": until}
    db.session.add(Withdrawal(plank_id=amendment.plank_id, amendment_id=amendment.id, **waits))
    seconders = audiences.seconders_of_words(queries.revisions_of_words(amendment))
    notices.tell(NoticeKind.CAN_TAKE_OVER, seconders, About.amendment(amendment, f"{now:%Y-%m-%d %H:%M}"))
