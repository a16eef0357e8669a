"""`flask demo`: filling a new database with a great many made-up planks, people and votes."""

import time

import click
from flask.cli import AppGroup

from app.demonstration.populating import Amounts
from app.demonstration.populating import populate as fill
from app.web.transactions import transaction
from policies.errors import RuleBroken

group = AppGroup("demo", help="Many made-up planks, people and votes, to measure with.")


@group.command("populate")
@click.option("--planks", default=500, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--people", default=10_000, show_default=True, type=click.IntRange(1, 1_000_000))
@click.option("--votes", default=50_000, show_default=True, type=click.IntRange(1, 10_000_000))
def populate(planks: int, people: int, votes: int) -> None:
    """Fill a new database; a database that anybody or anything is in stays as it is."""
    began = time.monotonic()
    try:
        with transaction():
            fill(Amounts(planks, people, votes))
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(
        f"Made up {planks:,} planks, {people:,} people and {votes:,} votes in {time.monotonic() - began:.0f} seconds."
    )
