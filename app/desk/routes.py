"""Pages of what waits: a member's to-do list and the clerks' desk."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.desk import clerks, presenters, waiting
from app.web.actor import current_actor
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("desk", __name__)


@pages.get("/to-do")
@guarded(Permission.TO_DO_READ)
def to_do() -> ResponseReturnValue:
    """What needs me today."""
    return render_template("desk/to_do.html", sections=presenters.to_do(current_actor()))


@pages.get("/clerk")
@guarded(Permission.DESK_READ)
def clerk() -> ResponseReturnValue:
    """What waits for clerks."""
    actor = current_actor()
    sections = [*waiting.to_answer(actor), *clerks.clerks_desk(actor), waiting.for_others(actor)]
    return render_template("desk/clerk.html", sections=sections)
