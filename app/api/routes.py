"""The addresses of the API. Whoever asks is a visitor here, whatever the browser holds."""

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from app.amendments import queries as amendments
from app.api import (
    description,
    everything,
    listings,
    lists,
    naming,
    popolo,
    popolo_schemas,
    presenters,
    queries,
    schemas,
    telling_decisions,
    telling_others,
    telling_planks,
)
from app.api import questions as ask
from app.api.description import pages, reads, reads_file
from app.api.naming import Told
from app.api.questions import Asked
from app.ballots import queries as ballots
from app.ballots.queries import RoundAsSeen
from app.models import Amendment, Mp, Plank
from app.mps import queries as mps_known
from app.planks import queries as planks_known
from app.platform import queries as platform
from app.platform.queries import VersionOfPlank
from app.web.guard import guarded
from policies.permissions import Permission

many, one = schemas.many, schemas.one

# The page about it is for people, and has the layout of all pages.
docs = Blueprint("api_docs", __name__)


@pages.get("/themes")
@guarded(Permission.SITE_READ)
@reads(ask.Nothing, many("themes", schemas.ThemeRow, goes_on=False))
def themes(_asked: Asked) -> Told:
    """Themes that have planks.

    All of them; a theme is for finding planks and no part of what a group backs.
    """
    return {"about": naming.about(), "themes": telling_planks.themes(platform.themes_with_counts())}


@pages.get("/groups")
@guarded(Permission.SITE_READ)
@reads(ask.Nothing, many("groups", schemas.Group, goes_on=False))
def groups(_asked: Asked) -> Told:
    """The Compass groups.

    What each says of itself, and the standing orders it decides by today.
    """
    return {"about": naming.about(), "groups": telling_others.groups()}


@pages.get("/planks")
@guarded(Permission.SITE_READ)
@reads(ask.AskedPlanks, many("planks", schemas.PlankRow))
def planks(asked: Asked) -> Told:
    """Planks, by number.

    Those that ended are among them, each with why. A group's own name narrows by what it did with the words shown.
    """
    return lists.page(listings.PLANKS, asked)


@pages.get("/planks/<plank_ref:ref>")
@guarded(Permission.PLANK_READ, load=planks_known.visible)
@reads(ask.Nothing, one("plank", schemas.Plank))
def plank(plank: Plank, _asked: Asked) -> Told:
    """One plank.

    With the words the public reads: the agreed text where there is one, else the text members work on.
    """
    return {"about": naming.about(), "plank": telling_planks.plank(plank)}


@pages.get("/planks/<plank_ref:ref>/versions")
@guarded(Permission.PLANK_READ, load=planks_known.visible)
@reads(ask.Paging, many("versions", schemas.VersionRow))
def versions(plank: Plank, asked: Asked) -> Told:
    """The versions of a plank, oldest first."""
    return lists.page(listings.versions_of(plank), asked)


@pages.get("/planks/<plank_ref:ref>/versions/<version_name:name>")
@guarded(Permission.PLANK_READ, load=platform.version_of_plank)
@reads(ask.Nothing, one("version", schemas.Version))
def version(found: VersionOfPlank, _asked: Asked) -> Told:
    """One version: its words, units and lines, and the decisions on exactly these words."""
    return {"about": naming.about(), "version": telling_planks.version(found.plank, found.version)}


@pages.get("/stances")
@guarded(Permission.SITE_READ)
@reads(ask.AskedStances, many("stances", schemas.StanceRow))
def stances(asked: Asked) -> Told:
    """Decisions of groups on exact versions, oldest first.

    A stance stays on its version. Where a group decided on a newer one, both are here.
    """
    return lists.page(listings.STANCES, asked)


@pages.get("/amendments")
@guarded(Permission.SITE_READ)
@reads(ask.AskedAmendments, many("amendments", schemas.Amendment))
def amendments_listed(asked: Asked) -> Told:
    """Amendments that have a number, by plank."""
    return lists.page(listings.AMENDMENTS, asked)


@pages.get("/amendments/<amendment_ref:ref>")
@guarded(Permission.AMENDMENT_READ, load=amendments.visible)
@reads(ask.Nothing, one("amendment", schemas.Amendment))
def amendment(found: Amendment, _asked: Asked) -> Told:
    """One amendment with the words it proposes."""
    (told,) = telling_planks.amendments([found])
    return {"about": naming.about(), "amendment": told}


