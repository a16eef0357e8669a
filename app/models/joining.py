"""What passes between a group's clerks and those who want to join it, and the lists by which clerks know them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type
from app.models.people import Membership
from policies.address_lists import DIGEST_CHARACTERS, MOST_ADDRESSES
from policies.applications import ANSWER_CHARACTERS, MOST_QUESTIONS, QUESTION_CHARACTERS, EnquiryFacts
from policies.links import WRONG_ADDRESSES
from policies.mail import ADDRESS_CHARACTERS
from policies.membership import MembershipStage


class Enquiry(Model):
    """A clerk's question to an applicant, and the answer. Erased once the applicant is a member, or forgotten."""

    __tablename__ = "enquiries"
    __table_args__ = (
        UniqueConstraint("membership_id", "number"),
        CheckConstraint(f"number BETWEEN 1 AND {MOST_QUESTIONS}", name="asked_so_often"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_some_day"),
        CheckConstraint("question <> ''", name="asks_something"),
        CheckConstraint("length(digest) = 64", name="whole_digest"),
        CheckConstraint(f"wrong_addresses BETWEEN 0 AND {WRONG_ADDRESSES}", name="wrong_addresses_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    number: Mapped[int]
    """The first, second or third question to this applicant."""
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the key in the mailed link, which opens this question alone."""
    address: Mapped[str] = mapped_column(String(ADDRESS_CHARACTERS))
    """Where the link was sent: it works while this is still the applicant's address."""
    question: Mapped[str] = mapped_column(String(QUESTION_CHARACTERS))
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    """The clerk, whom neither the letter nor a page names."""
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(String(ANSWER_CHARACTERS), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    wrong_addresses: Mapped[int] = mapped_column(default=0)

    membership: Mapped[Membership] = relationship(lazy="joined", innerjoin=True)

    @property
    def facts(self) -> EnquiryFacts:
        """This question as the rules see one."""
        is_undecided = self.membership.stage is MembershipStage.VERIFIED
        return EnquiryFacts(self.asked_at, self.answered_at, is_undecided, self.wrong_addresses)


class AddressList(Model):
    """The addresses a group's clerk uploaded to know applicants by: digests, for 30 days, for that group's clerks."""

    __tablename__ = "address_lists"
    __table_args__ = (
        CheckConstraint(f"number BETWEEN 1 AND {MOST_ADDRESSES}", name="addresses_counted"),
        CheckConstraint("length(salt) = 43", name="whole_salt"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("list_group"), unique=True)
    salt: Mapped[str] = mapped_column(String(43))
    """Random, of this list alone: the same address has another digest on the next one."""
    number: Mapped[int]
    """How many addresses it holds."""
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(Moment)


class ListedDigest(Model):
    """One address of a list, as its digest under the list's salt and the service's secret."""

    __tablename__ = "listed_digests"
    __table_args__ = (CheckConstraint(f"length(digest) = {DIGEST_CHARACTERS}", name="whole_digest"),)

    list_id: Mapped[int] = mapped_column(ForeignKey("address_lists.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(DIGEST_CHARACTERS), primary_key=True)
