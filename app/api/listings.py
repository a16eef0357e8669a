"""The lists there are: of what, in which order, and how each row is told."""

from collections.abc import Callable, Sequence
from typing import Any

from app.api import popolo, popolo_schemas, queries, schemas, telling_decisions, telling_others, telling_planks
from app.api.lists import Listing
from app.api.naming import Told
from app.api.questions import Asked
from app.ballots import queries as ballots
from app.models import Amendment, AuditRow, Ballot, Count, Mp, Plank, Position, Round, Stance, Version
from app.platform.happenings import happenings
from app.record import queries as record
from app.results import queries as register
from app.results.queries import Wanted
from policies.ballots import Outcome, RoundKind

_HAPPENINGS = happenings()

PLANKS = Listing(
    "planks",
    schemas.PlankRow,
    queries.planks_asked,
    (Plank.number,),
    lambda plank: (plank.number,),
    telling_planks.planks,
)
STANCES = Listing(
    "stances",
    schemas.StanceRow,
    queries.stances_asked,
    (Stance.id,),
    lambda stance: (stance.id,),
    telling_planks.stances,
)
AMENDMENTS = Listing(
    "amendments",
    schemas.Amendment,
    queries.amendments_asked,
    (Plank.number, Amendment.number),
    lambda amendment: (amendment.plank.number, amendment.number),
    telling_planks.amendments,
)
ROUNDS = Listing(
    "rounds",
    schemas.Round,
    queries.rounds_asked,
    (Round.number,),
    lambda of_round: (of_round.number,),
    telling_decisions.rounds,
)
MPS = Listing("mps", schemas.Mp, queries.mps_asked, (Mp.id,), lambda mp: (mp.id,), telling_others.mps)
POSITIONS = Listing(
    "positions",
    schemas.Position,
    queries.positions_asked,
    (Position.id,),
    lambda position: (position.id,),
    telling_others.positions,
)
EVENTS = Listing(
    "events",
    schemas.Event,
    lambda _asked: _HAPPENINGS,
    tuple(_HAPPENINGS.selected_columns),
    lambda happening: tuple(happening),
    telling_others.events,
    newest_first=True,
    of_columns=True,
)
RECORD = Listing(
    "rows",
    schemas.RecordRow,
    lambda _asked: record.public_rows(),
    (AuditRow.id,),
    lambda row: (row.id,),
    telling_others.record_rows,
    newest_first=True,
)
MOTIONS = Listing(
    "motions",
    popolo_schemas.Motion,
    lambda _asked: ballots.published(),
    (Round.number,),
    lambda of_round: (of_round.number,),
    popolo.motions,
)


def _decisions(asked: Asked) -> Any:
    if "theme" in asked:
        queries.require_theme(asked["theme"])
    outcome, kind = asked.get("outcome"), asked.get("kind")
    wanted = Wanted(
        group=asked.get("group"),
        theme=asked.get("theme"),
        outcome=None if outcome is None else Outcome(outcome),
        kind=None if kind is None else RoundKind(kind),
        year=asked.get("year"),
    )
    return register.decisions(wanted)


def _of_decisions(name: str, schema: type[Any], told: Callable[[Sequence[Any]], list[Told]]) -> Listing:
    return Listing(
        name,
        schema,
        _decisions,
        (Round.published_at, Round.number, Ballot.id, Count.question),
        lambda row: (row[1].round.published_at, row[1].round.number, row[1].id, row[0].question),
        told,
        newest_first=True,
        of_columns=True,
    )


DECISIONS = _of_decisions("decisions", schemas.Decision, telling_decisions.decisions)
VOTE_EVENTS = _of_decisions("vote_events", popolo_schemas.VoteEvent, popolo.vote_events)
ALL_VERSIONS = Listing(
    "versions",
    schemas.Version,
    queries.all_versions,
    (Plank.number, Version.number, Version.minor),
    lambda version: (version.plank.number, version.number, version.minor),
    telling_planks.all_versions,
)


def versions_of(plank: Plank) -> Listing:
    """The versions of one plank."""
    return Listing(
        "versions",
        schemas.VersionRow,
        lambda _asked: queries.versions_of(plank),
        (Version.number, Version.minor),
        lambda version: (version.number, version.minor),
        lambda found: telling_planks.versions(plank, found),
    )
