"""The look in a few files, read once at start: every style sheet in one, every script in another, and the fonts."""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

STATIC = Path(__file__).resolve().parent.parent / "static"
FIRST_SHEETS = ("tokens.css", "base.css")
LAST_SHEETS = ("print.css",)
# What this sheet says of the root holds in large print and on paper: joined once for each.
TWICE, IN_LARGE_PRINT, ON_PAPER = "black_on_white.css", "html.large-print", "@media print {{\n{}}}\n"
FACE_OF_NONE = re.compile(r"@font-face \{[^}]*\.\./static/fonts/[^}]*\}\n?")
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One joined file as it is served: its bytes, and an address that changes whenever they do."""

    content: bytes
    packed: bytes
    """The same, compressed once: a first visit must stay small."""
    digest: str
    path: str
    media_type: str


def init_app(app: Flask) -> None:
    """Join the files once and serve them at addresses that may be kept for ever, since they name their content."""
    fonts = {path.name: _font(path) for path in sorted((STATIC / "fonts").glob("*.woff2"))}
    stylesheet = _asset(_joined_styles(STATIC / "css", fonts), "css", "text/css; charset=utf-8")
    script = _asset(_joined_scripts(STATIC / "js"), "js", "text/javascript; charset=utf-8")
    app.extensions["look"] = {"stylesheet": stylesheet, "script": script, **fonts}
    app.add_url_rule("/assets/site-<digest>.css", "assets.stylesheet", _view_of(stylesheet))
    app.add_url_rule("/assets/site-<digest>.js", "assets.script", _view_of(script))
    app.add_url_rule("/assets/<name>.woff2", "assets.font", _fonts_view(fonts.values()))


def stylesheet_url(app: Flask) -> str:
    """The address of the one style sheet."""
    stylesheet: Asset = app.extensions["look"]["stylesheet"]
    return stylesheet.path


def script_url(app: Flask) -> str:
    """The address of the one script."""
    script: Asset = app.extensions["look"]["script"]
    return script.path


def font_urls(app: Flask) -> list[str]:
    """The addresses of the fonts, so that a page can ask for them before its style sheet is read."""
    return [asset.path for name, asset in app.extensions["look"].items() if name.endswith(".woff2")]


def _fonts_view(fonts: Iterable[Asset]) -> Callable[[str], Response]:
    by_path = {font.path: font for font in fonts}

    def view(name: str) -> Response:
        if request.path not in by_path:
            raise NotFound
        return _answer(by_path[request.path])

    view.public_asset = True  # type: ignore[attr-defined]
    return view


def _view_of(asset: Asset) -> Callable[[str], Response]:
    def view(digest: str) -> Response:
        if digest != asset.digest:
            raise NotFound
        return _answer(asset)

    view.public_asset = True  # type: ignore[attr-defined]
    return view


def _answer(asset: Asset) -> Response:
    packs = asset.packed != asset.content and bool(request.accept_encodings["gzip"])
    response = Response(asset.packed if packs else asset.content, content_type=asset.media_type)
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = A_YEAR
    return response


def _asset(text: str, suffix: str, media_type: str) -> Asset:
    content = text.encode("utf-8")
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(content, gzip.compress(content, mtime=0), digest, f"/assets/site-{digest}.{suffix}", media_type)


def _font(path: Path) -> Asset:
    """A font is packed already."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(content, content, digest, f"/assets/{path.stem}-{digest}.woff2", "font/woff2")


def _joined_styles(folder: Path, fonts: Mapping[str, Asset]) -> str:
    """The reasons beside the rules are for who reads the code; a font is named by the address it is served at."""
    apart = {*FIRST_SHEETS, *LAST_SHEETS, TWICE}
    components = sorted(path.name for path in folder.glob("*.css") if path.name not in apart)
    first, middle, last = (
        [(folder / name).read_text("utf-8") for name in names] for names in (FIRST_SHEETS, components, LAST_SHEETS)
    )
    twice = (folder / TWICE).read_text("utf-8")
    sheets = [*first, twice.replace(":root", IN_LARGE_PRINT), *middle, ON_PAPER.format(twice), *last]
    joined = COMMENT.sub("", "\n".join(sheets))
    for name, font in fonts.items():
        joined = joined.replace(f"../static/fonts/{name}", font.path)
    # Where set-up has cut no fonts, pages stand in those of the reader's machine.
    return FACE_OF_NONE.sub("", joined)


def _joined_scripts(folder: Path) -> str:
    """Each file becomes a closed function, so that no name of one is seen by another or by the page."""
    return "\n".join(
        f'(() => {{\n"use strict";\n{path.read_text("utf-8")}}})();' for path in sorted(folder.glob("*.js"))
    )
