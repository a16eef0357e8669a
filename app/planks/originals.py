"""What happens to the rows that join a composite to its originals: they are locked together, left out, forgotten."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete

from app.extensions import db
from app.models import CompositeOriginal, CompositePart, Plank, locked
from app.planks.composed import Composed
from policies.composites import require_some_left
from policies.text.units import Unit


def lock_together(planks: Iterable[Plank]) -> None:
    """Lock several planks in the order of their ids, so that two transactions never wait for each other."""
    for plank in sorted(planks, key=lambda one: one.id):
        locked(plank)


def keep_what_is_left(made_of: Composed, units: Sequence[Unit]) -> None:
    """Leave out the originals of which nothing is left in these words: their movers have nothing to answer."""
    left = made_of.planks_left(units)
    require_some_left(left)
    for original in made_of.originals:
        if original.plank_id not in left:
            _delete_parts(original.composite_id, original.version_id)
            db.session.delete(original)


def forget(plank: Plank) -> None:
    """Delete what a discarded draft was put together from."""
    db.session.execute(delete(CompositePart).where(CompositePart.composite_id == plank.id))
    db.session.execute(delete(CompositeOriginal).where(CompositeOriginal.composite_id == plank.id))


def _delete_parts(composite_id: int, version_id: int) -> None:
    of_original = (CompositePart.composite_id == composite_id) & (CompositePart.version_id == version_id)
    db.session.execute(delete(CompositePart).where(of_original))
