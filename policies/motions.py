"""A plank as a motion to a party's conference, and a change to it as an amendment, each in that party's style.

The plank's own words are set under the style's headings, none altered, none left out and none added. Where the style
wants what the plank does not have, there is a gap in brackets for the member to fill.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from policies.errors import NotThere
from policies.text.align import align
from policies.text.canonical import word_count
from policies.text.instructions import instruct
from policies.text.lines import MEASURE, SHORTEST, broken
from policies.text.model import Kind, Unit
from policies.text.render import plain_with_marks
from policies.text.telling import place_of
from policies.text.units import Document
from policies.text.words import folded_words

DEMANDING = frozenset(["must", "shall", "should", "will", "would", "ought"])
BELIEVING = frozenset(["believe", "believes", "believed"])


class Section(StrEnum):
    """The parts of a motion: what is so, what the conference thinks of it, what it wants."""

    NOTES = "notes"
    BELIEVES = "believes"
    DEMANDS = "demands"


@dataclass(frozen=True)
class Style:
    """How one party writes motions: its sections with their headings; none where the motion stands undivided."""

    key: str
    """The key of the Compass group whose party's style it is."""
    name: str
    sections: tuple[tuple[Section, str], ...]
    numbers_lines: bool = False
    has_synopsis: bool = False


_CONFERENCE = ((Section.NOTES, "Conference notes:"), (Section.BELIEVES, "Conference believes:"))
STYLES: tuple[Style, ...] = (
    Style("labour", "Labour", (*_CONFERENCE, (Section.DEMANDS, "Conference resolves:"))),
    Style(
        "lib_dem", "Liberal Democrat", (*_CONFERENCE, (Section.DEMANDS, "Conference calls for:")), numbers_lines=True
    ),
    Style("green", "Green", (), has_synopsis=True),
)


class Part(StrEnum):
    """What a passage of a motion is: the style's heading, the plank's own words, or a gap for the member to fill."""

    HEADING = "heading"
    WORDS = "words"
    GAP = "gap"


@dataclass(frozen=True)
class Passage:
    """One passage of a motion; `marker` is what stands before a list item, `indent` how far in it stands."""

    part: Part
    text: str
    marker: str = ""
    indent: int = 0


def style_named(key: str) -> Style:
    """The style of the party whose group has this key; raises `NotThere` for any other word."""
    for style in STYLES:
        if style.key == key:
            return style
    raise NotThere("There is no such style. Choose Labour, Liberal Democrat or Green.")


def motion(units: Sequence[Unit], style: Style) -> tuple[Passage, ...]:
    """The passages of a motion in their order: every unit of the plank once, headings of the style, and the gaps."""
    notes = [unit for unit in units if unit.kind is Kind.FOOTNOTE]
    runs = _runs([unit for unit in units if unit.kind is not Kind.FOOTNOTE])
    passages: list[Passage] = []
    if style.has_synopsis:
        passages += [_heading("Synopsis"), _gap("a synopsis of the motion in a sentence or two"), _heading("Motion")]
    for section, heading in style.sections:
        own = [unit for run in runs if section_of(run) is section for unit in run]
        passages += [_heading(heading), *(map(_words, own) if own else [_gap(_WANTED[section])])]
    if not style.sections:
        passages += [_words(unit) for run in runs for unit in run]
    if notes:
        passages += [_heading("Notes"), *map(_words, notes)]
    return tuple(passages)


def section_of(run: Sequence[Unit]) -> Section:
    """A paragraph with “must”, “shall”, “should”, “will”, “would” or “ought” demands; with “believe” it believes.

    Any other notes. A list belongs to the paragraph before it, a heading to what follows it.
    """
    said = {word for unit in run if unit.kind is not Kind.HEADING for word in folded_words(unit.markdown)}
    if said & DEMANDING:
        return Section.DEMANDS
    return Section.BELIEVES if said & BELIEVING else Section.NOTES


def counted_words(passages: Sequence[Passage]) -> int:
    """How many words a motion has: those of the plank and the headings of the style, without title and gaps."""
    return sum(word_count(passage.text) for passage in passages if passage.part is not Part.GAP)


def amendment(old: Document, new: Document, style: Style) -> tuple[str, ...]:
    """What turns one text into another, in words: a sentence for each change of the title or the text.

    The Green style says of each changed clause how it reads then.
    """
    told = [f"In the title, leave out “{old.title}” and insert “{new.title}”."] if old.title != new.title else []
    if style.has_synopsis:
        return (*told, *_as_it_reads(old.units, new.units))
    return (*told, *(instruct(old.text, new.text).split("\n") if old.text != new.text else ()))


