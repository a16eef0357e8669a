"""The negotiation view of a plank, the temperature check on it, and its release to the public."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from app.negotiation import presenters, queries, service
from app.negotiation.queries import Negotiated
from app.web.actor import current_actor
from app.web.guard import guarded
from policies.negotiation import Reading
from policies.permissions import Permission

pages = Blueprint("negotiation", __name__, url_prefix="/planks")

CHOOSE = "Choose one of the five readings. Nothing has been kept yet."
RELEASED = "Everybody can see where this text stands now."
AGREED = "Noted for your group. Everybody sees it once clerks of all groups have said so."


@pages.get("/<plank_ref:ref>/negotiation")
@guarded(Permission.NEGOTIATION_READ, load=queries.visible)
def show(negotiated: Negotiated) -> ResponseReturnValue:
    """Where the text stands between the groups, unit by unit."""
    return render_template("negotiation/show.html", page=presenters.page(negotiated, current_actor()))


@pages.post("/<plank_ref:ref>/negotiation/temperature")
@guarded(Permission.TEMPERATURE_GIVE, load=queries.visible)
def give_reading(negotiated: Negotiated) -> ResponseReturnValue:
    """Say how warm one is towards the text."""
    said = request.form.get("reading", "")
    if said not in list(Reading):
        page = presenters.page(negotiated, current_actor())
        return render_template("negotiation/show.html", page=page, error=CHOOSE), 422
    service.give_reading(negotiated, Reading(said), request.form.get("seen", ""), by=current_actor())
    flash("Your reading is kept. You can change it as long as this text is discussed.", "success")
    return _back(negotiated)


@pages.post("/<plank_ref:ref>/negotiation/release")
@guarded(Permission.NEGOTIATION_RELEASE, load=queries.visible)
def release(negotiated: Negotiated) -> ResponseReturnValue:
    """Agree for the own group that everybody may see it."""
    is_released = service.release(negotiated, request.form.get("seen", ""), by=current_actor())
    flash(RELEASED if is_released else AGREED, "success")
    return _back(negotiated)


@pages.post("/<plank_ref:ref>/negotiation/close")
@guarded(Permission.NEGOTIATION_RELEASE, load=queries.visible)
def close(negotiated: Negotiated) -> ResponseReturnValue:
    """Take the own group's release back."""
    service.take_back_release(negotiated, by=current_actor())
    flash("Your group’s release is taken back. Members alone see this page now.", "success")
    return _back(negotiated)


def _back(negotiated: Negotiated) -> Response:
    return redirect(url_for("negotiation.show", ref=negotiated.plank.ref), 303)
