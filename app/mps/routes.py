"""Pages of MPs: the list, one MP, the own brief, and the own position on a version."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.models import Mp
from app.mps import brief as briefs
from app.mps import papers, presenters, queries, service
from app.mps.forms import PositionForm, ReadForm, position_form
from app.mps.queries import VersionAsked
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.paging import asked_page
from policies.permissions import Permission

pages = Blueprint("mps", __name__)


@pages.get("/mps")
@guarded(Permission.MP_READ)
def all_mps() -> ResponseReturnValue:
    """Everybody who sits in the Commons."""
    asked = presenters.asked(request.args)
    return render_template("mps/all.html", listed=presenters.mp_list(asked, asked_page()))


@pages.get("/mps/<number:number>")
@guarded(Permission.MP_READ, load=queries.visible)
def show(mp: Mp) -> ResponseReturnValue:
    """One MP, with the positions recorded."""
    return render_template("mps/show.html", page=presenters.mp_page(mp, asked_page()))


@pages.get("/mps/brief")
@guarded(Permission.BRIEF_READ)
def brief() -> ResponseReturnValue:
    """What is backed by all, the own positions, and what changed since the last look."""
    return render_template("mps/brief.html", page=briefs.brief_page(current_actor(), asked_page()))


@pages.post("/mps/brief/read")
@guarded(Permission.BRIEF_NOTE)
def read_brief() -> ResponseReturnValue:
    """Note that the brief was read."""
    service.read_brief(ReadForm().moment, by=current_actor())
    flash("Noted. From now on your brief shows what changed after this.", "success")
    return redirect(url_for("mps.brief"), 303)


@pages.get("/planks/<plank_ref:ref>/v<version_name:name>/position")
@guarded(Permission.POSITION_RECORD, load=queries.version_asked)
def choose(found: VersionAsked) -> ResponseReturnValue:
    """Choose the own position on these words."""
    page = papers.position_page(found, current_actor())
    return render_template("mps/choose.html", form=position_form(page.drafted), page=page)


@pages.post("/planks/<plank_ref:ref>/v<version_name:name>/position/check")
@guarded(Permission.POSITION_RECORD, load=queries.version_asked)
def check(found: VersionAsked) -> ResponseReturnValue:
    """Read it once more, or go back to change it."""
    form, page = PositionForm(), papers.position_page(found, current_actor())
    if not form.validate_on_submit() or papers.is_to_be_changed():
        return render_template("mps/choose.html", form=form, page=page), status_of(form)
    return render_template("mps/check.html", form=form, page=page, says=papers.said(form.kind))


@pages.post("/planks/<plank_ref:ref>/v<version_name:name>/position")
@guarded(Permission.POSITION_RECORD, load=queries.version_asked)
def confirm(found: VersionAsked) -> ResponseReturnValue:
    """Record it."""
    form = PositionForm()
    if not form.validate_on_submit():
        page = papers.position_page(found, current_actor())
        return render_template("mps/choose.html", form=form, page=page), 422
    service.record(found.version, form.kind, form.words, by=current_actor())
    flash("Your position is recorded. You can change or withdraw it at any time.", "success")
    return redirect(url_for("mps.show", number=current_actor().mp_id), 303)


@pages.post("/planks/<plank_ref:ref>/v<version_name:name>/position/withdraw")
@guarded(Permission.POSITION_RECORD, load=queries.version_asked)
def withdraw(found: VersionAsked) -> ResponseReturnValue:
    """Take it back."""
    service.withdraw(found.version, by=current_actor())
    flash("Your position is withdrawn.", "success")
    return redirect(url_for("mps.brief"), 303)
