"""What members argue for and against a text."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.amendments import Amendment
from app.models.base import Model, Moment, group_type, key_column, one_of
from app.models.planks import Plank, Version
from policies.arguments import ARGUMENT_CHARACTERS, About, Side
from policies.permissions import Actor, ArgumentFacts

# Who hid it, when and why: the reason of up to 500 characters, with what stands around it.
HIDDEN_CHARACTERS = 700


class Argument(Model):
    """One member's reason for or against one text. The row stays when it is withdrawn, its words do not."""

    __tablename__ = "arguments"
    __table_args__ = (
        UniqueConstraint("about", "about_id", "author_id", "side", name="uq_arguments_one_a_side"),
        CheckConstraint("(about = 'version') = (version_id IS NOT NULL)", name="version_named"),
        CheckConstraint("(about = 'amendment') = (amendment_id IS NOT NULL)", name="amendment_named"),
        CheckConstraint("about_id = coalesce(version_id, amendment_id)", name="about_what_is_named"),
        CheckConstraint("(withdrawn_at IS NULL) = (words <> '')", name="withdrawn_has_no_words"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason = '')", name="hidden_has_reason"),
        CheckConstraint("hidden_at IS NULL OR withdrawn_at IS NULL", name="hidden_stays"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    about: Mapped[About] = mapped_column(one_of(About, "argument_about"))
    about_id: Mapped[int]
    """The id of the version or the amendment: with `about` it names the thing in columns that are never empty."""
    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id"), index=True)
    amendment_id: Mapped[int | None] = mapped_column(ForeignKey("amendments.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    group: Mapped[str] = mapped_column("group_key", group_type("argument_group"))
    side: Mapped[Side] = mapped_column(one_of(Side, "argument_side"))
    words: Mapped[str] = mapped_column(String(ARGUMENT_CHARACTERS))
    written_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment)
    hidden_reason: Mapped[str] = mapped_column(String(HIDDEN_CHARACTERS), default="")
    """What stands in its place while it is hidden: by whom, since when, why."""

    version: Mapped[Version | None] = relationship()
    amendment: Mapped[Amendment | None] = relationship()

    @property
    def plank(self) -> Plank:
        """The plank argued about, or whose amendment is."""
        if self.amendment is not None:
            return self.amendment.plank
        assert self.version is not None
        return self.version.plank

    def facts_for(self, _actor: Actor) -> ArgumentFacts:
        """This argument as the permissions see one: it is read by those who may read what it is about."""
        thing = self.amendment or self.plank
        return ArgumentFacts(thing.number is not None, mover_id=thing.mover_id, author_id=self.author_id)
