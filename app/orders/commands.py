"""`flask orders`: checking a folder of standing orders before the service reads them."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.orders.wording import FIGURES
from policies.errors import RuleBroken
from policies.groups import group_named
from policies.standing_orders import load

group = AppGroup("orders", help="The groups' standing orders.")


@group.command("check")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def check(folder: Path) -> None:
    """Read the files in FOLDER, one TOML a group: say what they mean, or what is wrong and where."""
    try:
        found = load(folder)
    except RuleBroken as refusal:
        raise click.ClickException(f"{refusal} Nothing was changed.") from None
    for key, orders in found.items():
        click.echo(group_named(key).title)
        for name, words in FIGURES:
            click.echo(f"  {name}: {words(orders)}")
