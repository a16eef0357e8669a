"""The page on which members see who read their record."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.reads import presenters
from app.web.actor import current_actor
from app.web.guard import guarded
from app.web.paging import asked_page
from policies.permissions import Permission

pages = Blueprint("reads", __name__)


@pages.get("/account/reads")
@guarded(Permission.ACCOUNT_READ)
def own() -> ResponseReturnValue:
    """Which officers read my record, and when."""
    return render_template("reads/own.html", page=presenters.reads_page(current_actor(), asked_page()))
