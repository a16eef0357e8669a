"""An amendment under which the text has moved: the text then and now, and what merging makes of both."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.amendments.editing import own_words
from app.amendments.parts import drafted_document
from app.amendments.rebasing import leaves_nothing
from app.models import Amendment, Version
from app.planks import queries as planks
from policies.errors import NotThere
from policies.text.merge import Merge, Verdict, merge
from policies.text.settling import Choice, Settled, settled_text
from policies.text.units import Document

_VERSION_NAME = re.compile(r"[1-9][0-9]{0,5}(\.[1-9][0-9]{0,3})?")


class Standing(StrEnum):
    """What is left for the mover to do."""

    NOTHING_LEFT = "nothing_left"
    """The text says already what the amendment would have it say."""
    CLEAR = "clear"
    """The text has changed elsewhere."""
    TO_READ = "to_read"
    """Both changed one place, or the same; put together, to be read."""
    TO_SETTLE = "to_settle"
    """There are places in conflict, each of which can be settled by itself."""
    TO_WRITE = "to_write"
    """The two do not fit together; the mover writes the whole text."""


@dataclass(frozen=True)
class Moved:
    """The amendment beside the version that its mover has before their eyes, by now perhaps no longer the newest."""

    amendment: Amendment
    was: Document
    now: Version
    yours: Document
    reason: str

    @cached_property
    def merged(self) -> Merge:
        """The text now with the mover's changes, or where they conflict."""
        return merge(self.was, self.now.document, self.yours)

    @cached_property
    def standing(self) -> Standing:
        """What the mover has to do."""
        if leaves_nothing(self.merged, self.now):
            return Standing.NOTHING_LEFT
        if self.merged.verdict is Verdict.CONFLICT:
            return Standing.TO_SETTLE if self._can_be_settled_in_places else Standing.TO_WRITE
        return Standing.CLEAR if self.merged.verdict is Verdict.UNTOUCHED else Standing.TO_READ

    @property
    def _can_be_settled_in_places(self) -> bool:
        """Whether it can be settled place by place, as it is now everywhere or as the mover has it."""
        documents, places = (self.was, self.now.document, self.yours), len(self.merged.conflicts)
        answers = [[Settled(choice)] * places for choice in (Choice.NOW, Choice.MINE)]
        return all(settled_text(*documents, answer) is not None for answer in answers)

    @property
    def proposed(self) -> tuple[str, str]:
        """The title and text to begin with: what merging gives, else the mover's words as they are."""
        document = self.merged.document or self.yours
        return document.title, document.text


def moved(amendment: Amendment, seen: str | None = None) -> Moved:
    """An amendment beside the working text, or the version called `seen`; raises `NotThere` where there is none."""
    was = amendment.draft_base or (amendment.revision.base if amendment.revision else None)
    now = _seen(amendment, seen)
    if was is None or now is None:
        raise NotThere("This plank has no text to amend yet.")
    if amendment.draft_base is None and amendment.revision is not None:
        yours = amendment.revision.document
    else:
        yours = drafted_document(amendment, was)
    return Moved(amendment, was.document, now, yours, own_words(amendment)[2])


def _seen(amendment: Amendment, name: str | None) -> Version | None:
    if name is not None and _VERSION_NAME.fullmatch(name):
        return planks.version(amendment.plank, name)
    return amendment.plank.working_version
