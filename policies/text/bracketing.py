"""A whole text in Markdown with some of its units in brackets: a group that backs the rest left them out."""

from collections.abc import Collection, Sequence

from policies.text.editing import replace_units
from policies.text.model import Unit

NOT_ACCEPTED = "Not accepted by every group."


def bracketed(text: str, units: Sequence[Unit], left_out: Collection[str]) -> str:
    """The text with the units of these ids in brackets, each with a word why; every other byte stays as it is."""
    words = {unit.unit_id: f"[{unit.markdown}] *{NOT_ACCEPTED}*" for unit in units if unit.unit_id in left_out}
    return replace_units(text, units, words)
