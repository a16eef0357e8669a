"""Pages of consensus wording: offer another wording, look at it, answer it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.amendments import queries as amendments
from app.models import Amendment, Offer
from app.offers import pages as shown
from app.offers import queries, service
from app.offers.forms import OfferForm, RefusalForm, is_to_be_changed, offer_form, seen_next
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("offers", __name__)


@pages.route("/amendments/<amendment_ref:ref>/offers/new", methods=["GET", "POST"])
@guarded(Permission.OFFER_MAKE, load=amendments.visible)
def write(amendment: Amendment) -> ResponseReturnValue:
    """Write another wording; sent, it is shown once more before it is offered."""
    service.require_offerable(amendment, by=current_actor())
    form = offer_form(amendment)
    if not form.can_be_sent() or is_to_be_changed():
        return _written(amendment, form)
    page = shown.writing_page(amendment, form, current_actor())
    return render_template("offers/preview.html", page=page, form=form)


@pages.post("/amendments/<amendment_ref:ref>/offers")
@guarded(Permission.OFFER_MAKE, load=amendments.visible)
def make(amendment: Amendment) -> ResponseReturnValue:
    """Offer it to the mover."""
    form = offer_form(amendment)
    if not form.can_be_sent():
        service.require_offerable(amendment, by=current_actor())
        return _written(amendment, form)
    offer = service.make(amendment, *form.offered, seen=form.seen_number, by=current_actor())
    flash("Your wording is offered. The mover is told, and accepts or refuses it.", "success")
    return redirect(url_for("offers.show", key=offer.key), 303)


@pages.get("/offers/<argument_key:key>")
@guarded(Permission.OFFER_READ, load=queries.visible)
def show(offer: Offer) -> ResponseReturnValue:
    """One offer: the text as it is, the amendment, and the wording offered."""
    return _shown(offer, RefusalForm(formdata=None))


@pages.get("/offers/<argument_key:key>/accept")
@guarded(Permission.OFFER_ANSWER, load=queries.visible)
def confirm(offer: Offer) -> ResponseReturnValue:
    """What accepting would do, before it is done."""
    return render_template("offers/accept.html", page=shown.confirm_page(offer, current_actor()))


@pages.post("/offers/<argument_key:key>/accept")
@guarded(Permission.OFFER_ANSWER, load=queries.visible)
def accept(offer: Offer) -> ResponseReturnValue:
    """Accept the wording: it becomes the amendment."""
    made = service.accept(offer, by=current_actor())
    flash("You have accepted the consensus wording. It is your amendment now.", "success")
    return redirect(url_for("amendments.show", ref=made.ref), 303)


@pages.post("/offers/<argument_key:key>/refuse")
@guarded(Permission.OFFER_ANSWER, load=queries.visible)
def refuse(offer: Offer) -> ResponseReturnValue:
    """Refuse the wording: the amendment goes on as it is."""
    form = RefusalForm()
    if not form.validate_on_submit():
        return _shown(offer, form)
    service.refuse(offer, form.reason.data or "", by=current_actor())
    flash("You have refused this wording. Your amendment goes on as it is.", "success")
    return redirect(url_for("offers.show", key=offer.key), 303)


@pages.post("/offers/<argument_key:key>/take-back")
@guarded(Permission.OFFER_TAKE_BACK, load=queries.visible)
def take_back(offer: Offer) -> ResponseReturnValue:
    """Take the own offer back."""
    service.take_back(offer, by=current_actor())
    flash("You have taken your offer back.", "success")
    return redirect(url_for("offers.show", key=offer.key), 303)


def _written(amendment: Amendment, form: OfferForm) -> ResponseReturnValue:
    page, status = shown.writing_page(amendment, form, current_actor()), status_of(form)
    seen_next(form)
    return render_template("offers/write.html", page=page, form=form), status


def _shown(offer: Offer, form: RefusalForm) -> ResponseReturnValue:
    page = shown.offer_page(offer, current_actor())
    return render_template("offers/show.html", page=page, form=form), status_of(form)
