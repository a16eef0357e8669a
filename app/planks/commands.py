"""`flask planks`: reading planks from files."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.planks.importing import ImportRefused, import_folder
from app.web.transactions import transaction

group = AppGroup("planks", help="Planks as files.")


@group.command("import")
@click.argument("folder", type=click.Path(path_type=Path))
def import_planks(folder: Path) -> None:
    """Read every plank in and below FOLDER: all of them, or none where one cannot be taken."""
    try:
        with transaction():
            done = import_folder(folder)
    except ImportRefused as refusal:
        click.echo(str(refusal), err=True)
        raise click.ClickException(f"{len(refusal.faults)} to mend; nothing was imported.") from None
    click.echo(f"{done.new} imported, {done.known} already here.")
