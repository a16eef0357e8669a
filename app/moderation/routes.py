"""Pages for reporting a text, following a report, deciding about a text, and appealing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.models import Case, Report
from app.moderation import finding, presenters, queries, service
from app.moderation.forms import AT_ONCE, AppealForm, DecisionForm, ReportForm
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.moderation import Side, Verdict, Wrong
from policies.permissions import Permission

pages = Blueprint("moderation", __name__)


@pages.route("/report", methods=["GET", "POST"])
@guarded(Permission.REPORT_FILE)
def report() -> ResponseReturnValue:
    """Tell the clerks that something on a page should not stand; no account is needed."""
    page, wanted, form = request.args.get("page", "/"), request.args.get("text", ""), ReportForm()
    path, *_ = finding.page_asked(page)
    texts = finding.texts_on(current_actor(), page, wanted)
    form.offer(texts, wanted)
    if not form.validate_on_submit():
        return render_template("moderation/report.html", form=form, page=path, texts=texts), status_of(form)
    text = presenters.texts_named(texts, form.text.data)
    filed, is_kept = service.report(text, path, Wrong(form.wrong.data), form.words.data or "", form.address)
    flash(presenters.THANKS[is_kept], "success")
    return redirect(url_for("moderation.follow", key=filed.key), 303)


@pages.get("/reports/<argument_key:key>")
@guarded(Permission.REPORT_FOLLOW, load=queries.report_named)
def follow(filed: Report) -> ResponseReturnValue:
    """That a report has come in, and later how it ended."""
    return render_template("moderation/follow.html", page=presenters.follow_page(filed), form=AppealForm())


@pages.post("/reports/<argument_key:key>/appeal")
@guarded(Permission.REPORT_FOLLOW, load=queries.report_named)
def appeal_as_reporter(filed: Report) -> ResponseReturnValue:
    """Ask that clerks who had no word yet look again at a text that was left as it is."""
    form = AppealForm()
    if not form.validate_on_submit():
        return render_template("moderation/follow.html", page=presenters.follow_page(filed), form=form), 422
    service.appeal(filed.case, Side.REPORTER, form.reason.data or "", by=current_actor())
    flash(presenters.APPEALED, "success")
    return redirect(url_for("moderation.follow", key=filed.key), 303)


@pages.get("/cases/<argument_key:key>")
@guarded(Permission.CASE_READ, load=queries.case_named)
def show(case: Case) -> ResponseReturnValue:
    """That a text is hidden, since when and why; its author reads the words and can appeal."""
    page = presenters.case_page(case, current_actor())
    return render_template("moderation/show.html", page=page, form=AppealForm())


@pages.post("/cases/<argument_key:key>/appeal")
@guarded(Permission.CASE_READ, load=queries.case_named)
def appeal(case: Case) -> ResponseReturnValue:
    """Ask, as its author, that clerks who had no word yet look again at a text that is hidden."""
    form, actor = AppealForm(), current_actor()
    if not form.validate_on_submit():
        page = presenters.case_page(case, actor)
        return render_template("moderation/show.html", page=page, form=form), 422
    service.appeal(case, Side.AUTHOR, form.reason.data or "", by=actor)
    flash(presenters.APPEALED, "success")
    return redirect(url_for("moderation.show", key=case.key), 303)


@pages.get("/clerk/reports")
@guarded(Permission.REPORT_READ)
def queue() -> ResponseReturnValue:
    """What waits for clerks: what one of them has hidden at once, then the longest waiting."""
    cases, page = presenters.queue_page(current_actor())
    return render_template("moderation/queue.html", cases=cases, page=page)


@pages.route("/clerk/cases/<argument_key:key>", methods=["GET", "POST"])
@guarded(Permission.CASE_DECIDE, load=queries.case_for_clerks)
def decide(case: Case) -> ResponseReturnValue:
    """Say for the own group whether a text is to be hidden."""
    actor, form = current_actor(), DecisionForm()
    shown = presenters.shown_case(case, actor)
    form.offer(hides=shown.can_hide, at_once=shown.can_hide_at_once)
    if not form.validate_on_submit():
        return render_template("moderation/decide.html", form=form, case=shown), status_of(form)
    flash(_decided(case, form), "success")
    return redirect(url_for("moderation.queue"), 303)


def _decided(case: Case, form: DecisionForm) -> str:
    reason, read, actor = form.reason.data or "", form.read.data or "", current_actor()
    if form.verdict.data == AT_ONCE:
        service.hide_at_once(case, reason, read, by=actor)
        return presenters.HELD
    return presenters.DECIDED[service.decide(case, Verdict(form.verdict.data), reason, read, by=actor)]
