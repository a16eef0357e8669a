"""Saying in words what a new wording changes: "Clause 3: replaces “2030” with “2032”"."""

from collections.abc import Iterable, Sequence

from policies.text.diff import Hunk, Op
from policies.text.model import Kind, Unit
from policies.text.redline import Change, RedlineUnit

LONGEST_QUOTE = 80
MOST_IN_A_UNIT = 3

_KIND_NAMES = {
    Kind.HEADING: "heading",
    Kind.PARAGRAPH: "paragraph",
    Kind.LIST_ITEM: "list item",
    Kind.QUOTE: "quote",
    Kind.FOOTNOTE: "footnote",
}
_UNSEEN = {"Formatting only": "changes the formatting only", "Spaces only": "changes the spaces only"}


def changes_in_words(title: Sequence[Hunk], units: Iterable[RedlineUnit]) -> tuple[str, ...]:
    """One sentence for the title if it changes, then one for each unit that does, in reading order."""
    told = [_wording("Title", title)] if any(hunk.op is not Op.EQUAL for hunk in title) else []
    told += [_of_unit(unit) for unit in units if unit.change is not Change.SAME]
    return tuple(f"{sentence}." for sentence in told)


def in_one_sentence(changes: Sequence[str]) -> str:
    """The first change, and how many more there are."""
    if not changes:
        return "Changes nothing."
    first, more = changes[0], len(changes) - 1
    if not more:
        return first
    return f"{first.removesuffix('.')}; and {more} more change{'' if more == 1 else 's'}."


def _of_unit(unit: RedlineUnit) -> str:
    words = "".join(hunk.text for hunk in unit.hunks)
    if unit.change is Change.INSERTED:
        return f"Adds a {_KIND_NAMES[unit.kind]}{_quoted_after(words)}"
    if unit.change is Change.DELETED:
        return f"{place_of(unit)}: removed{_quoted_after(words)}"
    if unit.change is Change.CHANGED and unit.note in _UNSEEN:
        return f"{place_of(unit)}: {_UNSEEN[unit.note]}"
    notes = unit.note[:1].lower() + unit.note[1:]
    if all(hunk.op is Op.EQUAL for hunk in unit.hunks):
        return f"{place_of(unit)}: {notes or 'moved'}"
    return _wording(f"{place_of(unit)}: {notes}" if notes else place_of(unit), unit.hunks)


def place_of(unit: RedlineUnit | Unit) -> str:
    """How a unit is called in a sentence: "Clause 3", "Footnote 1", "A heading"."""
    if unit.kind is Kind.FOOTNOTE:
        return f"Footnote {unit.clause.removeprefix('n')}"
    return f"Clause {unit.clause}" if unit.clause else f"A {_KIND_NAMES[unit.kind]}"


def kind_of(unit: Unit) -> str:
    """What kind of text a unit is: "numbered list item", "heading of level 2"."""
    has_level = unit.level > 1 or unit.kind is Kind.HEADING
    return f"{'numbered ' * unit.ordered}{_KIND_NAMES[unit.kind]}{f' of level {unit.level}' * has_level}"


def _wording(place: str, hunks: Sequence[Hunk]) -> str:
    steps = _steps(hunks)
    shown, more = steps[:MOST_IN_A_UNIT], len(steps) - MOST_IN_A_UNIT
    if more > 0:
        shown.append(f"and changes {more} more place{'' if more == 1 else 's'}")
    joint = "; " if ": " in place else ": "
    return f"{place}{joint}{', '.join(shown)}"


def _steps(hunks: Sequence[Hunk]) -> list[str]:
    """What happens at each place, a deletion and the insertion beside it being one replacement."""
    steps: list[str] = []
    places: list[list[Hunk]] = [[]]
    for hunk in hunks:
        if hunk.op is Op.EQUAL:
            places.append([])
        else:
            places[-1].append(hunk)
    for place in places:
        gone = "".join(hunk.text for hunk in place if hunk.op is Op.DELETE)
        come = "".join(hunk.text for hunk in place if hunk.op is Op.INSERT)
        if gone and come:
            steps.append(f"replaces {_quoted(gone)} with {_quoted(come)}")
        elif place:
            steps.append(f"removes {_quoted(gone)}" if gone else f"inserts {_quoted(come)}")
    return steps


def _quoted_after(words: str) -> str:
    return f": {_quoted(words)}" if words.strip() else ""


def _quoted(words: str) -> str:
    """The words in quotation marks, a long passage cut between two words."""
    folded = " ".join(words.split())
    if not folded:
        return "a space"
    if len(folded) > LONGEST_QUOTE:
        folded = f"{folded[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
    return f"“{folded}”"
