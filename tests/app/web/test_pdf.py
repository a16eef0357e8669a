"""A PDF is tagged, carries its own fonts, and reaches for nothing elsewhere."""

import io
import logging

import pytest
from pypdf import PdfReader

from app.web import pdf

pytestmark = pytest.mark.skipif(not pdf.can_be_made(), reason="Pango is not on this machine: see docs/operations.md")

PAGE = """<!doctype html><html lang="en-GB"><head><title>Homes</title>
<style>@font-face {{ font-family: Page; src: url(paper:SourceSansPro-Regular.ttf) }}
body {{ font-family: Page }}</style>
</head><body><h1>Homes</h1><p>Build homes to rent.</p>{more}</body></html>"""


def test_a_pdf_is_tagged_and_carries_its_font() -> None:
    made = PdfReader(io.BytesIO(pdf.pdf_of(PAGE.format(more='<img src="paper:favicon.svg" alt="The mark">'))))
    assert "Build homes to rent." in made.pages[0].extract_text()
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"] == "en-GB"
    fonts = [str(font.get_object()["/BaseFont"]) for font in made.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    assert all("+Page" in font for font in fonts)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "paper:../secret", "data:,x"])
def test_nothing_is_fetched_from_elsewhere(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "weasyprint"):
        pdf.pdf_of(PAGE.format(more=f'<img src="{address}" alt="A picture">'))
    assert "fetches nothing from elsewhere" in caplog.text
