"""What the service is measured against: a bare Flask application on the same server, libraries and database.

`/bytes/N` returns N bytes that are there already. `/rows` renders a page with fifty rows of one query.
"""

import importlib
import os
from pathlib import Path

from flask import Flask, Response, render_template_string
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ROWS = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>People</title></head>
<body><main><table>
<thead><tr><th>Number</th><th>Name</th><th>Address</th></tr></thead>
<tbody>
{% for person in people %}
<tr><td>{{ person.id }}</td><td><a href="{{ url_for('bytes_of', size=person.id) }}">{{ person.name }}</a></td>
<td>{{ person.email }}</td></tr>
{% endfor %}
</tbody></table></main></body></html>
"""


class Base(DeclarativeBase):
    """The root of the one table."""


db = SQLAlchemy(model_class=Base)


class Person(db.Model):  # type: ignore[name-defined,misc]
    """Some columns of a table with rows in it."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]


def create() -> Flask:
    """The bare application, with every library loaded that the service loads."""
    for name in Path(os.environ["BENCH_LIBRARIES"]).read_text("utf-8").split():
        importlib.import_module(name)
    made = Flask(__name__)
    made.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
    made.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_pre_ping": True}
    db.init_app(made)
    kept: dict[int, bytes] = {}

    @made.get("/bytes/<int:size>")
    def bytes_of(size: int) -> Response:
        if size not in kept:
            kept[size] = b"x" * size
        return Response(kept[size], content_type="text/html; charset=utf-8")

    @made.get("/rows")
    def rows() -> str:
        people = db.session.scalars(select(Person).order_by(Person.id).limit(50)).all()
        return render_template_string(ROWS, people=people)

    return made


app = create() if "BENCH_LIBRARIES" in os.environ else None
