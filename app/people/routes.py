"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from app.people import presenters, queries
from app.people.forms import SignInForm
from app.web.actor import start_page_of
from app.web.guard import guarded
from app.web.redirects import local_path
from policies.permissions import Permission

pages = Blueprint("people", __name__)


@pages.route("/sign-in", methods=["GET", "POST"])
@guarded(Permission.SESSION_START)
def sign_in() -> ResponseReturnValue:
    """Choose a demonstration member to sign in as."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        person = queries.demonstration_person(form.person.data or "")
        session.clear()
        login_user(person)
        return redirect(local_path(form.next.data, url_for(start_page_of(person.actor))), 303)
    offers = presenters.offered(queries.demonstration_people()), presenters.offered_mps(queries.demonstration_mps())
    return render_template("people/sign_in.html", form=form, groups=offers[0], mps=offers[1])


@pages.post("/sign-out")
@guarded(Permission.SESSION_END)
def sign_out() -> ResponseReturnValue:
    """End the session, with all it held."""
    logout_user()
    session.clear()
    return redirect(url_for("platform.home"), 303)
