"""One page, there in development and demonstration alone: `create_app` leaves it out of production."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.gallery import presenters
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("gallery", __name__)


@pages.get("/gallery")
@guarded(Permission.SITE_READ)
def show() -> ResponseReturnValue:
    """See every part of the look, with its states."""
    return render_template("gallery/show.html", page=presenters.gallery_page())
