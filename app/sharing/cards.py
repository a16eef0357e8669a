"""The card of each thing: its facts, read for whoever asks for the picture, and the address that a page gives it."""

from typing import Any

from flask import Response, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.config import Settings
from app.groups import decisions
from app.groups.presenters import backs_in_words
from app.models import Plank, Theme, Version
from app.platform import queries as platform
from app.platform.addresses import plank_url, version_url
from app.platform.versions import has_level, shown_version
from app.sharing import drawing, facts, queries
from app.sharing.facts import CardFacts, Issuer
from app.web.imprint import imprint
from policies.groups import Group

# A day: at its address a picture never changes, but it may hold words that clerks hide, and then it must not stay.
A_DAY = 86_400


def issuer(*, is_demonstration: bool) -> Issuer:
    """This site."""
    settings: Settings = current_app.config["SETTINGS"]
    return Issuer(settings.site_url, imprint(), is_demonstration)


def of_site() -> CardFacts:
    """The platform's own card."""
    return facts.of_site(_issuer())


def of_plank(plank: Plank, version: Version) -> CardFacts:
    """A plank's card, as its address is that of the plank."""
    return _of_version(plank, version, plank_url(plank))


def of_version(plank: Plank, version: Version) -> CardFacts:
    """A version's card, which leads to that version for ever."""
    return _of_version(plank, version, version_url(plank, version.name))


def of_theme(theme: Theme) -> CardFacts:
    """A theme's card."""
    return facts.of_theme(theme, queries.planks_of(theme), url_for("platform.theme", slug=theme.slug), _issuer())


def of_group(group: Group) -> CardFacts:
    """A group's card, with the sentence of its page."""
    lists = decisions.lists()
    backs = backs_in_words(lists.counts(group.key), lists.paused.get(group.key, 0))
    return facts.of_group(group, backs, url_for("groups.show", group=group.key), _issuer())


def answer(card: CardFacts, digest: str, endpoint: str, **values: Any) -> ResponseReturnValue:
    """The picture; an address of what it showed once leads to what it shows now."""
    if digest != card.digest:
        return redirect(url_for(endpoint, digest=card.digest, **values), 302)
    response = Response(drawing.png(card), content_type="image/png")
    response.cache_control.public, response.cache_control.max_age = True, A_DAY
    response.cache_control.immutable = True
    return response


def _of_version(plank: Plank, version: Version, path: str) -> CardFacts:
    stances = platform.stances_on(plank)
    shown = shown_version(plank, version, stances.get(version.id, {}))
    return facts.of_version(plank, shown, path, _issuer(), has_level=has_level(plank, stances))


def _issuer() -> Issuer:
    return issuer(is_demonstration=clock.is_demonstration())
