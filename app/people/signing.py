"""What every way of signing in shares: the browser's cookie before, and the page one is led to after."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from app.models import Person
from app.people import browsers
from app.people.secrets import new_secret
from app.web.actor import start_page_of
from app.web.redirects import local_path


def signed_in(person: Person, next_path: str | None) -> ResponseReturnValue:
    """Give the browser an empty session of this person, and lead on."""
    session.clear()
    session.permanent = True
    login_user(person)
    return redirect(local_path(next_path, url_for(start_page_of(person.actor))), 303)


def own_key() -> str:
    """The key of the session this browser has; empty where it has none."""
    key: str = current_user.session_key if current_user.is_authenticated else ""
    return key


def browser_secret() -> str:
    """A random word that this browser remembers, so that what it asked for is known to be its own."""
    session["browser"] = session.get("browser") or new_secret()
    secret: str = session["browser"]
    return secret


def browser_kind() -> str:
    """What kind of browser this is, in words."""
    return browsers.in_words(request.user_agent.string)
