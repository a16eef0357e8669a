"""People, the groups they belong to, the browsers they are signed in with, and the links they were mailed."""

from datetime import datetime
from typing import TYPE_CHECKING

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, key_column, one_of
from policies.groups import Group, group_named
from policies.links import LinkFacts, Purpose
from policies.mail import ADDRESS_CHARACTERS
from policies.membership import NAME_CHARACTERS, REASON_CHARACTERS, MembershipStage
from policies.permissions import Actor, MembershipFacts

_ACTIVE = "stage = 'active'"
_LASTING = "stage IN ('applied', 'invited', 'verified', 'active', 'lapsed', 'suspended')"

if TYPE_CHECKING:
    from app.models.delegates import Delegacy
    from app.models.mps import Mp


class Person(UserMixin, Model):
    """Somebody who can sign in. The name is shown to that person and the clerks of the own group alone."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("is_demonstration OR NOT is_offered", name="only_the_made_up_are_offered"),
        CheckConstraint("email IS NULL OR email = lower(email)", name="address_in_small_letters"),
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

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", lazy="selectin", foreign_keys="Membership.person_id"
    )

    session_key = ""
    """What this browser's cookie holds, while the person is signed in with it; never stored."""

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie: the session's key, so that it can be ended from elsewhere."""
        return self.session_key

    mp: Mapped["Mp | None"] = relationship(back_populates="person", lazy="joined")
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
    def actor(self) -> Actor:
        """This person as the rulebook sees one."""
        membership = self.membership
        mp_id = self.mp.id if self.mp is not None and self.mp.is_sitting else None
        acts = self.delegacy is not None and self.delegacy.is_acting
        delegate_of = self.delegacy.mp_id if self.delegacy is not None and acts else None
        if membership is None:
            return Actor(person_id=self.id, mp_id=mp_id, delegate_of=delegate_of)
        offices = {"is_clerk": membership.is_clerk, "is_deputy": membership.is_deputy}
        return Actor(person_id=self.id, group=membership.group, mp_id=mp_id, delegate_of=delegate_of, **offices)


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
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    active_since: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    """Why the group's clerk refused."""

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

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


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
