"""Pages for joining a group, and the clerks' pages of who waits, who is a member and who was invited."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app.joining import address_lists, applicants, asking, inviting, presenters, queries, service
from app.joining.forms import (
    AddressListForm,
    ApplicationForm,
    InvitationForm,
    InvitationListForm,
    QuestionForm,
    RefusalForm,
    answer_form,
    proving_form,
)
from app.joining.forms import application_form as form_for
from app.models import Membership
from app.people import links
from app.people.queries import own_membership
from app.people.secrets import new_secret
from app.reads import service as reads
from app.web.actor import current_actor
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.paging import asked_page
from app.web.transactions import keep_changes
from policies.groups import group_named
from policies.links import Purpose
from policies.permissions import Permission
from policies.reads import Seen

pages = Blueprint("joining", __name__)

WRONG_ADDRESS = "The letter was sent to another address. Write the one it came to."


@pages.get("/join")
@guarded(Permission.GROUP_JOIN)
def choose() -> ResponseReturnValue:
    """Which group to join."""
    return render_template("joining/choose.html", groups=presenters.groups_to_join())


@pages.route("/groups/<group>/join", methods=["GET", "POST"])
@guarded(Permission.GROUP_JOIN)
def apply(group: str) -> ResponseReturnValue:
    """Ask to join a group. The answer is the same for every address."""
    form: ApplicationForm = form_for(group_named(group))
    if not form.validate_on_submit():
        statement = presenters.launch_statement(group_named(group))
        shown = render_template("joining/apply.html", form=form, group=group_named(group), statement=statement)
        return shown, status_of(form)
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


@pages.route("/join/questions/<secret>", methods=["GET", "POST"])
@guarded(Permission.GROUP_JOIN)
def answer_by_link(secret: str) -> ResponseReturnValue:
    """Answer what a group's clerk asks, by the link in the letter."""
    enquiry = asking.opened(secret)
    form = answer_form(asks_address=current_actor().person_id != enquiry.membership.person_id)
    if form.validate_on_submit():
        if asking.answer_by_link(enquiry, form.answer.data or "", form.typed):
            return redirect(url_for("joining.answered"), 303)
        keep_changes()
        form.refuse(WRONG_ADDRESS)
    return render_template("joining/answer.html", form=form, page=applicants.asked(enquiry)), status_of(form)


@pages.route("/account/memberships/<plank_ref:key>/answer", methods=["GET", "POST"])
@guarded(Permission.APPLICATION_ANSWER, load=own_membership)
def answer(membership: Membership) -> ResponseReturnValue:
    """Answer it signed in."""
    enquiry = queries.question_to(membership)
    form = answer_form(asks_address=False)
    if not form.validate_on_submit():
        return render_template("joining/answer.html", form=form, page=applicants.asked(enquiry)), status_of(form)
    asking.answer(enquiry, form.answer.data or "")
    return redirect(url_for("joining.answered"), 303)


@pages.get("/join/answered")
@guarded(Permission.GROUP_JOIN)
def answered() -> ResponseReturnValue:
    """Say what happens next."""
    return render_template("joining/answered.html")


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


@pages.route("/clerk/members/<plank_ref:key>/ask", methods=["GET", "POST"])
@guarded(Permission.MEMBER_DECIDE, load=queries.of_own_group)
def ask(membership: Membership) -> ResponseReturnValue:
    """Ask somebody who waits something, by mail."""
    form = QuestionForm()
    if not form.validate_on_submit():
        reads.note(Seen.APPLICATION, [membership.person_id], by=current_actor())
        shown = applicants.shown([membership], current_actor())[0]
        return render_template("joining/ask.html", form=form, shown=shown), status_of(form)
    asking.ask(membership, form.question.data or "", by=current_actor())
    flash("They are asked by mail. Their answer comes back to this list.", "success")
    return _to_members()


@pages.route("/clerk/members/<plank_ref:key>/refuse", methods=["GET", "POST"])
@guarded(Permission.MEMBER_DECIDE, load=queries.of_own_group)
def refuse(membership: Membership) -> ResponseReturnValue:
    """Refuse somebody, with a reason."""
    form = RefusalForm()
    if not form.validate_on_submit():
        reads.note(Seen.APPLICATION, [membership.person_id], by=current_actor())
        shown = applicants.shown([membership], current_actor())[0]
        return render_template("joining/refuse.html", form=form, shown=shown), status_of(form)
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


@pages.route("/clerk/members/addresses", methods=["GET", "POST"])
@guarded(Permission.ADDRESS_LIST_KEEP)
def address_list() -> ResponseReturnValue:
    """The list of addresses by which the own group's clerks know applicants."""
    form = AddressListForm()
    if not form.validate_on_submit():
        page = applicants.list_page(current_actor())
        return render_template("joining/address_list.html", form=form, page=page), status_of(form)
    kept = address_lists.upload(form.found, by=current_actor())
    flash(applicants.uploaded_words(kept), "success")
    return redirect(url_for("joining.address_list"), 303)


@pages.post("/clerk/members/addresses/erase")
@guarded(Permission.ADDRESS_LIST_KEEP)
def erase_address_list() -> ResponseReturnValue:
    """Erase it at once."""
    address_lists.delete_own(by=current_actor())
    flash("The list is erased. Nobody is marked any more.", "success")
    return redirect(url_for("joining.address_list"), 303)


def _prove(secret: str, purpose: Purpose) -> ResponseReturnValue:
    link = links.opened(secret, purpose)
    page = presenters.proving_page(link)
    asks_address = links.wants_address(link, session.get("browser", ""))
    # Whoever holds a link that was passed on learns nothing from it but the group.
    name = "" if asks_address else presenters.known_name(link)
    form = proving_form(page.group, name, asks_address=asks_address, asks_declaration=not page.declared)
    if form.validate_on_submit():
        if service.prove(link, purpose, form.name.data or "", form.typed):
            return redirect(url_for("joining.done"), 303)
        keep_changes()
        form.refuse(WRONG_ADDRESS)
    return render_template("joining/prove.html", form=form, page=page), status_of(form)


def _members_page(one: InvitationForm, many: InvitationListForm) -> ResponseReturnValue:
    page = presenters.members_page(current_actor(), asked_page())
    reads.note(Seen.APPLICATION, [shown.person_id for shown in (*page.waiting, *page.asked)], by=current_actor())
    reads.note(Seen.MEMBERS_LIST, [shown.person_id for shown in (*page.active, *page.invited)], by=current_actor())
    shown = render_template("joining/members.html", page=page, one=one, many=many)
    return shown, 422 if one.errors or many.errors else 200


def _to_members() -> ResponseReturnValue:
    return redirect(url_for("joining.members"), 303)
