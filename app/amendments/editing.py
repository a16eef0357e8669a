"""What lies before somebody who writes an amendment: one version, and of it some parts or the whole."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.amendments.parts import Part, found_again, parts_of, put_together, sent_parts, touched_units
from app.models import Amendment, Plank, Version
from app.planks import queries as planks
from policies.errors import NotThere

_VERSION_NAME = re.compile(r"[1-9][0-9]{0,5}(\.[1-9][0-9]{0,3})?")


@dataclass(frozen=True)
class Sheet:
    """The version that is amended, and the words to begin with.

    `parts` are the parts of the text that are edited one by one; none: the text is edited whole. `changed` is what was
    written into them before, by field. `opened` are the ids of the units that lie open.
    """

    base: Version
    title: str
    text: str
    reason: str = ""
    parts: Sequence[Part] | None = None
    changed: Mapping[str, str] | None = None
    opened: Sequence[str] = ()

    @property
    def original(self) -> tuple[str, str]:
        """The title and text of the version that is amended."""
        return self.base.title, self.base.text

    @property
    def heading(self) -> str:
        """What is done here, as a heading."""
        if self.parts is None:
            return "Amend the whole text"
        named = [part for part in self.parts if part.unit.unit_id in self.opened]
        if len(named) != 1:
            return "Amend the text in place"
        return f"Amend {named[0].name[:1].lower()}{named[0].name[1:]}"


def sheet_for(plank: Plank, chosen: Sequence[str] = (), seen: str | None = None, *, in_parts: bool = False) -> Sheet:
    """The sheet of a new amendment to the working text, or to the version called `seen`, which the mover has before
    their eyes; raises `NotThere` for a unit or version that is not there.
    """
    base = _seen(plank, seen)
    if not {unit.unit_id for unit in base.units}.issuperset(chosen):
        raise NotThere("There is no such unit in this text. Open the plank and choose the unit to amend there.")
    if not chosen and not in_parts:
        return Sheet(base, base.title, base.text)
    return Sheet(base, base.title, base.text, parts=parts_of(base, chosen), changed={}, opened=chosen)


def sheet_of(amendment: Amendment, seen: str | None = None, *, whole: bool = False) -> Sheet:
    """The sheet of an amendment that is drafted already: in parts again where it can be said part by part.

    Where the text has moved, the own words lie on the new text, whole.
    """
    title, text, reason = own_words(amendment)
    if has_moved(amendment) or whole:
        base = None if has_moved(amendment) else amendment.draft_base
        return Sheet(base or _seen(amendment.plank, seen), title, text, reason)
    base = amendment.draft_base or _seen(amendment.plank, seen)
    changed = _changed(amendment, base, text)
    if changed is None:
        return Sheet(base, title, text, reason)
    opened = touched_units(changed)
    return Sheet(base, title, text, reason, parts_of(base, opened), changed, opened)


def sent_sheet(plank: Plank, sent: Mapping[str, str]) -> Sheet:
    """The sheet that a form was written on: in the parts whose fields were sent, else whole, of the version it names.

    So nothing is lost that was written on a page opened before the text moved.
    """
    ids = sent_parts(sent)
    return replace(sheet_for(plank, ids, sent.get("base"), in_parts=bool(ids)), opened=())


def own_words(amendment: Amendment) -> tuple[str, str, str]:
    """Title, text and reason as the mover last wrote them: drafted, else submitted."""
    if amendment.draft_base_id is not None:
        return amendment.draft_title or "", amendment.draft_text or "", amendment.draft_reason or ""
    if amendment.revision is not None:
        return amendment.revision.title, amendment.revision.text, amendment.revision.reason
    return "", "", ""


def has_moved(amendment: Amendment) -> bool:
    """Whether the text has moved since the mover last wrote."""
    if amendment.draft_base_id is not None:
        return amendment.draft_base_id != amendment.plank.working_version_id
    return amendment.needs_rebase


def _seen(plank: Plank, name: str | None) -> Version:
    if name is not None and _VERSION_NAME.fullmatch(name):
        return planks.version(plank, name)
    if plank.working_version is None:
        raise NotThere("This plank has no text to amend yet.")
    return plank.working_version


def _changed(amendment: Amendment, base: Version, text: str) -> Mapping[str, str] | None:
    """What was written part by part, if putting it together gives exactly this text."""
    stored = amendment.draft_parts
    if stored is not None and put_together(base, stored) == text:
        return stored
    return found_again(base, text)