@pages.get("/rounds")
@guarded(Permission.SITE_READ)
@reads(ask.AskedRounds, many("rounds", schemas.Round))
def rounds(asked: Asked) -> Told:
    """Rounds of ballots, by number.

    Nothing of turnout or result before a round is published.
    """
    return lists.page(listings.ROUNDS, asked)


@pages.get("/rounds/<number:number>")
@guarded(Permission.ROUND_READ, load=ballots.visible)
@reads(ask.Nothing, one("round", schemas.RoundWithResults))
def round_asked(seen: RoundAsSeen, _asked: Asked) -> Told:
    """One round, with each group's results once it is published."""
    counted = queries.results_of(seen.round)
    return {"about": naming.about(), "round": telling_decisions.round_with_results(seen.round, counted)}


@pages.get("/decisions")
@guarded(Permission.SITE_READ)
@reads(ask.AskedDecisions, many("decisions", schemas.Decision))
def decisions(asked: Asked) -> Told:
    """The register of decisions, newest first.

    One row for each question of each group's ballot. Figures are there as far as the rule for small groups lets them.
    """
    return lists.page(listings.DECISIONS, asked)


@pages.get("/mps")
@guarded(Permission.SITE_READ)
@reads(ask.AskedMps, many("mps", schemas.Mp))
def mps(asked: Asked) -> Told:
    """MPs, sitting or not."""
    return lists.page(listings.MPS, asked)


@pages.get("/mps/<number:number>")
@guarded(Permission.MP_READ, load=mps_known.visible)
@reads(ask.Nothing, one("mp", schemas.Mp))
def mp(found: Mp, _asked: Asked) -> Told:
    """One MP. What they said is under /positions?mp=…"""
    return {"about": naming.about(), "mp": telling_others.mp(found)}


@pages.get("/positions")
@guarded(Permission.SITE_READ)
@reads(ask.AskedPositions, many("positions", schemas.Position))
def positions(asked: Asked) -> Told:
    """What MPs said of exact versions.

    Personal, and never a group's. No position says nothing for or against.
    """
    return lists.page(listings.POSITIONS, asked)


@pages.get("/events")
@guarded(Permission.SITE_READ)
@reads(ask.Paging, many("events", schemas.Event))
def events(asked: Asked) -> Told:
    """What became public, newest first."""
    return lists.page(listings.EVENTS, asked)


@pages.get("/record")
@guarded(Permission.SITE_READ)
@reads(ask.Paging, many("rows", schemas.RecordRow))
def record(asked: Asked) -> Told:
    """The record of changes as everybody may read it, newest first."""
    return lists.page(listings.RECORD, asked)


@pages.get("/popolo/organizations")
@guarded(Permission.SITE_READ)
@reads(ask.Nothing, many("organizations", popolo_schemas.Organization, goes_on=False))
def popolo_organizations(_asked: Asked) -> Told:
    """The groups in Popolo's shape."""
    return {"about": naming.about(), "organizations": popolo.organizations()}


@pages.get("/popolo/motions")
@guarded(Permission.SITE_READ)
@reads(ask.Paging, many("motions", popolo_schemas.Motion))
def popolo_motions(asked: Asked) -> Told:
    """Published rounds in Popolo's shape."""
    return lists.page(listings.MOTIONS, asked)


@pages.get("/popolo/vote-events")
@guarded(Permission.SITE_READ)
@reads(ask.Paging, many("vote_events", popolo_schemas.VoteEvent))
def popolo_vote_events(asked: Asked) -> Told:
    """Each group's decisions in Popolo's shape, newest first."""
    return lists.page(listings.VOTE_EVENTS, asked)


@pages.get("/everything.jsonl")
@guarded(Permission.SITE_READ)
@reads_file("application/x-ndjson", "One thing a line, in JSON; “kind” says what it is.")
def everything_public(_asked: Asked) -> Response:
    """Everything public at once, with its licence.

    The rows of all lists and the words of all versions; arguments are not among them. Packed for those who accept gzip.
    """
    return everything.answer()


@pages.get("/openapi.json")
@guarded(Permission.SITE_READ)
@reads_file("application/json", "OpenAPI 3.1.")
def openapi(_asked: Asked) -> Response:
    """This description."""
    return jsonify(description.description())


@docs.get("/api")
@guarded(Permission.SITE_READ)
def show() -> ResponseReturnValue:
    """How the API is asked and what it answers, for people."""
    return render_template("api/show.html", page=presenters.docs_page())
