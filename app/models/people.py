"""People, the groups they belong to, the browsers they are signed in with, and the links they were mailed."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, key_column, one_of
from policies.groups import Group, group_named
from policies.links import LinkFacts, Purpose
from policies.mail import ADDRESS_CHARACTERS
from policies.membership import NAME_CHARACTERS, REASON_CHARACTERS, SIGNS_IN, MembershipStage
from policies.passkeys import NO_PROOFS, Proofs
from policies.permissions import Actor, MembershipFacts

_ACTIVE = "stage = 'active'"
_LASTING = "stage IN ('applied', 'invited', 'verified', 'active', 'lapsed', 'suspended')"

if TYPE_CHECKING:
    from app.models.delegates import Delegacy
    from app.models.mps import Mp
    from app.models.operators import Operator


class Person(UserMixin, Model):
    """Somebody who can sign in. The name is shown to that person and the clerks of the own group alone."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("is_demonstration OR NOT is_offered", name="only_the_made_up_are_offered"),
        CheckConstraint("email IS NULL OR email = lower(email)", name="address_in_small_letters"),
        CheckConstraint(
            "erased_at IS NULL OR (email IS NULL AND name = '' AND NOT is_offered)", name="erased_is_an_empty_shell"
        ),
        Index("uq_people_email", "email", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS), default="")
    email: Mapped[str | None] = mapped_column(String(ADDRESS_CHARACTERS))
    """In canonical form; None once it is erased."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    is_offered: Mapped[bool] = mapped_column(default=False)
    """Whether the sign-in page of a demonstration offers this made-up person; the others only fill the rolls."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)
    """Since when nothing is left of this account but its number, which texts, rolls and the record refer to."""

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", lazy="selectin", foreign_keys="Membership.person_id"
    )

    session_key = ""
    """What this browser's cookie holds, while the person is signed in with it; never stored."""
    proofs: Proofs = NO_PROOFS
    """What this browser's session has shown, likewise."""

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the session's key, so that it can be ended from elsewhere."""
        return self.session_key

    mp: Mapped["Mp | None"] = relationship(back_populates="person", lazy="joined", foreign_keys="Mp.person_id")
    operator: Mapped["Operator | None"] = relationship(back_populates="person", lazy="joined")
    delegacy: Mapped["Delegacy | None"] = relationship(
        primaryjoin="and_(Person.id == Delegacy.person_id, Delegacy.ended_at.is_(None))",
        lazy="joined",
        uselist=False,
        viewonly=True,
    )
    """For which MP this person drafts positions; ended ones are no longer found here."""

    @property
    def membership(self) -> "Membership | None":
        """The one active membership, if there is one."""
        active = [one for one in self.memberships if one.stage is MembershipStage.ACTIVE]
        return active[0] if active else None

    @property
    def is_operator(self) -> bool:
        """Whether this person runs the machine: named, and confirmed."""
        return self.operator is not None and self.operator.confirmed_at is not None

    @property
    def last_membership(self) -> "Membership | None":
        """The active membership; else the newest that has lapsed or that the group has ended."""
        known = [one for one in self.memberships if one.stage in SIGNS_IN]
        return self.membership or max(known, key=lambda one: one.id, default=None)

    @property
    def actor(self) -> Actor:
        """This person as the rulebook sees one."""
        membership = self.membership
        acts = self.delegacy is not None and self.delegacy.is_acting
        return actor_of(
            self.id,
            (membership.group, membership.is_clerk, membership.is_deputy) if membership is not None else None,
            mp_id=self.mp.id if self.mp is not None and self.mp.is_sitting else None,
            delegate_of=self.delegacy.mp_id if self.delegacy is not None and acts else None,
            is_operator=self.is_operator,
        )


def actor_of(
    person_id: int,
    membership: tuple[str, bool, bool] | None,
    *,
    mp_id: int | None,
    delegate_of: int | None,
    is_operator: bool,
) -> Actor:
    """A person as the rulebook sees one; `membership` is the active one: its group, whether clerk, whether deputy."""
    known: dict[str, Any] = {"person_id": person_id, "mp_id": mp_id, "delegate_of": delegate_of}
    if membership is None:
        return Actor(**known, is_operator=is_operator)
    group, is_clerk, is_deputy = membership
    # Whoever runs the machine holds no office, even if a group gave one later.
    offices = {"is_clerk": is_clerk and not is_operator, "is_deputy": is_deputy and not is_operator}
    return Actor(group=group, **known, is_operator=is_operator, **offices)


