"""What an MP's office sees: its delegates, a position being drafted, and what waits for the MP's word."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.endorsements import presenters as endorsements
from app.endorsements import queries as endorsement_queries
from app.models import Delegacy, Mp, Plank, PositionDraft, Version
from app.mps import offices, queries
from app.mps.queries import VersionAsked
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import day, minute
from policies import positions as rules
from policies.delegates import MOST_DELEGATES
from policies.errors import RuleBroken
from policies.permissions import Actor
from policies.positions import POSITION_WORDS


@dataclass(frozen=True)
class ShownDelegate:
    """A delegate, or an invitation that waits."""

    number: int
    address: str
    stands: str
    end_words: str


@dataclass(frozen=True)
class DelegatesPage:
    """An MP's delegates."""

    mp: Mp
    delegates: Sequence[ShownDelegate]
    has_room: bool
    most: int = MOST_DELEGATES


@dataclass(frozen=True)
class ShownDraft:
    """A drafted position on the brief: on which words, what it says, and what can be done with it."""

    number: int
    plank: str
    url: str
    words: str
    drafted: str
    seen: str
    stale: str
    """Why it can no longer be confirmed, where the text has moved on."""
    change_url: str


@dataclass(frozen=True)
class DraftingPage:
    """The words asked about, who backs them, the MP's position on them, and what is drafted now."""

    mp: Mp
    plank: Plank
    version: Version
    sentence: str
    nodes: Sequence[ShownNode]
    current: str
    drafted: PositionDraft | None
    urls: dict[str, str]


def delegates_page(actor: Actor) -> DelegatesPage:
    """Who drafts for an MP, and who is invited to."""
    mp = queries.own(actor)
    found = offices.delegacies_of(mp)
    return DelegatesPage(mp, [_delegate(one) for one in found], has_room=len(found) < MOST_DELEGATES)


def drafts_on_brief(mp: Mp, actor: Actor) -> list[ShownDraft]:
    """What waits for the MP's word; the same few queries, however many."""
    return [_draft(one, actor) for one in offices.drafts_of(mp)]


def drafting_page(found: VersionAsked, actor: Actor) -> DraftingPage:
    """The page on which a delegate drafts; raises `RuleBroken` where no position can be recorded."""
    plank, version = found.plank, found.version
    rules.require_recordable(plank.stage, version.id, plank.agreed_version_id, plank.working_version_id)
    mp = queries.own(actor)
    current = queries.confirmed(mp, version)
    return DraftingPage(
        mp=mp,
        plank=plank,
        version=version,
        sentence=endorsements.sentence(endorsement_queries.on_version(version), version.name),
        nodes=shown_nodes(version.units, version.rendered),
        current="" if current is None else _said(current.kind, current.statement),
        drafted=offices.draft_on(mp.id, version),
        urls={way: url_for(f"delegates.{way}", ref=plank.ref, name=version.name) for way in ("check", "save")},
    )


def _delegate(one: Delegacy) -> ShownDelegate:
    if one.person is None:
        ends = "has run out" if one.expires_at <= clock.now() else f"works until {minute(one.expires_at)}"
        return ShownDelegate(one.id, one.address, f"Invited on {day(one.invited_at)}; it {ends}", "Take it back")
    return ShownDelegate(one.id, one.person.email or "", f"Delegate since {day(one.accepted_at)}", "End it")


def _draft(one: PositionDraft, actor: Actor) -> ShownDraft:
    version, plank = one.version, one.version.plank
    stale = ""
    try:
        rules.require_recordable(plank.stage, version.id, plank.agreed_version_id, plank.working_version_id)
    except RuleBroken as refusal:
        stale = str(refusal)
    way = "mps.choose" if actor.is_mp else "delegates.choose"
    return ShownDraft(
        number=one.id,
        plank=f"{plank.name}: {version.title}, version {version.name}",
        url=url_for("platform.version", ref=plank.ref, name=version.name),
        words=_said(one.kind, one.statement),
        drafted=minute(one.drafted_at),
        seen=str(one.sitting),
        stale=stale,
        change_url="" if stale else url_for(way, ref=plank.ref, name=version.name),
    )


def _said(kind: rules.PositionKind, statement: str) -> str:
    words = POSITION_WORDS[kind]
    return f"{words}: “{statement}”" if statement else words
