"""Who is signed in: Flask-Login asks here whose session a cookie's key opens, with the rights of this moment."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from app.extensions import login_manager


def init_app(_app: Flask, holder_of: Callable[[str], Any]) -> None:
    """Tell Flask-Login how it is found out who holds a session."""
    login_manager.user_loader(holder_of)
