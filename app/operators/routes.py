"""The operator's page of how the machine runs, and the page on which an operator confirms to be one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models import Operator
from app.operators import presenters, queries, service
from app.people.forms import ButtonForm
from app.web.actor import current_actor, current_person
from app.web.forms import status_of
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("operators", __name__)


@pages.get("/operator")
@guarded(Permission.OPERATION_READ)
def show() -> ResponseReturnValue:
    """How the machine runs."""
    return render_template("operators/show.html", sections=presenters.sections())


@pages.route("/account/operator", methods=["GET", "POST"])
@guarded(Permission.OPERATOR_BECOME, load=queries.own_naming)
def confirm(naming: Operator) -> ResponseReturnValue:
    """Confirm that one runs the machine."""
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_template("operators/confirm.html", form=form), status_of(form)
    service.confirm(naming, current_person(), by=current_actor())
    flash("You run the machine from now on.", "success")
    return redirect(url_for("operators.show"), 303)
