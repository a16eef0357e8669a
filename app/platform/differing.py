"""Where we differ: what each group said that is not plain backing, in the exact words, of the texts in use today."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.endorsements import presenters as endorsements
from app.endorsements import queries as endorsement_queries
from app.endorsements.presenters import Cell
from app.models import Plank, Stance, Version
from app.platform import public_planks, queries
from app.platform.addresses import plank_url, version_url
from app.platform.public_planks import NEWEST, Narrowed
from app.web.backing import clauses_named
from app.web.filters import day
from app.web.paging import Page, page_of_ids
from policies.agreement import Level
from policies.differences import differences
from policies.endorsements import StanceKind
from policies.groups import Group, group_named
from policies.overlap import Standing
from policies.text.render import plain

PAGE_LENGTH = 15


@dataclass(frozen=True)
class Difference:
    """What one group said: in a clause that follows its name, and the words it concerns with their clause numbers."""

    group: Group
    said: str
    words: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class OnVersion:
    """One version on which the groups differ: what all of them decided, and the differences."""

    name: str
    url: str
    is_newer: bool
    cells: Sequence[Cell]
    sentence: str
    decided_on: Sequence[str]
    """The versions that were decided on, where they are others than this one, of the same words."""
    differences: Sequence[Difference]


@dataclass(frozen=True)
class DifferingPlank:
    """A plank with the versions in use on which the groups differ: the one the public reads, and the newer one."""

    number: str
    title: str
    url: str
    level: Level
    versions: Sequence[OnVersion]


@dataclass(frozen=True)
class DifferPage:
    """One page of the planks on which the groups differ."""

    planks: Sequence[DifferingPlank]
    page: Page


def differ_page(number: int) -> DifferPage:
    """The newest decisions first; one query for all their stances. Raises `NotThere` past the end."""
    ids = public_planks.now().ids(Narrowed(standing=Standing.DIFFER), NEWEST)
    page = page_of_ids(ids, queries.in_full, number, PAGE_LENGTH)
    stances = endorsement_queries.on_versions({version.id for plank in page.rows for version in _in_use(plank)})
    return DifferPage([_plank(plank, stances) for plank in page.rows], page)


def _plank(plank: Plank, stances: Mapping[int, Mapping[str, Stance]]) -> DifferingPlank:
    shown = plank.shown_version
    if shown is None:
        raise ValueError("A public plank has words.")
    found = [_on_version(plank, version, stances.get(version.id, {})) for version in _in_use(plank)]
    return DifferingPlank(
        number=plank.name,
        title=shown.title,
        url=plank_url(plank),
        level=endorsement_queries.level_of(plank, shown, stances.get(shown.id, {})),
        versions=[one for one in found if one.differences],
    )


def _in_use(plank: Plank) -> list[Version]:
    """The version the public reads, then the one members work on, where that is another."""
    shown, working = plank.shown_version, plank.working_version
    return [version for version in dict.fromkeys((shown, working)) if version is not None]


def _on_version(plank: Plank, version: Version, held: Mapping[str, Stance]) -> OnVersion:
    differing = differences(endorsement_queries.kinds(held))
    return OnVersion(
        name=version.name,
        url=version_url(plank, version.name),
        is_newer=version is not plank.shown_version,
        cells=endorsements.cells(held, shown=version),
        sentence=endorsements.sentence(held, version.name),
        decided_on=sorted({one.version.name for one in held.values()} - {version.name}),
        differences=[_difference(version, held[group]) for group in differing],
    )


def _difference(version: Version, stance: Stance) -> Difference:
    said = SAID[stance.kind].format(
        text=f"version {endorsements.taken_on(stance, version.name)}",
        day=day(stance.decided_at),
        clauses=clauses_named(version, stance.units) if stance.units else "",
    )
    return Difference(group_named(stance.group), said, WORDS.get(stance.kind, _no_words)(version, stance))


def _left_out(version: Version, stance: Stance) -> list[tuple[str, str]]:
    """The words in brackets, clause by clause."""
    return [(unit.clause, plain(unit.markdown)) for unit in version.units if unit.unit_id in stance.units]


def _reserved(_version: Version, stance: Stance) -> list[tuple[str, str]]:
    return [("", f"“{stance.statement}”")]


def _no_words(_version: Version, _stance: Stance) -> list[tuple[str, str]]:
    return []


# What a group did, told of the group alone; a date and the text, and no word of why.
SAID: dict[StanceKind, str] = {
    StanceKind.RESERVATION: "backs {text} with this reservation, recorded on {day}:",
    StanceKind.OPT_OUT: "backs {text} except {clauses}, decided on {day}. In brackets for this group:",
    StanceKind.DECLINED: "declined {text} on {day}.",
    StanceKind.WITHDRAWN: "withdrew its backing of {text} on {day}.",
    StanceKind.CONDITIONAL: "would back another text on a condition, since {day}.",
}
WORDS: dict[StanceKind, Callable[[Version, Stance], list[tuple[str, str]]]] = {
    StanceKind.OPT_OUT: _left_out,
    StanceKind.RESERVATION: _reserved,
}
