"""The colours and sizes of the style sheet, read from it, with the contrast of every pair that pages set words in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.web.assets import STATIC

COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
SIZE = re.compile(r"--(size-[a-z0-9]+): ([^;]+);")
DARK = "@media (prefers-color-scheme: dark)"
# What WCAG 2.2 asks at level AA: of words, and of what only has to be made out.
WORDS, SHAPES = 4.5, 3.0
PAPERS = ("paper", "paper-raised", "paper-sunk")
# What stands on what. Groups' letters stand on the group's hue in the colour of raised paper.
PAIRS: Sequence[tuple[str, str, float]] = (
    *((ink, paper, WORDS) for ink in ("ink", "ink-soft", "accent", "wrong") for paper in PAPERS),
    *((ink, paper, SHAPES) for ink in ("rule-strong", "focus") for paper in PAPERS),
    ("on-accent", "accent", WORDS),
    ("on-accent", "accent-strong", WORDS),
    ("ink", "accent-tint", WORDS),
    ("accent-strong", "accent-tint", WORDS),
    ("wrong", "wrong-tint", WORDS),
    ("on-deep", "deep", WORDS),
    ("on-deep-soft", "deep", WORDS),
    *(("paper-raised", group, WORDS) for group in ("labour", "lib-dem", "green")),
    *((group, "paper-raised", WORDS) for group in ("labour", "lib-dem", "green")),
)


@dataclass(frozen=True)
class Pair:
    """One colour on another: both as they are written, and how far apart they are."""

    name: str
    ink: str
    paper: str
    ratio: float
    least: float

    @property
    def is_enough(self) -> bool:
        """Whether it reads, or can be made out."""
        return self.ratio >= self.least


@dataclass(frozen=True)
class Scheme:
    """The colours of light or of dark pages, and their pairs."""

    name: str
    colours: Mapping[str, str]
    pairs: Sequence[Pair]


def schemes() -> list[Scheme]:
    """Light and dark. What the dark sheet does not say anew is as in light."""
    light, dark = _sheet().split(DARK)
    of_light = dict(COLOUR.findall(light))
    of_dark = of_light | dict(COLOUR.findall(dark))
    return [_scheme("Light", of_light), _scheme("Dark", of_dark)]


def sizes() -> list[tuple[str, str]]:
    """The sizes of type, largest first as the sheet has them last."""
    return list(reversed(SIZE.findall(_sheet())))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG defines it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _sheet() -> str:
    return (STATIC / "css" / "tokens.css").read_text("utf-8")


def _scheme(name: str, colours: Mapping[str, str]) -> Scheme:
    return Scheme(name, colours, [_pair(colours, *pair) for pair in PAIRS])


def _pair(colours: Mapping[str, str], ink: str, paper: str, least: float) -> Pair:
    # Cut, never rounded up: 4.499 is not 4.5.
    ratio = int(contrast(colours[ink], colours[paper]) * 10) / 10
    return Pair(f"{ink} on {paper}", colours[ink], colours[paper], ratio, least)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
