"""Consensus wordings offered to the movers of amendments."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.amendments import Amendment, Revision
from app.models.base import Model, Moment, group_type, key_column, one_of
from app.models.planks import Version
from app.models.units import UnitList
from policies.amendments import REASON_CHARACTERS
from policies.offers import Ground, OfferStage, why_lapsed
from policies.permissions import Actor, OfferFacts
from policies.planks import TITLE_CHARACTERS
from policies.text.units import Document, Unit

OPEN = text("stage = 'open'")


class Offer(Model):
    """Another wording that a member offers to the mover of an amendment, in place of one revision of it.

    Only the two of them see it, and neither sees who the other is; once accepted, its words stand as an amendment.
    """

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("(stage = 'open') = (ended_at IS NULL)", name="ended_has_moment"),
        CheckConstraint("(stage = 'accepted') = (became_id IS NOT NULL)", name="accepted_became_amendment"),
        CheckConstraint("became_id IS NULL OR became_id <> amendment_id", name="not_in_place_of_itself"),
        CheckConstraint("length(sha256) = 64", name="whole_hash"),
        Index(
            "uq_offers_one_open", "amendment_id", "offerer_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    """The words of the amendment that these are offered in place of."""
    base_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    offerer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    group: Mapped[str] = mapped_column("group_key", group_type("offer_group"))
    stage: Mapped[OfferStage] = mapped_column(one_of(OfferStage, "offer_stage"), default=OfferStage.OPEN)
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    units: Mapped[tuple[Unit, ...]] = mapped_column(UnitList)
    engine: Mapped[int]
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    offered_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    """Why its mover refused it, where that was said, or why it lapsed."""
    became_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"), unique=True)

    amendment: Mapped[Amendment] = relationship(foreign_keys=[amendment_id])
    revision: Mapped[Revision] = relationship(foreign_keys=[revision_id])
    base: Mapped[Version] = relationship(foreign_keys=[base_id])
    became: Mapped[Amendment | None] = relationship(foreign_keys=[became_id])

    @property
    def document(self) -> Document:
        """The offered text as the text engine reads it."""
        return Document(self.title, self.text, self.units)

    @property
    def ground(self) -> Ground:
        """What it stands on now."""
        amendment = self.amendment
        return Ground(
            amendment.stage,
            amendment.plank.stage,
            text_stands=self.base_id == amendment.plank.working_version_id,
            words_stand=self.revision_id == amendment.revision_id,
        )

    @property
    def why_lapsed(self) -> str:
        """Why it can no longer be answered, where nobody has written that down yet."""
        return why_lapsed(self.ground) if self.stage is OfferStage.OPEN else ""

    def facts_for(self, _actor: Actor) -> OfferFacts:
        """This offer as the permissions see one."""
        return OfferFacts(mover_id=self.amendment.mover_id, offerer_id=self.offerer_id)
