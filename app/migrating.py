"""Migrations of this application, as `flask db` and Alembic find them; pages need none of it."""

import click
from flask import Flask

from app.config import ROOT
from app.extensions import db
from app.late import Late, late

flask_migrate = late("flask_migrate")
flask_migrate_cli = late("flask_migrate.cli")


class Commands(click.Group):
    """`flask db`: the library's own commands, read when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        names: list[str] = flask_migrate_cli.db.list_commands(ctx)
        return names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them."""
        found: click.Command | None = flask_migrate_cli.db.get_command(ctx, cmd_name)
        return found


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
