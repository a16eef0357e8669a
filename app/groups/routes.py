"""The pages of groups: what they say of themselves and decided, for everybody; and the desk of each one's clerks."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.groups import editing, presenters, queries, service
from app.groups.forms import OfficeForm, StatementForm, office_form, statement_form
from app.groups.queries import GroupAsked, StatementAsked
from app.web.actor import current_actor
from app.web.guard import guarded
from app.web.paging import asked_page, page_of
from app.web.questions import require_known
from policies.groups import Group
from policies.permissions import Permission

pages = Blueprint("groups", __name__, url_prefix="/groups")


@pages.get("")
@guarded(Permission.SITE_READ)
def listed() -> ResponseReturnValue:
    """All groups."""
    return render_template("groups/listed.html", groups=presenters.listed_groups())


@pages.get("/<group>")
@guarded(Permission.GROUP_READ, load=queries.asked)
def show(asked: GroupAsked) -> ResponseReturnValue:
    """One group: what it says of itself, what it decided, how to join."""
    return render_template("groups/show.html", page=presenters.group_page(asked.group), asked=asked)


@pages.get("/<group>/planks")
@guarded(Permission.GROUP_READ, load=queries.asked)
def planks(asked: GroupAsked) -> ResponseReturnValue:
    """One list of its decisions, whole."""
    require_known("decision", "page")
    page = presenters.one_list(asked.group, request.args.get("decision", "endorsed"), asked_page())
    return render_template("groups/planks.html", page=page)


@pages.get("/<group>/statements")
@guarded(Permission.GROUP_READ, load=queries.asked)
def statements(asked: GroupAsked) -> ResponseReturnValue:
    """Its launch statements of all times."""
    page = page_of(queries.statements(asked.group), asked_page())
    return render_template("groups/statements.html", group=asked.group, listed=page)


@pages.get("/<group>/statements/<number:number>")
@guarded(Permission.GROUP_READ, load=queries.statement_asked)
def statement(asked: StatementAsked) -> ResponseReturnValue:
    """One of them."""
    return render_template("groups/statement.html", page=editing.statement_page(asked.group, asked.statement))


@pages.get("/<group>/statements/compare")
@guarded(Permission.GROUP_READ, load=queries.asked)
def compare(asked: GroupAsked) -> ResponseReturnValue:
    """Two of them beside each other."""
    page = editing.compare_page(asked.group, request.args.get("from"), request.args.get("to"))
    return render_template("groups/compare.html", page=page)


@pages.get("/<group>/edit")
@guarded(Permission.GROUP_EDIT, load=queries.asked)
def edit(asked: GroupAsked) -> ResponseReturnValue:
    """The desk of the group's page, for its clerks."""
    return _desk(asked.group, statement_form(asked.group), office_form(asked.group))


@pages.post("/<group>/edit")
@guarded(Permission.GROUP_EDIT, load=queries.asked)
def preview(asked: GroupAsked) -> ResponseReturnValue:
    """See a launch statement as readers will; or, coming back from there, go on writing."""
    form = statement_form(asked.group)
    if "change" in request.form or not form.validate_on_submit():
        return _desk(asked.group, form, office_form(asked.group, as_stored=True))
    shown = editing.preview_of(asked.group, form.text.data or "")
    return render_template("groups/preview.html", form=form, preview=shown, group=asked.group)


@pages.post("/<group>/statements")
@guarded(Permission.GROUP_EDIT, load=queries.asked)
def publish(asked: GroupAsked) -> ResponseReturnValue:
    """Publish it."""
    form = statement_form(asked.group)
    if not form.validate_on_submit():
        return _desk(asked.group, form, office_form(asked.group, as_stored=True))
    service.publish(asked.group, form.text.data or "", seen=form.number_seen, by=current_actor())
    flash("The launch statement is published. The one before stays readable.", "success")
    return redirect(url_for("groups.show", group=asked.group.key), 303)


@pages.post("/<group>/office")
@guarded(Permission.GROUP_EDIT, load=queries.asked)
def office(asked: GroupAsked) -> ResponseReturnValue:
    """Say where the clerks are reached."""
    form = office_form(asked.group)
    if not form.validate_on_submit():
        return _desk(asked.group, statement_form(asked.group, as_stored=True), form)
    service.change_office(asked.group, form.office.data or "", seen=form.number_seen, by=current_actor())
    flash("The address of your clerks’ office is saved.", "success")
    return redirect(url_for("groups.show", group=asked.group.key), 303)


def _desk(group: Group, statement: StatementForm, office: OfficeForm) -> ResponseReturnValue:
    stands = editing.against_what_stands(group, statement.text.data or "") if statement.was_overtaken else None
    page = {"group": group, "statement": statement, "office": office, "stands": stands}
    return render_template(
        "groups/edit.html", **page, limits=presenters.LIMITS
    ), 422 if statement.errors or office.errors else 200
