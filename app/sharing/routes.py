"""Share cards, the card for other sites, the page that offers both, and what search engines are told."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app.models import Plank
from app.planks import queries as planks
from app.sharing import cards, embedding, presenters, queries, robots, sitemap
from app.sharing.queries import CardAsked
from app.web.guard import guarded
from policies.groups import group_named
from policies.permissions import Permission

pages = Blueprint("sharing", __name__)


@pages.get("/planks/<plank_ref:ref>/share")
@guarded(Permission.PLANK_READ, load=queries.public_plank)
def share(plank: Plank) -> ResponseReturnValue:
    """A plank's feeds, its picture, and the words to embed it with."""
    return render_template("sharing/share.html", page=presenters.share_page(plank))


@pages.get("/embed/planks/<plank_ref:ref>")
@guarded(Permission.PLANK_READ, load=queries.public_plank)
def embed(plank: Plank) -> ResponseReturnValue:
    """The plank as a card that listed sites may frame."""
    return embedding.embedded(plank)


@pages.get("/cards/site/<digest>.png")
@guarded(Permission.SITE_READ)
def site_card(digest: str) -> ResponseReturnValue:
    """The platform's share card."""
    return cards.answer(cards.of_site(), digest, "sharing.site_card")


@pages.get("/cards/themes/<slug>/<digest>.png")
@guarded(Permission.SITE_READ)
def theme_card(slug: str, digest: str) -> ResponseReturnValue:
    """A theme's share card."""
    return cards.answer(cards.of_theme(planks.theme(slug)), digest, "sharing.theme_card", slug=slug)


@pages.get("/cards/groups/<group>/<digest>.png")
@guarded(Permission.SITE_READ)
def group_card(group: str, digest: str) -> ResponseReturnValue:
    """A group's share card."""
    return cards.answer(cards.of_group(group_named(group)), digest, "sharing.group_card", group=group)


@pages.get("/cards/planks/<plank_ref:ref>/<digest>.png")
@guarded(Permission.PLANK_READ, load=queries.card_of_plank)
def plank_card(asked: CardAsked) -> ResponseReturnValue:
    """A plank's share card, of the version the public reads."""
    card = cards.of_plank(asked.plank, asked.version)
    return cards.answer(card, asked.digest, "sharing.plank_card", ref=asked.plank.ref)


@pages.get("/cards/planks/<plank_ref:ref>/v<version_name:name>/<digest>.png")
@guarded(Permission.PLANK_READ, load=queries.card_of_version)
def version_card(asked: CardAsked) -> ResponseReturnValue:
    """A version's share card."""
    card, name = cards.of_version(asked.plank, asked.version), asked.version.name
    return cards.answer(card, asked.digest, "sharing.version_card", ref=asked.plank.ref, name=name)


@pages.get("/sitemap.xml")
@guarded(Permission.SITE_READ)
def sitemap_whole() -> ResponseReturnValue:
    """Every public page, or the list of lists of them."""
    return Response(sitemap.whole(), content_type="application/xml; charset=utf-8")


@pages.get("/sitemaps/<number:number>.xml")
@guarded(Permission.SITE_READ)
def sitemap_part(number: int) -> ResponseReturnValue:
    """One of the lists, where there are several."""
    return Response(sitemap.part(number), content_type="application/xml; charset=utf-8")


@pages.get("/robots.txt")
@guarded(Permission.SITE_READ)
def robots_file() -> ResponseReturnValue:
    """What programs that read the whole web are asked to leave alone."""
    return Response(robots.written(), content_type="text/plain; charset=utf-8")