def motion_text(title: str, passages: Sequence[Passage], style: Style) -> str:
    """A motion as plain text; in a style that numbers lines they are broken, each with its number before it."""
    lines = [line for passage in passages for line in _lines_of(passage, is_broken=style.numbers_lines)]
    if style.numbers_lines:
        numbers = iter(range(1, len(lines) + 1))
        lines = [f"{next(numbers):>3}  {line}" if line else "" for line in lines]
    return "\n".join([title, *lines]) + "\n"


_WANTED = {
    Section.NOTES: "what conference notes; the plank has no paragraph that only states what is so",
    Section.BELIEVES: "what conference believes; the plank has no paragraph that says so",
    Section.DEMANDS: "what conference is to decide; the plank has no paragraph that demands something",
}


def _runs(units: Sequence[Unit]) -> list[list[Unit]]:
    """The units as they belong together: a list with the paragraph before it, a heading with what follows it."""
    runs: list[list[Unit]] = []
    for unit in units:
        follows_heading = bool(runs) and runs[-1][-1].kind is Kind.HEADING
        if runs and (follows_heading or unit.path):
            runs[-1].append(unit)
        else:
            runs.append([unit])
    return runs


def _heading(text: str) -> Passage:
    return Passage(Part.HEADING, text)


def _gap(wanted: str) -> Passage:
    return Passage(Part.GAP, f"[Yours to write: {wanted}.]")


def _words(unit: Unit) -> Passage:
    text = plain_with_marks(unit.markdown)
    if unit.kind is Kind.FOOTNOTE:
        return Passage(Part.WORDS, text, f"[{unit.label}] ")
    if unit.kind is Kind.LIST_ITEM:
        return Passage(Part.WORDS, text, f"{unit.path[-1]}. " if unit.ordered else "– ", 3 * (len(unit.path) - 1))
    return Passage(Part.WORDS, text, indent=3 * len(unit.path))


def _lines_of(passage: Passage, *, is_broken: bool) -> Iterator[str]:
    """The lines of a passage, a blank one before it unless it is a point of a list."""
    if not passage.marker:
        yield ""
    start = " " * passage.indent + passage.marker
    width = MEASURE[Kind.PARAGRAPH] - len(start)
    for place, words in enumerate(broken(passage.text, max(SHORTEST, width)) if is_broken else [passage.text]):
        yield (" " * len(start) if place else start) + words


def _as_it_reads(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[str]:
    """A sentence for each changed unit, named as it is in the old text, with the words it has then."""
    before = "the beginning"
    for pair in align(old, new):
        if pair.new is None:
            gone = old[pair.old or 0]
            yield f"{_named(gone)}: leave out “{_said(gone)}”."
            continue
        now = new[pair.new]
        if pair.old is None:
            yield f"After {before}, insert “{_said(now)}”."
        else:
            yield from _of_counterparts(old[pair.old], now, f" Place it after {before}." if pair.moved else "")
        before = f"“{_opening(now)}”"


def _of_counterparts(was: Unit, now: Unit, where: str) -> Iterator[str]:
    """What becomes of one unit: its words, its kind, its marks, its place."""
    old, reads = _said(was), _said(now)
    if old != reads:
        told = instruct(old, reads).replace("\n", " ").removesuffix(".")
        yield f"{_named(was)}: {told[:1].lower()}{told[1:]}, so that it reads: “{reads}”.{where}"
    elif _manner(was) != _manner(now):
        yield f"{_named(was)}: make it {_KINDS[now.kind]}.{where}"
    elif was.markdown != now.markdown:
        yield f"{_named(was)}: change emphasis or a link only; the words stay.{where}"
    elif where:
        yield f"{_named(was)}: move it.{where}"


_KINDS = {
    Kind.HEADING: "a heading",
    Kind.PARAGRAPH: "a paragraph",
    Kind.LIST_ITEM: "a point of a list",
    Kind.QUOTE: "a quotation",
    Kind.FOOTNOTE: "a note",
}


def _manner(unit: Unit) -> tuple[Kind, int, bool]:
    return unit.kind, unit.level, unit.ordered


def _named(unit: Unit) -> str:
    """How a unit is called; one without a number by its first words."""
    return place_of(unit) if unit.clause else f"Heading “{_opening(unit)}”"


def _said(unit: Unit) -> str:
    return plain_with_marks(unit.markdown)


def _opening(unit: Unit) -> str:
    words = _said(unit).split(" ")
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
