"""Pages for complaining about how personal data is used, following a complaint, and answering it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.complaints import presenters, queries, service
from app.complaints.forms import AnswerForm, ComplaintForm
from app.models import Complaint
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.paging import asked_page, page_of
from policies.complaints import ComplaintStep
from policies.permissions import Permission

pages = Blueprint("complaints", __name__)


@pages.route("/complaints", methods=["GET", "POST"])
@guarded(Permission.COMPLAINT_FILE)
def complain() -> ResponseReturnValue:
    """Complain about how personal data is used; no account is needed."""
    form = ComplaintForm()
    if not form.validate_on_submit():
        return render_template("complaints/complain.html", form=form), status_of(form)
    complaint = service.complain(form.words.data or "", form.address)
    flash("Thank you. Your complaint has come in.", "success")
    return redirect(url_for("complaints.follow", key=complaint.key), 303)


@pages.get("/complaints/<argument_key:key>")
@guarded(Permission.COMPLAINT_FOLLOW, load=queries.named)
def follow(complaint: Complaint) -> ResponseReturnValue:
    """How a complaint stands, by when there is a next word, and what was answered."""
    return render_template("complaints/follow.html", complaint=presenters.shown(complaint))


@pages.get("/clerk/complaints")
@guarded(Permission.COMPLAINT_ANSWER)
def listed() -> ResponseReturnValue:
    """All complaints, those that wait first."""
    page = page_of(queries.listed(), asked_page())
    complaints = [presenters.shown(one, with_words=True) for one in page.rows]
    return render_template("complaints/listed.html", complaints=complaints, page=page)


@pages.route("/clerk/complaints/<argument_key:key>", methods=["GET", "POST"])
@guarded(Permission.COMPLAINT_ANSWER, load=queries.named)
def answer(complaint: Complaint) -> ResponseReturnValue:
    """Say how far a complaint is, or its outcome."""
    form = AnswerForm()
    if not form.validate_on_submit():
        shown = presenters.shown(complaint, with_words=True)
        return render_template("complaints/answer.html", form=form, complaint=shown), status_of(form)
    act = service.answer if form.step.data == ComplaintStep.ANSWER.name else service.progress
    act(complaint, form.words.data or "", by=current_actor())
    flash("Your word stands on the page of the complaint.", "success")
    return redirect(url_for("complaints.listed"), 303)
