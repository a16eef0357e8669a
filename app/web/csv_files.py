"""Tables as files: UTF-8 with a byte-order mark, and no cell that a spreadsheet would take for a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO

from flask import Response

from app import clock
from app.web.imprint import MADE_UP, imprint

# What spreadsheets begin to calculate at, in any width of writing; some skip white space before it.
_BEGINS_A_FORMULA = tuple("=+-@＝＋－＠")
# Without this mark Excel reads UTF-8 as Western text and shows “✓” as three wrong signs. Programs that know UTF-8
# know the mark too (Python: `utf-8-sig`), so that it helps most readers and hinders few.
BYTE_ORDER_MARK = "\ufeff"


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would calculate."""
    begins = cell.lstrip().startswith(_BEGINS_A_FORMULA) or cell.startswith(("\t", "\r", "\n"))
    return f"'{cell}" if begins else cell


def published(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The whole table of a file for everybody: each row says who is responsible for it, and whether it is made up."""
    said = [("Imprint", imprint()), ("Demonstration", MADE_UP if clock.is_demonstration() else "")]
    heads, words = [name for name, words in said if words], [words for _, words in said if words]
    return written([*head, *heads], ([*row, *words] for row in rows))


def written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The whole table."""
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()


def download(name: str, made: datetime, table: str) -> Response:
    """A file to keep, named after what it holds and the day it speaks of: `where-we-stand-2026-05-03.csv`."""
    response = Response(table, content_type="text/csv; charset=utf-8; header=present")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{made:%Y-%m-%d}.csv"'
    return response
