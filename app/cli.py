"""The commands that `flask` knows: planks, platform, MPs, search, audit, the clock's work and checks.

Each is loaded when somebody asks for it: the site itself runs none of them.
"""

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

# Where a command or a group of them stands: a module, and its name there.
COMMANDS = {
    "audit": "app.audit.commands:group",
    "ballots": "app.results.commands:group",
    "check": "app.checking.commands:check",
    "demo": "app.demonstration.populating_commands:group",
    "demonstration": "app.demonstration.commands:group",
    "editions": "app.editions.commands:group",
    "mail": "app.mail.commands:group",
    "mps": "app.mps.commands:group",
    "offices": "app.offices.commands:group",
    "orders": "app.orders.commands:group",
    "people": "app.operators.commands:people",
    "planks": "app.planks.commands:group",
    "platform": "app.platform.commands:group",
    "scheduler": "app.desk.commands:scheduler",
    "search": "app.search.commands:group",
    "serve": "app.serving:serve",
    "tick": "app.desk.commands:tick",
    "worker": "app.jobs:worker",
}


class Commands(AppGroup):
    """The service's commands beside those that libraries add."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, loaded now if it is one of ours."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def add_commands(app: Flask) -> None:
    """Make the commands known to `flask`, before libraries add theirs."""
    app.cli = Commands(app.name)
