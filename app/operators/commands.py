"""`flask people operator`: naming who runs the machine, for whoever has a shell on it already."""

import click
from flask.cli import with_appcontext

from app.joining.commands import group as people
from app.operators import service
from app.people.addresses import canonical
from app.web.transactions import transaction
from policies.errors import RuleBroken


@people.command("operator")
@click.argument("address")
@click.option("--end", "ends", is_flag=True, help="This person runs the machine no more.")
@with_appcontext
def operator(address: str, ends: bool) -> None:
    """Name the person with ADDRESS to run the machine. They confirm it themselves, signed in and with a passkey."""
    try:
        with transaction():
            is_done = service.end(canonical(address)) if ends else service.name(canonical(address))
    except RuleBroken as refusal:
        raise click.ClickException(str(refusal)) from None
    if ends:
        click.echo("They run the machine no more, and are signed out." if is_done else "They did not run it.")
        return
    click.echo(
        "Named. The letter is in the outbox; it counts once they confirm it with a passkey."
        if is_done
        else "They were named before. It counts once they have confirmed it with a passkey."
    )
