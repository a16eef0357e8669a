"""The headings of a text, so that an instruction may name them without quotation marks."""

from policies.text.instructions.naming import KINDS
from policies.text.instructions.numerals import ordinal
from policies.text.instructions.pages import Page
from policies.text.instructions.quotations import Headings
from policies.text.instructions.structure import sections

MOST_HEADINGS = 2000
_SHORTEST, _LONGEST = 4, 100


def headings_of(page: Page) -> Headings:
    """The headings by their first words, the longest first; none that is a word of instructions itself."""
    found: Headings = {}
    named = {" ".join(words.split()).strip("*_ :.") for words, _ in sections(page)[:MOST_HEADINGS]}
    for words in sorted(named, key=lambda one: (-len(one), one)):
        first = words.split()[0].casefold() if words else ""
        is_told = first in KINDS or ordinal(first) is not None or not first.isalpha()
        if _SHORTEST <= len(words) <= _LONGEST and not is_told:
            found.setdefault(first, []).append(words)
    return found