class Membership(Model):
    """A person's membership of one group. The database allows one active membership a person."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_one_active",
            "person_id",
            unique=True,
            sqlite_where=text(_ACTIVE),
            postgresql_where=text(_ACTIVE),
        ),
        Index(
            "uq_memberships_one_in_a_group",
            "person_id",
            "group_key",
            unique=True,
            sqlite_where=text(_LASTING),
            postgresql_where=text(_LASTING),
        ),
        CheckConstraint("stage <> 'active' OR active_since IS NOT NULL", name="active_since_some_day"),
        CheckConstraint("(declared_words IS NULL) = (declared_at IS NULL)", name="declared_some_day"),
        Index("ix_memberships_group_key_stage", "group_key", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    group: Mapped[str] = mapped_column("group_key", group_type("membership_group"), index=True)
    stage: Mapped[MembershipStage] = mapped_column(one_of(MembershipStage, "membership_stage"))
    is_clerk: Mapped[bool] = mapped_column(default=False)
    is_deputy: Mapped[bool] = mapped_column(default=False)
    """Whether two clerks of the group named this member to rule where the clerks have not for long."""
    is_vouched: Mapped[bool] = mapped_column(default=False)
    """Whether whoever runs the service answers for this person, as for a group's first clerk, so that nobody checks."""
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS), default="")
    """The name given when applying, until the address is proven; then it becomes the person's."""
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the person applied or was invited."""
    declared_words: Mapped[int | None]
    """The number of the words in which the person declared to belong, in `policies.applications.DECLARATIONS`."""
    declared_at: Mapped[datetime | None] = mapped_column(Moment)
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    active_since: Mapped[datetime | None] = mapped_column(Moment)
    runs_until: Mapped[datetime | None] = mapped_column(Moment)
    """When it lapses unless it is renewed; the made-up voters that nobody signs in as have no end."""
    clerk_until: Mapped[datetime | None] = mapped_column(Moment)
    """When the office of a clerk ends unless the clerk gets another term."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    """Why the group's clerk refused."""
    refused_at: Mapped[datetime | None] = mapped_column(Moment)
    """When; 30 days later name, address, reason and what was asked are erased, and the person may apply again."""

    person: Mapped[Person] = relationship(back_populates="memberships", foreign_keys=[person_id])

    @property
    def the_group(self) -> Group:
        """The group with its names."""
        return group_named(self.group)

    def facts_for(self, _actor: Actor) -> MembershipFacts:
        """This membership as the permissions see one."""
        return MembershipFacts(self.group, self.person_id)


class SignIn(Model):
    """One browser in which somebody is signed in. The cookie holds the key; the table only its digest."""

    __tablename__ = "sign_ins"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="whole_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    browser: Mapped[str] = mapped_column(String(60), default="")
    """What kind of browser on what kind of machine, in words; no more than that is kept."""
    started_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    passkey_at: Mapped[datetime | None] = mapped_column(Moment)
    """When a passkey was last shown in this session."""
    fresh_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it was last shown by any means who this is."""

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    @property
    def proofs(self) -> Proofs:
        """What this session has shown, as the rules see it."""
        return Proofs(self.passkey_at, self.fresh_at)


class MailedLink(Model):
    """A key that was mailed to one address for one purpose. Only its digest is kept."""

    __tablename__ = "mailed_links"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="whole_digest"),
        CheckConstraint(
            "(membership_id IS NOT NULL) = (purpose IN ('invitation', 'application'))", name="membership_as_needed"
        ),
        Index("ix_mailed_links_address_created_at", "address", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(one_of(Purpose, "link_purpose"))
    address: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS))
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"), index=True)
    """The membership that an invitation or an application is about."""
    browser_digest: Mapped[str] = mapped_column(String(64), default="")
    """The digest of what the asking browser remembers; another one has to name the address as well."""
    wrong_addresses: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    membership: Mapped[Membership | None] = relationship()

    @property
    def facts(self) -> LinkFacts:
        """This link as the rules see one."""
        return LinkFacts(
            self.purpose, self.address, self.expires_at, self.used_at, self.revoked_at, self.wrong_addresses
        )
