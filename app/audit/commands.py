"""`flask audit`: checking the record from the command line."""

from collections import Counter
from collections.abc import Mapping

import click
from flask.cli import AppGroup

from app.audit import queries, replaying
from policies.replay import FACTS, Facts, Key

# So many differences are named; more of them are the same trouble.
LONGEST = 20

group = AppGroup("audit", help="The record of changes.")


@group.command("verify")
def verify() -> None:
    """Recompute the chain of seals; exit with 1 at the first fault."""
    found = queries.verify()
    click.echo(f"{found.seals} seals over {found.rows} rows checked; {found.unsealed} rows wait for the next tick.")
    fault = found.fault or queries.altered_text()
    if fault:
        raise click.ClickException(fault)
    click.echo("The record is whole, and every text has the hash it was recorded with.")


@group.command("replay")
def replay() -> None:
    """Rebuild from the record where everything stands; exit with 1 where that differs from what is stored."""
    faults = replaying.faults()
    for fault in faults[:LONGEST]:
        click.echo(fault)
    if len(faults) > LONGEST:
        click.echo(f"… and {len(faults) - LONGEST} more.")
    if faults:
        raise click.ClickException(
            "The record and what is stored differ. Keep a copy of both before anybody writes to either."
        )
    click.echo(f"Rebuilt from the record: {_counted(replaying.stored())}. All stand as they are stored.")


def _counted(stored: Mapping[Key, Facts]) -> str:
    counted = Counter(kind for kind, _ in stored)
    return ", ".join(f"{counted[kind]} {kind}" for kind in FACTS)
