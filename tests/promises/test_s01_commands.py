"""S1: every command and every job says how far it reaches, and one that only looks changes no row."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from app.extensions import db
from app.models import AuditRow
from policies.commands import COMMANDS, JOBS, Reach
from tests.app.dump import everything
from tests.conftest import ROOT
from tests.promises.conftest import Tried

# Flask-Migrate's own, for the schema.
OF_THE_SCHEMA = "db"
GIVEN = {
    "orders check": [str(ROOT / "policies" / "standing_orders")],
    "ballots recount": ["round.json", "--file-alone"],
    "platform export": ["exported"],
}


def names_of(command: click.Command, name: str) -> Iterator[str]:
    """The full names of a command and all below it."""
    if not isinstance(command, click.Group):
        yield name
        return
    context = click.Context(command)
    for below in command.list_commands(context):
        one = command.get_command(context, below)
        assert one is not None
        yield from names_of(one, f"{name} {below}".strip())


def test_every_command_and_every_job_is_in_the_table(tried: Tried) -> None:
    assert set(names_of(tried.app.cli, "")) - {OF_THE_SCHEMA} == set(COMMANDS)
    assert set(tried.app.extensions["jobs"].works) == set(JOBS)


@pytest.mark.parametrize("name", sorted(name for name, reach in COMMANDS.items() if reach is Reach.LOOKS))
def test_a_command_that_looks_changes_no_row(
    tried: Tried, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "round.json").write_text("{}", encoding="utf-8")
    with tried.app.app_context():
        before = everything()
        tried.app.test_cli_runner().invoke(args=[*name.split(), *GIVEN.get(name, [])])
        assert everything() == before


def test_what_the_machine_brings_in_is_recorded_as_no_members_act(app: Flask) -> None:
    ran = app.test_cli_runner().invoke(args=["people", "invite", "jo@example.org", "--group", "green", "--clerk"])
    assert ran.exit_code == 0
    assert [row.by_person for row in db.session.query(AuditRow).filter_by(act="member invited")] == [None]
