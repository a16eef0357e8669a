"""MPs as pages show them: a list to look through, one MP, and the positions recorded on a plank, all personal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from app import clock, drawer
from app.models import Mp, Plank, Position, Version
from app.mps import queries
from app.mps.bearings import bearing_of, noted
from app.mps.service import folded
from app.web.filters import day
from app.web.paging import Page, page_of
from policies.errors import NotThere
from policies.groups import GROUPS
from policies.parties import PARTIES
from policies.permissions import Actor, Permission, may
from policies.planks import Stage
from policies.positions import NO_POSITION, POSITION_WORDS, PositionState, made_as

LINK = Markup('<a href="{}">{}</a>')
NOTE = Markup('<span>{}<br><span class="muted">{}</span></span>')
MUTED = Markup('<span class="muted">{}</span>')
MADE_UP = Markup('<span class="tag tag-state">Made up</span>')
OTHER = "other"
RECORDED = "recorded"
MOST_WORDS, LONGEST = 6, 100
HEAD = ("MP", "Seat", "Party", "Positions")
HEAD_ON_PLANK = ("MP, personally", "Position", "On", "Recorded")
HEAD_OF_MP = ("Plank", "Position", "On", "Recorded")


@dataclass(frozen=True)
class Asked:
    """How a list of MPs was narrowed: by group's party, to those with a position, by words."""

    party: str | None
    with_position: bool
    words: str


@dataclass(frozen=True)
class MpList:
    """One page of the list of MPs."""

    asked: Asked
    choices: Sequence[tuple[str, str]]
    page: Page
    rows: Sequence[Sequence[str | Markup]]
    read_on: str


@dataclass(frozen=True)
class MpPage:
    """One MP with the positions that stand or are history."""

    mp: Mp
    made_up: Markup | None
    positions: Page
    rows: Sequence[Sequence[str | Markup]]
    can_have_account: bool
    head: Sequence[str] = HEAD_OF_MP


@dataclass(frozen=True)
class PositionsOnPlank:
    """The positions on a plank, apart from the decisions of groups."""

    page: Page
    rows: Sequence[Sequence[str | Markup]]
    head: Sequence[str] = HEAD_ON_PLANK


def asked(query: Mapping[str, str]) -> Asked:
    """What the address asks for; raises `NotThere` for a filter that there is not."""
    party, position = query.get("party") or None, query.get("position") or None
    if party not in {None, OTHER, *(group.key for group in GROUPS)} or position not in {None, RECORDED}:
        raise NotThere("There is no such list of MPs. Choose what to see on the list of all MPs.")
    return Asked(party, position == RECORDED, " ".join(query.get("q", "").split())[:LONGEST])


def party_choices() -> list[tuple[str, str]]:
    """Each group's party by the group's key, and all the others together."""
    names = {party.group: party.name for party in reversed(PARTIES) if party.group}
    return [*((group.key, names[group.key]) for group in GROUPS), (OTHER, "Other parties and none")]


def mp_list(wanted: Asked, number: int) -> MpList:
    """One page of the list; raises `NotThere` past its end."""
    words = folded(wanted.words).split()[:MOST_WORDS]
    page = page_of(queries.sitting(wanted.party, with_position=wanted.with_position, words=words), number)
    counts = queries.position_counts([mp.id for mp in page.rows])
    newest = queries.newest_import()
    rows = [_row(mp, counts.get(mp.id, 0)) for mp in page.rows]
    return MpList(wanted, party_choices(), page, rows, day(newest.imported_at) if newest else "")


def mp_page(mp: Mp, number: int) -> MpPage:
    """An MP's page; the positions that stand come first."""
    page = page_of(queries.positions_of(mp), number)
    rows = [_row_of_mp(position) for position in page.rows]
    can_have_account = mp.is_sitting and not mp.is_demonstration and not clock.is_demonstration()
    return MpPage(mp, MADE_UP if mp.is_demonstration else None, page, rows, can_have_account)


def positions_on(plank: Plank, shown: Version, number: int) -> PositionsOnPlank:
    """The positions on a plank, for its page that shows the version `shown`."""
    page = page_of(queries.positions_on(plank), number)
    rows = [_row_on_plank(plank, position, shown) for position in page.rows]
    return PositionsOnPlank(page, rows)


def own_position_url(plank: Plank, version: Version, actor: Actor) -> str:
    """Where an MP records a position on these words; nothing for everybody else, and where none can be recorded."""
    is_live = plank.stage in {Stage.OPEN, Stage.BALLOTING}
    if not is_live or not may(actor, Permission.POSITION_RECORD, plank.facts_for(actor)):
        return ""
    if drawer.is_hidden_version(version):
        return ""
    return url_for("mps.choose", ref=plank.ref, name=version.name)


def drafting_url(plank: Plank, version: Version, actor: Actor) -> str:
    """Where a delegate drafts a position on these words; nothing for everybody else, and where none can be recorded."""
    is_live = plank.stage in {Stage.OPEN, Stage.BALLOTING}
    if not is_live or not may(actor, Permission.POSITION_DRAFT, plank.facts_for(actor)):
        return ""
    return url_for("delegates.choose", ref=plank.ref, name=version.name)


def said(position: Position) -> str | Markup:
    """A position in words, with its reservation."""
    words = POSITION_WORDS[position.kind]
    return f"{words}: “{position.statement}”" if position.statement else words


def _row(mp: Mp, positions: int) -> tuple[str | Markup, ...]:
    recorded: str | Markup = f"{positions} recorded" if positions else MUTED.format(NO_POSITION)
    return _named(mp), mp.seat, mp.party, recorded


def _named(mp: Mp) -> Markup:
    link = LINK.format(url_for("mps.show", number=mp.id), mp.name)
    return Markup("<span>{} {}</span>").format(link, MADE_UP) if mp.is_demonstration else link


def _row_on_plank(plank: Plank, position: Position, shown: Version) -> tuple[str | Markup, ...]:
    mp = position.mp
    who = NOTE.format(_named(mp), f"{mp.party}, {mp.seat}")
    return who, said(position), _version(plank, position, shown), _dated(position, mp)


def _row_of_mp(position: Position) -> tuple[str | Markup, ...]:
    plank = position.version.plank
    title = LINK.format(url_for("platform.plank", ref=plank.ref), f"{plank.name}: {position.version.title}")
    return title, said(position), _version(plank, position, plank.shown_version), _dated(position, position.mp)


def _version(plank: Plank, position: Position, shown: Version | None) -> Markup:
    """The exact version, and how its words stand to those a reader sees."""
    url = url_for("platform.version", ref=plank.ref, name=position.version.name)
    link = LINK.format(url, _unbroken(f"Version {position.version.name}"))
    note = noted(bearing_of(position.version, shown), shown.name) if shown is not None else ""
    return NOTE.format(link, note) if note else link


def _dated(position: Position, mp: Mp) -> str | Markup:
    label = made_as(position.party, mp.party)
    if position.state is PositionState.HISTORICAL:
        ended = f"historical: the seat was vacated on {day(position.ended_at)}"
        label = f"{label}; {ended}" if label else ended
    recorded = _unbroken(day(position.recorded_at))
    return NOTE.format(recorded, label[0].upper() + label[1:]) if label else recorded


def _unbroken(words: str) -> str:
    """A date or a name that a narrow column must not break."""
    return words.replace(" ", "\u00a0")
