"""The pages everybody reads: home, planks, where we stand and differ, what is new, a plank, how decisions are made."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.amendments import queries as amendments
from app.config import Settings
from app.models import Amendment, Plank
from app.planks import queries as planks
from app.platform import all_planks as planks_listed
from app.platform import (
    comparing,
    conference,
    differing,
    exports,
    lists,
    matrix,
    news_asked,
    overlapping,
    presenters,
    queries,
    rules,
    units,
    versions,
    whole,
)
from app.platform.addresses import unit_url
from app.platform.queries import UnitOfVersion, VersionOfPlank
from app.web import csv_files, redlines
from app.web.actor import current_actor
from app.web.guard import guarded
from app.web.paging import asked_page
from app.web.printing import asked_print
from app.web.questions import require_known
from app.web.redirects import local_path
from policies.glossary import TERMS
from policies.groups import GROUPS
from policies.permissions import Permission
from policies.planks import Stage

pages = Blueprint("platform", __name__)


@pages.get("/")
@guarded(Permission.SITE_READ)
def home() -> ResponseReturnValue:
    """How many planks are agreed, and the planks."""
    return render_template("platform/home.html", page=lists.home_page())


@pages.get("/platform", endpoint="whole")
@guarded(Permission.SITE_READ)
def whole_platform() -> ResponseReturnValue:
    """The platform as one document: the exact words, with who backs them."""
    return render_template("platform/whole.html", page=whole.whole_page(), **asked_print())


@pages.get("/planks")
@guarded(Permission.SITE_READ)
def all_planks() -> ResponseReturnValue:
    """All planks, or those of one level, of one theme, or that a group backs."""
    return render_template("platform/all_planks.html", listed=planks_listed.plank_list(asked_page()))


@pages.get("/where-we-stand")
@guarded(Permission.SITE_READ)
def where_we_stand() -> ResponseReturnValue:
    """Planks by groups, each cell a decision on exact words."""
    return render_template("platform/where_we_stand.html", page=matrix.matrix_page(asked_page()))


@pages.get("/where-we-stand.csv")
@guarded(Permission.SITE_READ)
def where_we_stand_csv() -> ResponseReturnValue:
    """The same as a file, all planks of it."""
    settings: Settings = current_app.config["SETTINGS"]
    now = clock.now()
    table = exports.standing_csv(matrix.asked_of_address(), settings.site_url, now)
    return csv_files.download("where-we-stand", now, table)


@pages.get("/where-we-differ")
@guarded(Permission.SITE_READ)
def where_we_differ() -> ResponseReturnValue:
    """Planks on which the groups differ, with the exact words of each difference."""
    require_known("page")
    return render_template("platform/where_we_differ.html", page=differing.differ_page(asked_page()))


@pages.get("/overlap")
@guarded(Permission.SITE_READ)
def overlap() -> ResponseReturnValue:
    """How many planks each of the groups backs alone, and with which others."""
    require_known()
    return render_template("platform/overlap.html", page=overlapping.overlap_page())


@pages.get("/glossary")
@guarded(Permission.SITE_READ)
def glossary() -> ResponseReturnValue:
    """What the words of these pages mean."""
    return render_template("platform/glossary.html", terms=TERMS)


@pages.get("/whats-new")
@guarded(Permission.SITE_READ)
def whats_new() -> ResponseReturnValue:
    """What became public, newest first."""
    return render_template("platform/whats_new.html", page=news_asked.news_page(asked_page()))


@pages.get("/themes")
@guarded(Permission.SITE_READ)
def themes() -> ResponseReturnValue:
    """All themes."""
    return render_template("platform/themes.html", themes=queries.themes_with_counts())


@pages.get("/themes/<slug>")
@guarded(Permission.SITE_READ)
def theme(slug: str) -> ResponseReturnValue:
    """The planks of one theme."""
    listed = planks_listed.plank_list(asked_page(), planks.theme(slug))
    return render_template("platform/all_planks.html", listed=listed)


@pages.get("/planks/<plank_ref:ref>")
@guarded(Permission.PLANK_READ, load=planks.visible)
def plank(plank: Plank) -> ResponseReturnValue:
    """One plank: its words, who backs them, its amendments and its history."""
    if plank.stage is Stage.DRAFT:
        return redirect(url_for("planks.preview", ref=plank.ref))
    if _is_old_address(plank):
        return redirect(url_for("platform.plank", ref=plank.ref, **_asked("view", "text")), 301)
    actor, view = current_actor(), request.args.get("view", "text")
    page = presenters.plank_page(plank, actor, view, request.args.get("text"))
    values = presenters.values_of_view(page, actor, view, asked_page())
    return render_template(f"platform/plank_{view}.html", page=page, **asked_print(), **values)


@pages.get("/planks/<plank_name:ref>")
@guarded(Permission.PLANK_READ, load=planks.visible)
def plank_by_name(plank: Plank) -> ResponseReturnValue:
    """P12 as it is said and written, led to its address, and to the view that was asked for."""
    return redirect(url_for("platform.plank", ref=plank.ref, **_asked("view", "text")), 301)


@pages.get("/planks/<plank_ref:ref>/v<version_name:name>")
@guarded(Permission.PLANK_READ, load=queries.version_of_plank)
def version(found: VersionOfPlank) -> ResponseReturnValue:
    """One version for ever: its words, its hash, the decisions on it."""
    if _is_old_address(found.plank):
        return redirect(url_for("platform.version", ref=found.plank.ref, name=found.version.name), 301)
    page = versions.version_page(found.plank, found.version)
    return render_template("platform/version.html", page=page, **asked_print())


@pages.get("/planks/<plank_ref:ref>/v<version_name:name>/units/<unit_id>")
@guarded(Permission.PLANK_READ, load=queries.unit_of_version)
def unit(found: UnitOfVersion) -> ResponseReturnValue:
    """One unit of a version: who changed it, when and why."""
    if _is_old_address(found.plank):
        return redirect(unit_url(found.plank, found.version.name, found.unit.unit_id), 301)
    return render_template("platform/unit.html", page=units.unit_page(found))


@pages.get("/planks/<plank_ref:ref>/v<version_name:name>/motion")
@guarded(Permission.PLANK_READ, load=queries.version_of_plank)
def motion(found: VersionOfPlank) -> ResponseReturnValue:
    """A version as a motion for a party's conference, or what it changed as an amendment."""
    if _is_old_address(found.plank):
        return conference.led_on("platform.motion", ref=found.plank.ref, name=found.version.name)
    return render_template("platform/motion.html", page=conference.conference_page(conference.of_version(found)))


