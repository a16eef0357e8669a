"""What a page tells machines of itself in its head: a description, its one address, its card, its feeds, its work.

Of pages that only some may read, and of what is only a view of another page, nothing but that it is not to be kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from jinja2 import pass_context
from jinja2.runtime import Context

from app.endorsements.presenters import opening_words
from app.models import Plank
from app.platform.addresses import plank_url, version_url
from app.platform.versions import ShownVersion
from app.sharing import cards, facts
from app.sharing.facts import CardFacts, Issuer
from app.web.addresses import site_url
from policies.permissions import Permission

# Pages guarded with these are everybody's.
PUBLIC = frozenset(
    {
        Permission.SITE_READ,
        Permission.PLANK_READ,
        Permission.AMENDMENT_READ,
        Permission.GROUP_READ,
        Permission.ROUND_READ,
        Permission.RULING_READ,
        Permission.MP_READ,
    }
)
# Forms for whoever wants to take part, which are to be found as well.
WELCOMING = frozenset({"joining.choose", "interest.register"})
# Public, but answers to a question, or another page's words in another form.
NOT_KEPT = frozenset(
    {
        "search.results",
        "platform.compare",
        "platform.unit",
        "platform.motion",
        "platform.amendment_motion",
        "platform.spoken",
        "groups.compare",
        "sharing.share",
    }
)
# What an address may ask that makes a plank's page another; whatever else is asked only sorts or narrows a page.
VIEWS_OF_PLANK = ("view", "text")


@dataclass(frozen=True)
class FeedLink:
    """A feed of what the page is about."""

    title: str
    media_type: str
    url: str


@dataclass(frozen=True)
class Work:
    """The text on the page as a work of its own (schema.org): which version, from when, part of what. Nobody's name."""

    name: str
    version: str
    published: str
    url: str
    theme: str
    sha256: str


@dataclass(frozen=True)
class Head:
    """All of it; addresses are whole where they are read elsewhere."""

    description: str
    canonical: str
    image: str
    alt: str
    title: str = ""
    kind: str = "website"
    feeds: Sequence[FeedLink] = ()
    work: Work | None = None


def init_app(app: Flask) -> None:
    """Give the layout of all pages `head_of_page()`."""
    app.jinja_env.globals["head_of_page"] = head_of_page


@pass_context
def head_of_page(context: Context) -> Head | None:
    """The head of the page being written; none where it is not for everybody. It asks the database nothing."""
    endpoint = request.endpoint or ""
    permission = getattr(current_app.view_functions.get(endpoint), "permission", None)
    is_refusal = (context.name or "").startswith("errors/")
    is_public = permission in PUBLIC or endpoint in WELCOMING
    if not is_public or endpoint in NOT_KEPT or request.method != "GET" or is_refusal:
        return None
    issuer = cards.issuer(is_demonstration=context["site"].is_demonstration)
    describe = DESCRIBED.get(endpoint)
    return _of_site(issuer) if describe is None else describe(context.get_all(), issuer)


def _of_plank(context: Mapping[str, Any], issuer: Issuer) -> Head | None:
    page = context["page"]
    plank: Plank = page.plank
    if plank.number is None:
        return None
    path = version_url(plank, page.shown.version.name) if page.is_working_text else plank_url(plank)
    card = facts.of_version(plank, page.shown, path, issuer, has_level=page.has_level)
    values: dict[str, Any] = {"ref": plank.ref, "digest": card.digest}
    if page.is_working_text:
        image = url_for("sharing.version_card", name=page.shown.version.name, **values)
    else:
        image = url_for("sharing.plank_card", **values)
    return _of_text(plank, page.shown, card, image)


def _of_version(context: Mapping[str, Any], issuer: Issuer) -> Head | None:
    page = context["page"]
    plank: Plank = page.plank
    if plank.number is None:
        return None
    name = page.shown.version.name
    card = facts.of_version(plank, page.shown, version_url(plank, name), issuer, has_level=page.has_level)
    image = url_for("sharing.version_card", ref=plank.ref, name=name, digest=card.digest)
    return _of_text(plank, page.shown, card, image)


def _of_text(plank: Plank, shown: ShownVersion, card: CardFacts, image: str) -> Head:
    version = shown.version
    return Head(
        description=facts.description(card, opening_words(version.text)),
        canonical=_canonical(),
        image=_whole(image),
        alt=card.alt,
        title=f"{plank.name}: {version.title}",
        kind="article",
        feeds=_feeds(f"{plank.name} “{plank.title}”", "plank", ref=plank.ref),
        work=Work(
            name=version.title,
            version=version.name,
            published=version.created_at.isoformat(),
            url=version_url(plank, version.name),
            theme=plank.theme.name,
            sha256=version.sha256,
        ),
    )


def _of_theme(context: Mapping[str, Any], issuer: Issuer) -> Head:
    theme, path = context["theme"], url_for("platform.theme", slug=context["theme"].slug)
    card = facts.of_theme(theme, context["listed"].ways[0].planks, path, issuer)
    image = url_for("sharing.theme_card", slug=theme.slug, digest=card.digest)
    feeds = _feeds(theme.name, "theme", slug=theme.slug)
    return Head(f"{theme.name}: {card.remark}", _canonical(), _whole(image), card.alt, feeds=feeds)


def _of_group(context: Mapping[str, Any], issuer: Issuer) -> Head:
    page = context["page"]
    card = facts.of_group(page.group, page.backs, url_for("groups.show", group=page.group.key), issuer)
    image = url_for("sharing.group_card", group=page.group.key, digest=card.digest)
    feeds = _feeds(f"decisions of the {page.group.full_title}", "group", group=page.group.key)
    words = f"{page.group.full_title}. {page.backs}"
    return Head(words, _canonical(), _whole(image), card.alt, feeds=feeds)


def _of_site(issuer: Issuer) -> Head:
    card = facts.of_site(issuer)
    return Head(card.remark, _canonical(), _whole(url_for("sharing.site_card", digest=card.digest)), card.alt)


DESCRIBED: Mapping[str, Callable[[Mapping[str, Any], Issuer], Head | None]] = {
    "platform.plank": _of_plank,
    "platform.version": _of_version,
    "platform.theme": _of_theme,
    "groups.show": _of_group,
}


def _feeds(title: str, scope: str, **values: Any) -> list[FeedLink]:
    forms = (("atom", "application/atom+xml"), ("json", "application/feed+json"))
    return [FeedLink(title, kind, url_for(f"feeds.{scope}_{form}", **values)) for form, kind in forms]


def _canonical() -> str:
    """The page's one address, whatever else was asked of it."""
    of_plank = VIEWS_OF_PLANK if request.endpoint == "platform.plank" else ()
    asked = {name: request.args[name] for name in of_plank if name in request.args}
    page = request.args.get("page", type=int)
    told = {**(request.view_args or {}), **asked, **({"page": page} if page and page > 1 else {})}
    return _whole(url_for(str(request.endpoint), **told))


def _whole(path: str) -> str:
    return f"{site_url()}{path}"
