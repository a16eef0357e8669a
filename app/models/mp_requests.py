"""Whoever asks to be an MP here, until clerks of two groups have decided. Then the row is gone; the record knows."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, key_column
from app.models.mps import Mp
from policies.links import WRONG_ADDRESSES
from policies.mail import ADDRESS_CHARACTERS
from policies.mp_accounts import RequestFacts
from policies.permissions import Actor, ServiceFacts


class MpRequest(Model):
    """An address of Parliament's from which somebody asked for an MP's account."""

    __tablename__ = "mp_requests"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="whole_digest"),
        CheckConstraint("address = lower(address) AND address <> ''", name="address_in_small_letters"),
        CheckConstraint(f"wrong_addresses BETWEEN 0 AND {WRONG_ADDRESSES}", name="wrong_addresses_counted"),
        CheckConstraint("(vouched_group IS NULL) = (vouched_by_id IS NULL)", name="vouched_for_a_group"),
        CheckConstraint("vouched_by_id IS NULL OR proven_at IS NOT NULL", name="vouched_once_proven"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    mp_id: Mapped[int] = mapped_column(ForeignKey("mps.id"), index=True)
    address: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS))
    """In canonical form."""
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the key in the letter; the key itself is kept nowhere."""
    wrong_addresses: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    proven_at: Mapped[datetime | None] = mapped_column(Moment)
    vouched_group: Mapped[str | None] = mapped_column(group_type("mp_request_group"))
    vouched_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    """The first of the two clerks."""

    mp: Mapped[Mp] = relationship(lazy="joined", innerjoin=True)

    @property
    def facts(self) -> RequestFacts:
        """This request as the rules see one."""
        return RequestFacts(
            self.expires_at, self.proven_at, self.wrong_addresses, self.vouched_group, self.vouched_by_id
        )

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """Clerks of all groups decide on it."""
        return ServiceFacts()
