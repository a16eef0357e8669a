"""Members of Parliament as the public register has them, and the positions they record on exact versions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, one_of
from app.models.people import Person
from app.models.planks import Version
from policies.mps import GSS_CHARACTERS, ID_CHARACTERS, NAME_CHARACTERS, SEAT_CHARACTERS
from policies.parties import PARTY_CHARACTERS
from policies.permissions import Actor, ServiceFacts
from policies.positions import STATEMENT_CHARACTERS, PositionKind, PositionState


class Mp(Model):
    """Somebody who sits in the Commons, or did. Known by the register's id; one sitting MP a seat."""

    __tablename__ = "mps"
    __table_args__ = (
        CheckConstraint("is_demonstration = (register_id IS NULL)", name="real_ones_are_registered"),
        CheckConstraint("is_demonstration = (gss IS NULL)", name="real_ones_have_a_real_seat"),
        CheckConstraint(
            "is_demonstration OR person_id IS NULL OR (vouched_by_id IS NOT NULL AND vouched_too_id IS NOT NULL"
            " AND vouched_by_id <> vouched_too_id)",
            name="two_vouched_for_a_real_one",
        ),
        CheckConstraint("name <> '' AND seat <> '' AND party <> ''", name="nothing_empty"),
        Index(
            "uq_mps_one_a_seat",
            "gss",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[str | None] = mapped_column(String(ID_CHARACTERS), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
    party: Mapped[str] = mapped_column(String(PARTY_CHARACTERS))
    """As the register writes it."""
    party_group: Mapped[str | None] = mapped_column(group_type("mp_party_group"), index=True)
    """The group whose party this is; no statement of that group or about membership of it."""
    seat: Mapped[str] = mapped_column(String(SEAT_CHARACTERS))
    gss: Mapped[str | None] = mapped_column(String(GSS_CHARACTERS))
    sought: Mapped[str] = mapped_column(String(2 * (NAME_CHARACTERS + SEAT_CHARACTERS)))
    """Name and seat without case and accents, as they are looked for and sorted."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), unique=True)
    vouched_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    vouched_too_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """The two clerks, of two groups, who said that the person is this MP."""
    came_at: Mapped[datetime] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    looked_at: Mapped[datetime | None] = mapped_column(Moment)
    """Up to when this MP has read the brief."""

    person: Mapped[Person | None] = relationship(back_populates="mp", foreign_keys=[person_id])

    @property
    def is_sitting(self) -> bool:
        """Whether this MP holds a seat now."""
        return self.left_at is None

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """Who sits in Parliament is known to everybody."""
        return ServiceFacts()


class Position(Model):
    """What an MP said of one exact version, and when. At most one confirmed for each; older ones are kept, dated."""

    __tablename__ = "positions"
    __table_args__ = (
        CheckConstraint("(kind = 'reservation') = (statement <> '')", name="reservation_has_statement"),
        CheckConstraint("(state = 'confirmed') = (ended_at IS NULL)", name="confirmed_has_no_end"),
        CheckConstraint("state <> 'drafted'", name="drafts_are_kept_nowhere"),
        Index(
            "uq_positions_one_confirmed",
            "mp_id",
            "version_id",
            unique=True,
            sqlite_where=text("state = 'confirmed'"),
            postgresql_where=text("state = 'confirmed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mp_id: Mapped[int] = mapped_column(ForeignKey("mps.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)
    kind: Mapped[PositionKind] = mapped_column(one_of(PositionKind, "position_kind"))
    statement: Mapped[str] = mapped_column(String(STATEMENT_CHARACTERS), default="")
    state: Mapped[PositionState] = mapped_column(one_of(PositionState, "position_state"))
    party: Mapped[str] = mapped_column(String(PARTY_CHARACTERS))
    """The MP's party when it was recorded, as the register wrote it."""
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    mp: Mapped[Mp] = relationship()
    version: Mapped[Version] = relationship()


class RegisterImport(Model):
    """One reading of the register that changed something."""

    __tablename__ = "register_imports"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="whole_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    imported_at: Mapped[datetime] = mapped_column(Moment)
    rows: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    """The hash of the file's bytes."""
