"""`flask ballots`: counting a published round again from its file."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app import clock
from app.models import Ballot
from app.results import download, queries, service
from policies.errors import RuleBroken
from policies.recount import Finding, PublishedRound, Recounted, read
from policies.recount import recount as count_again

group = AppGroup("ballots", help="Rounds of ballots.")
DIFFERS, NO_FILE = 1, 2


@group.command("recount")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--file-alone", is_flag=True, help="Do not compare with what this service published.")
def recount(file: Path, file_alone: bool) -> None:
    """Count the round in FILE again; exit with 1 where something differs, with 2 where FILE is no file of a round."""
    try:
        text = file.read_text(encoding="utf-8")
        of_round = read(text)
    except (OSError, UnicodeDecodeError, RuleBroken) as fault:
        click.echo(f"{file} cannot be counted: {fault}", err=True)
        raise SystemExit(NO_FILE) from None
    found = count_again(of_round)
    for one in found:
        click.echo(f"{one.group}, {one.question}: {one.finding} ({one.why})")
    published = [] if file_alone else _compared(of_round, json.loads(text))
    if not all(published) or any(one.finding is Finding.DIFFERS for one in found):
        raise SystemExit(DIFFERS)
    click.echo(_conclusion(found))


def _conclusion(found: list[Recounted]) -> str:
    withheld = sum(one.finding is Finding.WITHHELD for one in found)
    counted = len(found) - withheld
    return f"Nothing differs. Counted again from the file: {counted}; withheld in it: {withheld}."


def _compared(of_round: PublishedRound, told: dict[str, Any]) -> list[bool]:
    """Compare with what is published here and with the counted papers; says so for each group."""
    try:
        here = queries.round_numbered(of_round.number)
        if here is None:
            click.echo(f"Round R{of_round.number} is not published here, so only the file was counted.")
            return []
        published = json.loads(download.file_of(here, is_demonstration=clock.is_demonstration()))
        return [_same(published, told), *(_same_of(ballot, published, told) for ballot in here.ballots)]
    except DBAPIError:
        click.echo("The database of this service cannot be read, so only the file was counted.")
        return []


def _same(published: dict[str, Any], told: dict[str, Any]) -> bool:
    """Whether the file is the one that is published, in everything but its ballots."""
    names = sorted({*published, *told} - {"ballots"})
    differing = [name[:20] for name in names if published.get(name) != told.get(name)]
    if len(told["ballots"]) != len(published["ballots"]):
        differing.append("ballots")
    if differing:
        click.echo(f"The file differs from what is published here in: {', '.join(differing)}.")
    return not differing


def _same_of(ballot: Ballot, published: dict[str, Any], told: dict[str, Any]) -> bool:
    """Whether one group's ballot is as published here, and whether its counted papers give that."""
    is_same = _of_group(published, ballot.group) == _of_group(told, ballot.group)
    agrees = service.ballot_agrees(ballot)
    click.echo(
        f"{ballot.group}: {'as published here' if is_same else 'differs from what is published here'};"
        f" its counted papers: {Finding.AGREES if agrees else Finding.DIFFERS}"
    )
    return is_same and agrees


def _of_group(told: dict[str, Any], group: str) -> Any:
    return next((ballot for ballot in told["ballots"] if ballot["group"] == group), None)
