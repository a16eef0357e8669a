"""Pages by which a real MP comes to an account, and the clerks' second look."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.models import Mp, MpRequest
from app.mps import account_queries, accounts, queries
from app.mps.account_forms import AskForm, ProveForm, RefuseForm
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.transactions import keep_changes
from policies.permissions import Permission

pages = Blueprint("mp_accounts", __name__)

WRONG_ADDRESS = "The letter was sent to another address. Write the one it came to."


@pages.route("/mps/<number:number>/account", methods=["GET", "POST"])
@guarded(Permission.SEAT_CLAIM, load=queries.visible)
def ask(mp: Mp) -> ResponseReturnValue:
    """Ask for the account of an MP, as that MP."""
    accounts.require_can_have_account(mp)
    form = AskForm()
    if not form.validate_on_submit():
        return render_template("mps/ask_account.html", form=form, mp=mp), status_of(form)
    accounts.ask(mp, form.address)
    return render_template("mps/account_asked.html", mp=mp)


@pages.route("/mps/accounts/<secret>", methods=["GET", "POST"])
@guarded(Permission.SEAT_CLAIM)
def prove(secret: str) -> ResponseReturnValue:
    """Behind the mailed link: its button shows that the address is one's own."""
    request = account_queries.opened(secret, clock.now())
    form = ProveForm(request.mp_id)
    if form.validate_on_submit():
        if accounts.prove(request, form.typed or "", queries.visible(current_actor(), form.mp.data)):
            flash("Your address is confirmed. Clerks of two groups look at it now, and we write to you.", "success")
            return redirect(url_for("mps.show", number=request.mp_id), 303)
        keep_changes()
        form.refuse(WRONG_ADDRESS)
    return render_template("mps/prove_account.html", form=form, mp=request.mp), status_of(form)


@pages.get("/clerk/mps")
@guarded(Permission.SEAT_DECIDE)
def waiting() -> ResponseReturnValue:
    """Who asks to be an MP here."""
    found = account_queries.before_clerks()
    return render_template("mps/accounts.html", waiting=found, group=current_actor().group)


@pages.post("/clerk/mps/<plank_ref:key>/vouch")
@guarded(Permission.SEAT_DECIDE, load=account_queries.for_clerk)
def vouch(request: MpRequest) -> ResponseReturnValue:
    """Say for the own group that this is the MP."""
    is_given = accounts.vouch(request, by=current_actor())
    done = (
        "The account is there, and the MP is told." if is_given else "Noted. It needs a clerk of another group as well."
    )
    flash(done, "success")
    return redirect(url_for("mp_accounts.waiting"), 303)


@pages.route("/clerk/mps/<plank_ref:key>/refuse", methods=["GET", "POST"])
@guarded(Permission.SEAT_DECIDE, load=account_queries.for_clerk)
def refuse(request: MpRequest) -> ResponseReturnValue:
    """Refuse it, with a reason."""
    form = RefuseForm()
    if not form.validate_on_submit():
        return render_template("mps/refuse_account.html", form=form, claim=request), status_of(form)
    accounts.refuse(request, form.reason.data or "", by=current_actor())
    flash("Refused. Whoever asked reads your reason by mail.", "success")
    return redirect(url_for("mp_accounts.waiting"), 303)
