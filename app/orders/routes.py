"""Pages of standing orders: for everybody to read; for two clerks of a group to change."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models import OrdersChange
from app.orders import presenters, queries, service
from app.orders.forms import change_form
from app.orders.queries import OrdersAsked
from app.orders.wording import version_words
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("orders", __name__, url_prefix="/standing-orders")


@pages.get("")
@guarded(Permission.SITE_READ)
def listed() -> ResponseReturnValue:
    """Every group's standing orders, and where they differ."""
    return render_template("orders/listed.html", page=presenters.orders_page())


@pages.get("/<group>")
@guarded(Permission.GROUP_READ, load=queries.asked)
def history(asked: OrdersAsked) -> ResponseReturnValue:
    """One group's, in every version."""
    page = presenters.history_page(asked.group, current_actor())
    return render_template("orders/history.html", page=page, asked=asked)


@pages.route("/<group>/change", methods=["GET", "POST"])
@guarded(Permission.ORDERS_CHANGE, load=queries.asked)
def change(asked: OrdersAsked) -> ResponseReturnValue:
    """Propose others for the own group."""
    service.require_can_propose(asked.group)
    form = change_form(asked.group)
    if not form.validate_on_submit():
        return render_template("orders/change.html", form=form, group=asked.group), status_of(form)
    service.propose(asked.group, form.proposed, form.reason.data or "", by=current_actor())
    flash("Your change is proposed. It holds only if another clerk of your group confirms it.", "success")
    return redirect(url_for("orders.history", group=asked.group.key), 303)


@pages.post("/<group>/changes/<number:number>/confirm")
@guarded(Permission.ORDERS_CHANGE, load=queries.change_asked)
def confirm(change: OrdersChange) -> ResponseReturnValue:
    """Confirm what another clerk proposed."""
    version = service.confirm(change, by=current_actor())
    flash(f"Confirmed: {version_words(version)}. It is for rounds prepared from that day on.", "success")
    return redirect(url_for("orders.history", group=change.group), 303)


@pages.post("/<group>/changes/<number:number>/turn-down")
@guarded(Permission.ORDERS_CHANGE, load=queries.change_asked)
def turn_down(change: OrdersChange) -> ResponseReturnValue:
    """Turn down what another clerk proposed."""
    service.turn_down(change, by=current_actor())
    flash("The change is turned down. Your group’s standing orders stay as they are.", "success")
    return redirect(url_for("orders.history", group=change.group), 303)


@pages.post("/<group>/changes/<number:number>/take-back")
@guarded(Permission.ORDERS_CHANGE, load=queries.change_asked)
def take_back(change: OrdersChange) -> ResponseReturnValue:
    """Take the own proposal back."""
    service.take_back(change, by=current_actor())
    flash("Your proposal is taken back. Your group’s standing orders stay as they are.", "success")
    return redirect(url_for("orders.history", group=change.group), 303)
