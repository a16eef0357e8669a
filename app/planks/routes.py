"""Pages for proposing a plank, and what members do to one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.models import Plank
from app.notices import service as notices
from app.planks import presenters, queries, service
from app.planks.beside import beside
from app.planks.forms import blank_draft, draft_form, stored_draft
from app.web.actor import current_actor
from app.web.forms import faults_of, first_fault, status_of
from app.web.guard import guarded
from policies.permissions import Permission
from policies.planks import Stage

pages = Blueprint("planks", __name__, url_prefix="/planks")


@pages.route("/new", methods=["GET", "POST"])
@guarded(Permission.PLANK_PROPOSE)
def propose() -> ResponseReturnValue:
    """Begin a plank."""
    form = blank_draft(queries.themes())
    if not form.validate_on_submit():
        return render_template("planks/draft.html", form=form, advice=presenters.ADVICE, ref=None), status_of(form)
    plank = service.begin(queries.theme(form.theme.data), *form.words, by=current_actor(), key=form.key)
    return redirect(url_for("planks.preview", ref=plank.ref), 303)


@pages.post("/new/keep")
@guarded(Permission.PLANK_PROPOSE)
def keep_first() -> ResponseReturnValue:
    """Keep a new plank while it is being written, each time in the same draft, once its theme is chosen."""
    form = blank_draft(queries.themes())
    if not form.validate_on_submit():
        return first_fault(form), 422
    plank = service.keep_first(queries.theme(form.theme.data), *form.words, by=current_actor(), key=form.key)
    return "", 204, {"Content-Location": url_for("planks.draft", ref=plank.ref)}


@pages.route("/<plank_ref:ref>/draft", methods=["GET", "POST"])
@guarded(Permission.PLANK_DRAFT, load=queries.visible)
def draft(plank: Plank) -> ResponseReturnValue:
    """Go on writing a draft."""
    service.require_draft(plank)
    form = draft_form(plank, queries.themes())
    if not form.validate_on_submit():
        return render_template("planks/draft.html", form=form, advice=presenters.ADVICE, ref=plank.ref), status_of(form)
    service.redraft(plank, queries.theme(form.theme.data), *form.words, by=current_actor())
    return redirect(url_for("planks.preview", ref=plank.ref), 303)


@pages.post("/<plank_ref:ref>/draft/keep")
@guarded(Permission.PLANK_DRAFT, load=queries.visible)
def keep(plank: Plank) -> ResponseReturnValue:
    """Keep a draft while it is being written on; there is nothing to show, or what is wrong in a sentence."""
    service.require_draft(plank)
    form = draft_form(plank, queries.themes())
    if not form.validate_on_submit():
        return first_fault(form), 422
    service.redraft(plank, queries.theme(form.theme.data), *form.words, by=current_actor())
    return "", 204


@pages.get("/<plank_ref:ref>/preview")
@guarded(Permission.PLANK_DRAFT, load=queries.visible)
def preview(plank: Plank) -> ResponseReturnValue:
    """See a draft as others will."""
    service.require_draft(plank)
    form = stored_draft(plank, queries.themes())
    shown = presenters.preview_of(plank, [] if form.is_ready() else faults_of(form), form.made_of)
    alike = beside(shown.title, plank.draft_text or "", current_actor())
    return render_template("planks/preview.html", preview=shown, alike=alike)


@pages.post("/<plank_ref:ref>/submit")
@guarded(Permission.PLANK_DRAFT, load=queries.visible)
def submit(plank: Plank) -> ResponseReturnValue:
    """Put a draft before the members."""
    form = stored_draft(plank, queries.themes())
    if plank.stage is Stage.DRAFT and not form.is_ready():
        return render_template("planks/draft.html", form=form, advice=presenters.ADVICE, ref=plank.ref), 422
    service.submit(plank, by=current_actor())
    flash(presenters.SUBMITTED, "success")
    return _to_its_page(plank)


@pages.post("/<plank_ref:ref>/discard")
@guarded(Permission.PLANK_DRAFT, load=queries.visible)
def discard(plank: Plank) -> ResponseReturnValue:
    """Throw a draft away."""
    service.discard(plank, by=current_actor())
    flash("Your draft is discarded.", "success")
    return redirect(url_for("desk.to_do"), 303)


@pages.post("/<plank_ref:ref>/second")
@guarded(Permission.PLANK_SECOND, load=queries.visible)
def second(plank: Plank) -> ResponseReturnValue:
    """Second a plank."""
    service.second(plank, by=current_actor())
    flash("You have seconded this plank.", "success")
    return _to_its_page(plank)


@pages.post("/<plank_ref:ref>/second/undo")
@guarded(Permission.PLANK_SECOND, load=queries.visible)
def take_back_second(plank: Plank) -> ResponseReturnValue:
    """Undo that."""
    service.take_back_second(plank, by=current_actor())
    flash("You no longer second this plank.", "success")
    return _to_its_page(plank)


@pages.post("/<plank_ref:ref>/follow")
@guarded(Permission.PLANK_FOLLOW, load=queries.visible)
def follow(plank: Plank) -> ResponseReturnValue:
    """Be told of what happens to a plank."""
    notices.follow(plank, by=current_actor())
    flash("You follow this plank. Nobody else is told so.", "success")
    return _to_its_page(plank)


@pages.post("/<plank_ref:ref>/follow/undo")
@guarded(Permission.PLANK_FOLLOW, load=queries.visible)
def unfollow(plank: Plank) -> ResponseReturnValue:
    """Be told no more."""
    notices.unfollow(plank, by=current_actor())
    flash("You no longer follow this plank.", "success")
    return _to_its_page(plank)


@pages.post("/<plank_ref:ref>/withdraw")
@guarded(Permission.PLANK_WITHDRAW, load=queries.visible)
def withdraw(plank: Plank) -> ResponseReturnValue:
    """Take the own plank back."""
    service.withdraw(plank, by=current_actor())
    flash("You have withdrawn this plank.", "success")
    return _to_its_page(plank)


def _to_its_page(plank: Plank) -> ResponseReturnValue:
    return redirect(url_for("platform.plank", ref=plank.ref), 303)
