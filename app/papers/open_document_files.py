"""A paper as an OpenDocument text: headings, real lists, links; changes underlined and struck through, with a sign."""

import io
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from odfdo import Document, Element

from app.papers.archives import without_moments
from app.papers.open_document_styles import LISTS, list_styles, styles
from app.papers.paper import INDENT, Block, Paper, Section, look_of, runs_right_to_left, storable
from policies.text.diff import Op
from policies.text.dressed import BREAK
from policies.text.model import Kind
from policies.text.tracked import Stretch

_MARKS = {Op.INSERT: ("Inserted", "+"), Op.DELETE: ("Deleted", "\u2212")}
_STYLES = {Kind.QUOTE: "Quote", Kind.FOOTNOTE: "Small"}
NOT_ACCEPTED = ']<text:span text:style-name="Clause"> Not accepted by every group.</text:span>'
_SPACES = (
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
)


def written(paper: Paper) -> bytes:
    """The whole file."""
    document: Any = Document("text")
    _name_nobody(document, paper)
    for style in (*styles(paper.is_large), *list_styles()):
        document.insert_style(Element.from_tag(style))
    document.get_part("styles").get_master_page().append(Element.from_tag(_footer(paper)))
    _count_no_headings(document)
    document.body.clear()
    for part in _parts(paper):
        document.body.append(Element.from_tag(part))
    file = io.BytesIO()
    document.save(file)
    return without_moments(file.getvalue())


def _footer(paper: Paper) -> str:
    """As in a PDF: what it is, whose it is not, and the page of so many."""
    words = f"{_safe(paper.title[:60])} – Compass groups are not parties – "
    number = "<text:page-number/> / <text:page-count/>"
    return f'<style:footer {_SPACES}><text:p text:style-name="Foot">{words}{number}</text:p></style:footer>'


def _name_nobody(document: Any, paper: Paper) -> None:
    about = document.meta
    about.set_title(storable(paper.title))
    about.set_language("en-GB")
    for moment in (about.set_creation_date, about.set_modification_date):
        moment(paper.made.replace(second=0, microsecond=0, tzinfo=None))
    about.set_generator("Common Platform")


def _count_no_headings(document: Any) -> None:
    """The headings of the template have numbers; a text's clauses have numbers of their own."""
    for level in document.get_part("styles").get_elements("//text:outline-level-style"):
        level.delete()


def _parts(paper: Paper) -> Iterator[str]:
    if paper.kicker:
        yield _sentence(paper.kicker, "Kicker")
    yield _heading(paper.title, 1)
    yield from _told(paper.said, paper.facts)
    for section in paper.sections:
        yield from _section(section, is_large=paper.is_large)
    yield from (_sentence(words, "Foot") for words in paper.foot)


def _section(section: Section, *, is_large: bool) -> Iterator[str]:
    if section.title:
        yield _heading(section.title, section.level, "FreshHeading" if section.starts_page else "")
    yield from _told(section.said, section.facts)
    level = section.level if section.title else 1
    if is_large and any(block.lines for block in section.blocks):
        for block in section.blocks:
            yield from _numbered(block)
    else:
        yield from _text(list(section.blocks), level)
    yield from (_sentence(words, "Beside") for words in section.after)


