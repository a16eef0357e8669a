"""Which officers read one's own record, and when."""

from sqlalchemy import Select, select

from app.models import RecordRead
from policies.permissions import Actor


def of_own_record(actor: Actor) -> Select[RecordRead]:
    """Every read of the record of whoever asks, the newest first."""
    query = select(RecordRead).where(RecordRead.person_id == actor.person_id)
    return query.order_by(RecordRead.day.desc(), RecordRead.id.desc())
