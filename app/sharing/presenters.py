"""The page on which a plank's feeds, its picture and its embed are found."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.feeds import following
from app.models import Plank
from app.sharing import cards, embedding
from app.sharing.embedding import EmbedPage
from app.web.addresses import whole_url


@dataclass(frozen=True)
class SharePage:
    """Whole addresses, to be copied; the picture also in words."""

    plank: Plank
    version: str
    plank_url: str
    version_url: str
    picture: str
    alt: str
    feeds: following.Row
    embed: EmbedPage
    feeds_head: Sequence[str]


def share_page(plank: Plank) -> SharePage:
    """The same few queries for every plank."""
    version = plank.shown_version
    assert version is not None
    card = cards.of_plank(plank, version)
    return SharePage(
        plank=plank,
        version=version.name,
        plank_url=whole_url("platform.plank", ref=plank.ref),
        version_url=whole_url("platform.version", ref=plank.ref, name=version.name),
        picture=whole_url("sharing.plank_card", ref=plank.ref, digest=card.digest),
        alt=card.alt,
        feeds=following.row(f"{plank.name}", "plank", ref=plank.ref),
        embed=embedding.embed_page(plank),
        feeds_head=following.HEAD,
    )