def _told(said: Sequence[str], facts: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from (_sentence(words) for words in said)
    for name, value in facts:
        named = f'<text:span text:style-name="Lb">{_safe(name)}: </text:span>'
        yield f'<text:p {_SPACES} text:style-name="Fact">{named}{_safe(value)}</text:p>'


def _text(blocks: list[Block], level: int) -> Iterator[str]:
    """The blocks; a run of list items and what stands inside them is one list."""
    listed: list[Block] = []
    for block in blocks:
        if block.kind is Kind.LIST_ITEM or (block.path and listed):
            listed.append(block)
            continue
        yield from _lists(listed)
        listed = []
        yield _block(block, level)
    yield from _lists(listed)


def _lists(blocks: list[Block]) -> Iterator[str]:
    """Lists of one kind each: where the kind changes at the outermost depth, another begins."""
    part: list[Block] = []
    for block in blocks:
        is_other = part and len(block.path) <= 1 and block.kind is Kind.LIST_ITEM and block.ordered != part[0].ordered
        if is_other:
            yield _list(part, 1)
            part = []
        part.append(block)
    if part:
        yield _list(part, 1)


def _list(blocks: list[Block], depth: int) -> str:
    """One list with the lists inside it; only the outermost names the namespaces."""
    entries: list[list[Block]] = []
    for block in blocks:
        if not entries or (block.kind is Kind.LIST_ITEM and len(block.path) <= depth):
            entries.append([])
        entries[-1].append(block)
    name = LISTS[blocks[0].ordered]
    inner = "".join(_entry(entry, depth) for entry in entries)
    return f'<text:list {_SPACES if depth == 1 else ""} text:style-name="{name}">{inner}</text:list>'


def _entry(blocks: list[Block], depth: int) -> str:
    first, *rest = blocks
    start = f' text:start-value="{first.path[-1]}"' if first.ordered and len(first.path) == depth else ""
    if len(first.path) > depth and first.kind is Kind.LIST_ITEM:
        return f"<text:list-item>{_list(blocks, depth + 1)}</text:list-item>"
    inner = [_paragraph(first, "Entry")]
    deeper: list[Block] = []
    for block in rest:
        if deeper or len(block.path) > depth:
            deeper.append(block)
        else:
            inner.append(_paragraph(block, "Entry"))
    if deeper:
        inner.append(_list(deeper, depth + 1))
    return f"<text:list-item{start}>{''.join(inner)}</text:list-item>"


def _block(block: Block, level: int) -> str:
    if block.kind is Kind.HEADING:
        depth = min(9, level + max(1, block.level))
        style = f'text:style-name="Heading{min(6, depth)}" text:outline-level="{depth}"'
        return f"<text:h {_SPACES} {style}>{_words(block)}</text:h>"
    return _paragraph(block, _STYLES.get(block.kind, "Body"), _SPACES)


def _numbered(block: Block) -> Iterator[str]:
    """A block in its printed lines, each with its number and as a paragraph, so that all begin at one place."""
    parts = block.lines or ((0, block.stretches),)
    for place, (number, part) in enumerate(parts):
        lead = INDENT * len(block.path) if place else block.point + _label(block)
        is_last = place == len(parts) - 1
        yield (
            f'<text:p {_SPACES} text:style-name="{"LastLine" if is_last else "Line"}">'
            f'<text:span text:style-name="Clause">{"" if place else block.clause}</text:span><text:tab/>'
            f'<text:span text:style-name="Number">{number or ""}</text:span><text:tab/>'
            f"{lead}{'[' if block.is_bracketed and not place else ''}{_stretches(part)}"
            f"{NOT_ACCEPTED if block.is_bracketed and is_last else ''}</text:p>"
        )


def _paragraph(block: Block, style: str, spaces: str = "") -> str:
    turned = "Turned" if block.is_rtl and style in {"Body", "Entry"} else style
    return f'<text:p {spaces} text:style-name="{turned}">{_words(block)}</text:p>'


def _heading(words: str, level: int, style: str = "") -> str:
    name = style or f"Heading{level}"
    return f'<text:h {_SPACES} text:style-name="{name}" text:outline-level="{level}">{_safe(words)}</text:h>'


def _sentence(words: str, style: str = "Body") -> str:
    turned = "Turned" if runs_right_to_left(words) else style
    return f'<text:p {_SPACES} text:style-name="{turned}">{_safe(words)}</text:p>'


def _words(block: Block) -> str:
    clause = f'<text:span text:style-name="Clause">{block.clause}{INDENT}</text:span>' if block.clause else ""
    words = _stretches(block.stretches)
    return clause + _label(block) + (f"[{words}{NOT_ACCEPTED}" if block.is_bracketed else words)


def _label(block: Block) -> str:
    return f'<text:span text:style-name="Lb">[{_safe(block.label)}] </text:span>' if block.label else ""


def _stretches(stretches: Sequence[Stretch]) -> str:
    return "".join(_stretch(one) for one in stretches)


def _stretch(one: Stretch) -> str:
    words = "<text:line-break/>".join(_safe(line) for line in one.text.split(BREAK))
    look = look_of(one.dress)
    if look:
        words = f'<text:span text:style-name="L{look}">{words}</text:span>'
    if one.dress.link:
        words = f'<text:a xlink:type="simple" xlink:href="{_safe(one.dress.link)}">{words}</text:a>'
    if one.op is Op.EQUAL:
        return words
    style, sign = _MARKS[one.op]
    return f'<text:span text:style-name="{style}">{sign}{words}</text:span>'


def _safe(words: str) -> str:
    """Words as words; spaces in a row, which a reader would fold, are kept."""
    return escape(storable(words)).replace("  ", " <text:s/>").replace("\t", "<text:tab/>")
