"""`flask check`: whether this installation is fit for real people, and what to mend."""

import json
import sys
from collections.abc import Sequence

import click
from flask import current_app
from flask.cli import with_appcontext

from app.checking import looking
from app.checking.chosen import chosen_of
from app.config import Settings
from policies.checks import Finding, findings, worst


@click.command("check", help="Say what to mend before real people use this: exits with 0 (nothing), 1 (warnings) or 2.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for a program that watches.")
@with_appcontext
def check(as_json: bool) -> None:
    """Look at the settings and around them."""
    settings: Settings = current_app.config["SETTINGS"]
    found = findings(chosen_of(settings), looking.look())
    click.echo(_as_json(found) if as_json else _in_words(found))
    sys.exit(int(worst(found)))


def _in_words(found: Sequence[Finding]) -> str:
    if not found:
        return "Nothing to mend."
    lines = [f"{finding.level.name:<7} {finding.what}\n        {finding.mend}" for finding in found]
    return "\n".join(lines)


def _as_json(found: Sequence[Finding]) -> str:
    listed = [{"level": one.level.name.lower(), "what": one.what, "mend": one.mend} for one in found]
    return json.dumps({"level": worst(found).name.lower(), "findings": listed}, indent=2)
