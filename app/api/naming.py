"""How answers name things: groups with their disclaimer, planks, versions and rounds with their addresses."""

from datetime import datetime
from typing import Any

from flask import current_app, url_for

from app import clock
from app.config import Settings
from app.models import Mp, Plank, Round, Version
from app.web.imprint import imprint
from policies.groups import GROUPS, Group, group_named

Told = dict[str, Any]
DISCLAIMER = " ".join(["Compass groups, not parties.", *(f"The {one.title} is {one.disclaimer}." for one in GROUPS)])


def about() -> Told:
    """What goes with every answer and every file."""
    settings: Settings = current_app.config["SETTINGS"]
    return {
        "disclaimer": DISCLAIMER,
        "imprint": imprint(),
        "licence": settings.content_licence,
        "demonstration": clock.is_demonstration(),
    }


def whole(address: str) -> str:
    """An address of this site, which begins with a slash, with the site's name before it."""
    settings: Settings = current_app.config["SETTINGS"]
    return f"{settings.site_origin}{address}"


def url_of(endpoint: str, **values: Any) -> str:
    """The whole address of a page."""
    return whole(url_for(endpoint, **values))


def group(key: str) -> Told:
    """A group beside what it decided."""
    return named(group_named(key))


def named(found: Group) -> Told:
    """The same of a group that is at hand."""
    return {"key": found.key, "name": found.full_title}


def plank(found: Plank) -> Told:
    """A plank that has a number."""
    page, here = (url_of(endpoint, ref=found.ref) for endpoint in ("platform.plank", "api.plank"))
    return {"number": found.number, "name": found.name, "url": page, "api": here}


def version(found: Version, of: Plank) -> Told:
    """An exact text of a plank."""
    page, here = (url_of(endpoint, ref=of.ref, name=found.name) for endpoint in ("platform.version", "api.version"))
    return {"name": found.name, "title": found.title, "sha256": found.sha256, "url": page, "api": here}


def round_of(found: Round) -> Told:
    """A round by its number."""
    page, here = (url_of(endpoint, number=found.number) for endpoint in ("ballots.show", "api.round_asked"))
    return {"number": found.number, "name": found.name, "url": page, "api": here}


def mp(found: Mp) -> Told:
    """An MP."""
    return {"number": found.id, "name": found.name, "url": url_of("mps.show", number=found.id)}


def moment(at: datetime | None) -> datetime | None:
    """A moment as answers have it: to the second, which is as far as anybody needs to know."""
    return None if at is None else at.replace(microsecond=0)
