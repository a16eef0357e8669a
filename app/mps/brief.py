"""An MP's brief, read in a minute: what all groups back, the own positions, and what changed since the last look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from flask import url_for

from app import clock
from app.endorsements import presenters as endorsements
from app.endorsements import queries as endorsement_queries
from app.endorsements.presenters import Cell
from app.models import Mp, Plank, Position, Stance, Version
from app.mps import queries
from app.mps.bearings import bearing_of, noted
from app.mps.delegate_pages import ShownDraft, drafts_on_brief
from app.mps.presenters import drafting_url, own_position_url, said
from app.web.filters import day
from app.web.paging import Page, page_of
from policies.agreement import Level
from policies.endorsements import StanceKind
from policies.groups import group_named
from policies.permissions import Actor
from policies.positions import NO_POSITION, Bearing, last_look
from policies.text.render import plain_with_marks

PLANKS_ON_A_PAGE = 20
MOST_SHOWN = 20


@dataclass(frozen=True)
class News:
    """Something that changed since the last look: when, on which plank, what, and where to read it."""

    at: datetime
    plank: str
    what: str
    url: str
    link: str


@dataclass(frozen=True)
class OwnPosition:
    """The own position on a plank, or that there is none, and where to record or change it."""

    words: str
    note: str
    compare_url: str
    url: str
    is_recorded: bool


@dataclass(frozen=True)
class BriefPlank:
    """A plank of the brief: who backs exactly which words, the words, and the own position."""

    name: str
    title: str
    url: str
    version: str
    level: Level
    cells: Sequence[Cell]
    sentence: str
    decided_on: Sequence[str]
    """The versions that were decided on, where they are others than the one shown, of the same words."""
    reservations: Sequence[tuple[str, str]]
    opening: str
    lines: Sequence[tuple[str, str]]
    """Each unit's clause and words; footnotes and links stand in brackets, since several texts share the page."""
    own: OwnPosition
    newer: str
    newer_url: str


@dataclass(frozen=True)
class BriefPage:
    """The whole brief, and the moment at which it was true."""

    mp: Mp
    shown_at: datetime
    page: Page
    planks: Sequence[BriefPlank]
    others: Sequence[BriefPlank]
    news: Sequence[News]
    more_news: int
    drafts: Sequence[ShownDraft]
    """What delegates drafted, for the MP to confirm."""
    is_delegate: bool
    """Whether a delegate reads it, who records and notes nothing."""


def brief_page(actor: Actor, number: int) -> BriefPage:
    """The brief of the MP who asks; the same few queries, however many planks there are."""
    shown_at, mp = clock.now(), queries.own(actor)
    page, own = page_of(queries.backed_by_all(), number, PLANKS_ON_A_PAGE), queries.own_by_plank(mp)
    others = queries.other_planks_of(mp)
    shown = [plank.shown_version for plank in chain(page.rows, others)]
    stances = endorsement_queries.on_versions([version.id for version in shown if version])
    news = _news(mp, own)
    return BriefPage(
        mp=mp,
        shown_at=shown_at,
        page=page,
        planks=[_plank(plank, stances, own.get(plank.id, []), actor, with_text=True) for plank in page.rows],
        others=[_plank(plank, stances, own.get(plank.id, []), actor, with_text=False) for plank in others],
        news=news[:MOST_SHOWN],
        more_news=max(0, len(news) - MOST_SHOWN),
        drafts=drafts_on_brief(mp, actor),
        is_delegate=not actor.is_mp,
    )


