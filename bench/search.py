"""What a search costs: `python -m bench.search`.

Ten thousand documents, made of words as unevenly used as those of a language. Each query is put to the engine alone and
then to the whole page, uncached, in the same run; the ratio is of the two times that 95 of 100 searches stay below. On
SQLite all is done in this process, and its own time on the processor is taken: what else the machine does counts for
neither.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from flask_migrate import upgrade
from sqlalchemy import insert

from app import clock, create_app
from app.config import Settings
from app.extensions import about_to_write, db
from app.models import Plank, Version
from app.planks import service as planks
from app.search import work
from app.search.engine import Within
from app.search.finding import PROPOSED
from app.search.words import read
from app.web.markup import rendered
from app.web.transactions import transaction
from policies.planks import Cause, Stage
from policies.searching import Audience
from policies.text import ENGINE_VERSION
from policies.text.canonical import digest
from policies.text.units import read_units

DOCUMENTS = 10_000
QUERIES = 100
WORDS, VOCABULARY = 120, 8_000
TARGET = 3.0
_HEADS = [f"{first}{vowel}" for first in "bdglmnprst" for vowel in "aeiou"]
_TAILS = ["n", "r", "nd", "st"]


@dataclass(frozen=True)
class Figure:
    """One figure, and how it stands to what it is measured against."""

    name: str
    figure: float
    unit: str
    ratio: float
    target: float

    def __str__(self) -> str:
        """As a line of the bench."""
        verdict = "ok" if self.ratio <= self.target else "short"
        return (
            f"bench: {self.name} {self.figure:.1f} {self.unit} ratio={self.ratio:.2f} target={self.target:g} {verdict}"
        )


def figures(database_url: str | None = None, documents: int = DOCUMENTS) -> Iterator[Figure]:
    """Fill a database of its own, or an empty one at this address, and measure."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder)
        files = {"index_folder": path / "search", "jobs_file": path / "jobs.db"}
        key = "a secret for measuring alone, 0123456789"
        url = database_url or f"sqlite:///{path / 'bench.db'}"
        app = create_app(Settings(database_url=url, secret_key=key, limits="off", environment="development", **files))
        with app.app_context():
            with about_to_write():
                upgrade(str(Path(__file__).parent.parent / "migrations"))
            chance = Random(1832)
            words = _vocabulary()
            _fill(chance, words, documents)
            work.drain()
            asked = [_query(chance, words) for _ in range(QUERIES)]
            yield from _measured(app.test_client().get, asked)
            db.session.remove()
            db.engine.dispose()


def _measured(get: Callable[..., object], asked: Sequence[str]) -> Iterator[Figure]:
    engine, within = work.engine(), Within([Audience.PUBLIC])
    alone, whole, offered = [], [], []
    for typed in asked[:10]:
        get("/search", query_string={"q": typed})
    for typed in asked:
        # In turns, so that whatever else the machine does falls on both.
        alone.append(_timed(lambda typed=typed: engine.find(read(typed), within, PROPOSED)))
        db.session.remove()
        whole.append(_timed(lambda typed=typed: get("/search", query_string={"q": typed})))
        offered.append(_timed(lambda typed=typed: get("/search/suggestions", query_string={"q": typed[:4]})))
    reference = _below(alone)
    yield Figure("search-page-p95", _below(whole) * 1000, "ms", _below(whole) / reference, TARGET)
    yield Figure("search-suggestions-p95", _below(offered) * 1000, "ms", _below(offered) / reference, TARGET)


def _timed(act: Callable[[], object]) -> float:
    read_clock = time.process_time if db.engine.dialect.name == "sqlite" else time.perf_counter
    start = read_clock()
    act()
    return read_clock() - start


def _below(times: Sequence[float]) -> float:
    """The time that 95 of 100 stay below."""
    return sorted(times)[int(len(times) * 0.95)]


def _vocabulary() -> list[str]:
    return [f"{one}{other}{tail}" for one in _HEADS for other in _HEADS for tail in _TAILS][:VOCABULARY]


def _draw(chance: Random, words: Sequence[str], count: int) -> list[str]:
    """Words of which a few are in every text and most in hardly any."""
    return [words[min(int(len(words) ** chance.random()) - 1, len(words) - 1)] for _ in range(count)]


def _query(chance: Random, words: Sequence[str]) -> str:
    return " ".join(chance.sample(words[5:400], 2))


def _fill(chance: Random, words: Sequence[str], documents: int) -> None:
    with transaction():
        theme_id = planks.theme_named("Housing", "housing").id
    for first in range(1, documents + 1, 500):
        numbers = range(first, min(first + 500, documents + 1))
        with transaction():
            _insert(chance, words, theme_id, numbers)


def _insert(chance: Random, words: Sequence[str], theme_id: int, numbers: range) -> None:
    """Open planks, each with one version, straight into the tables."""
    now = clock.now()
    common = {"stage": Stage.DRAFT, "draft_title": "", "draft_text": "", "created_at": now, "opened_at": now}
    ids = db.session.scalars(
        insert(Plank).returning(Plank.id), [{"number": number, "theme_id": theme_id, **common} for number in numbers]
    ).all()
    rows = []
    for plank_id in ids:
        title = " ".join(_draw(chance, words, 4)).capitalize()
        text = " ".join(_draw(chance, words, WORDS)) + "\n"
        units = read_units(text)
        rows.append(
            {
                "plank_id": plank_id,
                "number": 1,
                "title": title,
                "text": text,
                "sha256": digest(title, text),
                "units": units,
                "rendered": rendered(units),
                "engine": ENGINE_VERSION,
                "cause": Cause.IMPORTED,
                "created_at": now,
            }
        )
    made = db.session.execute(insert(Version).returning(Version.plank_id, Version.id), rows).all()
    db.session.execute(
        db.update(Plank),
        [
            {
                "id": plank_id,
                "working_version_id": version_id,
                "stage": Stage.OPEN,
                "draft_title": None,
                "draft_text": None,
            }
            for plank_id, version_id in made
        ],
    )


def main() -> None:
    """Print each figure as it is known; an address of an empty database may be given."""
    for figure in figures(*sys.argv[1:2]):
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
