"""A paper as a PDF: tagged, with a contents and the numbers of its lines, laid out from a page of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from flask import render_template
from markupsafe import Markup

from app.papers.paper import Block, Paper, runs_right_to_left, storable
from app.web.pdf import pdf_of
from policies.text.diff import Op
from policies.text.dressed import BREAK
from policies.text.model import Kind
from policies.text.tracked import Stretch

STYLE = Path(__file__).with_name("paper.css").read_text(encoding="utf-8")
_DEEPEST = 6
_ELEMENTS: dict[Op, str] = {Op.INSERT: "ins", Op.DELETE: "del"}


def written(paper: Paper) -> bytes:
    """The file; raises `PdfUnavailable` where this machine cannot make one."""
    return pdf_of(page_of(paper))


def page_of(paper: Paper) -> str:
    """The whole paper as one page of HTML."""
    return render_template(
        "papers/paper.html", paper=paper, style=Markup(STYLE), text_of=_text, direction=_direction, storable=storable
    )


def _text(blocks: Iterable[Block], level: int) -> Markup:
    """A text, its lists nested, under a heading of this level."""
    return Markup("").join(_nested(list(blocks), level))


@dataclass
class _Lists:
    """The lists that are open at a place in the text."""

    open: list[str] = field(default_factory=list)

    def close_to(self, depth: int) -> Iterator[Markup]:
        """Close all lists that lie deeper."""
        while len(self.open) > depth:
            yield Markup("</li></{}>").format(Markup(self.open.pop()))

    def begin(self, block: Block) -> Iterator[Markup]:
        """Come to where this list item begins, its own tag left open."""
        depth, name = max(1, len(block.path)), "ol" if block.ordered else "ul"
        yield from self.close_to(depth)
        if len(self.open) == depth and self.open[-1] != name:
            yield from self.close_to(depth - 1)
        if len(self.open) == depth:
            yield Markup("</li>")
        while len(self.open) < depth:
            start = block.path[-1] if block.path and len(self.open) == depth - 1 and name == "ol" else 1
            yield Markup('<{} start="{}">').format(Markup(name), start) if name == "ol" else Markup("<ul>")
            self.open.append(name)
            if len(self.open) < depth:
                yield Markup("<li>")


def _nested(blocks: list[Block], level: int) -> Iterator[Markup]:
    lists = _Lists()
    for block in blocks:
        if block.kind is Kind.LIST_ITEM:
            yield from lists.begin(block)
            yield Markup("<li{}>{}").format(_attributes(block), _words(block))
            continue
        is_within = bool(block.path) and block.kind is Kind.PARAGRAPH and bool(lists.open)
        yield from lists.close_to(len(block.path) if is_within else 0)
        yield _element(block, level)
    yield from lists.close_to(0)


def _element(block: Block, level: int) -> Markup:
    if block.kind is Kind.HEADING:
        name = f"h{min(_DEEPEST, level + max(1, block.level))}"
    else:
        name = "blockquote" if block.kind is Kind.QUOTE else "p"
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), _attributes(block), _words(block))


def _attributes(block: Block) -> Markup:
    names = f"unit unit-{block.kind.value.replace('_', '-')}"
    names += {Op.INSERT: " inserted", Op.DELETE: " deleted"}.get(block.op, "")
    return Markup(' class="{}"{}').format(names, Markup(' dir="rtl"') if block.is_rtl else "")


def _direction(words: str) -> Markup:
    return Markup(' dir="rtl"') if runs_right_to_left(words) else Markup("")


def _words(block: Block) -> Markup:
    clause = Markup('<span class="clause">{}</span>').format(block.clause) if block.clause else Markup("")
    label = Markup('<span class="label">[{}]</span> ').format(storable(block.label)) if block.label else Markup("")
    parts = [stretches for _, stretches in block.lines] or [block.stretches]
    words = [_stretches(part) for part in parts]
    if block.is_bracketed:
        words[0] = Markup("[") + words[0]
        words[-1] += Markup('] <span class="bracket">Not accepted by every group.</span>')
    words[0] = label + words[0]
    numbered = zip(block.lines, words, strict=False)
    lines = [Markup('<span class="line" data-line="{}">{}</span>').format(line[0], html) for line, html in numbered]
    return clause + (Markup("").join(lines) if lines else words[0])


def _stretches(stretches: Iterable[Stretch]) -> Markup:
    return Markup("").join(_stretch(one) for one in stretches)


def _stretch(one: Stretch) -> Markup:
    words = Markup(escape(storable(one.text)).replace(BREAK, "<br>"))
    for name, is_so in (("sup", one.dress.is_mark), ("em", one.dress.emphasis), ("strong", one.dress.strong)):
        words = Markup("<{0}>{1}</{0}>").format(Markup(name), words) if is_so else words
    if one.dress.link:
        words = Markup('<a href="{}">{}</a>').format(storable(one.dress.link), words)
    mark = _ELEMENTS.get(one.op)
    return Markup("<{0}>{1}</{0}>").format(Markup(mark), words) if mark else words
