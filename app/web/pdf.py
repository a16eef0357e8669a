"""A page as a PDF: tagged, in fonts that come with the service, and fetching nothing from anywhere."""

from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import font_source_serif_pro

from policies.errors import RuleBroken

STATIC = Path(__file__).resolve().parent.parent / "static"
# What a page may name as `paper:NAME`, in its own style sheet or as a picture. Nothing else is read, here or elsewhere.
FONTS = {
    f"{Path(font.__file__).parent}/files/{face}-{weight}.ttf": f"{face}-{weight}.ttf"
    for font, face in ((font_source_sans_pro, "SourceSansPro"), (font_source_serif_pro, "SourceSerifPro"))
    for weight in ("Regular", "It", "Semibold", "Bold")
}
CANNOT = "PDFs cannot be made on this machine. Print the page instead: it is laid out for paper too."


class PdfUnavailable(RuleBroken):
    """The libraries that lay out type are not on this machine: `flask check` and docs/operations.md say which."""


@cache
def can_be_made() -> bool:
    """Whether this machine has what WeasyPrint lays out type with (Pango, which no Python package brings)."""
    try:
        import weasyprint  # noqa: F401 - a second to import, and only the makers of PDFs need it
    except OSError:
        return False
    return True


def pdf_of(html: str) -> bytes:
    """The whole document `html` as a tagged PDF that aims at PDF/UA-1; raises PdfUnavailable where none can be made.

    Its style sheets and pictures stand in the document itself, or are named as `paper:SourceSansPro-Regular.ttf` (the
    fonts of the packages) and `paper:NAME.svg` (a file of `static/img`). Seconds for long ones: let the worker do it.
    """
    if not can_be_made():
        raise PdfUnavailable(CANNOT)
    import weasyprint

    made: bytes = weasyprint.HTML(string=html, url_fetcher=_fetcher()).write_pdf(pdf_variant="pdf/ua-1")
    return made


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    known = {f"paper:{name}": Path(path) for path, name in FONTS.items()}
    known |= {f"paper:{path.name}": path for path in (STATIC / "img").glob("*.svg")}

    class OnlyOurs(URLFetcher):
        """Gives the files of the service by name, and refuses every other address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in known:
                raise ValueError(f"A PDF fetches nothing from elsewhere: {url[:100]}")
            return URLFetcherResponse(url, body=known[url].read_bytes())

    return OnlyOurs()
