"""What lies before somebody who writes an amendment: one version, and of it one unit or the whole."""

import re
from dataclasses import dataclass

from app.models import Amendment, Plank, Version
from app.planks import queries as planks
from policies.errors import NotThere
from policies.text.canonical import normalise, normalise_title
from policies.text.units import Document, Kind, Unit, replace_unit

_VERSION_NAME = re.compile(r"[1-9][0-9]{0,5}(\.[1-9][0-9]{0,3})?")


@dataclass(frozen=True)
class Sheet:
    """The version that is amended, the unit that is edited (none: the whole text), and the words to begin with."""

    base: Version
    unit: Unit | None
    title: str
    words: str
    reason: str = ""

    @property
    def unit_id(self) -> str | None:
        """The id of the edited unit."""
        return self.unit.unit_id if self.unit else None

    def whole(self, title: str, words: str) -> tuple[str, str]:
        """The title and text of the whole plank, once these words are put where they belong."""
        if self.unit is None:
            return normalise_title(title), normalise(words)
        return self.base.title, replace_unit(self.base.text, self.base.units, self.unit.unit_id, words)

    @property
    def original(self) -> tuple[str, str]:
        """The title and text of the version that is amended."""
        return self.base.title, self.base.text


def sheet_for(plank: Plank, unit_id: str | None, seen: str | None = None) -> Sheet:
    """The sheet of a new amendment to the working text, or to the version called `seen`, which the mover has before
    their eyes; raises `NotThere` for a unit or version that is not there.
    """
    base = _seen(plank, seen)
    if unit_id is None:
        return Sheet(base, None, base.title, base.text)
    unit = next((unit for unit in base.units if unit.unit_id == unit_id), None)
    if unit is None:
        raise NotThere("There is no such part in this text. Open the plank and choose the part to amend there.")
    return Sheet(base, unit, base.title, unit.markdown)


def sheet_of(amendment: Amendment, seen: str | None = None, *, whole: bool = False) -> Sheet:
    """The sheet of an amendment that is drafted already: the one unit again where only that was changed.

    Where the text has moved, the own words lie on the new text, whole.
    """
    title, text, reason = own_words(amendment)
    if has_moved(amendment):
        return Sheet(_seen(amendment.plank, seen), None, title, text, reason)
    base = amendment.draft_base or _seen(amendment.plank, seen)
    unit = None if whole else _unit_alone_changed(base, amendment.draft_unit, title, text)
    if unit is None:
        return Sheet(base, None, title, text, reason)
    return Sheet(base, unit, base.title, _words_of(base, unit, text), reason)


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


def _unit_alone_changed(base: Version, unit_id: str | None, title: str, text: str) -> Unit | None:
    """The unit, if putting its new words into the base gives exactly this text; else the whole is to be shown."""
    unit = next((unit for unit in base.units if unit.unit_id == unit_id), None)
    if unit is None or title != base.title:
        return None
    words = _words_of(base, unit, text)
    return unit if replace_unit(base.text, base.units, unit.unit_id, words) == text else None


def _words_of(base: Version, unit: Unit, text: str) -> str:
    """What stands in a text where `unit` stands in the base: none, one or several units."""
    index = next(index for index, known in enumerate(base.units) if known.unit_id == unit.unit_id)
    units = Document.read(base.title, text).units
    here = units[index : len(units) - (len(base.units) - index - 1)]
    mark = "\n- " if len(here) > 1 and all(one.kind is Kind.LIST_ITEM for one in here) else "\n\n"
    return mark.join(one.markdown for one in here)
