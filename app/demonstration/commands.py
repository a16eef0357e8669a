"""`flask demonstration`: making a new database a demonstration."""

import click
from flask.cli import AppGroup

from app.demonstration import creation
from policies.errors import RuleBroken

group = AppGroup("demonstration", help="A platform to try things on.")


@group.command("create")
def create() -> None:
    """Fill a new database with made-up members and what they did. A demonstration that is there stays."""
    if not make_demonstration():
        click.echo("This database is a demonstration already; its data stay as they are.")


def make_demonstration() -> bool:
    """Make a new database a demonstration; False where it is one. Raises `ClickException` on any other database."""
    try:
        if creation.is_created():
            return False
        click.echo("Making the demonstration: its members live through a hundred days. This takes half a minute.")
        creation.create()
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo("Made.")
    return True
