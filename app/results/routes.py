"""Pages of what was decided: the register of decisions, and counting a published round again."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.ballots import queries as ballots
from app.ballots.queries import RoundAsSeen
from app.config import Settings
from app.results import download, presenters, register, service
from app.web import csv_files
from app.web.actor import current_actor
from app.web.guard import guarded
from app.web.paging import asked_page
from policies.permissions import Permission

pages = Blueprint("results", __name__)


@pages.get("/decisions")
@guarded(Permission.SITE_READ)
def decisions() -> ResponseReturnValue:
    """Every decision of a group, newest first."""
    return render_template("results/decisions.html", listed=register.register_page(asked_page()))


@pages.get("/decisions.csv")
@guarded(Permission.SITE_READ)
def decisions_csv() -> ResponseReturnValue:
    """The same as a file."""
    settings: Settings = current_app.config["SETTINGS"]
    now = clock.now()
    return csv_files.download("decisions", now, register.register_csv(settings.site_url, now))


@pages.get("/rounds/<number:number>/recounts")
@guarded(Permission.ROUND_READ, load=ballots.visible)
def recounts(seen: RoundAsSeen) -> ResponseReturnValue:
    """How a round can be counted again, and the recounts made for clerks."""
    return render_template("results/recounts.html", page=presenters.recount_page(seen, current_actor()))


@pages.post("/rounds/<number:number>/recount")
@guarded(Permission.ROUND_RECOUNT, load=ballots.visible)
def recount(seen: RoundAsSeen) -> ResponseReturnValue:
    """Ask for a recount, or agree to the one another group has asked for."""
    done = service.agree_to_recount(seen.round, by=current_actor())
    flash(presenters.said_of(done), "success")
    return redirect(url_for("results.recounts", number=seen.round.number), 303)


@pages.get("/rounds/<number:number>/round.json")
@guarded(Permission.ROUND_READ, load=ballots.visible)
def file(seen: RoundAsSeen) -> ResponseReturnValue:
    """The file of a published round, for anybody to count it again."""
    told = download.file_of(seen.round, is_demonstration=clock.is_demonstration())
    response = Response(told, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{seen.round.name}.json"'
    return response
