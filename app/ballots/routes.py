"""Pages of ballots: the paper, checking and casting it, receipts, and the register of results."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.ballots import exports, papers, queries, receipts, results, service
from app.ballots.forms import ReceiptForm, choices_on, paper_form
from app.ballots.queries import BallotAsSeen, RoundAsSeen
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


@pages.get("/rounds/<number:number>/vote")
@guarded(Permission.BALLOT_CAST, load=queries.visible)
def vote(seen: RoundAsSeen) -> ResponseReturnValue:
    """The own ballot paper."""
    ballot = service.require_may_vote(seen)
    page = papers.paper_page(seen, ballot)
    return render_template("ballots/vote.html", form=paper_form(ballot), page=page)


@pages.post("/rounds/<number:number>/check")
@guarded(Permission.BALLOT_CAST, load=queries.visible)
def check(seen: RoundAsSeen) -> ResponseReturnValue:
    """Read the choices once more, or go back to change them."""
    ballot = service.require_may_vote(seen)
    form = paper_form(ballot)
    if not form.validate_on_submit() or papers.is_to_be_changed():
        return render_template("ballots/vote.html", form=form, page=papers.paper_page(seen, ballot)), status_of(form)
    return render_template("ballots/check.html", page=papers.check_page(seen, ballot, form))


@pages.post("/rounds/<number:number>/cast")
@guarded(Permission.BALLOT_CAST, load=queries.to_vote_in)
def cast(seen: RoundAsSeen) -> ResponseReturnValue:
    """Cast the vote. It is final."""
    ballot = service.require_may_vote(seen)
    form = paper_form(ballot)
    if not form.validate_on_submit():
        return render_template("ballots/vote.html", form=form, page=papers.paper_page(seen, ballot)), 422
    receipt = service.cast(seen, choices_on(form, ballot), by=current_actor())
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
    shown = {"form": form, "page": seen.round, "was_counted": was_counted}
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
