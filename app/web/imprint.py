"""What stands on whatever leaves the site: who is responsible for it in law, and whether it is made up."""

from flask import current_app

from app.config import Settings

MADE_UP = "This is a demonstration: its members, votes and decisions are invented."


def imprint() -> str:
    """The imprint of the settings on one line; empty where none is set."""
    settings: Settings = current_app.config["SETTINGS"]
    return " ".join(settings.imprint.split())
