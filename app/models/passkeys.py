"""Passkeys and what surrounds them: challenges, links that prove who asks, and the kinds of browsers known."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, key_column, one_of
from app.models.people import Person
from policies.mail import ADDRESS_CHARACTERS
from policies.passkeys import NAME_CHARACTERS, Ceremony
from policies.permissions import Actor, ServiceFacts

# A credential's id has 1,023 bytes at most; this is that in base64url.
CREDENTIAL_CHARACTERS = 1364
KEY_CHARACTERS = 2000
HANDLE_CHARACTERS = 86
CHALLENGE_CHARACTERS = 86


class AccountLinkKind(StrEnum):
    """What a link mailed to somebody signed in shows. The values are stored."""

    PROOF = "proof"
    NEW_ADDRESS = "new_address"


class Passkey(Model):
    """A passkey of a person: its public half alone. When it was used is known to the day and no closer."""

    __tablename__ = "passkeys"
    __table_args__ = (CheckConstraint("sign_count >= 0", name="sign_count_from_nought"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
    credential: Mapped[str] = mapped_column(String(CREDENTIAL_CHARACTERS), unique=True)
    """The credential's id, in base64url."""
    handle: Mapped[str] = mapped_column(String(HANDLE_CHARACTERS))
    """What the authenticator knows the person by: random, and nothing else."""
    public_key: Mapped[str] = mapped_column(String(KEY_CHARACTERS))
    sign_count: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[datetime] = mapped_column(Moment)
    last_used_on: Mapped[date | None] = mapped_column(Date)

    person: Mapped[Person] = relationship()

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """What the permissions need to know: it is found by its owner alone."""
        return ServiceFacts()


class PasskeyChallenge(Model):
    """What a browser has to sign: once, soon, for one purpose, and in the browser that asked."""

    __tablename__ = "passkey_challenges"
    __table_args__ = (
        CheckConstraint("length(asked_by) = 64", name="whole_digest"),
        Index("ix_passkey_challenges_expires_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge: Mapped[str] = mapped_column(String(CHALLENGE_CHARACTERS), unique=True)
    ceremony: Mapped[Ceremony] = mapped_column(one_of(Ceremony, "challenge_ceremony"))
    asked_by: Mapped[str] = mapped_column(String(64), index=True)
    """The digest of what the asking browser holds: its session's key, or, signed out, a random word of its own."""
    handle: Mapped[str] = mapped_column(String(HANDLE_CHARACTERS), default="")
    """By which a new passkey will know its owner, while one is made."""
    expires_at: Mapped[datetime] = mapped_column(Moment)


class AccountLink(Model):
    """A link mailed to somebody signed in: it dies with the session that asked for it."""

    __tablename__ = "account_links"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="whole_digest"),
        Index("ix_account_links_person_id_kind", "person_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[AccountLinkKind] = mapped_column(one_of(AccountLinkKind, "account_link_kind"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sign_in_id: Mapped[int] = mapped_column(ForeignKey("sign_ins.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS))
    """Where it was sent."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """What the permissions need to know: it is found by whoever asked for it alone."""
        return ServiceFacts()


class KnownBrowser(Model):
    """A kind of browser that somebody signed in with lately, so that another one can be told of."""

    __tablename__ = "known_browsers"
    __table_args__ = (UniqueConstraint("person_id", "browser", name="uq_known_browsers_person_id_browser"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    browser: Mapped[str] = mapped_column(String(60))
    last_used_on: Mapped[date] = mapped_column(Date, index=True)
