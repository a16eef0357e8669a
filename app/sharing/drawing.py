"""A share card as a picture, 1200 by 630: laid out by rule, so that the same facts always give the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import render_template
from markupsafe import Markup

from app.late import late
from app.sharing.facts import DISCLAIMER, CardFacts, CellFacts
from app.sharing.typesetting import BOLD, FACES, PLAIN, STRONG, TITLE, Face, fitted, measured, wrapped
from app.web.site import NAME
from app.web.xml_words import for_xml

WIDTH, HEIGHT, EDGE = 1200, 630, 60
INSIDE = WIDTH - 2 * EDGE
INK, SOFT, ACCENT, WRONG = "#1d2326", "#535a5c", "#0c4a57", "#86195f"
HUES = {"labour": "#b0002e", "lib_dem": "#8a5200", "green": "#00663a"}
TITLE_TOP, TITLE_HEIGHT = 152, 206
CELLS_TOP, CELLS_HEIGHT, GAP = 370, 150, 18
FOOT = 562
ONE_LINE = 1
resvg_py = late("resvg_py")
# What the fonts do not have, drawn in a square of 32.
GLYPHS = {
    "✓": '<path d="M4 17l8 9L28 6"/>',
    "✓*": '<path d="M2 19l7 8L23 9"/><path d="M27 2v10M22.7 4.5l8.6 5M31.3 4.5l-8.6 5" stroke-width="2.5"/>',
    "◐": '<circle cx="16" cy="16" r="12" stroke-width="4"/><path d="M16 4a12 12 0 0 0 0 24z" fill="#1d2326"/>',
    "✗": '<path d="M6 6l20 20M26 6L6 26"/>',
    "–": '<path d="M5 16h22"/>',
    "‖": '<path d="M10 5v22M22 5v22"/>',
    "?": '<path d="M8 11a8 8 0 1 1 12 7c-3 2-4 3-4 5"/><path d="M16 27v3"/>',
}


@dataclass(frozen=True)
class Line:
    """A line of words at a place."""

    x: float
    y: float
    words: str
    face: Face
    size: float
    fill: str = INK
    anchor: str = "start"


@dataclass(frozen=True)
class Box:
    """A group's cell at its place."""

    x: float
    width: float
    hue: str
    glyph: Markup


def png(card: CardFacts) -> bytes:
    """The card's bytes."""
    return _rendered(svg(card))


def svg(card: CardFacts) -> str:
    """The card as a drawing in words."""
    width = (INSIDE - GAP * (len(card.cells) - 1)) / max(1, len(card.cells))
    places = [EDGE + place * (width + GAP) for place in range(len(card.cells))]
    boxes = [
        Box(x, width, HUES.get(cell.key, INK), Markup(GLYPHS[cell.glyph]))
        for x, cell in zip(places, card.cells, strict=True)
    ]
    lines = [*_head(card), *_title(card), *_foot(card)]
    for x, cell in zip(places, card.cells, strict=True):
        lines += _cell(x, width, cell)
    page = {"top": CELLS_TOP, "height": CELLS_HEIGHT, "foot": FOOT - 22}
    clean = [(line, for_xml(line.words)) for line in lines]
    return render_template("sharing/card.svg", lines=clean, boxes=boxes, page=page, tag=_tag(card), card=card)


@lru_cache(maxsize=64)
def _rendered(drawing: str) -> bytes:
    """Kept for a while: who is linked to is asked for by many at once."""
    files = [face.path for face in FACES]
    made: bytes = resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=files)
    return bytes(made)


def _tag(card: CardFacts) -> tuple[float, float] | None:
    """Where the level's plate begins and how wide it is."""
    if not card.tag:
        return None
    size, lines = fitted(card.tag, BOLD, (28, 24, 20, 17, 14), 640, ONE_LINE)
    width = measured(lines[0], BOLD, size) + 36
    return WIDTH - EDGE - width, width


def _head(card: CardFacts) -> Iterator[Line]:
    yield Line(EDGE + 72, 80, NAME, TITLE, 30, ACCENT)
    if card.tag:
        size, lines = fitted(card.tag, BOLD, (28, 24, 20, 17, 14), 640, ONE_LINE)
        fill = "#fdf9f1" if card.is_agreed else ACCENT
        yield Line(WIDTH - EDGE - 18, 70 + size * 0.34, lines[0], BOLD, size, fill, "end")
    yield Line(EDGE, 140, card.place, STRONG, 25, SOFT)
    yield Line(WIDTH - EDGE, 140, card.made_up, BOLD, 22, WRONG, "end")


def _title(card: CardFacts) -> Iterator[Line]:
    """In the middle of its place; where no group's cells follow, right above what is said of it."""
    size, lines = fitted(card.title, TITLE, (88, 76, 66, 58, 50, 44, 38, 32), INSIDE, TITLE_HEIGHT)
    is_alone = bool(card.remark and not card.cells)
    spare = TITLE_HEIGHT - size * 1.14 * len(lines)
    top = TITLE_TOP + (14 if is_alone else max(0, spare / 2))
    for place, words in enumerate(lines):
        yield Line(EDGE, top + size * (0.86 + 1.14 * place), words, TITLE, size)
    if is_alone:
        below = top + size * 1.14 * len(lines) + 22
        size, lines = fitted(card.remark, PLAIN, (36, 32, 28, 24), INSIDE, FOOT - 30 - below)
        for place, words in enumerate(lines):
            yield Line(EDGE, below + size * (1 + 1.2 * place), words, PLAIN, size)


def _cell(x: float, width: float, cell: CellFacts) -> Iterator[Line]:
    left, inside = x + 24, width - 40
    hue = HUES.get(cell.key, INK)
    yield Line(left, CELLS_TOP + 36, cell.letter, BOLD, 27, hue)
    named = left + measured(cell.letter, BOLD, 27) + 12
    yield Line(named, CELLS_TOP + 35, cell.name, STRONG, 23)
    after = named + measured(f"{cell.name} ", STRONG, 23)
    size, (words, *_) = fitted(f"({cell.disclaimer})", PLAIN, (17, 15, 13, 12), x + width - 14 - after, ONE_LINE)
    yield Line(after, CELLS_TOP + 35, words, PLAIN, size, SOFT)
    size, lines = fitted(cell.word, BOLD, (27, 24, 22, 20, 18), inside - 46, ONE_LINE if cell.note else 62)
    for place, words in enumerate(lines):
        yield Line(left + 46, CELLS_TOP + 76 + size * 1.1 * place, words, BOLD, size)
    below = CELLS_TOP + 80 + size * 1.1 * len(lines)
    room = max(1, int((CELLS_TOP + CELLS_HEIGHT - below + 10) // 18))
    for place, words in enumerate(wrapped(cell.note, PLAIN, 16, inside, room) if cell.note else []):
        yield Line(left, below + 18 * place, words, PLAIN, 16, SOFT)


def _foot(card: CardFacts) -> Iterator[Line]:
    ended = f"{card.remark} " if card.cells and card.remark else ""
    size, (words, *_) = fitted(card.address, PLAIN, (20, 17, 14, 11), 460, ONE_LINE)
    yield Line(EDGE, FOOT + 6, f"{ended}{DISCLAIMER}", BOLD, 20)
    yield Line(WIDTH - EDGE, FOOT + 6, words, PLAIN, size, ACCENT, "end")
    size, lines = fitted(card.imprint, PLAIN, (18, 16, 14, 12, 11), INSIDE, 42)
    for place, words in enumerate(lines):
        yield Line(EDGE, FOOT + 14 + size * (1.1 + 1.15 * place), words, PLAIN, size, SOFT)
