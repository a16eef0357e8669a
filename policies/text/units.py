"""The front door to units: a text cut into headings, paragraphs, list items, quotes and footnotes, each with an id."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from policies.text.align import carry_ids
from policies.text.canonical import normalise, normalise_title
from policies.text.editing import replace_unit, replace_units, with_ids_kept
from policies.text.model import Kind, Node, Unit
from policies.text.outline import outline
from policies.text.reading import units_without_ids

__all__ = ["Document", "Kind", "Node", "Unit", "outline", "read_units", "replace_unit", "replace_units"]


def read_units(text: str, known: Sequence[Unit] = ()) -> tuple[Unit, ...]:
    """The units of a text in reading order, footnotes where they are defined, used or not.

    The first paragraph of a list item is the list item; each further one is a paragraph inside it (level and path are
    the item's). Several paragraphs of a footnote are several units with the same label. An item without words is none.

    Clauses: paragraphs and quotes are numbered 1, 2, 3 … through the text. List items have the number of the paragraph
    or quote right before the list and their path: 3.1, 3.1.2; a list with none right before it takes the next number
    itself. Headings have none. Footnotes are n1, n2 … in the order of their definitions. A further paragraph of an item
    or footnote adds its own number: 3.1-2, n1-2.

    With `known`, the units of an earlier wording, units that have a counterpart there keep its id.
    """
    return carry_ids(known, units_without_ids(text))


@dataclass(frozen=True)
class Document:
    """A title and a text in canonical form, with the text's units."""

    title: str
    text: str
    units: tuple[Unit, ...]

    @classmethod
    def read(cls, title: str, text: str, known: Sequence[Unit] = (), edited: Collection[str] = ()) -> "Document":
        """Normalise a title and a text and read the units; ids are carried over from `known`.

        `edited` are the ids of the units that were changed in place: they keep them however much was rewritten.
        """
        canonical = normalise(text)
        units = read_units(canonical, known)
        return cls(normalise_title(title), canonical, with_ids_kept(known, units, edited) if edited else units)
