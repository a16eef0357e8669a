"""Tables as files: nothing in them is calculated, and every program reads their letters."""

import csv
from io import StringIO

import pytest
from flask import Flask

from app.web.csv_files import harmless, published, written
from tests.app.payloads import PAYLOADS


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", "\rx", "＝1+1", "=HYPERLINK(1)"])
def test_what_a_spreadsheet_would_calculate_is_made_words(formula: str) -> None:
    assert harmless(formula) == f"'{formula}"


@pytest.mark.parametrize("words", ["", "Backs it", "P12", "2.1", "– none", "a = b", "“=1”", "2026-05-03"])
def test_words_stay_as_they_are(words: str) -> None:
    assert harmless(words) == words


def test_what_is_written_is_read_back_cell_by_cell() -> None:
    table = written(["Wörter", "Zeichen"], [[words, "✓"] for words in PAYLOADS])
    assert table.startswith("\ufeff")
    rows = list(csv.reader(StringIO(table.removeprefix("\ufeff"), newline="")))
    assert rows == [["Wörter", "Zeichen"], *([harmless(words), "✓"] for words in PAYLOADS)]


def test_each_row_for_everybody_says_who_answers_for_it_and_that_it_is_made_up(app: Flask) -> None:
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"imprint": "Published by A. Nobody"})
    head, row = csv.reader(StringIO(published(["Plank"], [["P1"]]).removeprefix("\ufeff")))
    assert head == ["Plank", "Imprint", "Demonstration"]
    assert row == [
        "P1",
        "Published by A. Nobody",
        "This is a demonstration: its members, votes and decisions are invented.",
    ]
