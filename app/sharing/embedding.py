"""A plank's card on other sites: what it shows, who may show it, and the words to copy."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from app.config import Settings
from app.models import Plank
from app.platform import queries as platform
from app.platform.addresses import plank_url, version_url
from app.platform.versions import ShownVersion, has_level, shown_version
from app.web.addresses import whole_url
from policies.planks import ENDED_STAGES

# Wide enough for three cells side by side; below NARROWEST they stand under one another.
WIDTH, HEIGHT, NARROWEST = 600, 380, 280
TALLEST = 620
SNIPPET = (
    '<iframe src="{url}" title="{title}" width="{width}" height="{height}" loading="lazy"'
    ' sandbox="allow-popups allow-popups-to-escape-sandbox" style="border: 0; max-width: 100%"></iframe>'
)


@dataclass(frozen=True)
class EmbeddedPlank:
    """The card: words, version, date, what each group decided; and of a plank that ended that it has, and why."""

    plank: Plank
    shown: ShownVersion
    has_level: bool
    ended: str
    url: str
    version_url: str


@dataclass(frozen=True)
class EmbedPage:
    """What to copy, and the sites that may show it."""

    plank: Plank
    snippet: str
    url: str
    origins: Sequence[str]
    width: int = WIDTH
    height: int = HEIGHT
    narrowest: int = NARROWEST
    tallest: int = TALLEST


def embedded(plank: Plank) -> ResponseReturnValue:
    """The card as a page of its own that other sites may frame, if they are listed."""
    response = Response(render_template("sharing/embed.html", card=_card(plank)))
    response.headers["Content-Security-Policy"] = policy(_origins())
    # The same for everybody, so that it sets no cookie either; a browser asks again each time whether it still holds.
    response.cache_control.public, response.cache_control.no_cache = True, True
    return response


def policy(origins: Sequence[str]) -> str:
    """What the card may do, and where: no script, no form, nothing from elsewhere, and framed by listed sites alone."""
    ancestors = " ".join(origins) or "'none'"
    return f"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"


def embed_page(plank: Plank) -> EmbedPage:
    """The words to copy: no script, and a frame that may do nothing but open links."""
    url = whole_url("sharing.embed", ref=plank.ref)
    title = f"{plank.name} of the Common Platform: what three Compass groups decided"
    snippet = SNIPPET.format(url=url, title=title, width=WIDTH, height=HEIGHT)
    return EmbedPage(plank, snippet, url, _origins())


def _card(plank: Plank) -> EmbeddedPlank:
    stances, version = platform.stances_on(plank), plank.shown_version
    assert version is not None
    return EmbeddedPlank(
        plank=plank,
        shown=shown_version(plank, version, stances.get(version.id, {})),
        has_level=has_level(plank, stances),
        ended=f"This plank is {plank.stage.words}." if plank.stage in ENDED_STAGES else "",
        url=plank_url(plank),
        version_url=version_url(plank, version.name),
    )


def _origins() -> Sequence[str]:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.embedding_origins
