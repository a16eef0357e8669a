"""`flask search`: the search index from the command line."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.config import Settings
from app.search import service

group = AppGroup("search", help="The search index.")


@group.command("rebuild")
def rebuild() -> None:
    """Make the index anew from the database; searching goes on meanwhile where the old one can be read."""
    settings: Settings = current_app.config["SETTINGS"]
    click.echo(f"{service.rebuild(settings.index_folder)} planks indexed.")
