"""Signing in by a mailed link, signing out, and one's own account."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from app.models import Membership
from app.people import links, presenters, queries, service, sessions
from app.people.forms import AddressForm, ButtonForm, NameForm, SignInForm, followed_link
from app.people.signing import browser_kind, browser_secret, own_key, signed_in
from app.web.actor import current_actor, current_person
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.redirects import local_path
from app.web.transactions import keep_changes
from policies.links import Purpose
from policies.permissions import Permission

pages = Blueprint("people", __name__)

WRONG_ADDRESS = "The letter was sent to another address. Write the one it came to."


@pages.route("/sign-in", methods=["GET", "POST"])
@guarded(Permission.SESSION_START)
def sign_in() -> ResponseReturnValue:
    """Ask for a link, or sign in as a demonstration member."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        person = queries.demonstration_person(form.person.data or "")
        return signed_in(sessions.start(person, browser_kind(), instead_of=own_key()), form.next.data)
    return _sign_in_page(AddressForm(formdata=None, data={"next": form.next.data}))


@pages.post("/sign-in/link")
@guarded(Permission.SESSION_START)
def ask_for_link() -> ResponseReturnValue:
    """Have a link sent. The answer is the same for every address."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    service.ask_to_sign_in(form.address, browser=browser_secret(), next_path=local_path(form.next.data, ""))
    return redirect(url_for("people.link_sent"), 303)


@pages.get("/sign-in/sent")
@guarded(Permission.SESSION_START)
def link_sent() -> ResponseReturnValue:
    """Say that a letter is on its way, if the address is known."""
    return render_template("people/link_sent.html")


@pages.route("/sign-in/link/<secret>", methods=["GET", "POST"])
@guarded(Permission.SESSION_START)
def follow(secret: str) -> ResponseReturnValue:
    """Sign in with a mailed link: opening it changes nothing, its button does."""
    link = links.opened(secret, Purpose.SIGN_IN)
    form = followed_link(links.wants_address(link, session.get("browser", "")))
    if form.validate_on_submit():
        person = service.sign_in_by_link(link, form.typed, browser=browser_kind(), instead_of=own_key())
        if person is not None:
            return signed_in(person, request.args.get("next"))
        keep_changes()
        form.refuse(WRONG_ADDRESS)
    return render_template("people/follow.html", form=form, next=request.args.get("next")), status_of(form)


@pages.post("/sign-out")
@guarded(Permission.SESSION_END)
def sign_out() -> ResponseReturnValue:
    """End the session, with all it held."""
    sessions.end(current_user.session_key)
    logout_user()
    session.clear()
    return redirect(url_for("platform.home"), 303)


@pages.get("/account")
@guarded(Permission.ACCOUNT_READ)
def account() -> ResponseReturnValue:
    """What the service knows of oneself, and where one is signed in."""
    form = NameForm(formdata=None, data={"name": current_user.name})
    return _account_page(form)


@pages.post("/account/name")
@guarded(Permission.ACCOUNT_READ)
def rename() -> ResponseReturnValue:
    """Change the own name."""
    form = NameForm()
    if not form.validate_on_submit():
        return _account_page(form)
    service.rename(queries.person(current_actor()), form.name.data or "", by=current_actor())
    flash("Your name is changed.", "success")
    return _to_account()


@pages.post("/account/sessions/<number:number>/end")
@guarded(Permission.ACCOUNT_READ)
def end_session(number: int) -> ResponseReturnValue:
    """End one session elsewhere."""
    sessions.end_one(number, by=current_actor())
    flash("That browser is signed out.", "success")
    return _to_account()


@pages.post("/account/sessions/end-others")
@guarded(Permission.ACCOUNT_READ)
def end_other_sessions() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    sessions.end_others(current_user.session_key, by=current_actor())
    flash("You are signed out everywhere but in this browser.", "success")
    return _to_account()


@pages.post("/account/sessions/end-all")
@guarded(Permission.ACCOUNT_READ)
def end_all_sessions() -> ResponseReturnValue:
    """Sign out everywhere, here as well."""
    sessions.end_all(current_user.id)
    session.clear()
    flash("You are signed out everywhere.", "success")
    return redirect(url_for("people.sign_in"), 303)


@pages.route("/account/memberships/<plank_ref:key>/leave", methods=["GET", "POST"])
@guarded(Permission.GROUP_LEAVE, load=queries.own_membership)
def leave(membership: Membership) -> ResponseReturnValue:
    """Leave a group, after a second look."""
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_template("people/leave.html", form=form, membership=membership), status_of(form)
    service.leave(membership, by=current_actor())
    session.clear()
    flash("You have left the group, and are signed out everywhere.", "success")
    return redirect(url_for("platform.home"), 303)


def _sign_in_page(form: AddressForm) -> ResponseReturnValue:
    groups = presenters.offered(queries.demonstration_people())
    mps = presenters.offered_mps(queries.demonstration_mps())
    offered = {"mps": mps, "delegates": presenters.offered_delegates(queries.demonstration_delegates())}
    return render_template("people/sign_in.html", form=form, groups=groups, **offered), status_of(form)


def _account_page(form: NameForm) -> ResponseReturnValue:
    page = presenters.account_page(current_actor(), current_person())
    return render_template("people/account.html", form=form, page=page), status_of(form)


def _to_account() -> ResponseReturnValue:
    return redirect(url_for("people.account"), 303)
