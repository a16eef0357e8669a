"""Markdown: tables, lists, and a list of contents that leads to every heading."""

import re
from collections.abc import Iterable, Sequence

HEADING = re.compile(r"^(##+) (.+)$", re.MULTILINE)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def contents(pages: str) -> str:
    """A list of the headings in `pages`, each a link, the lower ones below the higher ones."""
    taken: dict[str, int] = {}
    lines = []
    for signs, heading in HEADING.findall(pages):
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        # A heading that occurs again has a number behind its anchor.
        again = f"-{taken[anchor]}" if anchor in taken else ""
        taken[anchor] = taken.get(anchor, 0) + 1
        lines.append(f"{'  ' * (len(signs) - 2)}- [{heading}](#{anchor}{again})")
    return "\n".join(lines)


def in_sentence(words: Iterable[str]) -> str:
    """A list as a sentence has it; where its words have commas of their own, semicolons part them."""
    *most, last = [*words] or ["none"]
    if not most:
        return last
    return "; ".join([*most, last]) if any("," in word for word in [*most, last]) else f"{', '.join(most)} and {last}"


def capital(sentence: str) -> str:
    """With a capital letter, the others as they are."""
    return sentence[:1].upper() + sentence[1:]


def inside(sentence: str) -> str:
    """A sentence as a part of another one."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")
