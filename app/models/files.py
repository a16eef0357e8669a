"""Files of public words that take a while to make: asked for by anybody, made once, kept for some hours."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, Moment, key_column, one_of
from policies.carrying import Carried, FileStage
from policies.permissions import Actor, ServiceFacts


class MadeFile(Model):
    """One file of one state of the platform. Who asked for it is kept nowhere; whoever has its key may fetch it."""

    __tablename__ = "made_files"
    __table_args__ = (
        UniqueConstraint("kind", "ref", "form", "state"),
        CheckConstraint("(kind = 'platform') = (ref = '')", name="named_unless_it_is_the_whole"),
        CheckConstraint("(stage = 'ready') = (content IS NOT NULL)", name="ready_has_content"),
        CheckConstraint("(stage = 'making') = (claimed_at IS NOT NULL)", name="claimed_while_made"),
        CheckConstraint("length(state) = 64", name="whole_state"),
        CheckConstraint("done >= 0 AND total >= 0 AND tries >= 0", name="counts"),
        Index("ix_made_files_stage_asked_at", "stage", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = key_column()
    kind: Mapped[Carried] = mapped_column(one_of(Carried, "made_file_kind"))
    ref: Mapped[str] = mapped_column(String(12), default="")
    """The number of the plank whose meeting paper it is; empty for the platform."""
    form: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(64))
    """A hash of all that stands in the file: it is given out only while that is still so."""
    stage: Mapped[FileStage] = mapped_column(one_of(FileStage, "made_file_stage"), default=FileStage.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(80), default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When its maker last said how far it is."""

    def facts_for(self, _actor: Actor) -> ServiceFacts:
        """What is in it is public, and its key is not to be guessed."""
        return ServiceFacts(is_demonstration=False)
