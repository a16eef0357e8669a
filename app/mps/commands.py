"""`flask mps`: reading the register of MPs from a file, after showing what it would change."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.mps import importing, register, report
from app.mps.register import RegisterRefused
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.mps import require_not_cut

group = AppGroup("mps", help="The register of MPs.")


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Confirm the changes without being asked.")
@click.option("--many-leave", is_flag=True, help="Let more than fifty MPs leave at once, as after a dissolution.")
def import_register(file: Path, yes: bool, many_leave: bool) -> None:
    """Read the register of MPs in FILE: show what changes, ask, and take in all of it or nothing."""
    try:
        found = register.read(file)
    except RegisterRefused as refusal:
        click.echo(str(refusal), err=True)
        raise click.ClickException(f"{len(refusal.faults)} to mend; nothing was imported.") from None
    with transaction():
        plan = importing.plan(found)
    _show([report.met(found), *report.oddities(found, plan), *report.changes(plan)])
    if not plan.differences:
        click.echo("Nothing has changed since the last import, so nothing was written.")
        return
    try:
        require_not_cut(plan.differences, many_may_leave=many_leave)
    except RuleBroken as refusal:
        raise click.ClickException(f"{refusal} Nothing was imported.") from None
    if not yes and not _is_confirmed():
        raise click.ClickException("Not confirmed; nothing was imported.")
    try:
        with transaction():
            importing.take_in(found, plan)
    except RuleBroken as refusal:
        raise click.ClickException(f"{refusal} Nothing was imported.") from None
    click.echo(f"Taken in: {len(plan.differences)} changed.")


def _is_confirmed() -> bool:
    try:
        return click.confirm("Take this in?")
    except click.Abort:
        # Nobody is there to answer, or somebody pressed Ctrl-C.
        click.echo()
        return False


def _show(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)
