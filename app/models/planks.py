"""Planks and their immutable versions, with who seconded and how clerks ruled."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, Moment, group_type, key_column, one_of
from app.models.units import LineList, UnitList
from policies.drafts import KEPT_REASON, KEPT_TITLE
from policies.permissions import Actor, PlankFacts
from policies.planks import (
    LICENCE_CHARACTERS,
    ORIGIN_CHARACTERS,
    REASON_CHARACTERS,
    THEME_CHARACTERS,
    TITLE_CHARACTERS,
    Cause,
    Stage,
)
from policies.text.lines import Line
from policies.text.units import Document, Unit

# A version that came after a plank's first, in the very words of whoever looks for the newest of them.
NEWER = text("NOT (number = 1 AND minor = 0)")


class Theme(Model):
    """What planks are about, for finding them; a theme is no part of what a group backs."""

    __tablename__ = "themes"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(THEME_CHARACTERS), unique=True)
    name: Mapped[str] = mapped_column(String(THEME_CHARACTERS), unique=True)


class Plank(Model):
    """One self-contained policy position. Its words live in its versions; a draft's words live here until submitted."""

    __tablename__ = "planks"
    __table_args__ = (
        CheckConstraint("(stage = 'draft') = (draft_title IS NOT NULL)", name="draft_has_title"),
        CheckConstraint("(stage = 'draft') = (draft_text IS NOT NULL)", name="draft_has_text"),
        CheckConstraint("stage = 'draft' OR working_version_id IS NOT NULL", name="submitted_has_version"),
        CheckConstraint(
            "stage NOT IN ('open', 'balloting', 'composited', 'archived') OR number IS NOT NULL", name="open_has_number"
        ),
        CheckConstraint("(mover_id IS NULL) = (group_key IS NULL)", name="mover_has_group"),
        CheckConstraint("(number IS NULL) = (opened_at IS NULL)", name="number_has_moment"),
        Index("ix_planks_stage_number", "stage", "number"),
        Index("ix_planks_opened_at", "opened_at"),
        Index("ix_planks_ended_at", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    number: Mapped[int | None] = mapped_column(unique=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"), index=True)
    stage: Mapped[Stage] = mapped_column(one_of(Stage, "plank_stage"), default=Stage.DRAFT)
    mover_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    group: Mapped[str | None] = mapped_column("group_key", group_type("plank_group"))
    reason: Mapped[str] = mapped_column(String(KEPT_REASON), default="")
    draft_title: Mapped[str | None] = mapped_column(String(KEPT_TITLE))
    draft_text: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(String(200), unique=True)
    """For an imported plank: the name of the file it came from, by which a second import knows it again."""
    origin: Mapped[str] = mapped_column(String(ORIGIN_CHARACTERS), default="")
    """Where an imported text was taken from, as its file said; `licence` is under which licence."""
    licence: Mapped[str] = mapped_column(String(LICENCE_CHARACTERS), default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    checking_since: Mapped[datetime | None] = mapped_column(Moment)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    end_reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    working_version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id", use_alter=True))
    agreed_version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id", use_alter=True))

    theme: Mapped[Theme] = relationship(lazy="joined", innerjoin=True)
    working_version: Mapped["Version | None"] = relationship(foreign_keys=[working_version_id], post_update=True)
    agreed_version: Mapped["Version | None"] = relationship(foreign_keys=[agreed_version_id], post_update=True)

    @property
    def ref(self) -> str:
        """What addresses it: the public number, or a random key before there is one."""
        return self.key if self.number is None else str(self.number)

    @property
    def name(self) -> str:
        """ "P12", or nothing before there is a number."""
        return "" if self.number is None else f"P{self.number}"

    @property
    def shown_version(self) -> "Version | None":
        """What the public reads: the agreed version where there is one, else the working version."""
        return self.agreed_version or self.working_version

    @property
    def title(self) -> str:
        """The title shown: of the agreed version, the working version or the draft."""
        shown = self.shown_version
        return shown.title if shown else self.draft_title or ""

    def facts_for(self, _actor: Actor) -> PlankFacts:
        """This plank as the permissions see one."""
        return PlankFacts(self.stage, is_numbered=self.number is not None, mover_id=self.mover_id, group=self.group)


class Version(Model):
    """An immutable title and text of a plank."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("plank_id", "number", "minor"),
        Index("ix_versions_newer", "created_at", sqlite_where=NEWER, postgresql_where=NEWER),
        CheckConstraint("length(sha256) = 64", name="whole_hash"),
        CheckConstraint("number >= 1 AND minor >= 0", name="counts_from_one"),
        CheckConstraint(
            "(amendment_id IS NOT NULL) = (cause IN ('amendment', 'consensus wording'))", name="cause_names_amendment"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), index=True)
    number: Mapped[int]
    minor: Mapped[int] = mapped_column(default=0)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"))
    title: Mapped[str] = mapped_column(String(TITLE_CHARACTERS))
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    units: Mapped[tuple[Unit, ...]] = mapped_column(UnitList)
    rendered: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Sanitised inline HTML by unit id, made when the version was saved."""
    lines: Mapped[tuple[Line, ...] | None] = mapped_column(LineList)
    """Its printed lines, numbered when the version was saved; what people cite by number never moves."""
    engine: Mapped[int]
    cause: Mapped[Cause] = mapped_column(one_of(Cause, "version_cause"))
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id", use_alter=True))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    author_group: Mapped[str | None] = mapped_column(group_type("version_group"))
    created_at: Mapped[datetime] = mapped_column(Moment)

    plank: Mapped[Plank] = relationship(foreign_keys=[plank_id])

    @property
    def name(self) -> str:
        """ "3", or "3.1" after an editorial change."""
        return f"{self.number}.{self.minor}" if self.minor else str(self.number)

    @property
    def document(self) -> Document:
        """The text as the text engine reads it, with the stored ids of its units."""
        return Document(self.title, self.text, self.units)


class PlankSecond(Model):
    """A member enables a plank to be considered. One row a member a plank."""

    __tablename__ = "plank_seconds"

    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("plank_second_group"))
    seconded_at: Mapped[datetime] = mapped_column(Moment)


class Ruling(Model):
    """A clerk's word on a plank. It counts once for the group, however many clerks the group has."""

    __tablename__ = "rulings"
    __table_args__ = (
        CheckConstraint("verdict IN ('in_order', 'out_of_order', 'archive')", name="known_verdict"),
        CheckConstraint("(question = 'archive') = (verdict = 'archive')", name="verdict_answers_question"),
        CheckConstraint("verdict = 'in_order' OR reason <> ''", name="refusal_has_reason"),
    )

    plank_id: Mapped[int] = mapped_column(ForeignKey("planks.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(16), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("ruling_group"), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS), default="")
    clerk_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    is_deputy: Mapped[bool] = mapped_column(default=False)
    """Whether a deputy spoke for the group, as one may once the plank has waited long."""
    ruled_at: Mapped[datetime] = mapped_column(Moment)
