"""The other text that a conditional stance names: kept with the stance, and gone with it."""

from typing import Any

from sqlalchemy import delete

from app.ballots import service as ballots
from app.extensions import db
from app.models import Ballot, ConditionEnd, Stance, StanceCondition
from policies.endorsements import StanceKind


def keep(stance: Stance, ballot: Ballot) -> dict[str, Any]:
    """Keep beside a stance what its ballot asked on a condition; returns what the record says of it."""
    for kind in (ConditionEnd, StanceCondition):
        db.session.execute(delete(kind).where(kind.stance_id == stance.id))
    db.session.expire(stance, ["condition", "condition_end"])
    condition = ballots.form_of(ballot).condition
    if stance.kind is not StanceKind.CONDITIONAL or condition is None:
        return {}
    words = {"title": condition.title, "text": condition.text, "sha256": condition.sha256}
    db.session.add(StanceCondition(stance_id=stance.id, by_date=condition.by_date, **words))
    db.session.flush()
    return {"condition": condition.sha256, "by_date": condition.by_date.isoformat()}
