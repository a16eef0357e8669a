"""Lists of addresses to invite, as a spreadsheet saves them: a line a person, read without trusting any of it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from policies.errors import RuleBroken

MOST_LINES = 500
LINE_CHARACTERS = 2_000
ADDRESS_HEADS = frozenset({"email", "e-mail", "mail", "address", "email address", "e-mail address"})


@dataclass(frozen=True)
class ListedAddress:
    """What one line gives for an address, as written there, and the number of its line."""

    line: int
    written: str


def read_list(text: str, most: int = MOST_LINES) -> Sequence[ListedAddress]:
    """The addresses of a list: its column headed "email", else its first one; raises `RuleBroken` for what is no list.

    A byte-order mark, empty lines and a line of headings are passed over. Commas, semicolons and tabs part columns.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not any(line.strip() for line in lines):
        raise RuleBroken("Give at least one address: one on each line, or a CSV file with a column headed email.")
    if sum(1 for line in lines if line.strip()) > most + 1:
        raise RuleBroken(f"Give at most {most:,} addresses at once, and the others in a second list.")
    rows = [(number, _columns(line)) for number, line in enumerate(lines, start=1) if line.strip()]
    place = _place_of_addresses(rows[0][1])
    found = [ListedAddress(number, _cell(columns, place or 0)) for number, columns in rows[place is not None :]]
    if not found:
        raise RuleBroken("There is a line of headings and no address below it. Add the addresses.")
    return found


def _columns(line: str) -> list[str]:
    if len(line) > LINE_CHARACTERS:
        return [line[:LINE_CHARACTERS]]
    mark = next((mark for mark in "\t;" if mark in line), ",")
    return [cell.strip() for cell in next(csv.reader(StringIO(line), delimiter=mark))]


def _place_of_addresses(first: Sequence[str]) -> int | None:
    """Which column has the addresses, if the first line is one of headings."""
    for place, head in enumerate(first):
        if head.lower() in ADDRESS_HEADS:
            return place
    return None


def _cell(columns: Sequence[str], place: int) -> str:
    return columns[place] if place < len(columns) else ""
