"""Feeds and calendars, each at the address of what it is about, and the page that lists them."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.feeds import following, presenters, queries
from app.feeds.answers import as_atom, as_calendar, as_json
from app.groups import queries as groups
from app.groups.queries import GroupAsked
from app.models import Plank
from app.planks import queries as planks
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("feeds", __name__)


@pages.get("/follow")
@guarded(Permission.SITE_READ)
def follow() -> ResponseReturnValue:
    """All feeds and calendars, and what to do with them."""
    return render_template("feeds/follow.html", page=following.follow_page())


@pages.get("/whats-new.atom")
@guarded(Permission.SITE_READ)
def site_atom() -> ResponseReturnValue:
    """Everything that became public, as Atom."""
    return as_atom(presenters.site_feed())


@pages.get("/whats-new.json")
@guarded(Permission.SITE_READ)
def site_json() -> ResponseReturnValue:
    """The same as JSON Feed."""
    return as_json(presenters.site_feed())


@pages.get("/closing-dates.ics")
@guarded(Permission.SITE_READ)
def site_dates() -> ResponseReturnValue:
    """When ballots close, as iCalendar."""
    return as_calendar(presenters.site_dates())


@pages.get("/themes/<slug>/feed.atom")
@guarded(Permission.SITE_READ)
def theme_atom(slug: str) -> ResponseReturnValue:
    """What became public of a theme's planks, as Atom."""
    return as_atom(presenters.theme_feed(planks.theme(slug)))


@pages.get("/themes/<slug>/feed.json")
@guarded(Permission.SITE_READ)
def theme_json(slug: str) -> ResponseReturnValue:
    """The same as JSON Feed."""
    return as_json(presenters.theme_feed(planks.theme(slug)))


@pages.get("/themes/<slug>/closing-dates.ics")
@guarded(Permission.SITE_READ)
def theme_dates(slug: str) -> ResponseReturnValue:
    """When ballots on a theme's planks close, as iCalendar."""
    return as_calendar(presenters.theme_dates(planks.theme(slug)))


@pages.get("/planks/<plank_ref:ref>/feed.atom")
@guarded(Permission.PLANK_READ, load=queries.public_plank)
def plank_atom(plank: Plank) -> ResponseReturnValue:
    """What became public of one plank, as Atom."""
    return as_atom(presenters.plank_feed(plank))


@pages.get("/planks/<plank_ref:ref>/feed.json")
@guarded(Permission.PLANK_READ, load=queries.public_plank)
def plank_json(plank: Plank) -> ResponseReturnValue:
    """The same as JSON Feed."""
    return as_json(presenters.plank_feed(plank))


@pages.get("/planks/<plank_ref:ref>/closing-dates.ics")
@guarded(Permission.PLANK_READ, load=queries.public_plank)
def plank_dates(plank: Plank) -> ResponseReturnValue:
    """When ballots on one plank close, as iCalendar."""
    return as_calendar(presenters.plank_dates(plank))


@pages.get("/groups/<group>/decisions.atom")
@guarded(Permission.GROUP_READ, load=groups.asked)
def group_atom(asked: GroupAsked) -> ResponseReturnValue:
    """What a group decided, as Atom."""
    return as_atom(presenters.group_feed(asked.group))


@pages.get("/groups/<group>/decisions.json")
@guarded(Permission.GROUP_READ, load=groups.asked)
def group_json(asked: GroupAsked) -> ResponseReturnValue:
    """The same as JSON Feed."""
    return as_json(presenters.group_feed(asked.group))


@pages.get("/groups/<group>/closing-dates.ics")
@guarded(Permission.GROUP_READ, load=groups.asked)
def group_dates(asked: GroupAsked) -> ResponseReturnValue:
    """When ballots in which a group votes close, as iCalendar."""
    return as_calendar(presenters.group_dates(asked.group))
