"""A workbook holds words and nothing else: no formula, no number, no link, whatever stands in a cell."""

import io
import re
import zipfile
from datetime import UTC, datetime

from app.papers.exports import workbook

FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1+1",
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "{=1+1}",
    "https://example.org",
    "12",
    "2026-05-03",
    "<b>&amp;",
    "",
]


def test_no_cell_is_anything_but_words() -> None:
    made = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
    rows = [[one, "harmless"] for one in [*FORMULAS, "x" * 40_000, "bell \x07"]]
    content = workbook("Where: we/stand?", ["=Head", "Second"], rows, ["=About it"], made)
    assert content == workbook("Where: we/stand?", ["=Head", "Second"], rows, ["=About it"], made)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheets = parts["xl/worksheets/sheet1.xml"] + parts["xl/worksheets/sheet2.xml"]
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets
    assert set(re.findall(r'<c r="[A-Z]+\d+"[^>]*?(?: t="(\w+)")?(?:/>|><)', sheets)) <= {"s", ""}
    assert 'orientation="landscape"' in sheets
    assert "Compass groups are not parties." in sheets
    assert "_xlnm.Print_Titles" in parts["xl/workbook.xml"]
    assert "quotePrefix" in parts["xl/styles.xml"]
    assert "=HYPERLINK(" in parts["xl/sharedStrings.xml"]
    assert "<dc:creator></dc:creator>" in parts["docProps/core.xml"]
    assert parts["xl/sharedStrings.xml"].count("x" * 32_000 + "…") == 1
