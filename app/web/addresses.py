"""Whole addresses of this site, for letters, feeds and files: they must work wherever they are read."""

from flask import current_app

from app.config import Settings


def site_url() -> str:
    """The address people use, without a slash at its end."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.site_url


def whole_url(endpoint: str, **values: object) -> str:
    """The address of a page, in a request or outside of one."""
    return site_url() + current_app.url_map.bind("").build(endpoint, values)
