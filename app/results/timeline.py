"""What each group decided on a plank over its versions, as a picture: a lane a group, a step a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.endorsements.presenters import PAUSED, Cell, cells
from app.models import Stance
from policies.endorsements import COUNTING
from policies.groups import GROUPS, Group

MOST_VERSIONS = 12
STEP = 44
HEAD = 34
# Versions are named on the left; the lanes share what is left of the width.
NAMES_PERCENT = 34


class VersionLike(Protocol):
    """What a picture needs to know of a version."""

    @property
    def version_id(self) -> int:
        """Its id."""

    @property
    def name(self) -> str:
        """ "3" or "3.1"."""


@dataclass(frozen=True)
class Lane:
    """One group's lane: where it lies, and in words what the group decided."""

    group: Group
    x: float
    said: str


@dataclass(frozen=True)
class Step:
    """One version: how far down it lies."""

    name: str
    y: int


@dataclass(frozen=True)
class Mark:
    """A group's decision on a version."""

    group: Group
    x: float
    y: int
    glyph: str
    backs: bool


@dataclass(frozen=True)
class Timeline:
    """The whole picture, the newest version first, as the table beside it has them."""

    height: int
    lanes: Sequence[Lane]
    steps: Sequence[Step]
    marks: Sequence[Mark]
    sentence: str
    left_out: int
    """How many older versions do not stand in the picture."""


def timeline(versions: Sequence[VersionLike], stances: Mapping[int, Mapping[str, Stance]]) -> Timeline | None:
    """The picture of these versions, oldest first; nothing where no group has decided."""
    if not any(stances.get(version.version_id) for version in versions):
        return None
    shown = list(reversed(versions))[:MOST_VERSIONS]
    lanes = [Lane(group, _x(place), _said(group, shown, stances)) for place, group in enumerate(GROUPS)]
    steps = [Step(version.name, HEAD + STEP * place + STEP // 2) for place, version in enumerate(shown)]
    marks = [
        _mark(lane, step, stances[version.version_id][lane.group.key])
        for version, step in zip(shown, steps, strict=True)
        for lane in lanes
        if lane.group.key in stances.get(version.version_id, {})
    ]
    sentence = " ".join(f"{lane.group.title}: {lane.said}." for lane in lanes)
    return Timeline(HEAD + STEP * len(shown), lanes, steps, marks, sentence, len(versions) - len(shown))


def _x(place: int) -> float:
    width = (100 - NAMES_PERCENT) / len(GROUPS)
    return round(NAMES_PERCENT + width * (place + 0.5), 2)


def _mark(lane: Lane, step: Step, stance: Stance) -> Mark:
    cell = _cell(lane.group, stance)
    return Mark(lane.group, lane.x, step.y, cell.glyph, stance.kind in COUNTING and cell.kind != PAUSED)


def _said(group: Group, shown: Sequence[VersionLike], stances: Mapping[int, Mapping[str, Stance]]) -> str:
    """Oldest first: "version 1: Backs it; version 3: Did not back it"."""
    held = [(version.name, stances.get(version.version_id, {}).get(group.key)) for version in reversed(shown)]
    said = [f"version {name}: {_cell(group, stance).word.lower()}" for name, stance in held if stance is not None]
    return "; ".join(said) or "no decision yet"


def _cell(group: Group, stance: Stance) -> Cell:
    """What pages show of one decision, a pause or a lapsed condition with it."""
    return next(cell for cell in cells({group.key: stance}) if cell.group == group)
