"""People of no party who registered interest: what they agreed to, each thing apart, and what waits to be confirmed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, one_of
from app.models.people import MailedLink
from policies.interest import ConsentPurpose
from policies.mail import ADDRESS_CHARACTERS
from policies.membership import NAME_CHARACTERS
from policies.permissions import Actor, ServiceFacts


class Supporter(Model):
    """Somebody who confirmed an address and agreed to something. With the last consent the whole row goes."""

    __tablename__ = "supporters"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="address_in_small_letters"),
        CheckConstraint("length(key) = 43", name="whole_key"),
        Index("ix_supporters_confirmed_at", "confirmed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(43), unique=True)
    """Opens this person's own choices and nothing else. Kept as it is, since every letter has to repeat it."""
    email: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS), default="")
    confirmed_at: Mapped[datetime] = mapped_column(Moment)

    consents: Mapped[list["Consent"]] = relationship(
        lazy="selectin", order_by="Consent.purpose", cascade="all, delete-orphan", back_populates="supporter"
    )

    def consent(self, purpose: ConsentPurpose) -> "Consent | None":
        """What was agreed to for one purpose."""
        return next((one for one in self.consents if one.purpose is purpose), None)

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """Whoever holds the key has the right to what it opens."""
        return ServiceFacts()


class Consent(Model):
    """A yes to one purpose, in which words and when. At most one for each."""

    __tablename__ = "consents"
    __table_args__ = (
        UniqueConstraint("supporter_id", "purpose"),
        CheckConstraint("words >= 1", name="words_numbered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    supporter_id: Mapped[int] = mapped_column(ForeignKey("supporters.id"))
    purpose: Mapped[ConsentPurpose] = mapped_column(one_of(ConsentPurpose, "consent_purpose"))
    words: Mapped[int]
    """The number of the words agreed to, in `policies.interest.WORDINGS`."""
    given_at: Mapped[datetime] = mapped_column(Moment)

    supporter: Mapped[Supporter] = relationship(back_populates="consents")


class InterestRequest(Model):
    """What somebody ticked, until the link mailed for it is followed. It counts for nothing, and is soon forgotten."""

    __tablename__ = "interest_requests"
    __table_args__ = (
        CheckConstraint("contact_words IS NOT NULL OR news_words IS NOT NULL", name="asks_for_something"),
        Index("ix_interest_requests_asked_at", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("mailed_links.id"), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS), default="")
    contact_words: Mapped[int | None]
    """The number of the words ticked for this purpose; None where it was not ticked."""
    news_words: Mapped[int | None]
    asked_at: Mapped[datetime] = mapped_column(Moment)

    link: Mapped[MailedLink] = relationship(lazy="joined", innerjoin=True)

    @property
    def ticked(self) -> dict[ConsentPurpose, int]:
        """The purposes ticked, and the numbers of their words."""
        words = {ConsentPurpose.CONTACT: self.contact_words, ConsentPurpose.NEWS: self.news_words}
        return {purpose: number for purpose, number in words.items() if number is not None}
