"""The list of those who registered interest, as a file for clerks. Its columns stay as they are."""

from app.interest import queries
from app.models import Supporter
from app.web import csv_files
from policies.interest import ConsentPurpose

HEAD = ("email", "name", "contact since", "news since")


def supporters_table() -> tuple[str, int]:
    """The whole list as CSV, and how many it names: a date in a purpose's column says that one agreed to it."""
    supporters = queries.all_confirmed()
    return csv_files.written(HEAD, [_row(one) for one in supporters]), len(supporters)


def _row(supporter: Supporter) -> list[str]:
    return [supporter.email, supporter.name, *(_since(supporter, purpose) for purpose in ConsentPurpose)]


def _since(supporter: Supporter, purpose: ConsentPurpose) -> str:
    held = supporter.consent(purpose)
    return held.given_at.date().isoformat() if held else ""
