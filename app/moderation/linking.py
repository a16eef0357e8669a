"""Wherever a hidden text is read, the case that its note names is one click away.

The note stands in the place of the words, in titles, lists, tables, texts with line numbers, beside stances. So the
link is made once, where a page is done: of words alone, never inside a tag, a form's field or another link.
"""

import re
from collections.abc import Iterator

from flask import Flask, Response, request, url_for

from policies.moderation import NOTED

_NOTE = tuple(words.encode() for words in NOTED)
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
_CASE = re.compile(r"\bCase ([a-z][a-z0-9]{11})(?=\.)")
# Where a key is alone, the word before it stands before a mark of a line.
_KEY = re.compile(r"^([a-z][a-z0-9]{11})(?=\.)")
# The case that a note names is the first after its beginning. Other words that look like one are somebody's text.
_NOTED = re.compile(
    rf"(?:{'|'.join(NOTED)})(?:(?!{'|'.join(NOTED)}).){{0,700}}?\bCase\s+([a-z][a-z0-9]{{11}})\.", re.DOTALL
)
_NO_PLACE_FOR_LINKS = frozenset({"a", "button", "label", "option", "script", "style", "svg", "textarea", "title"})
# What other sites frame leads out of its frame by links of its own.
_FRAMED = "sharing.embed"


def init_app(app: Flask) -> None:
    """Have pages link their notes."""
    app.after_request(link_notes)


def link_notes(response: Response) -> Response:
    """The same page, its notes linked to their cases."""
    if response.mimetype != "text/html" or response.is_streamed or response.direct_passthrough:
        return response
    if (request.endpoint or "").startswith(_FRAMED) or not any(note in response.get_data() for note in _NOTE):
        return response
    response.set_data("".join(_linked(response.get_data(as_text=True))))
    return response


def _linked(page: str) -> Iterator[str]:
    keys = frozenset(_NOTED.findall(_TAG.sub("", page)))
    inside: list[str] = []
    before = ""
    for part in _TAG.split(page):
        if part.startswith("<"):
            _follow(part, inside)
        elif not inside:
            pattern = _KEY if before.endswith("Case") else _CASE
            linked = pattern.sub(lambda found: _link(found) if found[1] in keys else found[0], part)
            before = part.rstrip() or before
            yield linked
            continue
        yield part


def _follow(tag: str, inside: list[str]) -> None:
    """Keep count of what a tag begins or ends."""
    found = _NAME.match(tag)
    if found is None or found[1] not in _NO_PLACE_FOR_LINKS or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        inside.append(found[1])
    elif found[1] in inside:
        inside.remove(found[1])


def _link(found: re.Match[str]) -> str:
    return f'<a href="{url_for("moderation.show", key=found[1])}">{found[0]}</a>'
