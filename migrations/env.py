"""How migrations reach the database: through the application's own engine, in one transaction."""

from typing import Any

from alembic import context

from app.extensions import about_to_write, db
from app.models import Moment
from app.models.marks import MIGRATES
from app.models.units import LineList, UnitList


def plain_type(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write the service's own column types into migrations as the plain types they are stored as."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime()"
    if kind == "type" and isinstance(thing, UnitList | LineList):
        return "sa.JSON()"
    return False


def run() -> None:
    """Run the migrations asked for; a lock that cannot be had within five seconds is an error, not a wait."""
    with about_to_write(), db.engine.connect() as connection:
        connection.info[MIGRATES] = True
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET lock_timeout = '5s'")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=plain_type,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
