"""Tables as workbooks of Excel: every cell is words, and none is ever taken for a formula, a number or a link."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from app.papers.archives import without_moments
from app.papers.describing import DISCLAIMER
from app.papers.paper import storable
from app.web.csv_files import harmless

# A cell of Excel holds no more; what does not fit would be left out whole.
LONGEST = 32_000
NARROWEST, WIDEST = 8, 30
# A row of Excel is at most 409 points high: a whole text needs a wide column, or its end is not seen.
LONG, WIDEST_OF_LONG = 1000, 120
_A4 = 9
_WORDS_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def written(
    title: str, head: Sequence[str], rows: Iterable[Sequence[str]], about: Sequence[str], made: datetime
) -> bytes:
    """The whole file: the table, its head staying in sight, and a sheet of sentences about it."""
    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, _WORDS_ONLY)
    book.set_properties({"title": storable(title), "author": "", "company": "", "created": made.replace(tzinfo=None)})
    wraps, quoted = {"text_wrap": True, "valign": "top"}, {"text_wrap": True, "valign": "top", "quote_prefix": True}
    # An apostrophe that is not seen stands before what would become a formula where the cell is edited.
    looks = {False: book.add_format(wraps), True: book.add_format(quoted)}
    sheet = book.add_worksheet(title.translate(_NOT_IN_A_NAME)[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    widths = [max((len(word) for word in cell.split()), default=0) for cell in head]
    for place, cell in enumerate(head):
        sheet.write_string(0, place, _fitting(cell), bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, _fitting(cell), looks[harmless(cell) != cell])
            widths[place] = max(widths[place], len(cell))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, WIDEST_OF_LONG if width > LONG else min(WIDEST, max(NARROWEST, width)))
    sheet.freeze_panes(1, 0)
    _print(sheet)
    _tell(book.add_worksheet("About this table"), about, looks)
    book.close()
    return without_moments(file.getvalue())


def _print(sheet: Any) -> None:
    """On paper: A4 across, two sheets wide; the head and the first two columns on each, and below whose it is not."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.7)
    sheet.fit_to_pages(2, 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, 1)
    sheet.set_footer(f"&L&9{DISCLAIMER}&R&9&P / &N")


def _tell(sheet: Any, about: Sequence[str], looks: dict[bool, Any]) -> None:
    sheet.set_column(0, 0, 100)
    for number, sentence in enumerate(about):
        sheet.write_string(number, 0, _fitting(sentence), looks[harmless(sentence) != sentence])


def _fitting(cell: str) -> str:
    words = storable(cell)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
