"""Who is signed in: Flask-Login asks here whose session a cookie's key opens, with the rights of this moment."""

from collections.abc import Callable

from flask import Flask

from app.extensions import login_manager
from app.models import Person


def init_app(_app: Flask, person_of: Callable[[str], Person | None]) -> None:
    """Tell Flask-Login how the person of a session is found."""
    login_manager.user_loader(person_of)
