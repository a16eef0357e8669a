"""Writing a letter from its template: the first line is its subject, the rest what it says."""

import re
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template

from app.config import Settings
from app.web.imprint import imprint
from policies.groups import GROUPS

_SUBJECT = "Subject: "
_MANY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Letter:
    """A subject that tells nobody over a shoulder what it is about, and plain text."""

    name: str
    subject: str
    body: str


def written(name: str, **values: Any) -> Letter:
    """The letter called `name`, with its values filled in; its links are whole addresses of this site."""
    settings: Settings = current_app.config["SETTINGS"]
    text = render_template(f"emails/{name}.txt", site_url=settings.site_url, groups=GROUPS, imprint=imprint(), **values)
    first, _, rest = text.partition("\n")
    body = _MANY_LINES.sub("\n\n", rest).strip() + "\n"
    return Letter(name, first.removeprefix(_SUBJECT).strip(), body)
