"""What a share card says, and its address: a digest of just that, so that a picture at an address never changes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from app.endorsements.presenters import Cell
from app.models import Plank, Theme
from app.platform.versions import ShownVersion
from app.web.filters import day, kept_summary
from policies.agreement import LevelKey
from policies.groups import GROUPS, Group, all_in_words, number_in_words
from policies.planks import ENDED_STAGES

# Raised whenever cards are drawn otherwise, so that their addresses change too.
DESIGN = 1
DISCLAIMER = "Compass groups, not parties."
MADE_UP = "Demonstration: all of this is invented."
# As much as readers of a picture's description are given elsewhere.
LONGEST_ALT = 420


@dataclass(frozen=True)
class CellFacts:
    """One group's cell."""

    key: str
    letter: str
    name: str
    disclaimer: str
    glyph: str
    word: str
    note: str


@dataclass(frozen=True)
class CardFacts:
    """Everything that stands on one card, in words."""

    place: str
    title: str
    tag: str
    cells: Sequence[CellFacts]
    remark: str
    address: str
    imprint: str
    made_up: str
    is_agreed: bool = False
    """Only then the tag is a plate of full colour, as it is told apart at a glance."""
    sentence: str = ""
    """For those who do not see it: the cells, read out."""

    @property
    def digest(self) -> str:
        """The name of this picture: it changes with anything that stands on it."""
        return _digest(self)

    @property
    def alt(self) -> str:
        """The card in words."""
        named = f"{self.place}: “{self.title}”." if self.place else f"{self.title}."
        tag = f"{self.tag}." if self.tag else ""
        said = " ".join(part for part in (named, tag, self.sentence or self.remark, DISCLAIMER, self.made_up) if part)
        return said if len(said) <= LONGEST_ALT else f"{said[: LONGEST_ALT - 2].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True)
class Issuer:
    """Who stands behind a card: where the site is, who is responsible in law, whether it is all made up."""

    site_url: str
    imprint: str
    is_demonstration: bool

    def card(self, path: str, place: str, title: str, **more: object) -> CardFacts:
        """A card that says so."""
        address = f"{self.site_url.partition('://')[2]}{path}".rstrip("/")
        said = {"tag": "", "cells": (), "remark": "", **more}
        made_up = MADE_UP if self.is_demonstration else ""
        return CardFacts(place, title, address=address, imprint=self.imprint, made_up=made_up, **said)  # type: ignore[arg-type]


@lru_cache(maxsize=1024)
def _digest(card: CardFacts) -> str:
    """Kept: every page that has a card says its address."""
    said = json.dumps([DESIGN, asdict(card)], ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def of_version(plank: Plank, shown: ShownVersion, path: str, issuer: Issuer, *, has_level: bool) -> CardFacts:
    """A plank in one exact version: its title, version and date, and what each group decided on these words."""
    version = shown.version
    place = f"{plank.name}, version {version.name}, {day(version.created_at)}"
    ended = f"The plank is {plank.stage.words}." if plank.stage in ENDED_STAGES else ""
    if not has_level:
        return issuer.card(path, place, version.title, remark=ended)
    cells = tuple(_cell(cell) for cell in shown.cells)
    sentence = f"{shown.sentence} {ended}".strip()
    card = issuer.card(path, place, version.title, cells=cells, remark=ended, sentence=sentence)
    return replace(card, tag=shown.level.label, is_agreed=shown.level.key is LevelKey.AGREED)


def of_theme(theme: Theme, planks: int, path: str, issuer: Issuer) -> CardFacts:
    """A theme: how many planks it has."""
    counted = f"{planks} plank{'' if planks == 1 else 's'}"
    remark = f"{counted}, each with the words that {number_in_words()} Compass groups back, or do not."
    return issuer.card(path, "Theme", theme.name, remark=remark)


def of_group(group: Group, backs: str, path: str, issuer: Issuer) -> CardFacts:
    """A group: what it backs, in its page's own sentence."""
    return issuer.card(path, f"{group.disclaimer[0].upper()}{group.disclaimer[1:]}", group.title, remark=backs)


def of_site(issuer: Issuer) -> CardFacts:
    """The platform as a whole: what it is, and nothing that changes."""
    names = ", ".join(group.leaning for group in GROUPS[:-1])
    remark = (
        f"{number_in_words().capitalize()} Compass groups – {names} and {GROUPS[-1].leaning} – write one platform."
        f" Each decides by its own ballot. Here is what {all_in_words()} back, word for word, and where they differ."
    )
    return issuer.card("/", "", f"What {all_in_words()} Compass groups agree on", remark=remark)


def description(card: CardFacts, opening: str = "") -> str:
    """A page in two lines, as those who search are shown it."""
    tag = f"{card.tag}: " if card.tag else ""
    return kept_summary(f"{tag}{card.sentence or card.remark} {opening}", 300)


def _cell(cell: Cell) -> CellFacts:
    group = cell.group
    return CellFacts(group.key, group.letter, group.name, group.disclaimer, cell.glyph, cell.word, cell.note)
