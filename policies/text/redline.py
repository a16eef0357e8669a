"""Two wordings of a text set beside each other for a reader: what was inserted, deleted, changed and moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from policies.text.align import Pair, align
from policies.text.diff import Hunk, Op, readable
from policies.text.editorial import is_editorial
from policies.text.formatted import Part, formatted
from policies.text.model import Kind, Unit
from policies.text.render import plain_with_marks, targets

__all__ = ["Change", "Hunk", "Op", "RedlineUnit", "around", "counterparts", "is_editorial", "redline", "title_redline"]


class Change(StrEnum):
    """What happened to a unit."""

    SAME = "same"
    CHANGED = "changed"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    RETAGGED = "retagged"


@dataclass(frozen=True)
class RedlineUnit:
    """One unit of a redline.

    `hunks` hold its words as a reader sees them: no Markdown, footnote marks as `[label]`, link targets in brackets
    only where they differ. Id, kind, level and clause are those of the new wording, of the old one where it is gone.
    `note` says in words what the hunks do not show: "Moved from clause 2", "Was a list item", "Formatting only",
    "Spaces only".
    """

    change: Change
    unit_id: str
    kind: Kind
    level: int
    clause: str
    hunks: tuple[Hunk, ...]
    note: str
    point: str
    """What stands before a list item of the new wording: its number, or nothing."""
    was: str
    now: str
    """The Markdown of the old and the new wording; nothing where it is not in that text."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The hunks with the look of their words."""
        return formatted(self.hunks, self.was, self.now)


_KIND_NAMES = {
    Kind.HEADING: "a heading",
    Kind.PARAGRAPH: "a paragraph",
    Kind.LIST_ITEM: "a list item",
    Kind.QUOTE: "a quote",
    Kind.FOOTNOTE: "a footnote",
}


def redline(old: Sequence[Unit], new: Sequence[Unit]) -> tuple[RedlineUnit, ...]:
    """Every unit of both wordings once: in the reading order of the new one, deleted units at their old place."""
    return tuple(_redline_unit(old, new, pair) for pair in align(old, new))


def counterparts(was: Unit | None, now: Unit | None) -> RedlineUnit | None:
    """One unit in two wordings, wherever it stands in them; nothing where it is in neither."""
    if was is not None and now is not None:
        return _counterparts(was, now, False)
    if now is not None:
        return _entry(Change.INSERTED, now, _whole(Op.INSERT, now), now=now.markdown)
    return None if was is None else _entry(Change.DELETED, was, _whole(Op.DELETE, was), was=was.markdown)


def around(entries: Sequence[RedlineUnit], known: Sequence[Unit], unit_id: str) -> tuple[RedlineUnit, ...]:
    """What of a redline stands where one unit of the old wording stood: between the units before and after it."""
    places = {entry.unit_id: place for place, entry in enumerate(entries)}
    ids = [unit.unit_id for unit in known]
    if unit_id not in ids:
        return ()
    index = ids.index(unit_id)
    start = places.get(ids[index - 1], -1) + 1 if index else 0
    end = places.get(ids[index + 1], len(entries)) if index + 1 < len(ids) else len(entries)
    return tuple(entries[start:end])


def title_redline(old: str, new: str) -> tuple[Hunk, ...]:
    """The same for two titles."""
    return readable(old, new)


def _redline_unit(old: Sequence[Unit], new: Sequence[Unit], pair: Pair) -> RedlineUnit:
    was = None if pair.old is None else old[pair.old]
    now = None if pair.new is None else new[pair.new]
    if was is not None and now is not None:
        return _counterparts(was, now, pair.moved)
    entry = counterparts(was, now)
    assert entry is not None
    return entry


def _counterparts(was: Unit, now: Unit, is_moved: bool) -> RedlineUnit:
    hunks, wording_note = _wording(was, now)
    retag_note = _retag_note(was, now)
    moved_note = _moved_note(was) if is_moved else ""
    if is_moved:
        change = Change.MOVED
    elif retag_note:
        change = Change.RETAGGED
    else:
        change = Change.SAME if was.markdown == now.markdown else Change.CHANGED
    notes = [note for note in (moved_note, retag_note, wording_note) if note]
    return _entry(change, now, hunks, ". ".join(notes), was=was.markdown, now=now.markdown)


def _wording(was: Unit, now: Unit) -> tuple[tuple[Hunk, ...], str]:
    """The hunks of two counterparts, and what they do not show."""
    old_words, new_words = plain_with_marks(was.markdown), plain_with_marks(now.markdown)
    if was.markdown == now.markdown:
        return _whole(Op.EQUAL, now), ""
    old_targets, new_targets = plain_with_marks(was.markdown, True), plain_with_marks(now.markdown, True)
    if old_words == new_words and old_targets == new_targets:
        is_spacing = was.markdown.split() == now.markdown.split()
        return _whole(Op.EQUAL, now), "Spaces only" if is_spacing else "Formatting only"
    if old_words == new_words:
        return readable(old_targets, new_targets), "Link changed"
    is_relinked = sorted(targets(was.markdown)) != sorted(targets(now.markdown))
    return readable(old_words, new_words), "Link changed" if is_relinked else ""


def _moved_note(was: Unit) -> str:
    return f"Moved from clause {was.clause}" if was.clause and was.kind is not Kind.FOOTNOTE else "Moved"


def _retag_note(was: Unit, now: Unit) -> str:
    if was.kind is not now.kind:
        return f"Was {_KIND_NAMES[was.kind]}"
    if was.ordered is not now.ordered:
        return "Was numbered" if was.ordered else "Was not numbered"
    if was.level != now.level:
        return f"Was at level {was.level}"
    return f"Was footnote [{was.label}]" if was.label != now.label else ""


def _whole(op: Op, unit: Unit) -> tuple[Hunk, ...]:
    words = plain_with_marks(unit.markdown)
    return (Hunk(op, words),) if words else ()


def _entry(
    change: Change, unit: Unit, hunks: tuple[Hunk, ...], note: str = "", *, was: str = "", now: str = ""
) -> RedlineUnit:
    point = f"{unit.path[-1]}." if unit.ordered and unit.path else ""
    return RedlineUnit(change, unit.unit_id, unit.kind, unit.level, unit.clause, hunks, note, point, was, now)
