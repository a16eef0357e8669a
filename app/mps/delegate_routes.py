"""Pages of an MP's office: its delegates, and the positions that they draft and the MP confirms."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.models import Delegacy, PositionDraft
from app.mps import delegate_pages as shown
from app.mps import delegates, drafts, offices, papers, queries
from app.mps.delegate_forms import DelegateForm, SeenForm, accepting_form
from app.mps.forms import PositionForm, position_form
from app.mps.queries import VersionAsked
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.transactions import keep_changes
from policies.delegates import DelegacyEnd
from policies.permissions import Permission

pages = Blueprint("delegates", __name__)

ON_VERSION = "/planks/<plank_ref:ref>/v<version_name:name>/position/draft"
WRONG_ADDRESS = "The letter was sent to another address. Write the one it came to."


@pages.route("/mps/delegates", methods=["GET", "POST"])
@guarded(Permission.DELEGATE_LIST)
def listed() -> ResponseReturnValue:
    """Who drafts for an MP, and inviting somebody to."""
    form = DelegateForm()
    if not form.validate_on_submit():
        page = shown.delegates_page(current_actor())
        return render_template("mps/delegates.html", form=form, page=page), status_of(form)
    delegates.invite(form.address, by=current_actor())
    flash("Invited. The letter is on its way, and works once.", "success")
    return redirect(url_for("delegates.listed"), 303)


@pages.post("/mps/delegates/<number:number>/end")
@guarded(Permission.DELEGATE_NAME, load=offices.in_own_office)
def end(delegacy: Delegacy) -> ResponseReturnValue:
    """End a delegate's rights, or take an invitation back."""
    delegates.end(delegacy, DelegacyEnd.BY_MP, by=current_actor())
    flash("Ended. From now on they read and draft nothing of yours.", "success")
    return redirect(url_for("delegates.listed"), 303)


@pages.route("/delegations/<secret>", methods=["GET", "POST"])
@guarded(Permission.DELEGATE_ACCEPT)
def accept(secret: str) -> ResponseReturnValue:
    """Become a delegate: opening the link changes nothing, its button does."""
    delegacy, form = offices.opened(secret, clock.now()), accepting_form()
    if form.validate_on_submit():
        if delegates.accept(delegacy, form.typed or ""):
            flash("You are a delegate now. Sign in with that address, and the brief opens.", "success")
            return redirect(url_for("people.sign_in"), 303)
        keep_changes()
        form.refuse(WRONG_ADDRESS)
    return render_template("mps/accept.html", form=form, mp=delegacy.mp), status_of(form)


@pages.post("/mps/delegation/leave")
@guarded(Permission.DELEGATE_LEAVE)
def leave() -> ResponseReturnValue:
    """Be a delegate no longer."""
    delegates.leave(by=current_actor())
    flash("You are no longer a delegate, and are signed out everywhere.", "success")
    return redirect(url_for("platform.home"), 303)


@pages.get(ON_VERSION)
@guarded(Permission.POSITION_DRAFT, load=queries.version_asked)
def choose(found: VersionAsked) -> ResponseReturnValue:
    """Draft what the MP may say of these words."""
    page = shown.drafting_page(found, current_actor())
    return render_template("mps/draft.html", form=position_form(page.drafted), page=page)


@pages.post(f"{ON_VERSION}/check")
@guarded(Permission.POSITION_DRAFT, load=queries.version_asked)
def check(found: VersionAsked) -> ResponseReturnValue:
    """Read it once more, or go back to change it."""
    form, page = PositionForm(), shown.drafting_page(found, current_actor())
    if not form.validate_on_submit() or papers.is_to_be_changed():
        return render_template("mps/draft.html", form=form, page=page), status_of(form)
    return render_template("mps/check_draft.html", form=form, page=page, says=papers.said(form.kind))


@pages.post(ON_VERSION)
@guarded(Permission.POSITION_DRAFT, load=queries.version_asked)
def save(found: VersionAsked) -> ResponseReturnValue:
    """Put it before the MP."""
    form = PositionForm()
    if not form.validate_on_submit():
        page = shown.drafting_page(found, current_actor())
        return render_template("mps/draft.html", form=form, page=page), 422
    drafts.draft(found.version, form.kind, form.words, by=current_actor())
    flash("It is before the MP now, and nobody else sees it. It is no position until the MP confirms it.", "success")
    return redirect(url_for("mps.brief"), 303)


@pages.post("/mps/drafts/<number:number>/confirm")
@guarded(Permission.POSITION_CONFIRM, load=offices.draft_in_office)
def confirm(drafted: PositionDraft) -> ResponseReturnValue:
    """Make a draft the own position."""
    drafts.confirm(drafted, SeenForm().seen.data or "", by=current_actor())
    flash("Your position is recorded. You can change or withdraw it at any time.", "success")
    return redirect(url_for("mps.brief"), 303)


@pages.post("/mps/drafts/<number:number>/discard")
@guarded(Permission.DRAFT_DISCARD, load=offices.draft_in_office)
def discard(drafted: PositionDraft) -> ResponseReturnValue:
    """Throw a draft away."""
    drafts.discard(drafted, by=current_actor())
    flash("The draft is thrown away.", "success")
    return redirect(url_for("mps.brief"), 303)
