"""`flask mail`: how the outbox stands, sending now, and sending again by hand."""

import click
from flask.cli import AppGroup

from app.mail import delivery, queries, service
from app.web.transactions import transaction
from policies.errors import RuleBroken

group = AppGroup("mail", help="The outbox.")


@group.command("list")
def list_mail() -> None:
    """Say how many mails stand where, and list those that a person has to decide about."""
    with transaction():
        for stage, number in queries.counts().items():
            click.echo(f"{number} {stage.words}")
        for mail in queries.listed_for_a_hand():
            click.echo(f"{mail.id}\t{mail.stage.words}\t{mail.letter}\t{mail.created_at:%Y-%m-%d %H:%M}\t{mail.fault}")


@group.command("deliver")
def deliver() -> None:
    """Send what is due now, without waiting for the worker."""
    click.echo(f"{delivery.deliver_due()} sent.")


@group.command("send-again")
@click.argument("number", type=click.IntRange(1))
def send_again(number: int) -> None:
    """Send mail NUMBER again, which failed or may not have arrived."""
    try:
        with transaction():
            service.send_again(queries.mail(number), by=None)
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo("It waits to be sent again.")
