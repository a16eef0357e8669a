"""What is kept so that people have their rights: archives asked for, officers' reads, and who belongs to no group."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, group_type, one_of
from policies.permissions import Actor, ExportFacts
from policies.reads import Office, Seen


class DataExport(Model):
    """Somebody asked for an archive of all that is held about them. Only the key's digest is kept, and no archive."""

    __tablename__ = "data_exports"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="whole_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    def facts_for(self, _actor: Actor) -> ExportFacts:
        """This archive as the permissions see one."""
        return ExportFacts(self.person_id)


class RecordRead(Model):
    """An officer read a member's record on one day, and how often. The member sees the office, and never a name."""

    __tablename__ = "record_reads"
    __table_args__ = (
        UniqueConstraint("person_id", "reader_id", "what", "day"),
        CheckConstraint("times >= 1", name="counted"),
        CheckConstraint("person_id <> reader_id", name="of_somebody_else"),
        Index("ix_record_reads_day", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    office: Mapped[Office] = mapped_column(one_of(Office, "reader_office"))
    group: Mapped[str | None] = mapped_column("group_key", group_type("reader_group"))
    what: Mapped[Seen] = mapped_column(one_of(Seen, "record_seen"))
    day: Mapped[date] = mapped_column(Date)
    times: Mapped[int] = mapped_column(default=1)


class Dormancy(Model):
    """Since when somebody who was a member belongs to no group. After twelve months the account is erased."""

    __tablename__ = "dormancies"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment, index=True)
