"""Who is signed in: Flask-Login loads the person of a session, with the rights of this moment."""

from flask import Flask

from app.extensions import db, login_manager
from app.models import Person


def init_app(_app: Flask) -> None:
    """Tell Flask-Login how a session's person is found."""

    @login_manager.user_loader
    def load_person(person_id: str) -> Person | None:
        return db.session.get(Person, int(person_id)) if person_id.isdigit() else None
