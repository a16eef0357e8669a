"""What a composite was put together from: the planks, the versions, and every clause with the place it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.models import CompositeOriginal, Plank
from app.planks import queries
from policies.text.gather import Origin, Taken, origins, read_gathered
from policies.text.units import Document, Unit


@dataclass(frozen=True)
class Composed:
    """The originals of a composite, in the order in which they first appear, and the clauses taken from each."""

    originals: Sequence[CompositeOriginal]
    taken: Sequence[Taken]
    """Each clause with the id of the version it was taken from as its source."""

    @cached_property
    def by_version(self) -> Mapping[int, CompositeOriginal]:
        """The originals by the id of the version that clauses were taken from."""
        return {original.version_id: original for original in self.originals}

    def read(self, title: str, text: str) -> Document:
        """The composite's words as they are now; what is left of each clause keeps the id it was given."""
        return read_gathered(self.taken, title, text)

    def origins(self, units: Sequence[Unit]) -> dict[str, Origin]:
        """Where each of these units came from, by its id; the new ones are left out."""
        return origins(units, self.taken)

    def planks_left(self, units: Sequence[Unit]) -> set[int]:
        """The ids of the planks of which something is left in these units."""
        return {self.by_version[origin.source].plank_id for origin in self.origins(units).values()}


def composed(plank: Plank) -> Composed | None:
    """What a plank was put together from; nothing for one that is no composite. Two queries, else one."""
    originals = queries.originals_of(plank)
    if not originals:
        return None
    units = {(original.version_id, unit.unit_id): unit for original in originals for unit in original.version.units}
    parts = queries.parts_of(plank)
    taken = [Taken(part.version_id, units[part.version_id, part.source_unit_id], part.unit_id) for part in parts]
    places = {version_id: place for place, version_id in reversed(list(enumerate(one.source for one in taken)))}
    return Composed(sorted(originals, key=lambda one: places[one.version_id]), taken)
