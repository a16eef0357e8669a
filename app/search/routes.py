"""The search page, and what is offered while somebody types."""

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.search import work
from app.search.presenters import address_of_number, search_page
from app.search.suggesting import suggestions
from app.web.actor import current_actor
from app.web.guard import guarded
from app.web.paging import asked_page
from app.web.questions import require_known
from policies.permissions import Permission

pages = Blueprint("search", __name__)


@pages.get("/search")
@guarded(Permission.SITE_READ)
def results() -> ResponseReturnValue:
    """Texts by their words; a number by itself leads to its plank."""
    typed, actor = request.args.get("q", ""), current_actor()
    address = address_of_number(typed, actor)
    if address:
        return redirect(address)
    page = search_page(work.engine(), typed, asked_page(), actor)
    return render_template("search/results.html", page=page)


@pages.get("/search/suggestions")
@guarded(Permission.SITE_READ)
def suggest() -> ResponseReturnValue:
    """Titles that begin as what is being typed, for the script of the search field."""
    require_known("q")
    return jsonify(suggestions(work.engine(), request.args.get("q", ""), current_actor()))
