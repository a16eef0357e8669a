"""The search page."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.config import Settings
from app.search.presenters import search_page
from app.web.guard import guarded
from app.web.paging import asked_page
from policies.permissions import Permission

pages = Blueprint("search", __name__)


@pages.get("/search")
@guarded(Permission.SITE_READ)
def results() -> ResponseReturnValue:
    """Planks by their words."""
    settings: Settings = current_app.config["SETTINGS"]
    found = search_page(settings.index_folder, request.args.get("q", ""), asked_page())
    return render_template("search/results.html", found=found)
