"""Public names of the things that an archive speaks of, so that it reads "P12" and not a number of the tables."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.models import Amendment, Ballot, Plank, Revision, Round, Version
from app.privacy.queries import OwnRows
from policies.groups import group_named

Names = dict[tuple[str, int], str]


def of_things(held: Sequence[OwnRows]) -> Names:
    """The names of all that is public of these, by column and number. What has no public name keeps its number."""
    found: Names = {}
    for column, kind, name in _NAMED:
        ids = {row[column] for rows in held for row in rows.rows if row.get(column) is not None}
        found.update({(column, row_id): words for row_id, words in _names(kind, name, ids) if words})
    return found


def _names(kind: type[Any], name: Callable[[Any], str], ids: Collection[int]) -> list[tuple[int, str]]:
    if not ids:
        return []
    return [(row.id, name(row)) for row in db.session.scalars(select(kind).where(kind.id.in_(ids))).unique()]


def _version(version: Version) -> str:
    return f"{version.plank.name}, version {version.name}" if version.plank.name else ""


def _revision(revision: Revision) -> str:
    return revision.amendment.name


def _ballot(ballot: Ballot) -> str:
    of_round = ballot.round
    return f"Round {of_round.name} on {of_round.plank.name}, {group_named(ballot.group).title}"


_NAMED: tuple[tuple[str, type[Any], Callable[[Any], str]], ...] = (
    ("plank_id", Plank, lambda plank: f"{plank.name}: {plank.title}" if plank.name else ""),
    ("composite_id", Plank, lambda plank: plank.name),
    ("version_id", Version, _version),
    ("amendment_id", Amendment, lambda amendment: amendment.name),
    ("revision_id", Revision, _revision),
    ("round_id", Round, lambda of_round: f"Round {of_round.name}"),
    ("ballot_id", Ballot, _ballot),
)
