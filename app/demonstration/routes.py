"""The clock panel of a demonstration: moving the service's clock for everybody."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.demonstration import presenters, service
from app.desk import ticking
from app.web.filters import minute
from app.web.guard import guarded
from app.web.redirects import local_path
from app.web.transactions import after_commit
from policies.groups import GROUPS
from policies.permissions import Permission

pages = Blueprint("demonstration", __name__)


@pages.get("/clock", endpoint="clock")
@guarded(Permission.CLOCK_MOVE)
def clock_panel() -> ResponseReturnValue:
    """See what time it is for the service, and what comes next."""
    return render_template("demonstration/clock.html", page=presenters.clock_page())


@pages.post("/clock")
@guarded(Permission.CLOCK_MOVE)
def move_clock() -> ResponseReturnValue:
    """Move the clock, then do what has become due."""
    service.move_clock(request.form.get("move", ""))
    after_commit(ticking.tick)
    flash(f"The clock now says {minute(clock.now())}. What was due has been done.", "success")
    return redirect(local_path(request.form.get("next"), url_for("demonstration.clock")), 303)


@pages.post("/clock/votes")
@guarded(Permission.CLOCK_MOVE)
def have_voters_vote() -> ResponseReturnValue:
    """Have the made-up voters vote in an open round."""
    leans = {group.key: request.form.get(group.key, "") for group in GROUPS}
    number = service.have_voters_vote(request.form.get("round", ""), leans)
    flash(f"{number} made-up voters have cast their papers." if number else "Nobody was left to vote.", "success")
    return redirect(url_for("demonstration.clock"), 303)
