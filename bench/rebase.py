"""What it costs when the text moves under 200 open amendments: `python -m bench.rebase`.

The whole service on a database of its own, from the adoption to the last row, beside the merges alone of the same run.
"""

import sys
import tempfile
import time
from pathlib import Path
from random import Random

from flask_migrate import upgrade

from app import clock, create_app
from app.amendments import service as amendments
from app.config import Settings
from app.extensions import about_to_write, db
from app.models import Amendment, Person, Plank
from app.people import service as people
from app.planks import service as planks
from app.web.transactions import transaction
from policies.text.merge import merge

OPEN = 200
UNITS, WORDS = 12, 40


def main() -> None:
    """Fill a database, adopt one amendment, print."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder)
        files = {"index_folder": path / "search", "jobs_file": path / "jobs.db"}
        key = "a secret for measuring alone, 0123456789"
        app = create_app(Settings(database_url=f"sqlite:///{path / 'bench.db'}", secret_key=key, **files))
        with app.app_context():
            with about_to_write():
                upgrade(str(Path(__file__).parent.parent / "migrations"))
            _measure()
            db.session.remove()
            db.engine.dispose()


def _measure() -> None:
    plank_id, adopted, followers = _filled()
    with transaction():
        plank = db.session.get_one(Plank, plank_id)
        base = plank.working_version
        revision = db.session.get_one(Amendment, adopted).revision
        assert base is not None
        assert revision is not None
        theirs = [db.session.get_one(Amendment, one).revision for one in followers]
        start = time.perf_counter()
        for one in theirs:
            assert one is not None
            merge(base.document, revision.document, one.document)
        merges = time.perf_counter() - start
    with transaction():
        plank = db.session.get_one(Plank, plank_id)
        start = time.perf_counter()
        amendments.adopt(plank, [db.session.get_one(Amendment, adopted)])
        db.session.flush()
        service = time.perf_counter() - start
    with transaction():
        waiting = sum(db.session.get_one(Amendment, one).needs_rebase for one in followers)
    sys.stdout.write(
        f"adoption with {OPEN} open amendments: {service * 1000:.0f} ms, the merges alone {merges * 1000:.0f} ms,"
        f" ratio {service / merges:.2f}; {OPEN - waiting} follow, {waiting} wait\n"
    )


def _filled() -> tuple[int, int, list[int]]:
    """An open plank, an amendment to adopt, and the others: the ids."""
    words = [
        f"{stem}{ending}" for stem in ("land", "rent", "tax", "vote", "home", "train") for ending in "abcdefghijklmno"
    ]
    chance = Random(1832)
    text = "\n\n".join(" ".join(chance.choices(words, k=WORDS)) for _ in range(UNITS))
    with transaction():
        by = _member().actor
        plank = planks.import_plank(
            planks.theme_named("Land", "land"), "A plank", text, "Because.", source="bench", key=None
        )
        plank_id = plank.id
    ids = []
    for number in range(OPEN + 1):
        with transaction():
            parts = text.split("\n\n")
            place = number % UNITS
            cut = parts[place].split(" ")
            cut[number % WORDS] = f"changed{number}"
            parts[place] = " ".join(cut)
            plank = db.session.get_one(Plank, plank_id)
            drafted = amendments.begin(plank, "A plank", "\n\n".join(parts), "Because.", None, by=by)
            amendments.submit(drafted, by=by)
            ids.append(drafted.id)
    return plank_id, ids[0], ids[1:]


def _member() -> Person:
    return people.add_demonstration_member("Bench", "green", is_clerk=False, active_since=clock.now())


if __name__ == "__main__":
    main()
