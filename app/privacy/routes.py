"""What is kept of people and why, an archive of all that is held about oneself, and erasing one's account."""

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.models import DataExport
from app.people import queries as people
from app.people.forms import ButtonForm
from app.privacy import exports, presenters, queries, service
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("privacy", __name__)


@pages.get("/privacy")
@guarded(Permission.SITE_READ)
def show() -> ResponseReturnValue:
    """What is kept of whom, why, on which ground, and for how long."""
    return render_template("privacy/show.html", page=presenters.privacy_page())


@pages.post("/account/data")
@guarded(Permission.DATA_TAKE)
def ask() -> ResponseReturnValue:
    """Ask for an archive of all that is held about oneself."""
    return redirect(url_for("privacy.archive", secret=service.ask_for_export(by=current_actor())), 303)


@pages.route("/account/data/<secret>", methods=["GET", "POST"])
@guarded(Permission.DATA_FETCH, load=queries.own_export)
def archive(asked: DataExport) -> ResponseReturnValue:
    """The archive one asked for: looking changes nothing, and its button fetches it, once."""
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_template("privacy/fetch.html", form=form, asked=asked), status_of(form)
    service.use_export(asked, by=current_actor())
    return _file(exports.archive(people.person(current_actor())))


@pages.get("/account/erase")
@guarded(Permission.ACCOUNT_READ)
def erasing() -> ResponseReturnValue:
    """What erasing the own account deletes, and what stays."""
    return render_template("privacy/erasing.html", much=queries.how_much(current_actor().person_id or 0))


@pages.route("/account/erase/confirm", methods=["GET", "POST"])
@guarded(Permission.DATA_TAKE)
def erase() -> ResponseReturnValue:
    """Erase the own account."""
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_template("privacy/erase.html", form=form), status_of(form)
    service.erase(people.person(current_actor()), by=current_actor())
    session.clear()
    flash("Your account is erased. You are signed out everywhere.", "success")
    return redirect(url_for("platform.home"), 303)


def _file(packed: bytes) -> Response:
    response = Response(packed, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="my-data-{clock.now():%Y-%m-%d}.zip"'
    return response
