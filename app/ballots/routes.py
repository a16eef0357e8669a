"""Pages of rounds and ballots: preparing, opening, reading, voting, and the register of results."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.ballots import exports, papers, presenters, queries, receipts, results, service
from app.ballots.forms import CancelForm, OpeningForm, ReceiptForm, asked, choices_on, paper_form, prepare_form
from app.ballots.queries import BallotAsSeen, RoundAsSeen
from app.models import Plank
from app.planks import queries as planks
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.paging import asked_page, page_of
from policies.permissions import Permission

pages = Blueprint("ballots", __name__)


@pages.get("/rounds")
@guarded(Permission.SITE_READ)
def register() -> ResponseReturnValue:
    """All published rounds, newest first."""
    page = page_of(queries.published(), asked_page())
    rows = [results.register_row(of_round) for of_round in page.rows]
    return render_template("ballots/register.html", page=page, head=results.register_head(), rows=rows)


@pages.route("/planks/<plank_ref:ref>/rounds/new", methods=["GET", "POST"])
@guarded(Permission.ROUND_PREPARE, load=planks.visible)
def prepare(plank: Plank) -> ResponseReturnValue:
    """Prepare a round on a plank."""
    service.require_can_be_prepared(plank)
    form = prepare_form(plank, presenters.amendments_to_vote_on(plank))
    if not form.validate_on_submit():
        page = presenters.prepare_page(plank)
        return render_template("ballots/prepare.html", form=form, page=page), status_of(form)
    new = service.prepare(plank, *asked(plank, form.question.data), form=form.form, by=current_actor())
    flash(presenters.PREPARED, "success")
    return redirect(url_for("ballots.show" if form.form else "ballots.open", number=new.number), 303)


@pages.get("/rounds/<number:number>")
@guarded(Permission.ROUND_READ, load=queries.visible)
def show(seen: RoundAsSeen) -> ResponseReturnValue:
    """One round."""
    page = presenters.round_page(seen, current_actor())
    return render_template("ballots/show.html", page=page, cancelling=CancelForm(), checking=ReceiptForm())


@pages.route("/rounds/<number:number>/open", methods=["GET", "POST"])
@guarded(Permission.ROUND_OPEN, load=queries.visible)
def open(seen: RoundAsSeen) -> ResponseReturnValue:
    """Agree to open a round, with the question put to the own group."""
    service.require_can_be_agreed(seen.round)
    form = OpeningForm().prepared_for(seen.round, current_actor())
    if not form.validate_on_submit():
        page = presenters.opening_page(seen, current_actor())
        return render_template("ballots/open.html", form=form, page=page), status_of(form)
    service.agree_to_open(seen.round, form.asked, by=current_actor())
    flash("Your agreement is recorded for your group.", "success")
    return redirect(url_for("ballots.show", number=seen.round.number), 303)


@pages.post("/rounds/<number:number>/cancel")
@guarded(Permission.ROUND_CANCEL, load=queries.visible)
def cancel(seen: RoundAsSeen) -> ResponseReturnValue:
    """Cancel a round before it opens."""
    form = CancelForm()
    if not form.validate_on_submit():
        page = presenters.round_page(seen, current_actor())
        return render_template("ballots/cancel.html", form=form, page=page), 422
    service.cancel(seen.round, form.reason.data or "", by=current_actor())
    flash("The round is cancelled.", "success")
    return redirect(url_for("ballots.show", number=seen.round.number), 303)


@pages.get("/rounds/<number:number>/vote")
@guarded(Permission.BALLOT_CAST, load=queries.visible)
def vote(seen: RoundAsSeen) -> ResponseReturnValue:
    """The own ballot paper."""
    ballot = service.require_may_vote(seen)
    page = papers.paper_page(seen, ballot)
    return render_template("ballots/vote.html", form=paper_form(seen.round), page=page)


@pages.post("/rounds/<number:number>/check")
@guarded(Permission.BALLOT_CAST, load=queries.visible)
def check(seen: RoundAsSeen) -> ResponseReturnValue:
    """Read the choices once more, or go back to change them."""
    ballot = service.require_may_vote(seen)
    form = paper_form(seen.round)
    if not form.validate_on_submit() or papers.is_to_be_changed():
        return render_template("ballots/vote.html", form=form, page=papers.paper_page(seen, ballot)), status_of(form)
    return render_template("ballots/check.html", page=papers.check_page(seen, ballot, form))


@pages.post("/rounds/<number:number>/cast")
@guarded(Permission.BALLOT_CAST, load=queries.visible)
def cast(seen: RoundAsSeen) -> ResponseReturnValue:
    """Cast the vote. It is final."""
    ballot = service.require_may_vote(seen)
    form = paper_form(seen.round)
    if not form.validate_on_submit():
        return render_template("ballots/vote.html", form=form, page=papers.paper_page(seen, ballot)), 422
    receipt = service.cast(seen, choices_on(form, seen.round), by=current_actor())
    receipts.keep(seen.round.number, receipt)
    return redirect(url_for("ballots.receipt", number=seen.round.number), 303)


@pages.get("/rounds/<number:number>/receipt")
@guarded(Permission.BALLOT_CAST, load=queries.visible)
def receipt(seen: RoundAsSeen) -> ResponseReturnValue:
    """The receipt of the vote just cast."""
    page = papers.receipt_page(seen, receipts.kept(seen.round.number))
    return render_template("ballots/receipt.html", page=page)


@pages.post("/rounds/<number:number>/receipt/check")
@guarded(Permission.BALLOT_CAST, load=queries.visible)
def check_receipt(seen: RoundAsSeen) -> ResponseReturnValue:
    """Whether the paper with this receipt was counted."""
    form = ReceiptForm()
    was_counted = form.validate_on_submit() and service.was_counted(seen, form.code)
    page = presenters.round_page(seen, current_actor())
    shown = {"form": form, "page": page, "was_counted": was_counted}
    return render_template("ballots/check_receipt.html", **shown), status_of(form)


@pages.get("/rounds/<number:number>/<group>/receipts.txt")
@guarded(Permission.ROUND_READ, load=queries.ballot_of)
def receipts_list(seen: BallotAsSeen) -> ResponseReturnValue:
    """Every receipt counted in a group's ballot."""
    return Response(exports.receipts_list(seen), mimetype="text/plain")


@pages.get("/rounds/<number:number>/<group>/choices.txt")
@guarded(Permission.ROUND_READ, load=queries.ballot_of)
def choices_list(seen: BallotAsSeen) -> ResponseReturnValue:
    """Every choice counted in a group's ballot."""
    return Response(exports.choices_list(seen), mimetype="text/plain")
