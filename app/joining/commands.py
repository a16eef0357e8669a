"""`flask people invite`: inviting a group's first clerk, for whoever runs the service."""

import click
from flask.cli import AppGroup

from app.joining import service
from app.people.addresses import canonical
from app.web.addresses import whole_url
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS

group = AppGroup("people", help="Members and clerks.")


@group.command("invite")
@click.argument("address")
@click.option("--group", "group_key", required=True, type=click.Choice(GROUP_KEYS), help="Into which group.")
@click.option("--clerk", "is_clerk", is_flag=True, help="As a clerk. You answer for the person: nobody else checks.")
def invite(address: str, group_key: str, is_clerk: bool) -> None:
    """Invite ADDRESS into a group, and print the link that is mailed as well. With --clerk a member becomes a clerk.

    A member invited so still waits for the check of a clerk of the group.
    """
    try:
        with transaction():
            invited = service.invite(group_key, canonical(address), by=None, is_clerk=is_clerk, is_vouched=is_clerk)
            is_appointed = invited is None and is_clerk and service.appoint(group_key, canonical(address))
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    if is_appointed:
        click.echo("This member of the group is one of its clerks now.")
        return
    if invited is None:
        raise click.ClickException("This address belongs to a member of that group, or somebody about to be one.")
    if invited.secret is None:
        raise click.ClickException("This address was invited several times within the hour. Wait an hour.")
    click.echo("Invited. The letter is in the outbox; its link, which works once and for 14 days, is")
    click.echo(whole_url("joining.accept", secret=invited.secret))
