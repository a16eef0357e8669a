"""Where lines break on a picture: the widths of the letters, read from the very fonts it is drawn with."""

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro

SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
_FOLDERS = {SANS: font_source_sans_pro, SERIF: font_source_serif_pro}


@dataclass(frozen=True)
class Face:
    """One weight of a font."""

    family: str
    weight: str

    @property
    def path(self) -> str:
        """Its file, in the package that brings it."""
        folder = Path(_FOLDERS[self.family].__file__).parent / "files"
        return str(folder / f"{self.family.replace(' ', '')}-{self.weight}.ttf")

    @property
    def number(self) -> int:
        """Its weight, as a picture names it."""
        return {"Regular": 400, "Semibold": 600, "Bold": 700}[self.weight]


TITLE, BOLD, STRONG, PLAIN = Face(SERIF, "Bold"), Face(SANS, "Bold"), Face(SANS, "Semibold"), Face(SANS, "Regular")
FACES = (TITLE, BOLD, STRONG, PLAIN)


def wrapped(words: str, face: Face, size: float, width: float, most: int) -> list[str]:
    """The words in at most so many lines of this width; what does not fit is left out behind an ellipsis."""
    lines = [""]
    for word in words.split():
        for part in _parts(word, face, size, width):
            longer = f"{lines[-1]} {part}".strip()
            if measured(longer, face, size) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), face, size, width)]


def fitted(words: str, face: Face, sizes: tuple[int, ...], width: float, height: float) -> tuple[int, list[str]]:
    """The largest of these sizes in which the words fit into a box, and their lines; cut in the smallest if in none."""
    for size in sizes:
        most = max(1, int(height // (size * 1.15)))
        lines = wrapped(words, face, size, width, 1_000)
        if len(lines) <= most:
            return size, lines
    return sizes[-1], wrapped(words, face, sizes[-1], width, most)


def measured(words: str, face: Face, size: float) -> float:
    """How wide a line is, but for the kerning, which makes it a little narrower."""
    widths, units = _widths(face)
    return sum(widths.get(ord(letter), units // 2) for letter in words) * size / units


def _parts(word: str, face: Face, size: float, width: float) -> list[str]:
    """A word that fits nowhere, in pieces that do."""
    if measured(word, face, size) <= width:
        return [word]
    parts = [""]
    for letter in word:
        if measured(parts[-1] + letter, face, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _cut(words: str, face: Face, size: float, width: float) -> str:
    """The beginning that fits, between words where there is room for one."""
    fits = words
    while fits and measured(f"{fits} …", face, size) > width:
        fits = fits[:-1]
    whole = fits.rsplit(" ", 1)[0] if words[len(fits) : len(fits) + 1].strip() else fits
    return f"{whole.rstrip()} …"


@cache
def _widths(face: Face) -> tuple[dict[int, int], int]:
    """The advance of each character in a TrueType file, and how many units its square has."""
    content = Path(face.path).read_bytes()
    count = struct.unpack(">H", content[4:6])[0]
    tables = {
        content[at : at + 4]: struct.unpack(">I", content[at + 8 : at + 12])[0] for at in range(12, 12 + 16 * count, 16)
    }
    units = struct.unpack(">H", content[tables[b"head"] + 18 : tables[b"head"] + 20])[0]
    known = struct.unpack(">H", content[tables[b"hhea"] + 34 : tables[b"hhea"] + 36])[0]
    advances = struct.unpack(f">{2 * known}H", content[tables[b"hmtx"] : tables[b"hmtx"] + 4 * known])[::2]
    glyphs = _glyphs(content, tables[b"cmap"])
    return {code: advances[min(glyph, known - 1)] for code, glyph in glyphs.items()}, units


def _glyphs(content: bytes, table: int) -> dict[int, int]:
    """The glyph of each character of the first plane: the table's part of format 4, which every such file has."""
    count = struct.unpack(">H", content[table + 2 : table + 4])[0]
    starts = [struct.unpack(">I", content[at + 4 : at + 8])[0] for at in range(table + 4, table + 4 + 8 * count, 8)]
    part = next(table + start for start in starts if content[table + start : table + start + 2] == b"\x00\x04")
    double = struct.unpack(">H", content[part + 6 : part + 8])[0]
    found: dict[int, int] = {}
    for at in range(part + 14, part + 14 + double, 2):
        last, first, delta, offset = (
            struct.unpack(">H", content[at + step : at + step + 2])[0]
            for step in (0, double + 2, 2 * double + 2, 3 * double + 2)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            place = at + 3 * double + 2 + offset + 2 * (code - first)
            glyph = struct.unpack(">H", content[place : place + 2])[0] if offset else code
            found[code] = (glyph + delta) & 0xFFFF if glyph or not offset else 0
    return found
