"""Pages of the record: what was done, for everybody and for clerks, and the seals that keep it whole."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.record import presenters
from app.web.actor import current_actor
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("record", __name__)


@pages.get("/record")
@guarded(Permission.SITE_READ)
def show() -> ResponseReturnValue:
    """What was done on the platform, the newest first."""
    return render_template("record/show.html", record=presenters.public_record(), for_clerks=False)


@pages.get("/record/seals")
@guarded(Permission.SITE_READ)
def seals() -> ResponseReturnValue:
    """The seal of each day, and how the record is checked against it."""
    return render_template("record/seals.html", shown=presenters.seals())


@pages.get("/clerk/record")
@guarded(Permission.DESK_READ)
def for_clerks() -> ResponseReturnValue:
    """The same with what members alone may see, and with those who came to the clerk's group or left it."""
    record = presenters.clerks_record(current_actor())
    return render_template("record/show.html", record=record, for_clerks=True)
