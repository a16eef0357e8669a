"""A paper in Markdown: a whole text exactly as it is stored, changes as {++inserted++} and {--deleted--}."""

import re
from collections.abc import Iterator, Sequence

from app.papers.paper import Block, Paper, Section, storable
from policies.text.diff import Op
from policies.text.dressed import BREAK
from policies.text.model import Kind
from policies.text.tracked import Stretch

_MARKS: dict[Op, tuple[str, str]] = {Op.EQUAL: ("", ""), Op.INSERT: ("{++", "++}"), Op.DELETE: ("{--", "--}")}
_ACTIVE = re.compile(r"([\\`*_\[\]<>#])")


def written(paper: Paper) -> bytes:
    """The whole file, in UTF-8."""
    parts = [f"# {escaped(paper.title)}"]
    if paper.kicker:
        parts.insert(0, f"*{escaped(paper.kicker)}*")
    parts += [*map(escaped, paper.said), *_facts(paper.facts)]
    for section in paper.sections:
        parts += _section(section)
    parts += ["---", *map(escaped, paper.foot)]
    return f"{BREAK.join(part + BREAK for part in parts)}".encode()


def escaped(words: str) -> str:
    """Words as words: nothing in them is Markdown."""
    return _ACTIVE.sub(r"\\\1", " ".join(storable(words).split()))


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield f"{'#' * section.level} {escaped(section.title)}"
    yield from map(escaped, section.said)
    yield from _facts(section.facts)
    yield from [section.source.strip("\n")] if section.source else map(_block, section.blocks)
    yield from map(escaped, section.after)


def _facts(facts: Sequence[tuple[str, str]]) -> list[str]:
    lines = [f"- {escaped(name)}: {escaped(value)}" for name, value in facts]
    return ["\n".join(lines)] if lines else []


def _block(block: Block) -> str:
    words = "".join(_stretch(one) for one in block.stretches)
    return _lead(block) + words


def _stretch(one: Stretch) -> str:
    """Words in which a reader's own marks still stand apart from ours."""
    words = storable(one.text).replace(BREAK, " ")
    look = one.dress
    inner, (space_before, space_after) = words.strip(), _spaces(words)
    if inner and not look.is_mark:
        inner = escaped(inner)
    if inner and look.emphasis:
        inner = f"*{inner}*"
    if inner and look.strong:
        inner = f"**{inner}**"
    if inner and look.link:
        inner = f"[{inner}](<{storable(look.link)}>)"
    before, after = _MARKS[one.op]
    return f"{before}{space_before}{inner}{space_after}{after}"


def _spaces(words: str) -> tuple[str, str]:
    if not words.strip():
        return words, ""
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]


def _lead(block: Block) -> str:
    if block.kind is Kind.LIST_ITEM:
        indent = "    " * max(0, len(block.path) - 1)
        return f"{indent}{f'{block.path[-1]}.' if block.ordered and block.path else '-'} "
    if block.kind is Kind.FOOTNOTE:
        return f"[{storable(block.label)}] " if block.label else ""
    if block.kind is Kind.HEADING:
        return f"{'#' * min(6, 2 + block.level)} "
    return {Kind.QUOTE: "> ", Kind.PARAGRAPH: ""}[block.kind]
