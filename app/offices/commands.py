"""`flask offices`: confirming a clerk's office where the group has no second clerk, for whoever runs the service."""

import click
from flask.cli import AppGroup

from app.offices import queries, service
from app.web.filters import day
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.groups import group_named

group = AppGroup("offices", help="Who is a clerk of a group.")


@group.command("list")
def list_unconfirmed() -> None:
    """List what clerks have proposed about offices and no second person has confirmed."""
    with transaction():
        for proposal in queries.unconfirmed():
            title = group_named(proposal.group).title
            can_confirm = "" if queries.matter_of(proposal).second_clerks else "  (no second clerk: confirm it here)"
            click.echo(f"{proposal.key}  {day(proposal.proposed_at)}  {title}: {proposal.change.words}{can_confirm}")


@group.command("confirm")
@click.argument("key")
def confirm(key: str) -> None:
    """Confirm the proposal KEY as its second person. Ask the member first whether they know of it.

    Only where the group has no second clerk. A new clerk still has to accept the office.
    """
    try:
        with transaction():
            service.confirm(queries.with_key(key), by=None)
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo("Confirmed. A new clerk now has to accept the office, and is told by mail.")
