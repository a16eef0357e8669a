"""Pages on which clerks pause their group's backing: ask, confirm, take back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.suspensions import presenters, queries, service
from app.suspensions.forms import ConfirmForm, PauseForm
from app.suspensions.queries import Backed, require_stance
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.permissions import Permission

pages = Blueprint("suspensions", __name__, url_prefix="/planks")


@pages.get("/<plank_ref:ref>/v<version_name:name>/pause")
@guarded(Permission.STANCE_PAUSE, load=queries.of_own_group)
def show(found: Backed) -> ResponseReturnValue:
    """The pause of the own group's backing: to ask for, to confirm, or running."""
    return _shown(found, PauseForm(formdata=None))


@pages.post("/<plank_ref:ref>/v<version_name:name>/pause")
@guarded(Permission.STANCE_PAUSE, load=queries.of_own_group)
def ask(found: Backed) -> ResponseReturnValue:
    """Ask for it."""
    form, stance = PauseForm(), require_stance(found)
    if not form.validate_on_submit():
        return _shown(found, form)
    service.ask(stance, form.days.data or 0, form.reason.data or "", by=current_actor())
    flash("You have asked for the pause. It begins when another clerk of your group confirms it.", "success")
    return _to_its_page(found)


@pages.post("/<plank_ref:ref>/v<version_name:name>/pause/confirm")
@guarded(Permission.STANCE_PAUSE, load=queries.of_own_group)
def confirm(found: Backed) -> ResponseReturnValue:
    """Confirm what another clerk asked."""
    service.confirm(require_stance(found), ConfirmForm().seen_id, by=current_actor())
    flash("Your group’s backing is paused. It counts again by itself.", "success")
    return redirect(url_for("platform.plank", ref=found.plank.ref), 303)


@pages.post("/<plank_ref:ref>/v<version_name:name>/pause/take-back")
@guarded(Permission.STANCE_PAUSE, load=queries.of_own_group)
def take_back(found: Backed) -> ResponseReturnValue:
    """Take back what was asked and is not confirmed."""
    service.take_back(require_stance(found), by=current_actor())
    flash("The pause is no longer asked for.", "success")
    return _to_its_page(found)


def _shown(found: Backed, form: PauseForm) -> ResponseReturnValue:
    page = presenters.pause_page(found, current_actor())
    return render_template("suspensions/show.html", page=page, form=form), status_of(form)


def _to_its_page(found: Backed) -> ResponseReturnValue:
    return redirect(url_for("suspensions.show", ref=found.plank.ref, name=found.version.name), 303)
