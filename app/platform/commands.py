"""`flask platform`: writing the platform as files."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.planks.exporting import ExportRefused, export_to

group = AppGroup("platform", help="The platform as files.")


@group.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(folder: Path) -> None:
    """Write every public plank to FOLDER/THEME/TITLE.md, in the form that `flask planks import` reads."""
    try:
        written = export_to(folder)
    except ExportRefused as refusal:
        click.echo(str(refusal), err=True)
        raise click.ClickException("Nothing was exported.") from None
    click.echo(f"{written} plank{'' if written == 1 else 's'} written to {folder}.")
