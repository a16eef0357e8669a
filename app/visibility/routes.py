"""Pages on which a member sees how others see one, and says who is shown the own name."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.visibility import presenters, queries, service
from app.visibility.forms import GeneralForm, thing_form
from app.visibility.queries import OwnThing
from app.web.actor import current_actor, current_person
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.paging import asked_page
from policies.permissions import Permission

pages = Blueprint("visibility", __name__, url_prefix="/account/visibility")

ROLE = "<any('plank','plank-second','amendment','amendment-second','argument','offer'):role>"
DONE = "Noted. It holds from the next page that anybody opens."


@pages.get("")
@guarded(Permission.NAME_CHOOSE)
def overview() -> ResponseReturnValue:
    """How others see one, thing by thing."""
    page = presenters.overview(current_actor(), current_person(), request.args.get("as", ""), asked_page())
    return render_template("visibility/overview.html", page=page)


@pages.route("/general", methods=["GET", "POST"])
@guarded(Permission.NAME_CHOOSE)
def choose_general() -> ResponseReturnValue:
    """Choose who sees the name wherever "as in general" is chosen; a second step says who would."""
    actor, form = current_actor(), GeneralForm()
    if not form.validate_on_submit():
        page = presenters.general_page(actor)
        return render_template("visibility/choose.html", form=form, page=page), status_of(form)
    if service.asks_again_in_general(form.chosen, form.told, by=actor):
        check = presenters.general_check_page(actor, form.chosen, current_person())
        return render_template("visibility/check.html", page=check)
    service.choose_general(form.chosen, form.told, by=actor)
    return _done()


@pages.route(f"/{ROLE}/<argument_key:key>", methods=["GET", "POST"])
@guarded(Permission.NAME_CHOOSE, load=queries.own_thing)
def choose(own: OwnThing) -> ResponseReturnValue:
    """Choose who sees the name on one thing; a second step says who would."""
    form = thing_form(own.general)
    if not form.validate_on_submit():
        page = presenters.choice_page(own)
        return render_template("visibility/choose.html", form=form, page=page), status_of(form)
    if service.asks_again(own, form.chosen, form.told):
        check = presenters.check_page(own, form.chosen, current_person())
        return render_template("visibility/check.html", page=check)
    service.choose(own, form.chosen, form.told, by=current_actor())
    return _done()


@pages.post(f"/{ROLE}/<argument_key:key>/take-back")
@guarded(Permission.NAME_CHOOSE, load=queries.own_thing)
def take_back(own: OwnThing) -> ResponseReturnValue:
    """Be named there no more."""
    service.take_back(own, by=current_actor())
    flash("Your name is taken back. Nobody but the clerks of your group is told it there.", "success")
    return redirect(url_for("visibility.overview"), 303)


def _done() -> ResponseReturnValue:
    flash(DONE, "success")
    return redirect(url_for("visibility.overview"), 303)
