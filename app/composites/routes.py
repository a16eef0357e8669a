"""Pages for putting a composite together: tick planks, tick and order their clauses; and the answer of a mover."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.composites import presenters, service
from app.composites.choosing import asked_choice
from app.composites.forms import clauses_form, wants_to_edit
from app.models import Plank
from app.planks import queries as planks
from app.planks.presenters import ADVICE
from app.web.actor import current_actor
from app.web.forms import first_fault, status_of
from app.web.guard import guarded
from app.web.paging import asked_page
from policies.permissions import Permission

pages = Blueprint("composites", __name__, url_prefix="/planks")


@pages.get("/<plank_ref:ref>/combine")
@guarded(Permission.COMPOSITE_BEGIN, load=planks.visible)
def choose_planks(plank: Plank) -> ResponseReturnValue:
    """Tick the planks to combine with this one."""
    service.require_combinable(plank)
    page = presenters.choice_page(asked_choice(plank), asked_page())
    return render_template("composites/planks.html", page=page)


@pages.route("/<plank_ref:ref>/combine/clauses", methods=["GET", "POST"])
@guarded(Permission.COMPOSITE_BEGIN, load=planks.visible)
def choose_clauses(plank: Plank) -> ResponseReturnValue:
    """Tick their clauses and say in which order they are to stand; they become a draft."""
    service.require_combinable(plank)
    choice = asked_choice(plank)
    if choice.refusal:
        again = presenters.choice_page(choice, 1)
        return render_template("composites/planks.html", page=again, errors=[choice.refusal]), 422
    form = clauses_form(choice.planks, planks.themes())
    if not form.validate_on_submit():
        page = presenters.clauses_page(form, choice)
        return render_template("composites/clauses.html", form=form, page=page, advice=ADVICE), status_of(form)
    composite = service.begin(form.chosen, *form.described, by=current_actor(), key=form.key)
    return redirect(url_for(f"planks.{'draft' if wants_to_edit() else 'preview'}", ref=composite.ref), 303)


@pages.post("/<plank_ref:ref>/combine/clauses/keep")
@guarded(Permission.COMPOSITE_BEGIN, load=planks.visible)
def keep_first(plank: Plank) -> ResponseReturnValue:
    """Keep a composite while its clauses are chosen, each time in the same draft."""
    service.require_combinable(plank)
    form = clauses_form(asked_choice(plank).planks, planks.themes())
    if not form.validate_on_submit():
        return first_fault(form), 422
    composite = service.keep_first(form.chosen, *form.described, by=current_actor(), key=form.key)
    return "", 204, {"Content-Location": url_for("planks.draft", ref=composite.ref)}


@pages.post("/<plank_ref:ref>/composites")
@guarded(Permission.COMPOSITE_ANSWER, load=planks.visible)
def answer(plank: Plank) -> ResponseReturnValue:
    """Accept or refuse for the own plank that it ends in a composite."""
    said = service.answer(plank, request.form.get("composite", ""), request.form.get("answer", ""), by=current_actor())
    flash(presenters.ANSWERED[said], "success")
    return redirect(presenters.plank_url(plank), 303)
