"""Where the groups overlap: a picture of equal circles, a number in each part, and the same as a list in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.platform import public_planks
from policies.groups import GROUPS, Group
from policies.overlap import Part, finding, overlap, part_key, part_name, parts


@dataclass(frozen=True)
class Shown:
    """A part: who backs, how many planks, of how many not every unit, and their list."""

    key: str
    """Also where its number stands in the picture."""
    name: str
    planks: int
    in_part: int
    url: str


@dataclass(frozen=True)
class OverlapPage:
    """The parts in the order of their size, what nobody backs apart from them, and what they show in a sentence."""

    groups: Sequence[Group]
    parts: Sequence[Shown]
    nobody: Shown
    finding: str
    has_picture: bool
    """Equal circles show every part of three groups; of more or fewer the list says it alone."""


def overlap_page() -> OverlapPage:
    """However many planks there are, it costs the same."""
    counted = public_planks.now().overlapping()
    counts = overlap((part, planks) for part, planks, _ in counted)
    in_part = {part: planks for part, _, planks in counted}
    nobody = sum(planks for part, planks, _ in counted if not part)
    return OverlapPage(
        groups=GROUPS,
        parts=[_shown(part, counts[part], in_part.get(part, 0)) for part in parts()],
        nobody=_shown(Part(), nobody, 0),
        finding=finding(counts),
        has_picture=len(GROUPS) == 3,
    )


def _shown(part: Part, planks: int, in_part: int) -> Shown:
    asked: dict[str, Any] = {"only": part_key(part)}
    return Shown(part_key(part), part_name(part), planks, in_part, url_for("platform.all_planks", **asked))
