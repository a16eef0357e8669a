"""Pages for joining a group, and the clerks' pages of who waits, who is a member and who was invited."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.joining import inviting, presenters, queries, service
from app.joining.forms import ApplicationForm, InvitationForm, InvitationListForm, ProvingForm, RefusalForm
from app.joining.forms import application_form as form_for
from app.models import Membership
from app.people import links
from app.people.secrets import new_secret
from app.reads import service as reads
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.paging import asked_page
from app.web.transactions import keep_changes
from policies.groups import GROUPS, group_named
from policies.links import Purpose
from policies.permissions import Permission
from policies.reads import Seen

pages = Blueprint("joining", __name__)

WRONG_ADDRESS = "The letter was sent to another address. Write the one it came to."


@pages.get("/join")
@guarded(Permission.GROUP_JOIN)
def choose() -> ResponseReturnValue:
    """Which group to join."""
    return render_template("joining/choose.html", groups=GROUPS)


@pages.route("/groups/<group>/join", methods=["GET", "POST"])
@guarded(Permission.GROUP_JOIN)
def apply(group: str) -> ResponseReturnValue:
    """Ask to join a group. The answer is the same for every address."""
    form: ApplicationForm = form_for(group_named(group))
    if not form.validate_on_submit():
        return render_template("joining/apply.html", form=form, group=group_named(group)), status_of(form)
    session["browser"] = session.get("browser") or new_secret()
    service.apply(group_named(group), form.name.data or "", form.address, browser=session["browser"])
    return redirect(url_for("joining.sent"), 303)


@pages.get("/join/sent")
@guarded(Permission.GROUP_JOIN)
def sent() -> ResponseReturnValue:
    """Say that a letter is on its way."""
    return render_template("joining/sent.html")


@pages.route("/join/<secret>", methods=["GET", "POST"])
@guarded(Permission.GROUP_JOIN)
def confirm(secret: str) -> ResponseReturnValue:
    """Confirm the address of an application: opening the link changes nothing, its button does."""
    return _prove(secret, Purpose.APPLICATION)


@pages.route("/invitations/<secret>", methods=["GET", "POST"])
@guarded(Permission.GROUP_JOIN)
def accept(secret: str) -> ResponseReturnValue:
    """Accept an invitation."""
    return _prove(secret, Purpose.INVITATION)


@pages.get("/join/done")
@guarded(Permission.GROUP_JOIN)
def done() -> ResponseReturnValue:
    """Say what happens next."""
    return render_template("joining/done.html")


@pages.get("/clerk/members")
@guarded(Permission.MEMBER_LIST)
def members() -> ResponseReturnValue:
    """The own group: who waits for a check, who is a member, who was invited."""
    return _members_page(InvitationForm(formdata=None), InvitationListForm(formdata=None))


@pages.post("/clerk/members/invite")
@guarded(Permission.MEMBER_INVITE)
def invite() -> ResponseReturnValue:
    """Invite one person into the own group."""
    form = InvitationForm()
    if not form.validate_on_submit():
        return _members_page(form, InvitationListForm(formdata=None))
    invited = service.invite(current_actor().group or "", form.address, by=current_actor())
    flash(presenters.invited_words(form.address, invited), "success" if invited else "info")
    return _to_members()


@pages.post("/clerk/members/invite-list")
@guarded(Permission.MEMBER_INVITE)
def invite_list() -> ResponseReturnValue:
    """Invite everybody on a list, and say of each line what came of it."""
    form = InvitationListForm()
    if not form.validate_on_submit():
        return _members_page(InvitationForm(formdata=None), form)
    report = inviting.invite_list(form.text, by=current_actor())
    return render_template("joining/report.html", report=report, invited=inviting.invited(report))


@pages.post("/clerk/members/<plank_ref:key>/approve")
@guarded(Permission.MEMBER_DECIDE, load=queries.of_own_group)
def approve(membership: Membership) -> ResponseReturnValue:
    """Make somebody a member of the own group."""
    service.approve(membership, by=current_actor())
    flash("They are a member now, and are told so by mail.", "success")
    return _to_members()


@pages.route("/clerk/members/<plank_ref:key>/refuse", methods=["GET", "POST"])
@guarded(Permission.MEMBER_DECIDE, load=queries.of_own_group)
def refuse(membership: Membership) -> ResponseReturnValue:
    """Refuse somebody, with a reason."""
    form = RefusalForm()
    if not form.validate_on_submit():
        reads.note(Seen.APPLICATION, [membership.person_id], by=current_actor())
        return render_template("joining/refuse.html", form=form, membership=membership), status_of(form)
    service.refuse(membership, form.reason.data or "", by=current_actor())
    flash("They are refused, and read your reason by mail.", "success")
    return _to_members()


@pages.route("/clerk/members/<plank_ref:key>/revoke", methods=["POST"])
@guarded(Permission.MEMBER_DECIDE, load=queries.of_own_group)
def revoke(membership: Membership) -> ResponseReturnValue:
    """Take an invitation back."""
    service.revoke(membership, by=current_actor())
    flash("The invitation is taken back; its link no longer works.", "success")
    return _to_members()


def _prove(secret: str, purpose: Purpose) -> ResponseReturnValue:
    link = links.opened(secret, purpose)
    asks_address = links.wants_address(link, session.get("browser", ""))
    # Whoever holds a link that was passed on learns nothing from it but the group.
    form = ProvingForm(data={"name": "" if asks_address else presenters.known_name(link)})
    form.asks_address = asks_address
    if form.validate_on_submit():
        if service.prove(link, purpose, form.name.data or "", form.typed):
            return redirect(url_for("joining.done"), 303)
        keep_changes()
        form.refuse(WRONG_ADDRESS)
    return render_template("joining/prove.html", form=form, page=presenters.proving_page(link)), status_of(form)


def _members_page(one: InvitationForm, many: InvitationListForm) -> ResponseReturnValue:
    page = presenters.members_page(current_actor(), asked_page())
    reads.note(Seen.APPLICATION, [shown.person_id for shown in page.waiting], by=current_actor())
    reads.note(Seen.MEMBERS_LIST, [shown.person_id for shown in (*page.active, *page.invited)], by=current_actor())
    shown = render_template("joining/members.html", page=page, one=one, many=many)
    return shown, 422 if one.errors or many.errors else 200


def _to_members() -> ResponseReturnValue:
    return redirect(url_for("joining.members"), 303)
