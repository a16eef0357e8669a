"""Pages of a membership: renew it, move, appeal; propose a removal, confirm it, decide on appeals."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.joining import queries as joining
from app.membership import presenters, queries, removals, service
from app.membership.forms import AnswerForm, AppealForm, RemovalForm, move_form
from app.models import Membership, Removal
from app.people import queries as people
from app.people.forms import ButtonForm
from app.reads import service as reads
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from policies.permissions import Permission
from policies.reads import Seen

pages = Blueprint("membership", __name__)


@pages.route("/account/memberships/<plank_ref:key>/renew", methods=["GET", "POST"])
@guarded(Permission.MEMBERSHIP_RENEW, load=people.own_membership)
def renew(membership: Membership) -> ResponseReturnValue:
    """Renew a membership: its button, here or on another page, does it at once."""
    if not ButtonForm().validate_on_submit():
        return render_template("membership/renew.html", page=presenters.renewal_page(membership))
    service.renew(membership, by=current_actor())
    flash("Your membership is renewed.", "success")
    return redirect(url_for("people.account"), 303)


@pages.route("/account/memberships/<plank_ref:key>/move", methods=["GET", "POST"])
@guarded(Permission.MEMBERSHIP_MOVE, load=people.own_membership)
def move(membership: Membership) -> ResponseReturnValue:
    """Leave the own group and ask to join another."""
    form = move_form(membership.group)
    if not form.validate_on_submit():
        return render_template("membership/move.html", form=form, membership=membership), status_of(form)
    service.move(membership, form.chosen, by=current_actor())
    session.clear()
    flash("You have left your group, and wait for a clerk of the other one. You are signed out everywhere.", "success")
    return redirect(url_for("platform.home"), 303)


@pages.route("/account/memberships/<plank_ref:key>/removal", methods=["GET", "POST"])
@guarded(Permission.REMOVAL_APPEAL, load=queries.own)
def own_removal(removal: Removal) -> ResponseReturnValue:
    """Where the own removal stands, with the form to appeal."""
    form = AppealForm()
    if not form.validate_on_submit():
        page = presenters.own_removal_page(removal)
        return render_template("membership/own_removal.html", page=page, form=form), status_of(form)
    removals.appeal(removal, form.appeal.data or "", by=current_actor())
    flash("Your appeal is before the clerks of the other groups. This page says where it stands.", "success")
    return redirect(url_for("membership.own_removal", key=removal.membership.key), 303)


@pages.route("/clerk/members/<plank_ref:key>/remove", methods=["GET", "POST"])
@guarded(Permission.REMOVAL_PROPOSE, load=joining.of_own_group)
def propose_removal(membership: Membership) -> ResponseReturnValue:
    """Propose to remove a member of the own group."""
    form = RemovalForm()
    if not form.validate_on_submit():
        removals.require_can_be_proposed(membership, by=current_actor())
        # Of what one clerk alone proposes nobody is told: the name is read as on the list one comes from.
        reads.note(Seen.MEMBERS_LIST, [membership.person_id], by=current_actor())
        return render_template("membership/propose_removal.html", form=form, membership=membership), status_of(form)
    removals.propose(membership, form.reason.data or "", by=current_actor())
    flash(
        "You have proposed it. Nothing changes until a second clerk confirms it, and the member is not told.", "success"
    )
    return _to_desk()


@pages.get("/clerk/removals/<plank_ref:key>")
@guarded(Permission.REMOVAL_DECIDE, load=queries.for_clerk)
def removal(removal: Removal) -> ResponseReturnValue:
    """A removal: why, where it stands, and what this clerk can do about it."""
    return _removal_page(removal, AnswerForm(formdata=None))


@pages.post("/clerk/removals/<plank_ref:key>/confirm")
@guarded(Permission.REMOVAL_DECIDE, load=queries.for_clerk)
def confirm(removal: Removal) -> ResponseReturnValue:
    """Confirm it as the second clerk."""
    removals.confirm(removal, by=current_actor())
    flash("Confirmed. The member can take part no more, and reads the reason and how to appeal by mail.", "success")
    return _to_desk()


@pages.post("/clerk/removals/<plank_ref:key>/give-up")
@guarded(Permission.REMOVAL_DECIDE, load=queries.for_clerk)
def give_up(removal: Removal) -> ResponseReturnValue:
    """Give up what was only proposed."""
    removals.give_up(removal, by=current_actor())
    flash("Given up. Nothing has changed for the member, who was not told.", "success")
    return _to_desk()


@pages.post("/clerk/removals/<plank_ref:key>/answer")
@guarded(Permission.REMOVAL_DECIDE, load=queries.for_clerk)
def answer(removal: Removal) -> ResponseReturnValue:
    """Say for the own group whether the removal stands."""
    removals.require_answerable(removal, by=current_actor())
    form = AnswerForm()
    if not form.validate_on_submit():
        return _removal_page(removal, form)
    removals.answer(removal, form.said, form.reason.data or "", by=current_actor())
    flash("Your group’s word is given. The member reads it.", "success")
    return _to_desk()


def _removal_page(removal: Removal, form: AnswerForm) -> ResponseReturnValue:
    page = presenters.removal_page(removal, current_actor())
    seen = Seen.REMOVAL if removal.confirmed_at else Seen.MEMBERS_LIST
    reads.note(seen, queries.named([removal], current_actor()), by=current_actor())
    return render_template("membership/removal.html", page=page, form=form), status_of(form)


def _to_desk() -> ResponseReturnValue:
    return redirect(url_for("desk.clerk"), 303)
