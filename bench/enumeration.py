"""Whether the time of an answer tells that an address is known: `python -m bench.enumeration`.

For each form that takes an address: the processor's time for the whole request, the median for addresses nobody here
has and for those of members, and the ratio of the two. Both are asked in turn in the same run. A second pair, both
unknown, says how far from 1 chance alone takes such a ratio. (By the clock a busy machine hides more than it shows.)
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from flask import Flask
from flask_migrate import upgrade

from app import clock, create_app
from app.config import Settings
from app.extensions import about_to_write, db
from app.models import Membership, Person
from app.web.transactions import transaction
from policies.membership import MembershipStage

ASKED = 150
FORMS = {
    "joining": ("/groups/green/join", {"name": "Somebody", "declared": "y"}),
    "a link to sign in": ("/sign-in/link", {}),
    "registering interest": ("/interest", {"name": "Somebody", "news": "y"}),
}


def main() -> None:
    """Fill a database with members, ask, print."""
    with _service() as app:
        sys.stdout.write("form                     unknown     member   ratio   (chance alone)\n")
        for name, (path, typed) in FORMS.items():
            unknown, known, other = _medians(app, path, typed)
            ratios = f"{known / unknown:5.3f}   ({other / unknown:5.3f})"
            sys.stdout.write(f"{name:22} {unknown:6.2f} ms  {known:6.2f} ms   {ratios}\n")


def _medians(app: Flask, path: str, typed: dict[str, str]) -> list[float]:
    """In milliseconds: of unknown addresses, of members, and of unknown ones again, each as often the first asked."""
    kinds = ["unknown", "member", "other"]
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for number in range(ASKED):
        first = number % len(kinds)
        for kind in kinds[first:] + kinds[:first]:
            times[kind].append(_ask(app, path, f"{kind}{number}@example.org", typed))
    return [1000 * median(times[kind]) for kind in kinds]


@contextmanager
def _service() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder)
        files = {"index_folder": path / "search", "jobs_file": path / "jobs.db"}
        key = "a secret for measuring alone, 0123456789"
        app = create_app(Settings(database_url=f"sqlite:///{path / 'bench.db'}", secret_key=key, **files))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            with about_to_write():
                upgrade(str(Path(__file__).parent.parent / "migrations"))
            _fill()
            yield app
            db.session.remove()
            db.engine.dispose()


def _fill() -> None:
    with transaction():
        now = clock.now()
        for number in range(ASKED):
            person = Person(name="A member", email=f"member{number}@example.org", created_at=now)
            person.memberships.append(
                Membership(group="labour", stage=MembershipStage.ACTIVE, asked_at=now, active_since=now)
            )
            db.session.add(person)


def _ask(app: Flask, path: str, address: str, typed: dict[str, str]) -> float:
    browser = app.test_client()
    start = time.thread_time()
    answer = browser.post(path, data={"email": address, **typed})
    took = time.thread_time() - start
    assert answer.status_code == 303, answer.status_code
    return took


if __name__ == "__main__":
    sys.exit(main())
