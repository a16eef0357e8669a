"""What programs that read the whole web are asked to leave alone: what is somebody's own, and answers to questions."""

from flask import url_for

from app.web.addresses import site_url

CLOSED = (
    "/account",
    "/cases",
    "/clerk",
    "/clock",
    "/complaints",
    "/delegations",
    "/editorial",
    "/invitations",
    "/notices",
    "/offers",
    "/operator",
    "/outbox",
    "/prove",
    "/report",
    "/search",
    "/sign-in",
    "/to-do",
    "/unsubscribe",
)


def written() -> str:
    """The whole file."""
    closed = "\n".join(f"Disallow: {path}" for path in CLOSED)
    return f"User-agent: *\n{closed}\n\nSitemap: {site_url()}{url_for('sharing.sitemap_whole')}\n"
