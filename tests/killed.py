"""A process that is killed in the middle of something: `python -m tests.killed vote|count|index`, settings on stdin.

It says "under way" once everything is done but the commit, and then waits for its end.
"""

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

from app import create_app
from app.ballots import counting, queries, service
from app.config import Settings
from app.extensions import db
from app.models import Person, RollEntry, Round
from app.search import queries as searched
from app.search import texts, work
from app.web.transactions import transaction
from policies.ballots import Choice


def vote() -> None:
    """The first on the roll of the Green group's ballot votes."""
    query = db.session.query(Person).join(RollEntry, RollEntry.person_id == Person.id).order_by(Person.id)
    voter = next(person.actor for person in query if person.actor.group == "green")
    service.cast(queries.visible(voter, 1), {"text": Choice.YES}, by=voter)


def count() -> None:
    """The papers of the round are counted."""
    counting.count(db.session.query(Round).one())


def index() -> None:
    """The index has been told everything, and nothing of it is committed."""
    writer = held.enter_context(work.engine().writing())
    entries = searched.all_entries()
    writer.replace({entry.subject for entry in entries}, texts.documents(entries))


held = ExitStack()
ACTS: dict[str, Callable[[], None]] = {"vote": vote, "count": count, "index": index}


def main() -> None:
    """Do it and wait."""
    app = create_app(Settings.model_validate_json(sys.stdin.readline()))
    with app.app_context(), transaction():
        ACTS[sys.argv[1]]()
        db.session.flush()
        sys.stdout.write("under way\n")
        sys.stdout.flush()
        time.sleep(120)


if __name__ == "__main__":
    main()
