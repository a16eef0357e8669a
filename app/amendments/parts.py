"""A text amended part by part: what was written in place of single units, and after them, and the text it makes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.amendments.wording import name_of
from app.models import Amendment, Version
from policies.text.canonical import normalise
from policies.text.editing import replace_units, takes_more, with_more
from policies.text.render import plain_with_marks
from policies.text.units import Document, Unit

# A page asks for no more parts than this; a longer text is amended in those parts that were chosen, or whole.
MOST_PARTS = 60
_IN_PLACE, _AFTER = "text_", "after_"


@dataclass(frozen=True)
class Part:
    """One unit of the base that can be edited: what it is called, its words, and the names of its two fields."""

    unit: Unit
    name: str
    words: str
    takes_more: bool

    @property
    def text(self) -> str:
        """The field with the words in its place."""
        return _IN_PLACE + self.unit.unit_id

    @property
    def after(self) -> str:
        """The field with the words after it; none where nothing can be added."""
        return _AFTER + self.unit.unit_id if self.takes_more else ""


def parts_of(base: Version, chosen: Sequence[str]) -> list[Part]:
    """The parts of a text that a page asks for: all of them, or of a very long text those chosen."""
    places = range(len(base.units))
    if len(base.units) > MOST_PARTS:
        places_chosen = [place for place in places if base.units[place].unit_id in chosen][:MOST_PARTS]
        return [_part(base, place) for place in places_chosen]
    return [_part(base, place) for place in places]


def sent_parts(sent: Iterable[str]) -> list[str]:
    """The ids of the units whose fields were sent."""
    return [name.removeprefix(_IN_PLACE) for name in sent if name.startswith(_IN_PLACE)]


def changed_parts(parts: Sequence[Part], typed: Mapping[str, str]) -> dict[str, str]:
    """Of what was typed into the fields, what differs from the text as it is."""
    changed = {part.text: typed[part.text] for part in parts if typed.get(part.text) not in {None, part.unit.markdown}}
    added = {part.after: typed[part.after] for part in parts if part.after and typed.get(part.after, "").strip()}
    return changed | added


def put_together(base: Version, changed: Mapping[str, str]) -> str:
    """The whole text once these words stand where they belong; what is not named stays as it is, byte for byte."""
    words: dict[str, str] = {}
    for unit in base.units:
        own, more = changed.get(_IN_PLACE + unit.unit_id), changed.get(_AFTER + unit.unit_id, "")
        if own is not None or more:
            words[unit.unit_id] = with_more(unit, unit.markdown if own is None else own, more)
    return replace_units(base.text, base.units, words)


def found_again(base: Version, text: str) -> dict[str, str] | None:
    """The changed parts of a text that was amended otherwise; none where it cannot be said part by part."""
    document = Document.read(base.title, text, base.units)
    if [unit.unit_id for unit in document.units] != [unit.unit_id for unit in base.units]:
        return None
    pairs = zip(base.units, document.units, strict=True)
    changed = {_IN_PLACE + was.unit_id: now.markdown for was, now in pairs if was.markdown != now.markdown}
    return changed if put_together(base, changed) == normalise(text) else None


def touched_units(changed: Mapping[str, str]) -> list[str]:
    """The ids of the units that were edited or added to."""
    return list(dict.fromkeys(name.removeprefix(_IN_PLACE).removeprefix(_AFTER) for name in changed))


def edited_units(changed: Mapping[str, str]) -> list[str]:
    """The ids of the units that have other words in their place, and keep their ids."""
    return sent_parts(changed)


def drafted_document(amendment: Amendment, base: Version) -> Document:
    """The draft as it is shown and submitted, the units edited in place with the ids they had."""
    edited = edited_units(amendment.draft_parts or {})
    return Document.read(amendment.draft_title or "", amendment.draft_text or "", base.units, edited=edited)


def _part(base: Version, place: int) -> Part:
    unit = base.units[place]
    return Part(unit, name_of(unit), plain_with_marks(unit.markdown), takes_more(base.units, place))
