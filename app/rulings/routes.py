"""What clerks rule, pages of rulings and appeals, the register of them, and the deputies of a group."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.amendments import queries as amendments
from app.joining.queries import of_own_group
from app.models import Amendment, Membership, Plank, RegisteredRuling
from app.planks import queries as planks
from app.reads import service as reads
from app.rulings import appeals, deputies, deputy_pages, presenters, queries, register, service
from app.rulings.forms import (
    AmendmentRulingForm,
    AppealForm,
    ArchiveForm,
    ReferenceAnswerForm,
    ReferForm,
    RulingForm,
    UpholdForm,
)
from app.web import csv_files
from app.web.actor import current_actor
from app.web.guard import guarded
from app.web.paging import asked_page
from policies.permissions import Permission
from policies.reads import Seen
from policies.rulings import Answer, AppealStage

pages = Blueprint("rulings", __name__)

RECORDED = "Your word is recorded for your group."
DECIDED = {
    AppealStage.OPEN: RECORDED,
    AppealStage.UPHELD: "Clerks of every group uphold the ruling: it stands.",
    AppealStage.OVERTURNED: "The ruling is overturned. What was ruled out goes on.",
}


@pages.post("/planks/<plank_ref:ref>/rule")
@guarded(Permission.PLANK_RULE, load=planks.visible)
def rule(plank: Plank) -> ResponseReturnValue:
    """Rule a plank in order or out, for the own group."""
    form = RulingForm()
    if not form.validate_on_submit():
        return render_template("rulings/rule.html", form=form, ref=plank.ref, title=plank.title), 422
    service.rule(plank, form.verdict.data or "", form.reason.data or "", by=current_actor())
    flash("Your ruling is recorded for your group.", "success")
    return _to_plank(plank)


@pages.post("/planks/<plank_ref:ref>/archive")
@guarded(Permission.PLANK_ARCHIVE, load=planks.visible)
def archive(plank: Plank) -> ResponseReturnValue:
    """Say for the own group that a plank belongs in the archive."""
    form = ArchiveForm()
    if not form.validate_on_submit():
        return render_template("rulings/archive.html", form=form, ref=plank.ref, title=plank.title), 422
    service.archive(plank, form.reason.data or "", by=current_actor())
    flash(RECORDED, "success")
    return _to_plank(plank)


@pages.post("/planks/<plank_ref:ref>/refer")
@guarded(Permission.PLANK_REFER, load=planks.visible)
def refer(plank: Plank) -> ResponseReturnValue:
    """Say for the own group that a plank goes back to its drafters."""
    service.require_referable(plank)
    form = ReferForm()
    if not form.validate_on_submit():
        return render_template("rulings/refer.html", form=form, ref=plank.ref, title=plank.title), 422
    service.refer(plank, form.why_refer.data or "", by=current_actor())
    flash(RECORDED, "success")
    return _to_plank(plank)


@pages.post("/planks/<plank_ref:ref>/refer/answer")
@guarded(Permission.PLANK_ANSWER, load=planks.visible)
def answer_reference(plank: Plank) -> ResponseReturnValue:
    """Answer for the own plank that was referred back."""
    form = ReferenceAnswerForm()
    if not form.validate_on_submit():
        return render_template("rulings/answer.html", form=form, ref=plank.ref, title=plank.title), 422
    service.answer(plank, form.reply.data or "", by=current_actor())
    flash("Your answer is published. Rounds can be held on your plank again.", "success")
    return _to_plank(plank)


@pages.post("/amendments/<amendment_ref:ref>/rule")
@guarded(Permission.AMENDMENT_RULE, load=amendments.visible)
def rule_amendment(amendment: Amendment) -> ResponseReturnValue:
    """Rule an amendment out of order, for the own group."""
    service.require_can_be_ruled_out(amendment)
    form = AmendmentRulingForm()
    if not form.validate_on_submit():
        return render_template("rulings/rule_amendment.html", form=form, amendment=amendment), 422
    service.rule_out_amendment(amendment, form.why_out.data or "", by=current_actor())
    flash("Your ruling is recorded for your group.", "success")
    return redirect(url_for("amendments.show", ref=amendment.ref), 303)


@pages.get("/rulings")
@guarded(Permission.SITE_READ)
def listed() -> ResponseReturnValue:
    """The register of rulings, as far as the reader may know of them."""
    return render_template("rulings/register.html", listed=register.register_page(current_actor()))


@pages.get("/rulings.csv")
@guarded(Permission.SITE_READ)
def listed_csv() -> ResponseReturnValue:
    """The public rulings as a file."""
    now = clock.now()
    return csv_files.download("rulings", now, register.register_csv(now))


@pages.get("/rulings/<argument_key:key>")
@guarded(Permission.RULING_READ, load=queries.visible)
def show(ruling: RegisteredRuling) -> ResponseReturnValue:
    """One ruling, and the appeal against it."""
    return _ruling_page(ruling, AppealForm(formdata=None), UpholdForm(formdata=None))


@pages.post("/rulings/<argument_key:key>/appeal")
@guarded(Permission.RULING_APPEAL, load=queries.visible)
def appeal(ruling: RegisteredRuling) -> ResponseReturnValue:
    """Appeal against a ruling."""
    appeals.require_can_be_appealed(ruling)
    form = AppealForm()
    if not form.validate_on_submit():
        return _ruling_page(ruling, form, UpholdForm(formdata=None)), 422
    appeals.appeal(ruling, form.grounds.data or "", by=current_actor())
    flash("Your appeal is recorded. Nobody is told that it was you.", "success")
    return _to_ruling(ruling)


@pages.post("/rulings/<argument_key:key>/appeal/take-back")
@guarded(Permission.RULING_APPEAL, load=queries.visible)
def take_back_appeal(ruling: RegisteredRuling) -> ResponseReturnValue:
    """Take the own appeal back."""
    appeals.take_back(ruling, by=current_actor())
    flash("Your appeal is taken back.", "success")
    return _to_ruling(ruling)


@pages.post("/rulings/<argument_key:key>/answer")
@guarded(Permission.RULING_UPHOLD, load=queries.visible)
def answer(ruling: RegisteredRuling) -> ResponseReturnValue:
    """Say for the own group whether a ruling is upheld."""
    appeals.require_answerable(ruling)
    form = UpholdForm()
    if not form.validate_on_submit():
        return _ruling_page(ruling, AppealForm(formdata=None), form), 422
    stage = appeals.answer(ruling, Answer(form.answer.data), form.reason.data or "", by=current_actor())
    flash(DECIDED[stage], "success")
    return _to_ruling(ruling)


@pages.get("/clerk/deputies")
@guarded(Permission.DEPUTY_LIST)
def deputies_of_group() -> ResponseReturnValue:
    """The deputies of the own group, and who can become one."""
    shown = deputy_pages.deputies_page(current_actor(), asked_page())
    reads.note(Seen.DEPUTIES, [membership.person_id for membership in shown.page.rows], by=current_actor())
    return render_template("rulings/deputies.html", shown=shown)


@pages.post("/clerk/deputies/<plank_ref:key>/name")
@guarded(Permission.DEPUTY_NAME, load=of_own_group)
def name_deputy(membership: Membership) -> ResponseReturnValue:
    """Name a member the group's deputy; two clerks make one."""
    is_one = deputies.name_deputy(membership, by=current_actor())
    flash(
        "Two clerks have named this deputy." if is_one else "Noted. A second clerk of your group confirms.", "success"
    )
    return redirect(url_for("rulings.deputies_of_group"), 303)


@pages.post("/clerk/deputies/<plank_ref:key>/end")
@guarded(Permission.DEPUTY_NAME, load=of_own_group)
def end_deputy(membership: Membership) -> ResponseReturnValue:
    """End that."""
    deputies.end_deputy(membership, by=current_actor())
    flash("This member is no deputy any more.", "success")
    return redirect(url_for("rulings.deputies_of_group"), 303)


def _ruling_page(ruling: RegisteredRuling, appealing: AppealForm, upholding: UpholdForm) -> str:
    page = presenters.ruling_page(ruling, current_actor())
    form = upholding if upholding.errors else appealing
    return render_template("rulings/show.html", page=page, form=form, appealing=appealing, upholding=upholding)


def _to_plank(plank: Plank) -> ResponseReturnValue:
    return redirect(url_for("platform.plank", ref=plank.ref), 303)


def _to_ruling(ruling: RegisteredRuling) -> ResponseReturnValue:
    return redirect(url_for("rulings.show", key=ruling.key), 303)
