"""Taking the words of a text out of everything that is read, and putting them back."""

from app import drawer
from app.amendments.rebasing import give_time_to_object
from app.arguments import service as arguments
from app.models import Amendment, Argument, Case, Offer, Plank, Stance, Version, locked
from app.moderation.covering import covered_by
from app.moderation.texts import Text, row_of
from app.web.filters import day
from policies.moderation import CaseStage, tombstone
from policies.text.canonical import digest


def hide(case: Case, text: Text, reason: str) -> list[str]:
    """Hide a text with every row that quotes it; returns which rows, for the record."""
    sentence = sentence_of(case, reason)
    if isinstance(text.row, Argument):
        assert case.hidden_at is not None
        arguments.hide(text.row, sentence, case.hidden_at)
        return [f"arguments:{text.row.id}"]
    drawer.put_away(case, covered_by(text, sentence))
    return [":".join(place) for place in drawer.held_by(case)]


def show_again(case: Case, text: Text | None) -> list[str]:
    """Put the words of a text back, wherever no other case hides them; returns the rows, for the record."""
    if text is not None and isinstance(text.row, Argument):
        arguments.show_again(text.row)
        return [f"arguments:{text.row.id}"]
    places = drawer.held_by(case)
    rows = {(table, key): row_of(table, key) for table, key in places}
    drawer.give_back(case, {place: row for place, row in rows.items() if row is not None})
    if text is not None and isinstance(text.row, Amendment | Version):
        # While nobody could read the words, nobody could object to them.
        give_time_to_object(text.row.plank)
    return [":".join(place) for place in places]


def sentence_of(case: Case, reason: str) -> str:
    """What stands in the place of a hidden text."""
    stage = CaseStage.HELD if case.stage is CaseStage.HELD else CaseStage.HIDDEN
    ended = reason if reason.endswith((".", "!", "?")) else f"{reason}."
    return tombstone(stage, day(case.hidden_at), ended, case.key)


def fingerprint(case: Case, text: Text | None) -> str:
    """The hash of the words a clerk decides on; of a whole page its address."""
    return text.fingerprint if text is not None else digest("", case.page)


def lock_thing(text: Text) -> None:
    """Lock the plank that a text belongs to, and what is between: the plank first."""
    row = text.thing or text.row
    if isinstance(row, Offer):
        row = row.amendment
    if isinstance(row, Stance):
        # Whoever publishes an edition takes over its reservations, and locks their planks.
        row = row.version
    plank = row if isinstance(row, Plank) else row.plank if isinstance(row, Amendment | Version) else None
    if plank is not None:
        locked(plank)
    if isinstance(row, Amendment):
        locked(row)
