"""The subset of Markdown that planks are written in, and nothing else.

Headings with `#`, paragraphs, nested lists, quotes, emphasis, strong, links and footnotes. Everything else — HTML,
code, images, tables, rules, underlined headings — is not markup here: it is shown as the text it is. So is a block
inside a block of another kind (a quote in a list item, a list in a quote or footnote): a unit has one place, one kind.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, heading, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

BlockRule = Callable[[StateBlock, int, int, bool], bool]

# Each list takes two levels of the parser; six lists in one another are more than anybody can read.
DEEPEST_LEVEL = 12
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]{1,100}\]")
_INTERRUPTS = ["paragraph", "reference", "blockquote"]


def _confined(rule: BlockRule, container: str, nests_in_itself: bool) -> BlockRule:
    """The same rule, at the top of the text and, where it nests, inside its own kind only.

    A line that stands to the left of the block being read is outside that block, so there the rule may end it.
    """

    def confined_rule(state: StateBlock, first: int, end: int, silent: bool) -> bool:
        if state.level == 0:
            if not silent:
                state.env["container"] = container
            return rule(state, first, end, silent)
        if state.sCount[first] < state.blkIndent:
            return rule(state, first, end, silent)
        if not nests_in_itself or state.level >= DEEPEST_LEVEL or state.env["container"] != container:
            return False
        return rule(state, first, end, silent)

    return confined_rule


def _bounded_footnote_ref(state: StateInline, silent: bool) -> bool:
    """A footnote mark; without the bound on its label, thousands of unclosed ones would each be searched to the end."""
    return bool(_FOOTNOTE_MARK.match(state.src, state.pos, state.posMax)) and footnote_ref(
        state, silent, always_match=True
    )


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"maxNesting": 40})
    markdown.enable(["heading", "list", "blockquote", "newline", "escape", "entity", "link", "emphasis"])
    markdown.use(footnote_plugin, inline=False, move_to_end=False)
    markdown.inline.ruler.at("footnote_ref", _bounded_footnote_ref)
    blocks = markdown.block.ruler
    blocks.at("heading", _confined(heading, "heading", nests_in_itself=False), {"alt": _INTERRUPTS})
    blocks.at("list", _confined(list_block, "list", nests_in_itself=True), {"alt": _INTERRUPTS})
    blocks.at("blockquote", _confined(blockquote, "quote", nests_in_itself=True), {"alt": [*_INTERRUPTS, "list"]})
    blocks.at("footnote_def", _confined(footnote_def, "footnote", nests_in_itself=False), {"alt": _INTERRUPTS})
    # Which targets become links is decided when rendering, where those that do not can still show their words.
    setattr(markdown, "validateLink", lambda url: True)  # noqa: B010
    return markdown


_MARKDOWN = _parser()


def block_tokens(text: str) -> list[Token]:
    """The block structure of a text, with the source lines of each block; inline content is left unread."""
    tokens: list[Token] = []
    source = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    _MARKDOWN.block.parse(source, _MARKDOWN, {}, tokens)
    return tokens


def inline_tokens(markdown: str) -> list[Token]:
    """The inline content of one unit: text, emphasis, links, footnote references and line breaks."""
    return _MARKDOWN.parseInline(markdown, {})[0].children or []
