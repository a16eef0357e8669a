"""Migrations of this application, as `flask db` and Alembic find them; pages need none of it."""

from typing import Any

import click
from flask import Flask

from app.config import ROOT
from app.extensions import db
from app.late import Late, late

flask_migrate = late("flask_migrate")
flask_migrate_cli = late("flask_migrate.cli")


class Commands(click.Command):
    """`flask db`: the library's own commands, with their options, read when they are asked for."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Hand over to the library's own."""
        made: click.Context = flask_migrate_cli.db.make_context(info_name, args, parent=parent, **extra)
        return made


def init_app(app: Flask) -> None:
    """Have the application find its migrations once somebody asks for them."""
    known: list[object] = []

    def migrations() -> object:
        if not known:
            known.append(_of(app))
        return known[0]

    app.extensions["migrate"] = Late(migrations)
    app.cli.add_command(Commands("db", help="Migrate the database."))


def _of(app: Flask) -> object:
    """What the library keeps of an application; its own commands are not added a second time."""
    aside = Flask(app.import_name)
    flask_migrate.Migrate().init_app(aside, db, directory=str(ROOT / "migrations"))
    return aside.extensions["migrate"]
