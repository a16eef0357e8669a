"""What of the database is searched, and reading again, within what everybody may see, what the index has found."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased, joinedload

from app import drawer
from app.endorsements.levels import shown_version_id
from app.extensions import db
from app.models import Plank, Version
from app.planks import queries as planks
from app.search.index import Entry
from policies.text.render import plain
from policies.text.units import Unit

BATCH = 100

Shown = aliased(Version, name="shown")
Working = aliased(Version, name="working")


def digests() -> dict[int, str]:
    """What ought to be indexed of each public plank, in short, by the plank's id; one query without any text."""
    rows = db.session.execute(_public(Plank.id, Plank.number, Shown.sha256, Working.sha256, *_hidden()))
    return {row[0]: _digest(*row[1:]) for row in rows}


def entries(plank_ids: Iterable[int]) -> dict[int, Entry]:
    """The words of these planks, of the version shown and of the working one; only those that are public."""
    found: dict[int, Entry] = {}
    asked = sorted(plank_ids)
    for start in range(0, len(asked), BATCH):
        query = _public(Plank.id, Plank.number, Shown, Working, *_hidden()).where(
            Plank.id.in_(asked[start : start + BATCH])
        )
        for plank_id, number, shown, working, *hidden in db.session.execute(query):
            versions = [shown] if shown.id == working.id else [shown, working]
            found[plank_id] = Entry(
                name=f"P{number} {number}",
                title="\n".join(version.title for version in versions),
                text="\n".join(words_of(version.units) for version in versions),
                digest=_digest(number, shown.sha256, working.sha256, *hidden),
            )
    return found


def still_public(plank_ids: Sequence[int]) -> list[int]:
    """Those of the planks found that are public at this moment, in the same order."""
    public = set(db.session.scalars(select(Plank.id).where(Plank.id.in_(plank_ids), planks.is_public())))
    return [plank_id for plank_id in plank_ids if plank_id in public]


def found_planks(plank_ids: Sequence[int]) -> list[Plank]:
    """The planks found, with their versions, in the same order."""
    query = select(Plank).where(Plank.id.in_(plank_ids), planks.is_public())
    query = query.options(joinedload(Plank.working_version), joinedload(Plank.agreed_version))
    by_id = {plank.id: plank for plank in db.session.scalars(query)}
    return [by_id[plank_id] for plank_id in plank_ids if plank_id in by_id]


def words_of(units: Iterable[Unit]) -> str:
    """The words of a text without its marks, a unit a line."""
    return "\n".join(plain(unit.markdown) for unit in units)


def _public(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Plank)
        .join(Shown, Shown.id == shown_version_id())
        .join(Working, Working.id == Plank.working_version_id)
        .where(planks.is_public())
    )


def _hidden() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whether clerks have hidden the words of each of the two: the hash of a version stays while its words do not."""
    return drawer.hidden_rows(Version, Shown.id), drawer.hidden_rows(Version, Working.id)


def _digest(number: int | None, shown: str, working: str, *hidden: bool) -> str:
    return ":".join([str(number), shown, working, *("hidden" for is_hidden in hidden if is_hidden)])
