"""Two buttons: take over a withdrawn plank, or amendment, that one has seconded."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.takeovers import queries, service
from app.takeovers.queries import WithdrawnAmendment, WithdrawnPlank
from app.web.actor import current_actor
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("takeovers", __name__)

TAKEN_OVER = "You have taken it over. You are its mover now, shown as a member of your group."


@pages.post("/planks/<plank_ref:ref>/take-over")
@guarded(Permission.PLANK_TAKE_OVER, load=queries.visible_plank)
def plank(seen: WithdrawnPlank) -> ResponseReturnValue:
    """Take over a withdrawn plank."""
    service.take_over_plank(seen.plank, by=current_actor())
    flash(TAKEN_OVER, "success")
    return redirect(url_for("platform.plank", ref=seen.plank.ref), 303)


@pages.post("/amendments/<amendment_ref:ref>/take-over")
@guarded(Permission.AMENDMENT_TAKE_OVER, load=queries.visible_amendment)
def amendment(seen: WithdrawnAmendment) -> ResponseReturnValue:
    """Take over a withdrawn amendment."""
    service.take_over_amendment(seen.amendment, by=current_actor())
    flash(TAKEN_OVER, "success")
    return redirect(url_for("amendments.show", ref=seen.amendment.ref), 303)
