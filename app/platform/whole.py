"""The platform as one document: the exact words of the planks of one level, by theme, each with who backs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from flask import request, url_for
from markupsafe import Markup

from app.endorsements import presenters as endorsements
from app.endorsements import queries as endorsement_queries
from app.endorsements.levels import READING_ORDER, level_named
from app.endorsements.presenters import Cell
from app.models import Plank, Stance, Theme, Version
from app.platform import public_planks, queries
from app.platform.addresses import plank_url, version_url
from app.platform.public_planks import Narrowed
from app.platform.versions import Remark, notes, remarks
from app.web.documents import ShownNode, shown_nodes
from app.web.paging import Page, asked_page, page_of_ids
from app.web.questions import require_known
from policies.agreement import Level, LevelKey
from policies.endorsements import StanceKind
from policies.errors import NotUnderstood

# What is printed and cited together; the rest stands in further parts.
PLANKS_IN_A_PART = 25


@dataclass(frozen=True)
class WholePlank:
    """One plank of the document: its exact words, and who backs them."""

    anchor: str
    name: str
    version: Version
    level: Level
    url: str
    permalink: str
    cells: Sequence[Cell]
    sentence: str
    remarks: Sequence[Remark]
    nodes: Sequence[ShownNode]


@dataclass(frozen=True)
class Chapter:
    """A theme, with its planks in this part of the document."""

    theme: Theme
    planks: Sequence[WholePlank]


@dataclass(frozen=True)
class Whole:
    """One part of the document, and what it is narrowed to."""

    level: Level
    theme: Theme | None
    chapters: Sequence[Chapter]
    page: Page
    levels: Sequence[tuple[str, str, str]]
    themes: Sequence[tuple[str, str, str]]


def whole_page() -> Whole:
    """The part that the address asks for; raises `NotUnderstood` for what it cannot ask, `NotThere` past the end."""
    require_known("level", "theme", "print", "page")
    public = public_planks.now()
    themes = [count.theme for count in public.themes()]
    level, theme = _level(), _theme(themes)
    narrowed = Narrowed(theme, level.key)
    page = page_of_ids(public.ids(narrowed, "theme"), queries.as_document, asked_page(), PLANKS_IN_A_PART)
    counts = public.counts_by_level(narrowed)
    return Whole(
        level=level,
        theme=theme,
        chapters=_chapters(page.rows),
        page=page,
        levels=[_level_tab(key, counts, theme) for key in READING_ORDER if counts.get(key) or key is level.key],
        themes=[("", "All themes", _url(level, None)), *((one.slug, one.name, _url(level, one)) for one in themes)],
    )


def _level() -> Level:
    asked = request.args.get("level") or LevelKey.AGREED.value
    if asked not in {key.value for key in READING_ORDER}:
        raise NotUnderstood(
            "The address asks for a level that there is not. The tabs of the page name those there are."
        )
    return level_named(asked)


def _theme(public: Sequence[Theme]) -> Theme | None:
    """The theme asked for, of those with public planks: to know another one would betray what is not public yet."""
    asked = request.args.get("theme", "")
    found = next((theme for theme in public if theme.slug == asked), None)
    if asked and found is None:
        raise NotUnderstood("The address asks for a theme that there is not. The page names those there are.")
    return found


def _url(level: Level, theme: Theme | None) -> str:
    asked = {"level": "" if level.key is LevelKey.AGREED else level.key.value, "theme": theme.slug if theme else ""}
    values: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return url_for("platform.whole", **values)


def _level_tab(key: LevelKey, counts: Mapping[str, int], theme: Theme | None) -> tuple[str, str, str]:
    level = level_named(key)
    return key.value, f"{level.label} ({counts.get(key, 0)})", _url(level, theme)


def _chapters(planks: Sequence[Plank]) -> list[Chapter]:
    shown = [(plank, version) for plank in planks if (version := plank.shown_version) is not None]
    stances = endorsement_queries.on_versions([version.id for _, version in shown])
    by_theme = groupby(shown, key=lambda pair: pair[0].theme)
    return [
        Chapter(theme, [_plank(plank, version, stances.get(version.id, {})) for plank, version in pairs])
        for theme, pairs in by_theme
    ]


def _plank(plank: Plank, version: Version, held: Mapping[str, Stance]) -> WholePlank:
    cells = endorsements.cells(held, notes(version, held), version)
    opted_out = {unit for stance in held.values() if stance.kind is StanceKind.OPT_OUT for unit in stance.units}
    permalink = version_url(plank, version.name)
    return WholePlank(
        anchor=plank.name.lower(),
        name=plank.name,
        version=version,
        level=endorsement_queries.level_of(plank, version, dict(held)),
        url=plank_url(plank),
        permalink=permalink,
        cells=cells,
        sentence=endorsements.sentence(held, version.name),
        remarks=remarks(version, cells, held),
        nodes=_led_out(shown_nodes(version.units, version.rendered, opted_out), permalink),
    )


def _led_out(nodes: Sequence[ShownNode], permalink: str) -> tuple[ShownNode, ...]:
    """The same nodes, whose footnotes are linked at the version's own page: here several planks may have a note 1."""
    return tuple(
        replace(
            node,
            html=node.html.replace(Markup('href="#'), Markup('href="{}#').format(permalink)),
            anchor="",
            children=_led_out(node.children, permalink),
        )
        for node in nodes
    )
