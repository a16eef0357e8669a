"""One unit as a reader sees it: inline HTML, or the bare words.

Only emphasis, strong, line breaks, links to the web or to a mail address, and footnote marks become markup; everything
else is escaped. The web layer passes the result through its sanitiser all the same.
"""

from collections.abc import Collection, Iterator
from html import escape
from urllib.parse import quote

from markdown_it.token import Token

from policies.text.parser import inline_tokens

_LINKED_SCHEMES = ("http://", "https://", "mailto:")
_MARKUP = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}


def inline_html(markdown: str, footnotes: Collection[str] | None = None) -> str:
    """The inline HTML of one unit.

    A link with another target than http, https or mailto shows its words only. Where `footnotes` (the labels that are
    defined in the text) is given, a mark that refers to no footnote is shown as text; without it every mark is linked.
    """
    return "".join(_html_pieces(inline_tokens(markdown), footnotes))


def _html_pieces(tokens: list[Token], footnotes: Collection[str] | None) -> Iterator[str]:
    inside_link = False
    for position, token in enumerate(tokens):
        if token.type == "link_open":
            inside_link = is_linked(target(token))
            if inside_link:
                yield f'<a href="{escape(target(token))}">'
            if tokens[position + 1].type == "link_close":
                yield escape(target(token))
        elif token.type == "link_close":
            yield "</a>" if inside_link else ""
            inside_link = False
        elif token.type == "footnote_ref":
            label = token.meta["label"]
            is_defined = footnotes is None or label in footnotes
            yield _footnote_mark(label) if is_defined else escape(f"[^{label}]")
        else:
            yield _MARKUP.get(token.type, escape(token.content))


def _footnote_mark(label: str) -> str:
    return f'<sup><a href="#{escape(footnote_id(label))}">[{escape(label)}]</a></sup>'


def footnote_id(label: str) -> str:
    """The id that a footnote with this label has on the page, as its marks link to it."""
    return "fn-" + quote(label, safe="", errors="replace")


def target(token: Token) -> str:
    """Where a link leads, as it was written."""
    return str(token.attrGet("href") or "")


def targets(markdown: str) -> list[str]:
    """Where the links of one unit lead."""
    return [target(token) for token in inline_tokens(markdown) if token.type == "link_open"]


def is_linked(address: str) -> bool:
    """Whether an address may become a link: the web and mail only, so no script and no page that is not there."""
    return address.lower().startswith(_LINKED_SCHEMES)


def plain(markdown: str) -> str:
    """The words of one unit: no marks, no link targets, no footnote marks; each run of white space is one space."""
    return _folded("" if token.type == "footnote_ref" else token_text(token) for token in inline_tokens(markdown))


def plain_with_marks(markdown: str, targets: bool = False) -> str:
    """The words of one unit with its footnote marks as `[label]` and, where asked for, link targets in brackets."""
    return _folded(_marked(inline_tokens(markdown), targets))


def _marked(tokens: list[Token], targets: bool) -> Iterator[str]:
    address = ""
    for token in tokens:
        if token.type == "footnote_ref":
            yield f"[{token.meta['label']}]"
        elif token.type == "link_open":
            address = target(token)
        elif token.type == "link_close":
            yield f" ({address})" if targets else ""
        else:
            yield token_text(token)


def token_text(token: Token) -> str:
    """What a token adds to the words: its text, a space for a line break, nothing for a mark."""
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _folded(pieces: Iterator[str]) -> str:
    return " ".join("".join(pieces).split())
