"""Pages for arguing for or against a text."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from app.arguments import pages as shown
from app.arguments import presenters, queries, service
from app.arguments.forms import argument_form
from app.arguments.queries import Place
from app.models import Argument
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("arguments", __name__)


@pages.route("/planks/<plank_ref:ref>/arguments/<any('for','against'):side>", methods=["GET", "POST"])
@guarded(Permission.ARGUMENT_WRITE, load=queries.to_write_on_plank)
def write_on_plank(place: Place) -> ResponseReturnValue:
    """Give a reason for or against a plank's working text, or change it."""
    return _written(place)


@pages.route("/amendments/<amendment_ref:ref>/arguments/<any('for','against'):side>", methods=["GET", "POST"])
@guarded(Permission.ARGUMENT_WRITE, load=queries.to_write_on_amendment)
def write_on_amendment(place: Place) -> ResponseReturnValue:
    """Give a reason for or against an amendment, or change it."""
    return _written(place)


@pages.post("/arguments/<argument_key:key>/withdraw")
@guarded(Permission.ARGUMENT_WITHDRAW, load=queries.visible)
def withdraw(argument: Argument) -> ResponseReturnValue:
    """Take the own argument back."""
    back_url = presenters.place_url(queries.place_of(argument))
    service.withdraw(argument, by=current_actor())
    flash("You have withdrawn your argument. Its words are deleted.", "success")
    return redirect(back_url, 303)


def _written(place: Place) -> ResponseReturnValue:
    service.require_open(place)
    actor = current_actor()
    own, earlier = queries.row_of(place, actor.person_id), queries.earlier_words(place, actor)
    service.require_not_hidden(own)
    form = argument_form(own, earlier)
    if not form.validate_on_submit():
        page = shown.writing_page(place, own, earlier)
        return render_template("arguments/write.html", form=form, page=page), status_of(form)
    argument = service.write(place, form.text.data or "", by=actor)
    flash(form.said, "success")
    return redirect(form.next_url(argument) or presenters.place_url(place), 303)
