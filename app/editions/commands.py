"""`flask editions`: the key that signs editions, and checking one from its file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.editions import keys
from policies.edition_check import Checked, check, conclusion, key_in, read
from policies.edition_manifest import fingerprint
from policies.errors import RuleBroken

DIFFERS, NO_FILE = 1, 2

group = AppGroup("editions", help="Editions of the platform.")


@group.command("keygen")
def keygen() -> None:
    """Make the key that signs editions, at the place that EDITIONS_KEY_FILE names; never over another one."""
    file = keys.place()
    if file is None:
        raise click.ClickException("Set EDITIONS_KEY_FILE to where the key is to lie, outside the release. Then again.")
    try:
        public = keys.make(file)
    except keys.KeyThere as there:
        raise click.ClickException(f"{there} To sign with a new key, move the old file away first.") from None
    except OSError as fault:
        raise click.ClickException(f"{file} cannot be written: {fault.strerror}.") from None
    click.echo(f"The key lies in {file}, readable by this user alone. Keep a copy in a safe place.")
    click.echo(f"Its public half: {public.hex()}\nIts fingerprint: {fingerprint(public)}")


@group.command("verify")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--before", type=click.Path(path_type=Path, dir_okay=False), help="The file of the edition before.")
@click.option("--key", default="", help="The fingerprint of the key you trust, as the page of keys has it.")
def verify(file: Path, before: Path | None, key: str) -> None:
    """Check the edition in FILE without the service; exit with 1 where something differs, with 2 at no edition."""
    try:
        told, earlier = read(_text(file)), None if before is None else read(_text(before))
        checked = [check(told, earlier, key_in(key) if key else "")]
        checked += [] if earlier is None else [check(earlier)]
    except (OSError, UnicodeDecodeError, RuleBroken) as fault:
        click.echo(f"This cannot be checked: {fault}", err=True)
        raise SystemExit(NO_FILE) from None
    for one in checked:
        _say(one)
    click.echo(conclusion(checked))
    if any(one.faults for one in checked):
        raise SystemExit(DIFFERS)


def _say(checked: Checked) -> None:
    click.echo(f"Edition {checked.edition}, manifest {checked.sha256}, key {checked.key}")
    for fault in checked.faults:
        click.echo(f"  {fault}")
    for name in checked.withheld:
        click.echo(f"  {name} is withheld: clerks have hidden these words since")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
