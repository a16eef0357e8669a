"""Amendments, each revision of their words, and who seconded or objected to which revision."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, key_column, one_of
from app.models.planks import Plank, Version
from app.models.units import UnitList
from policies.amendments import LIVE_STAGES, REASON_CHARACTERS, AmendmentStage
from policies.drafts import KEPT_REASON, KEPT_TEXT, KEPT_TITLE
from policies.permissions import Actor, AmendmentFacts
from policies.planks import TITLE_CHARACTERS
from policies.text.settling import Choice
from policies.text.units import Document, Unit


class Amendment(Model):
    """An edit of one base version. What it says lives in its revisions; unfinished words live here."""

    __tablename__ = "amendments"
    __table_args__ = (
        UniqueConstraint("plank_id", "number"),
        CheckConstraint("(draft_base_id IS NULL) = (draft_title IS NULL)", name="draft_title_with_base"),
        CheckConstraint("(draft_base_id IS NULL) = (draft_text IS NULL)", name="draft_text_with_base"),
        CheckConstraint("(draft_base_id IS NULL) = (draft_reason IS NULL)", name="draft_reason_with_base"),
        CheckConstraint("draft_parts IS NULL OR draft_base_id IS NOT NULL", name="draft_parts_with_base"),
        CheckConstraint("stage <> 'draft' OR draft_base_id IS NOT NULL", name="draft_has_words"),
        CheckConstraint("stage = 'draft' OR revision_id IS NOT NULL", name="submitted_has_revision"),
        CheckConstraint("(number IS NULL) = (opened_at IS NULL)", name="number_has_moment"),
        CheckConstraint(
            "stage NOT IN ('open', 'balloting', 'carried', 'not_carried', 'minority_position', 'no_quorum')"
            " OR number IS NOT NULL",
            name="open_has_number",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), index=True)
    number: Mapped[int | None]
    stage: Mapped[AmendmentStage] = mapped_column(
        one_of(AmendmentStage, "amendment_stage"), default=AmendmentStage.DRAFT
    )
    mover_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    group: Mapped[str] = mapped_column("group_key", group_type("amendment_group"))
    draft_base_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"))
    draft_title: Mapped[str | None] = mapped_column(String(KEPT_TITLE))
    draft_text: Mapped[str | None] = mapped_column(Text)
    draft_reason: Mapped[str | None] = mapped_column(String(KEPT_REASON))
    draft_parts: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    """What the mover wrote in place of, and after, single units of the base; none where it was edited whole."""
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id", use_alter=True))
    created_at: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    """Since when members can object to the words now before the groups: when they were seconded, or the latest vote on
    the plank was over. The 72 hours run from here."""
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    is_consensus: Mapped[bool] = mapped_column(default=False)
    """Whether its words are a consensus wording: offered to the mover of another amendment, who accepted them."""

    plank: Mapped[Plank] = relationship(lazy="joined", innerjoin=True)
    draft_base: Mapped[Version | None] = relationship(foreign_keys=[draft_base_id])
    revision: Mapped["Revision | None"] = relationship(foreign_keys=[revision_id], post_update=True, lazy="joined")

    @property
    def ref(self) -> str:
        """What addresses it: "P12-A3", or a random key before there is a number."""
        return self.key if self.number is None else f"P{self.plank.number}-A{self.number}"

    @property
    def name(self) -> str:
        """ "P12-A3", or nothing before there is a number."""
        return "" if self.number is None else self.ref

    @property
    def needs_rebase(self) -> bool:
        """The text has moved since these words were written, so their mover has to submit them anew."""
        if self.stage not in LIVE_STAGES or self.revision is None:
            return False
        return self.revision.base_id != self.plank.working_version_id

    def facts_for(self, _actor: Actor) -> AmendmentFacts:
        """This amendment as the permissions see one."""
        return AmendmentFacts(self.stage, is_numbered=self.number is not None, mover_id=self.mover_id, group=self.group)


class Revision(Model):
    """What an amendment said at one time: the whole amended text of one base version. Never changed."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("amendment_id", "number"),
        CheckConstraint(
            "carried_from_id IS NULL OR (number > 1 AND carried_from_id <> id)", name="carried_over_from_an_earlier_one"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"), index=True)
    number: Mapped[int]
    base_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    units: Mapped[tuple[Unit, ...]] = mapped_column(UnitList)
    rendered: Mapped[dict[str, Any]] = mapped_column(JSON)
    engine: Mapped[int]
    changed_tokens: Mapped[int]
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    created_at: Mapped[datetime] = mapped_column(Moment)
    operations: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What the amended text does to its base, as the engine wrote it down; not there where it is older than that."""
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"))
    """The revision as its mover wrote it, where the text moved elsewhere and these are the same changes on the new
    text: seconds and objections of the one hold for the other. Only such a silent rebase has it."""

    amendment: Mapped[Amendment] = relationship(foreign_keys=[amendment_id])
    base: Mapped[Version] = relationship(foreign_keys=[base_id])
    carried_from: Mapped["Revision | None"] = relationship(foreign_keys=[carried_from_id], remote_side=[id])

    @hybrid_property
    def words_id(self) -> int:
        """Which revisions have the same words: the id of the one that the mover wrote."""
        return self.carried_from_id or self.id

    @words_id.inplace.expression
    @classmethod
    def _words_id(cls) -> ColumnElement[int]:
        return func.coalesce(cls.carried_from_id, cls.id)

    @property
    def document(self) -> Document:
        """The amended text as the text engine reads it."""
        return Document(self.title, self.text, self.units)


class Settlement(Model):
    """How a mover settled one place in which their words and the new text conflict; offered again where it recurs.

    Its words are the mover's own draft: nobody else is ever shown them.
    """

    __tablename__ = "settlements"
    __table_args__ = (
        UniqueConstraint("amendment_id", "fingerprint"),
        CheckConstraint("length(fingerprint) = 64", name="whole_fingerprint"),
        CheckConstraint(f"length(words) <= {KEPT_TEXT}", name="words_fit"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendments.id"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    engine: Mapped[int]
    choice: Mapped[Choice] = mapped_column(one_of(Choice, "settlement_choice"))
    words: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    settled_at: Mapped[datetime] = mapped_column(Moment)


class AmendmentSecond(Model):
    """A member of another group enables an amendment to be considered, in exactly these words."""

    __tablename__ = "amendment_seconds"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("amendment_second_group"))
    seconded_at: Mapped[datetime] = mapped_column(Moment)


class Objection(Model):
    """A member's reason why an amendment should not be adopted without a round."""

    __tablename__ = "objections"
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("objection_group"))
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    objected_at: Mapped[datetime] = mapped_column(Moment)
