"""Pages of editorial changes: mend a text, look at it once more, propose it, answer what another clerk proposed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.editorial import presenters, queries, service
from app.editorial.forms import AnswerForm, MendingForm, is_to_be_changed, mending_form
from app.editorial.queries import Mended
from app.models import EditorialChange
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("editorial", __name__)


@pages.get("/clerk/editorial")
@guarded(Permission.EDITORIAL_MEND)
def queue() -> ResponseReturnValue:
    """The editorial queue."""
    return render_template("editorial/queue.html", queue=presenters.queue(current_actor()))


@pages.route("/planks/<plank_ref:ref>/v<version_name:name>/editorial", methods=["GET", "POST"])
@guarded(Permission.EDITORIAL_MEND, load=queries.to_mend)
def write(found: Mended) -> ResponseReturnValue:
    """Mend a text; sent, it is shown once more before it is proposed."""
    service.require_can_be_mended(found.plank, found.version)
    form = mending_form(found)
    if not form.validate_on_submit() or is_to_be_changed():
        return _written(found, form)
    page = presenters.mending_page(found.plank, found.version, form.words)
    return render_template("editorial/preview.html", page=page, form=form)


@pages.post("/planks/<plank_ref:ref>/v<version_name:name>/editorial/propose")
@guarded(Permission.EDITORIAL_MEND, load=queries.to_mend)
def propose(found: Mended) -> ResponseReturnValue:
    """Propose the mended words; the own group has said yes with that."""
    form = mending_form(found)
    if not form.validate_on_submit():
        return _written(found, form)
    change = service.propose(found.plank, found.version, *form.words, by=current_actor())
    flash("The editorial change is proposed. It is made when a clerk of every group has said yes.", "success")
    return redirect(url_for("editorial.show", key=change.key), 303)


@pages.get("/editorial/<argument_key:key>")
@guarded(Permission.EDITORIAL_MEND, load=queries.visible)
def show(change: EditorialChange) -> ResponseReturnValue:
    """One editorial change."""
    return _shown(change, AnswerForm(formdata=None))


@pages.post("/editorial/<argument_key:key>/answer")
@guarded(Permission.EDITORIAL_MEND, load=queries.visible)
def answer(change: EditorialChange) -> ResponseReturnValue:
    """Say yes or no for the own group."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _shown(change, form)
    says_yes = form.answer.data == "yes"
    made = service.answer(change, says_yes=says_yes, reason=form.reason.data or "", by=current_actor())
    flash(f"The text is mended: version {made.name}." if made else "Your answer is recorded.", "success")
    return redirect(url_for("editorial.show", key=change.key), 303)


@pages.post("/editorial/<argument_key:key>/take-back")
@guarded(Permission.EDITORIAL_MEND, load=queries.visible)
def take_back(change: EditorialChange) -> ResponseReturnValue:
    """Take back what a clerk of the own group has proposed."""
    service.take_back(change, by=current_actor())
    flash("The editorial change is taken back. The text stays as it is.", "success")
    return redirect(url_for("editorial.show", key=change.key), 303)


def _written(found: Mended, form: MendingForm) -> ResponseReturnValue:
    return render_template("editorial/write.html", plank=found.plank, base=found.version, form=form), status_of(form)


def _shown(change: EditorialChange, form: AnswerForm) -> ResponseReturnValue:
    page = presenters.change_page(change, current_actor())
    return render_template("editorial/show.html", page=page, form=form), status_of(form)
