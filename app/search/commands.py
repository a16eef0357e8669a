"""`flask search`: the search index from the command line."""

import click
from flask.cli import AppGroup

from app.search import service, work

group = AppGroup("search", help="The search index.")


@group.command("rebuild")
def rebuild() -> None:
    """Make the index anew from the database; searching goes on meanwhile where the old one can be read."""
    click.echo(f"{service.rebuild(work.folder())} texts indexed.")