@pages.get("/planks/<plank_ref:ref>/v<version_name:name>/motion.txt")
@guarded(Permission.PLANK_READ, load=queries.version_of_plank)
def motion_file(found: VersionOfPlank) -> ResponseReturnValue:
    """The same as a file."""
    if _is_old_address(found.plank):
        return conference.led_on("platform.motion_file", ref=found.plank.ref, name=found.version.name)
    return conference.conference_file(conference.of_version(found))


@pages.get("/amendments/<amendment_ref:ref>/motion")
@guarded(Permission.AMENDMENT_READ, load=amendments.visible)
def amendment_motion(amendment: Amendment) -> ResponseReturnValue:
    """An amendment in the words of a party's conference."""
    if _is_old_address(amendment):
        return conference.led_on("platform.amendment_motion", ref=amendment.ref)
    return render_template("platform/motion.html", page=conference.conference_page(conference.of_amendment(amendment)))


@pages.get("/amendments/<amendment_ref:ref>/motion.txt")
@guarded(Permission.AMENDMENT_READ, load=amendments.visible)
def amendment_motion_file(amendment: Amendment) -> ResponseReturnValue:
    """The same as a file."""
    if _is_old_address(amendment):
        return conference.led_on("platform.amendment_motion_file", ref=amendment.ref)
    return conference.conference_file(conference.of_amendment(amendment))


@pages.get("/planks/<plank_ref:ref>/compare")
@guarded(Permission.PLANK_READ, load=planks.visible)
def compare(plank: Plank) -> ResponseReturnValue:
    """Two versions beside each other."""
    if _is_old_address(plank):
        return redirect(url_for("platform.compare", ref=plank.ref, **_asked("from", "to")), 301)
    page = comparing.compare_page(plank, request.args.get("from"), request.args.get("to"))
    return render_template("platform/compare.html", page=page)


@pages.route("/how-changes-are-spoken", methods=["GET", "POST"])
@guarded(Permission.SITE_READ)
def spoken() -> ResponseReturnValue:
    """Choose what a screen reader says of each change."""
    back = local_path(request.args.get("next"), url_for("platform.spoken"))
    if request.method == "GET":
        return render_template("platform/spoken.html", next=back, choices=redlines.SPOKEN)
    redlines.choose_spoken(request.form.get("spoken"))
    return redirect(back, 303)


@pages.get("/how-decisions-are-made")
@guarded(Permission.SITE_READ)
def decisions() -> ResponseReturnValue:
    """The rules in words."""
    return render_template("platform/decisions.html", page=rules.decisions_page())


@pages.get("/about")
@guarded(Permission.SITE_READ)
def about() -> ResponseReturnValue:
    """Who runs this, and what is kept of visitors."""
    return render_template("platform/about.html", groups=GROUPS)


def _asked(*names: str) -> dict[str, Any]:
    """What an address asks for, to be asked of the one it leads to."""
    return {name: request.args[name] for name in names if name in request.args}


def _is_old_address(named: Plank | Amendment) -> bool:
    """Whether a plank or an amendment that has a number by now was asked for by the key it had before."""
    return (request.view_args or {}).get("ref") != named.ref
