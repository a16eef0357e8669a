"""Pages of rounds: preparing one, agreeing to open it, reading it, cancelling, extending and annulling it.

They share their addresses with the ballots in them ("/rounds/7/vote"), and so the blueprint that others link by.
"""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.ballots import queries
from app.ballots.forms import ReceiptForm
from app.ballots.queries import RoundAsSeen
from app.ballots.routes import pages
from app.models import Plank
from app.planks import queries as planks
from app.reads import service as reads
from app.rounds import joint, presenters, service
from app.rounds import queries as round_queries
from app.rounds.forms import CancelForm, asked, prepare_form
from app.rounds.joint_forms import AnnulForm, ExtendForm
from app.rounds.joint_pages import joint_page
from app.rounds.opening_form import CHANGE, PREVIEW, OpeningForm
from app.rounds.preview import preview_page
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.paging import asked_page, page_of
from policies.groups import group_named
from policies.permissions import Permission
from policies.reads import Seen
from policies.rounds import JointAct, require_annullable

__all__ = ["pages"]


@pages.route("/planks/<plank_ref:ref>/rounds/new", methods=["GET", "POST"])
@guarded(Permission.ROUND_PREPARE, load=planks.visible)
def prepare(plank: Plank) -> ResponseReturnValue:
    """Prepare a round on a plank."""
    service.require_can_be_prepared(plank)
    form = prepare_form(plank, presenters.amendments_to_vote_on(plank))
    if not form.validate_on_submit():
        page = presenters.prepare_page(plank)
        return render_template("rounds/prepare.html", form=form, page=page), status_of(form)
    new = service.prepare(plank, *asked(plank, form.question.data), form=form.form, by=current_actor())
    flash(presenters.PREPARED, "success")
    return redirect(url_for("ballots.show" if form.form else "ballots.open", number=new.number), 303)


@pages.get("/rounds/<number:number>")
@guarded(Permission.ROUND_READ, load=queries.visible)
def show(seen: RoundAsSeen) -> ResponseReturnValue:
    """One round."""
    page = presenters.round_page(seen, current_actor())
    return render_template("rounds/show.html", page=page, cancelling=CancelForm(), checking=ReceiptForm())


@pages.route("/rounds/<number:number>/open", methods=["GET", "POST"])
@guarded(Permission.ROUND_OPEN, load=queries.visible)
def open(seen: RoundAsSeen) -> ResponseReturnValue:
    """Agree to open a round, with the question put to the own group."""
    service.require_can_be_agreed(seen.round)
    form = OpeningForm().prepared_for(seen.round, current_actor())
    if not form.validate_on_submit() or form.wants == CHANGE:
        page = presenters.opening_page(seen, current_actor())
        return render_template("rounds/open.html", form=form, page=page), status_of(form)
    if form.wants == PREVIEW:
        papers = preview_page(seen.round, current_actor(), form.asked)
        return render_template("rounds/preview.html", page=papers, fields=form.carried())
    service.agree_to_open(seen.round, form.asked, by=current_actor())
    flash("Your agreement is recorded for your group.", "success")
    return redirect(url_for("ballots.show", number=seen.round.number), 303)


@pages.get("/rounds/<number:number>/preview")
@guarded(Permission.ROUND_OPEN, load=queries.visible)
def preview(seen: RoundAsSeen) -> ResponseReturnValue:
    """The papers as each group will see them."""
    return render_template("rounds/preview.html", page=preview_page(seen.round, current_actor()), fields=())


@pages.get("/rounds/<number:number>/roll")
@guarded(Permission.MEMBER_LIST, load=queries.visible)
def roll(seen: RoundAsSeen) -> ResponseReturnValue:
    """Who of the own group is on the frozen roll."""
    ballot = service.require_frozen_roll(seen.round, current_actor())
    listed = page_of(round_queries.roll_of(ballot), asked_page())
    reads.note(Seen.ROLL, [person.id for person in listed.rows], by=current_actor())
    return render_template("rounds/roll.html", of_round=seen.round, group=group_named(ballot.group), listed=listed)


@pages.route("/rounds/<number:number>/extend", methods=["GET", "POST"])
@guarded(Permission.ROUND_CHANGE, load=queries.visible)
def extend(seen: RoundAsSeen) -> ResponseReturnValue:
    """Say for the own group that voting is to go on, or take that back."""
    joint.require_extendable(seen.round)
    form = ExtendForm().prepared_for(seen.round)
    if not form.validate_on_submit():
        page = joint_page(seen.round, JointAct.EXTEND, current_actor())
        return render_template("rounds/extend.html", form=form, page=page), status_of(form)
    flash(joint.extend_or_take_back(seen.round, form.wanted_days, by=current_actor()), "success")
    return redirect(url_for("ballots.show", number=seen.round.number), 303)


@pages.route("/rounds/<number:number>/annul", methods=["GET", "POST"])
@guarded(Permission.ROUND_CHANGE, load=queries.visible)
def annul(seen: RoundAsSeen) -> ResponseReturnValue:
    """Say for the own group that a round is void, or take that back."""
    require_annullable(seen.round.stage)
    form = AnnulForm()
    if not form.validate_on_submit():
        page = joint_page(seen.round, JointAct.ANNUL, current_actor())
        return render_template("rounds/annul.html", form=form, page=page), status_of(form)
    flash(joint.annul_or_take_back(seen.round, form.wanted_reason, by=current_actor()), "success")
    return redirect(url_for("ballots.show", number=seen.round.number), 303)


@pages.post("/rounds/<number:number>/cancel")
@guarded(Permission.ROUND_CANCEL, load=queries.visible)
def cancel(seen: RoundAsSeen) -> ResponseReturnValue:
    """Cancel a round before it opens."""
    form = CancelForm()
    if not form.validate_on_submit():
        page = presenters.round_page(seen, current_actor())
        return render_template("rounds/cancel.html", form=form, page=page), 422
    service.cancel(seen.round, form.reason.data or "", by=current_actor())
    flash("The round is cancelled.", "success")
    return redirect(url_for("ballots.show", number=seen.round.number), 303)
