"""Who is responsible for the site in law, as it stands on whatever leaves the site: pages, mail, files, feeds."""

from flask import current_app

from app.config import Settings


def imprint() -> str:
    """The imprint of the settings on one line; empty where none is set."""
    settings: Settings = current_app.config["SETTINGS"]
    return " ".join(settings.imprint.split())
