"""Keeping the search index true to the database."""

from pathlib import Path

from app.search import index, queries
from app.search.index import IndexNotReady


def refresh(folder: Path) -> int:
    """Bring the index up to date, or make it where it is missing or broken; returns how many planks were written.

    Costs one query and no writing where nothing has changed.
    """
    wanted = queries.digests()
    try:
        known = index.known(folder)
    except IndexNotReady:
        return rebuild(folder)
    changed = {plank_id for plank_id, digest in wanted.items() if known.get(plank_id) != digest}
    gone = known.keys() - wanted.keys()
    if changed or gone:
        index.update(folder, queries.entries(changed), gone)
    return len(changed) + len(gone)


def rebuild(folder: Path) -> int:
    """Make the index anew from the database; returns how many planks are in it."""
    entries = queries.entries(queries.digests())
    index.rebuild(folder, entries)
    return len(entries)
