"""Text is text: units of a version as HTML that a sanitiser has passed, made once when the version is saved."""

from collections.abc import Iterable

import nh3

from policies.text.render import inline_html
from policies.text.units import Unit

TAGS = {"em", "strong", "a", "br", "sup"}
SCHEMES = {"http", "https", "mailto"}


def rendered(units: Iterable[Unit]) -> dict[str, str]:
    """Sanitised inline HTML by unit id."""
    return {unit.unit_id: sanitised(inline_html(unit.markdown)) for unit in units}


def sanitised(html: str) -> str:
    """`html` with nothing but the few inline tags of plank texts, and links to the web or mail only."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )
