"""The pages on which an MP records a position: the exact words, the choice, and a look at it before it is public."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from app.endorsements import presenters as endorsements
from app.endorsements import queries as endorsement_queries
from app.models import Mp, Plank, Position, PositionDraft, Version
from app.mps import offices, queries
from app.mps.forms import LABELS
from app.mps.presenters import said as said_of
from app.mps.queries import VersionAsked
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import minute
from policies import positions as rules
from policies.permissions import Actor
from policies.positions import PositionKind, PositionState

ENDED: dict[PositionState, str] = {
    PositionState.REPLACED: "replaced",
    PositionState.WITHDRAWN: "withdrawn",
    PositionState.HISTORICAL: "historical since",
}


@dataclass(frozen=True)
class PositionPage:
    """The words asked about, who backs them, and what this MP recorded on them before."""

    mp: Mp
    plank: Plank
    version: Version
    sentence: str
    nodes: Sequence[ShownNode]
    current: str
    drafted: PositionDraft | None
    """What a delegate drafted on these words; the form begins with it."""
    earlier: Sequence[str]
    urls: dict[str, str]


def position_page(found: VersionAsked, actor: Actor) -> PositionPage:
    """The page of one version; raises `RuleBroken` where no position can be recorded on it."""
    plank, version = found.plank, found.version
    recorded = queries.recorded_on(actor.mp_id or 0, version)
    current = next((one for one in recorded if one.state is PositionState.CONFIRMED), None)
    if current is None:
        rules.require_recordable(plank.stage, version.id, plank.agreed_version_id, plank.working_version_id)
    stances = endorsement_queries.on_version(version)
    return PositionPage(
        mp=queries.own(actor),
        plank=plank,
        version=version,
        sentence=endorsements.sentence(stances, version.name),
        nodes=shown_nodes(version.units, version.rendered),
        current="" if current is None else f"{said_of(current)}, recorded on {minute(current.recorded_at)}",
        drafted=offices.draft_on(actor.mp_id, version),
        earlier=[_earlier(one) for one in recorded if one is not current],
        urls={way: url_for(f"mps.{way}", ref=plank.ref, name=version.name) for way in ("check", "confirm", "withdraw")},
    )


def said(kind: PositionKind) -> str:
    """What was chosen, in the words of the form."""
    return LABELS[kind]


def is_to_be_changed() -> bool:
    """Whether the form came back from the check to be changed."""
    return request.form.get("step") == "change"


def _earlier(position: Position) -> str:
    ended = f"{ENDED[position.state]} on {minute(position.ended_at)}"
    return f"{said_of(position)}, recorded on {minute(position.recorded_at)}, {ended}"
