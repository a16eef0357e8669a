"""Every row of every table, to see that nothing has changed."""

from collections.abc import Collection

from sqlalchemy import inspect, text

from app.extensions import db


def everything(*, but: Collection[str] = ()) -> dict[str, list[str]]:
    """All rows by table, but those of some tables."""
    with db.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names()) - set(but)
        return {name: [repr(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))] for name in tables}
