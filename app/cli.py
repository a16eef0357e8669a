"""The commands that `flask` knows: planks, platform, MPs, search, audit, the clock's work and checks."""

import click
from flask import Flask
from flask.cli import AppGroup

from app.audit.commands import group as audit
from app.checking.commands import check
from app.demonstration.commands import group as demonstration
from app.demonstration.populating_commands import group as demo
from app.desk.commands import scheduler, tick
from app.editions.commands import group as editions
from app.jobs import worker
from app.joining.commands import group as people
from app.mail.commands import group as mail
from app.mps.commands import group as mps
from app.offices.commands import group as offices
from app.operators.commands import operator
from app.orders.commands import group as orders
from app.planks.commands import group as planks
from app.platform.commands import group as platform
from app.results.commands import group as ballots
from app.search.commands import group as search
from app.serving import serve

GROUPS: tuple[AppGroup, ...] = (
    audit,
    ballots,
    demo,
    demonstration,
    editions,
    mail,
    mps,
    offices,
    orders,
    people,
    planks,
    platform,
    search,
)
COMMANDS: tuple[click.Command, ...] = (tick, scheduler, worker, serve, check)


def add_commands(app: Flask) -> None:
    """Make the commands known to `flask`."""
    people.add_command(operator)
    for command in (*GROUPS, *COMMANDS):
        app.cli.add_command(command)
