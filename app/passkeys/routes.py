"""Passkeys: signing in with one, keeping one's own, and showing one for what binds; and another address."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.models import Passkey
from app.passkeys import held, moving, presenters, proofs, queries, service
from app.passkeys.forms import NewAddressForm, PasskeyForm, ShownForm
from app.people.forms import ButtonForm
from app.people.signing import browser_kind, browser_secret, own_key, signed_in
from app.web.actor import current_actor, current_person
from app.web.forms import status_of
from app.web.guard import guarded
from app.web.redirects import local_path
from app.web.transactions import keep_changes
from policies.errors import RuleBroken
from policies.passkeys import NeedsProof
from policies.permissions import Permission

pages = Blueprint("passkeys", __name__)

JSON = {"Content-Type": "application/json"}


@pages.post("/sign-in/passkey/options")
@guarded(Permission.SESSION_START)
def sign_in_options() -> ResponseReturnValue:
    """What a browser is asked that signs in by passkey, the same for everybody."""
    return service.begin_sign_in(browser_secret()), 200, JSON


@pages.post("/sign-in/passkey")
@guarded(Permission.SESSION_START)
def sign_in() -> ResponseReturnValue:
    """Sign in by passkey."""
    form, asked_by = ShownForm(), browser_secret()
    try:
        person = service.sign_in(form.credential.data or "", asked_by, browser=browser_kind(), instead_of=own_key())
    except RuleBroken as refusal:
        keep_changes()
        return render_template("passkeys/sign_in.html", form=form, errors=[str(refusal)]), 422
    return signed_in(person, form.next.data)


@pages.get("/account/passkeys")
@guarded(Permission.ACCOUNT_READ)
def listed() -> ResponseReturnValue:
    """The own passkeys."""
    return render_template("passkeys/listed.html", page=presenters.passkeys_page(current_person()))


@pages.route("/account/passkeys/new", methods=["GET", "POST"])
@guarded(Permission.PASSKEY_KEEP)
def add() -> ResponseReturnValue:
    """Add a passkey."""
    form = PasskeyForm(data={"next": request.args.get("next", "")})
    if not form.validate_on_submit():
        service.require_may_add(current_person())
        return _adding_page(form)
    try:
        service.add(current_person(), form.name.data or "", form.credential.data or "", by=current_actor())
    except RuleBroken as refusal:
        return _not_added(form, refusal)
    flash("The passkey is added, and you are told so by mail. Other browsers are signed out.", "success")
    return redirect(local_path(form.next.data, url_for("passkeys.listed")), 303)


@pages.post("/account/passkeys/options")
@guarded(Permission.PASSKEY_KEEP)
def adding_options() -> ResponseReturnValue:
    """What a browser is asked that makes a passkey."""
    return service.begin_adding(current_person()), 200, JSON


@pages.route("/account/passkeys/<argument_key:key>/remove", methods=["GET", "POST"])
@guarded(Permission.PASSKEY_KEEP, load=queries.own)
def remove(passkey: Passkey) -> ResponseReturnValue:
    """Remove a passkey, after a second look."""
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_template("passkeys/remove.html", form=form, passkey=passkey), status_of(form)
    service.remove(passkey, current_person(), by=current_actor())
    flash("The passkey is removed, and you are told so by mail. Other browsers are signed out.", "success")
    return redirect(url_for("passkeys.listed"), 303)


@pages.route("/prove", methods=["GET", "POST"])
@guarded(Permission.ACCOUNT_READ)
def prove() -> ResponseReturnValue:
    """Show a passkey, and go on to what it was needed for."""
    need, waiting = held.asked_need(), held.asked_held()
    if request.method == "GET":
        return held.proof_page(need, waiting)
    try:
        service.prove(current_person(), ShownForm().credential.data or "")
    except RuleBroken as refusal:
        keep_changes()
        return held.proof_page(need, waiting, 422, str(refusal))
    return held.go_on(waiting)


@pages.post("/prove/options")
@guarded(Permission.ACCOUNT_READ)
def proof_options() -> ResponseReturnValue:
    """What a browser is asked that shows a passkey."""
    return service.begin_proof(current_person()), 200, JSON


@pages.post("/prove/link")
@guarded(Permission.ACCOUNT_READ)
def ask_for_link() -> ResponseReturnValue:
    """Have a link sent that shows who one is."""
    waiting = held.asked_held()
    proofs.ask_by_mail(current_person(), waiting.to if waiting.fields is None else "")
    return render_template("passkeys/link_sent.html", held=waiting)


@pages.route("/prove/link/<secret>", methods=["GET", "POST"])
@guarded(Permission.ACCOUNT_READ)
def follow(secret: str) -> ResponseReturnValue:
    """Show by a mailed link who one is: opening it changes nothing, its button does."""
    proofs.require_open(current_person(), secret)
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_template("passkeys/follow.html", form=form), status_of(form)
    proofs.prove_by_mail(current_person(), secret)
    flash("You have shown that it is you. That holds for ten minutes.", "success")
    return redirect(local_path(request.args.get("next"), url_for("people.account")), 303)


@pages.route("/account/address", methods=["GET", "POST"])
@guarded(Permission.ADDRESS_CHANGE)
def change_address() -> ResponseReturnValue:
    """Ask for another address. The answer is the same for every address."""
    form = NewAddressForm()
    if not form.validate_on_submit():
        return render_template("passkeys/change_address.html", form=form), status_of(form)
    moving.ask(current_person(), form.address)
    flash("A letter is on its way to the new address. Open its link in this browser, within a day.", "success")
    return redirect(url_for("people.account"), 303)


@pages.route("/account/address/<secret>", methods=["GET", "POST"])
@guarded(Permission.ACCOUNT_READ)
def confirm_address(secret: str) -> ResponseReturnValue:
    """Confirm the new address."""
    link = moving.opened(current_person(), secret)
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_template("passkeys/confirm_address.html", form=form, address=link.address), status_of(form)
    moving.confirm(current_person(), secret, by=current_actor())
    flash("Your address is changed. Other browsers are signed out, and links sent before have ended.", "success")
    return redirect(url_for("people.account"), 303)


def _adding_page(form: PasskeyForm) -> ResponseReturnValue:
    page = presenters.passkeys_page(current_person())
    return render_template("passkeys/add.html", form=form, page=page), status_of(form)


def _not_added(form: PasskeyForm, refusal: RuleBroken) -> ResponseReturnValue:
    if isinstance(refusal, NeedsProof):
        raise refusal
    keep_changes()
    page = presenters.passkeys_page(current_person())
    return render_template("passkeys/add.html", form=form, page=page, errors=[str(refusal)]), 422