def _plank(
    plank: Plank,
    stances: Mapping[int, Mapping[str, Stance]],
    own: Sequence[Position],
    actor: Actor,
    *,
    with_text: bool,
) -> BriefPlank:
    version = plank.shown_version
    assert version is not None
    held, working = stances.get(version.id, {}), plank.working_version
    has_newer = working is not None and working.id != version.id
    return BriefPlank(
        name=plank.name,
        title=version.title,
        url=url_for("platform.plank", ref=plank.ref),
        version=version.name,
        level=endorsement_queries.level_of(plank, version, dict(held)),
        cells=endorsements.cells(held, shown=version),
        sentence=endorsements.sentence(held, version.name),
        decided_on=sorted({one.version.name for one in held.values()} - {version.name}),
        reservations=_reservations(held),
        opening=endorsements.opening_words(version.text),
        lines=[(unit.clause, plain_with_marks(unit.markdown, True)) for unit in version.units] if with_text else (),
        own=_own(plank, version, own, actor),
        newer=f"There is a newer text, version {working.name}." if has_newer and working else "",
        newer_url=_compare(plank, version.name, working.name) if has_newer and working else "",
    )


def _reservations(held: Mapping[str, Stance]) -> list[tuple[str, str]]:
    """What groups printed beside the text they back."""
    reserved = [one for one in held.values() if one.kind is StanceKind.RESERVATION]
    return [(group_named(one.group).full_title, one.statement) for one in reserved]


def _own(plank: Plank, shown: Version, own: Sequence[Position], actor: Actor) -> OwnPosition:
    """The position on the words shown, else the one on the newest words."""
    url = own_position_url(plank, shown, actor) or drafting_url(plank, shown, actor)
    position = next((one for one in own if one.version_id == shown.id), own[0] if own else None)
    if position is None:
        return OwnPosition(NO_POSITION, "", "", url, is_recorded=False)
    found, name = bearing_of(position.version, shown), position.version.name
    note = noted(found, shown.name)
    compare = "" if found is Bearing.SAME else _compare(plank, name, shown.name)
    words = f"{said(position)}, on version {name} since {day(position.recorded_at)}"
    return OwnPosition(words, note, compare, url, is_recorded=position.version_id == shown.id)


def _news(mp: Mp, own: Mapping[int, Sequence[Position]]) -> list[News]:
    """What happened to each plank since this MP last looked at it, the newest first; nothing before a first look."""
    looks = {plank_id: [one.recorded_at for one in positions] for plank_id, positions in own.items()}
    since = min(chain([mp.looked_at] if mp.looked_at else [], chain.from_iterable(looks.values())), default=None)
    if since is None:
        return []

    def is_news(plank_id: int, moment: datetime) -> bool:
        look = last_look(mp.looked_at, looks.get(plank_id, []))
        return look is not None and moment > look

    versions = [one for one in queries.versions_since(mp, since) if is_news(one.plank_id, one.created_at)]
    stances = [one for one in queries.stances_since(mp, since) if is_news(one.plank_id, one.decided_at)]
    names = queries.version_names({one.plank_id for one in versions})
    by_version: dict[int, list[Stance]] = {}
    for one in stances:
        by_version.setdefault(one.version_id, []).append(one)
    decided = [_of_stances(found) for found in by_version.values()]
    found = [*(_of_version(one, names[one.plank_id]) for one in versions), *decided]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _of_version(version: Version, names: Sequence[tuple[str, datetime]]) -> News:
    """A new text, with what changed since the one before; the first of a plank has none before."""
    plank, place = version.plank, [name for name, _ in names].index(version.name)
    if not place:
        url = url_for("platform.plank", ref=plank.ref)
        return News(version.created_at, f"{plank.name}: {version.title}", "A new plank", url, "Read it")
    before = names[place - 1][0]
    url = _compare(plank, before, version.name)
    what = f"New text, version {version.name}"
    return News(version.created_at, f"{plank.name}: {version.title}", what, url, f"Compare it with version {before}")


def _of_stances(stances: Sequence[Stance]) -> News:
    """What groups decided on one version, each for itself, in one sentence."""
    version = stances[0].version
    plank = version.plank
    url = url_for("platform.plank", ref=plank.ref, view="backing")
    what = endorsements.backing({one.group: one for one in stances}, version.name).removesuffix(".")
    at = max(one.decided_at for one in stances)
    return News(at, f"{plank.name}: {version.title}", what, url, "See who backs what")


def _compare(plank: Plank, before: str, after: str) -> str:
    values: dict[str, Any] = {"from": before, "to": after}
    return url_for("platform.compare", ref=plank.ref, **values)
