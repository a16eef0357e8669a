"""Pages for arguing for or against a text, for reporting an argument, and for the clerks who rule on it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.arguments import pages as shown
from app.arguments import presenters, queries, reports, service
from app.arguments.forms import HidingForm, ReportForm, argument_form
from app.arguments.queries import Place
from app.models import Argument, Report
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.arguments import Complaint, Verdict
from policies.permissions import Permission

pages = Blueprint("arguments", __name__)


@pages.route("/planks/<plank_ref:ref>/arguments/<any('for','against'):side>", methods=["GET", "POST"])
@guarded(Permission.ARGUMENT_WRITE, load=queries.to_write_on_plank)
def write_on_plank(place: Place) -> ResponseReturnValue:
    """Give a reason for or against a plank's working text, or change it."""
    return _written(place)


@pages.route("/amendments/<amendment_ref:ref>/arguments/<any('for','against'):side>", methods=["GET", "POST"])
@guarded(Permission.ARGUMENT_WRITE, load=queries.to_write_on_amendment)
def write_on_amendment(place: Place) -> ResponseReturnValue:
    """Give a reason for or against an amendment, or change it."""
    return _written(place)


@pages.post("/arguments/<argument_key:key>/withdraw")
@guarded(Permission.ARGUMENT_WITHDRAW, load=queries.visible)
def withdraw(argument: Argument) -> ResponseReturnValue:
    """Take the own argument back."""
    back_url = presenters.place_url(queries.place_of(argument))
    service.withdraw(argument, by=current_actor())
    flash("You have withdrawn your argument. Its words are deleted.", "success")
    return redirect(back_url, 303)


@pages.route("/arguments/<argument_key:key>/report", methods=["GET", "POST"])
@guarded(Permission.REPORT_FILE, load=queries.visible)
def report(argument: Argument) -> ResponseReturnValue:
    """Tell the clerks that an argument should not stand; no account is needed."""
    service.require_reportable(argument)
    form = ReportForm()
    if not form.validate_on_submit():
        case = shown.shown_case(reports.case_of(argument), current_actor())
        return render_template("arguments/report.html", form=form, case=case), status_of(form)
    filed, is_kept = service.report(argument, Complaint(form.kind.data), form.text.data or "")
    flash(shown.THANKS[is_kept], "success")
    return redirect(url_for("arguments.follow", key=filed.key), 303)


@pages.get("/reports/<argument_key:key>")
@guarded(Permission.REPORT_FOLLOW, load=reports.by_reference)
def follow(report: Report) -> ResponseReturnValue:
    """That a report has come in, and later how it ended."""
    return render_template("arguments/follow.html", page=shown.follow_page(report))


@pages.get("/clerk/reports")
@guarded(Permission.REPORT_READ)
def queue() -> ResponseReturnValue:
    """What was reported, the longest waiting first."""
    cases, page = shown.queue_page(current_actor())
    return render_template("arguments/queue.html", cases=cases, page=page)


@pages.route("/clerk/arguments/<argument_key:key>", methods=["GET", "POST"])
@guarded(Permission.ARGUMENT_HIDE, load=queries.visible)
def rule(argument: Argument) -> ResponseReturnValue:
    """Say for the own group whether an argument is to be hidden."""
    actor, form = current_actor(), HidingForm()
    if not form.validate_on_submit():
        case = shown.ruling_page(argument, actor)
        return render_template("arguments/rule.html", form=form, case=case), status_of(form)
    verdict, reason, sitting = Verdict(form.verdict.data), form.reason.data or "", form.sitting.data or ""
    settlement = service.rule(argument, verdict, reason, sitting, by=actor)
    flash(shown.RULED[settlement], "success")
    return redirect(url_for("arguments.queue"), 303)


def _written(place: Place) -> ResponseReturnValue:
    service.require_open(place)
    actor = current_actor()
    own, earlier = queries.row_of(place, actor.person_id), queries.earlier_words(place, actor)
    service.require_not_hidden(own)
    form = argument_form(own, earlier)
    if not form.validate_on_submit():
        page = shown.writing_page(place, own, earlier)
        return render_template("arguments/write.html", form=form, page=page), status_of(form)
    argument = service.write(place, form.text.data or "", by=actor)
    flash(form.said, "success")
    return redirect(form.next_url(argument) or presenters.place_url(place), 303)
