"""Pages for amending a plank in place, and what members do to an amendment."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.amendments import pages as shown
from app.amendments import queries, service
from app.amendments.editing import Sheet, has_moved, sent_sheet, sheet_for, sheet_of
from app.amendments.forms import AmendmentForm, ObjectionForm, amendment_form, in_words_form, unready_form
from app.amendments.rebase_pages import rebase_of
from app.amendments.sections import sections_of
from app.amendments.ways import way_to
from app.models import Amendment, Plank
from app.planks import queries as planks
from app.web.actor import current_actor
from app.web.forms import first_fault, status_of
from app.web.guard import guarded
from policies.amendments import AmendmentStage
from policies.permissions import Permission

pages = Blueprint("amendments", __name__)


@pages.route("/planks/<plank_ref:ref>/amend", methods=["GET", "POST"])
@guarded(Permission.PLANK_AMEND, load=planks.visible)
def begin(plank: Plank) -> ResponseReturnValue:
    """Write an amendment to some units of a plank, or to the whole."""
    service.require_amendable(plank)
    form = amendment_form(_asked_sheet(plank))
    if not form.validate_on_submit():
        page = shown.begin_page(plank, form.sheet, current_actor())
        return render_template("amendments/edit.html", form=form, page=page), status_of(form)
    return _to_preview(_begun(plank, form))


@pages.post("/planks/<plank_ref:ref>/amend/keep")
@guarded(Permission.PLANK_AMEND, load=planks.visible)
def keep_first(plank: Plank) -> ResponseReturnValue:
    """Keep a new amendment while it is being written, each time in the same draft."""
    service.require_amendable(plank)
    form = amendment_form(_asked_sheet(plank))
    return _kept(_begun(plank, form, unasked=True)) if form.can_be_kept() else (first_fault(form), 422)


@pages.post("/planks/<plank_ref:ref>/amend/redline")
@guarded(Permission.PLANK_AMEND, load=planks.visible)
def redline(plank: Plank) -> ResponseReturnValue:
    """What the words being written change, as a piece of a page; nothing is kept."""
    service.require_amendable(plank)
    live = shown.live_redline(amendment_form(sent_sheet(plank, request.form)), request.form.get("at", ""))
    return render_template("amendments/_live.html", live=live)


@pages.route("/planks/<plank_ref:ref>/amend/in-words", methods=["GET", "POST"])
@guarded(Permission.PLANK_AMEND, load=planks.visible)
def begin_in_words(plank: Plank) -> ResponseReturnValue:
    """Give an amendment in words, as conference papers print them; the preview shows how it was understood."""
    service.require_amendable(plank)
    form = in_words_form(sheet_for(plank, seen=request.form.get("base")).base)
    if form.goes_on_in_place and not form.words.data:
        return redirect(way_to(plank, "parts", None), 303)
    if not form.validate_on_submit():
        page = shown.in_words_page(plank, form.version, current_actor())
        return render_template("amendments/in_words.html", form=form, page=page), status_of(form)
    draft = service.begin(plank, *form.meant, by=current_actor(), base=form.version, key=form.key)
    return redirect(way_to(plank, "parts", draft), 303) if form.goes_on_in_place else _to_preview(draft)


@pages.post("/planks/<plank_ref:ref>/amend/otherwise")
@guarded(Permission.PLANK_AMEND, load=planks.visible)
def begin_otherwise(plank: Plank) -> ResponseReturnValue:
    """Go on in another way; what was written so far is kept, if it changes anything."""
    service.require_amendable(plank)
    form = amendment_form(sent_sheet(plank, request.form))
    if not form.can_be_kept():
        page = shown.begin_page(plank, form.sheet, current_actor())
        return render_template("amendments/edit.html", form=form, page=page), 422
    draft = _begun(plank, form) if form.is_written else None
    return redirect(way_to(plank, request.form.get("to"), draft), 303)


@pages.route("/amendments/<amendment_ref:ref>/edit", methods=["GET", "POST"])
@guarded(Permission.AMENDMENT_DRAFT, load=queries.visible)
def edit(amendment: Amendment) -> ResponseReturnValue:
    """Go on writing a draft, or bring an amendment up to date with a text that has moved."""
    service.require_editable(amendment)
    if has_moved(amendment) and request.method == "GET":
        return redirect(url_for("amendments.rebase", ref=amendment.ref), 303)
    whole = request.args.get("whole") == "yes"
    form = amendment_form(_sheet_again(amendment, whole=whole))
    if not form.validate_on_submit():
        page = shown.edit_page(amendment, form.sheet, whole=whole)
        return render_template("amendments/edit.html", form=form, page=page), status_of(form)
    service.redraft(amendment, *form.words, by=current_actor(), base=form.sheet.base)
    return _to_preview(amendment)


@pages.post("/amendments/<amendment_ref:ref>/edit/otherwise")
@guarded(Permission.AMENDMENT_DRAFT, load=queries.visible)
def edit_otherwise(amendment: Amendment) -> ResponseReturnValue:
    """Keep a draft as it was written so far, and go on in another way."""
    service.require_draft(amendment)
    form = amendment_form(_sheet_again(amendment))
    if not form.can_be_kept():
        page = shown.edit_page(amendment, form.sheet)
        return render_template("amendments/edit.html", form=form, page=page), 422
    service.redraft(amendment, *form.words, by=current_actor(), base=form.sheet.base)
    return redirect(way_to(amendment.plank, request.form.get("to"), amendment), 303)


@pages.post("/amendments/<amendment_ref:ref>/edit/keep")
@guarded(Permission.AMENDMENT_DRAFT, load=queries.visible)
def keep(amendment: Amendment) -> ResponseReturnValue:
    """Keep a draft while it is being written on."""
    service.require_draft(amendment)
    form = amendment_form(_sheet_again(amendment))
    if not form.can_be_kept():
        return first_fault(form), 422
    service.redraft(amendment, *form.words, by=current_actor(), base=form.sheet.base)
    return _kept(amendment)


@pages.route("/amendments/<amendment_ref:ref>/rebase", methods=["GET", "POST"])
@guarded(Permission.AMENDMENT_DRAFT, load=queries.visible)
def rebase(amendment: Amendment) -> ResponseReturnValue:
    """Bring an amendment up to date with a text that has moved: read what was merged, or settle what conflicts."""
    service.require_editable(amendment)
    if not has_moved(amendment) and "text" not in request.form:
        return _to_preview(amendment)
    page, form = rebase_of(amendment, current_actor(), request.form.get("base"))
    if not form.is_answered():
        return render_template("amendments/rebase.html", form=form, page=page), status_of(form)
    words = *form.words, form.reason.data or "", form.settled
    service.settle(amendment, *words, by=current_actor(), base=form.moved.now)
    return _to_preview(amendment)


@pages.get("/amendments/<amendment_ref:ref>/preview")
@guarded(Permission.AMENDMENT_DRAFT, load=queries.visible)
def preview(amendment: Amendment) -> ResponseReturnValue:
    """See a draft as others will: what it changes, marked in the text."""
    service.require_drafted(amendment)
    page = shown.preview_page(amendment, unready_form(amendment))
    return render_template("amendments/preview.html", page=page)


@pages.post("/amendments/<amendment_ref:ref>/submit")
@guarded(Permission.AMENDMENT_DRAFT, load=queries.visible)
def submit(amendment: Amendment) -> ResponseReturnValue:
    """Put a draft before the members."""
    unready = unready_form(amendment)
    if unready is not None:
        page = shown.edit_page(amendment, unready.sheet)
        return render_template("amendments/edit.html", form=unready, page=page), 422
    service.submit(amendment, by=current_actor(), seen=request.form.get("seen", ""))
    flash("Your amendment is submitted. A member of another group has to second it.", "success")
    return _to_its_page(amendment)


@pages.post("/amendments/<amendment_ref:ref>/discard")
@guarded(Permission.AMENDMENT_DRAFT, load=queries.visible)
def discard(amendment: Amendment) -> ResponseReturnValue:
    """Throw a draft away."""
    plank_url = shown.plank_url(amendment.plank)
    service.discard(amendment, by=current_actor())
    flash("Your draft amendment is discarded.", "success")
    return redirect(plank_url, 303)


@pages.get("/amendments/<amendment_ref:ref>")
@guarded(Permission.AMENDMENT_READ, load=queries.visible)
def show(amendment: Amendment) -> ResponseReturnValue:
    """One amendment: what it changes, why, and where it stands."""
    if amendment.stage is AmendmentStage.DRAFT:
        return _to_preview(amendment)
    if request.view_args != {"ref": amendment.ref}:
        return _to_its_page(amendment)
    return _shown(amendment, ObjectionForm(formdata=None))


@pages.post("/amendments/<amendment_ref:ref>/second")
@guarded(Permission.AMENDMENT_SECOND, load=queries.visible)
def second(amendment: Amendment) -> ResponseReturnValue:
    """Second an amendment of another group."""
    service.second(amendment, by=current_actor(), seen=request.form.get("seen", ""))
    flash("You have seconded this amendment.", "success")
    return _to_its_page(amendment)


@pages.post("/amendments/<amendment_ref:ref>/second/undo")
@guarded(Permission.AMENDMENT_SECOND, load=queries.visible)
def take_back_second(amendment: Amendment) -> ResponseReturnValue:
    """Undo that."""
    service.take_back_second(amendment, by=current_actor())
    flash("You no longer second this amendment.", "success")
    return _to_its_page(amendment)


@pages.post("/amendments/<amendment_ref:ref>/object")
@guarded(Permission.AMENDMENT_OBJECT, load=queries.visible)
def object_to(amendment: Amendment) -> ResponseReturnValue:
    """Object to adopting it without a round, with a reason."""
    service.require_objectionable(amendment)
    form = ObjectionForm()
    if not form.validate_on_submit():
        return _shown(amendment, form)
    service.object_to(amendment, form.reason.data or "", by=current_actor(), seen=request.form.get("seen", ""))
    flash("Your objection is recorded. The amendment now needs a round of ballots.", "success")
    return _to_its_page(amendment)


@pages.post("/amendments/<amendment_ref:ref>/withdraw")
@guarded(Permission.AMENDMENT_WITHDRAW, load=queries.visible)
def withdraw(amendment: Amendment) -> ResponseReturnValue:
    """Take the own amendment back."""
    service.withdraw(amendment, by=current_actor())
    flash("You have withdrawn this amendment.", "success")
    return _to_its_page(amendment)


def _shown(amendment: Amendment, objection: ObjectionForm) -> ResponseReturnValue:
    actor = current_actor()
    page, sections = shown.show_page(amendment, actor), sections_of(amendment, actor)
    renewal = dict(zip(("page", "form"), rebase_of(amendment, actor), strict=True)) if page.offered.renew else None
    values = {"page": page, "form": objection, "renewal": renewal, "sections": sections}
    return render_template("amendments/show.html", **values), status_of(objection)


def _asked_sheet(plank: Plank) -> Sheet:
    """The parts that the address names lie open; without any, the text is amended whole."""
    in_parts = request.args.get("parts") == "yes"
    return sheet_for(plank, request.args.getlist("unit"), request.form.get("base"), in_parts=in_parts)


def _sheet_again(amendment: Amendment, *, whole: bool = False) -> Sheet:
    if "base" in request.form:
        return sent_sheet(amendment.plank, request.form)
    return sheet_of(amendment, whole=whole)


def _begun(plank: Plank, form: AmendmentForm, *, unasked: bool = False) -> Amendment:
    by, base = current_actor(), form.sheet.base
    return service.begin(plank, *form.words, by=by, base=base, key=form.key, unasked=unasked)


def _kept(amendment: Amendment) -> ResponseReturnValue:
    """Nothing to show; where one goes on writing it is said, for a page that is read again."""
    return "", 204, {"Content-Location": url_for("amendments.edit", ref=amendment.ref)}


def _to_preview(amendment: Amendment) -> ResponseReturnValue:
    return redirect(url_for("amendments.preview", ref=amendment.ref), 303)


def _to_its_page(amendment: Amendment) -> ResponseReturnValue:
    return redirect(url_for("amendments.show", ref=amendment.ref), 303)
