"""Pages of a group's offices: who is a clerk, propose and confirm, accept an office, ask for a term, step down."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.joining import queries as joining
from app.models import Membership, OfficeProposal
from app.offices import presenters, queries, service
from app.people.forms import ButtonForm
from app.reads import service as reads
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.offices import OfficeChange
from policies.permissions import Permission
from policies.reads import Seen

pages = Blueprint("offices", __name__)


@pages.get("/clerk/offices")
@guarded(Permission.OFFICE_LIST)
def listed() -> ResponseReturnValue:
    """The clerks of the own group, their terms, and what is proposed."""
    reads.note(Seen.OFFICES, queries.shown_to(current_actor()), by=current_actor())
    return render_template("offices/listed.html", page=presenters.offices_page(current_actor()))


@pages.route("/clerk/members/<plank_ref:key>/office", methods=["GET", "POST"])
@guarded(Permission.OFFICE_PROPOSE, load=joining.of_own_group)
def propose(membership: Membership) -> ResponseReturnValue:
    """Propose a member as a clerk; of a clerk, that the office end."""
    form, change = presenters.form_for(membership), presenters.change_for(membership)
    if not form.validate_on_submit():
        service.require_can_be_proposed(membership, change, by=current_actor())
        reads.note(Seen.OFFICES, [membership.person_id], by=current_actor())
        return render_template("offices/propose.html", form=form, membership=membership), status_of(form)
    service.propose(membership, change, form.why, by=current_actor())
    flash("You have proposed it. Nothing changes until a second person confirms it.", "success")
    return _to_offices()


@pages.post("/clerk/offices/next-term")
@guarded(Permission.OFFICE_LIST)
def ask_for_next_term() -> ResponseReturnValue:
    """Ask for the own next term."""
    service.propose(queries.own(current_actor()), OfficeChange.NEXT_TERM, "", by=current_actor())
    flash("You have asked for another term. It counts when a second clerk confirms it.", "success")
    return _to_offices()


@pages.route("/clerk/offices/step-down", methods=["GET", "POST"])
@guarded(Permission.OFFICE_LIST)
def step_down() -> ResponseReturnValue:
    """Hand over: what to do first, and the button."""
    if not ButtonForm().validate_on_submit():
        return render_template("offices/step_down.html", page=presenters.offices_page(current_actor()))
    service.step_down(queries.own(current_actor()), by=current_actor())
    flash("You are no clerk any more, and still a member.", "success")
    return redirect(url_for("people.account"), 303)


@pages.post("/clerk/offices/<plank_ref:key>/confirm")
@guarded(Permission.OFFICE_DECIDE, load=queries.for_clerk)
def confirm(proposal: OfficeProposal) -> ResponseReturnValue:
    """Confirm as the second person."""
    service.confirm(proposal, by=current_actor())
    flash("Confirmed. Whoever is concerned is told by mail.", "success")
    return _to_offices()


@pages.post("/clerk/offices/<plank_ref:key>/give-up")
@guarded(Permission.OFFICE_DECIDE, load=queries.for_clerk)
def give_up(proposal: OfficeProposal) -> ResponseReturnValue:
    """Give up what is proposed."""
    service.give_up(proposal, by=current_actor())
    flash("Given up. Nothing has changed.", "success")
    return _to_offices()


@pages.get("/account/offices/<plank_ref:key>")
@guarded(Permission.OFFICE_ACCEPT, load=queries.offered)
def answer(proposal: OfficeProposal) -> ResponseReturnValue:
    """An office that is offered to oneself."""
    return render_template("offices/answer.html", page=presenters.offer_page(proposal))


@pages.post("/account/offices/<plank_ref:key>/accept")
@guarded(Permission.OFFICE_ACCEPT, load=queries.offered)
def accept(proposal: OfficeProposal) -> ResponseReturnValue:
    """Accept it: one is a clerk from now on."""
    service.accept(proposal, by=current_actor())
    flash("You are a clerk of your group now.", "success")
    return redirect(url_for("desk.clerk"), 303)


@pages.post("/account/offices/<plank_ref:key>/refuse")
@guarded(Permission.OFFICE_ACCEPT, load=queries.offered)
def refuse(proposal: OfficeProposal) -> ResponseReturnValue:
    """Refuse it."""
    service.refuse(proposal, by=current_actor())
    flash("You have refused. The clerks of your group see that.", "success")
    return redirect(url_for("people.account"), 303)


def _to_offices() -> ResponseReturnValue:
    return redirect(url_for("offices.listed"), 303)
