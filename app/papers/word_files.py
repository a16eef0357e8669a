"""A paper for Word: headings, real lists, links, and every change as one that Word can accept or refuse."""

import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.papers.archives import without_moments
from app.papers.paper import AUTHOR, INDENT, Block, Paper, Section, plain, runs_right_to_left, storable
from app.papers.word_lists import Lists
from policies.text.diff import Op
from policies.text.dressed import BREAK, Dress
from policies.text.model import Kind
from policies.text.tracked import Stretch

_INK, _SOFT = RGBColor(0x0C, 0x4A, 0x57), RGBColor(0x53, 0x5A, 0x5C)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_DEEPEST = 9


def written(paper: Paper) -> bytes:
    """The whole file."""
    writer = _Writer(paper)
    writer.write()
    file = io.BytesIO()
    writer.document.save(file)
    return without_moments(file.getvalue())


class _Writer:
    """One Word document while it is written."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document = Document()
        self.lists = Lists(self.document)
        self.changes = 0
        _name_nobody(self.document, paper)
        _set_styles(self.document, paper)

    def write(self) -> None:
        paper = self.paper
        if paper.kicker:
            self._sentence(paper.kicker, "Caption")
        self._sentence(paper.title, "Title")
        self._told(paper.said, paper.facts)
        for section in paper.sections:
            self._section(section)
        for sentence in paper.foot:
            self._sentence(sentence, "Foot")

    def _section(self, section: Section) -> None:
        if section.title:
            heading = self._sentence(section.title, f"Heading {section.level - 1}")
            heading.paragraph_format.page_break_before = section.starts_page
        self._told(section.said, section.facts)
        for block in section.blocks:
            self._block(block, section.level if section.title else 1, is_tracked=section.is_tracked)
        self.lists.end()
        for sentence in section.after:
            self._sentence(sentence, "Beside")

    def _told(self, said: Any, facts: Any) -> None:
        for sentence in said:
            self._sentence(sentence)
        for name, value in facts:
            paragraph = self._sentence(f"{name}: ", "Fact")
            paragraph.runs[0].bold = True
            paragraph.add_run(storable(value))

    def _sentence(self, words: str, style: str = "Normal") -> Any:
        paragraph = self.document.add_paragraph(style=style)
        self._write(paragraph._p, plain(words))
        if runs_right_to_left(words):
            _turn(paragraph._p)
        return paragraph

    def _block(self, block: Block, level: int, *, is_tracked: bool) -> None:
        """A text with its changes has no numbers before its words: those are exactly what is accepted or refused."""
        if block.lines and self.paper.is_large:
            self._lines(block)
            return
        paragraph = self.document.add_paragraph(style=_style_of(block, level))
        self.lists.place(paragraph, block)
        element = paragraph._p
        if block.op is not Op.EQUAL:
            self._mark_end(element, block.op)
        if block.is_rtl:
            _turn(element)
        if block.clause and not is_tracked:
            element.append(_run(f"{block.clause}{INDENT}", Dress(), "Clause"))
        self._begin(element, block)
        self._write(element, block.stretches)
        self._end(element, block)

    def _lines(self, block: Block) -> None:
        """A block in its printed lines, each with its number and as a paragraph, so that all begin at one place."""
        for place, (number, stretches) in enumerate(block.lines):
            is_last = place == len(block.lines) - 1
            element = self.document.add_paragraph(style="Last line" if is_last else "Line")._p
            element.append(_run(f"{'' if place else block.clause}\t", Dress(), "Clause"))
            element.append(_run(f"{number}\t", Dress(), "Line number"))
            element.append(_run(INDENT * len(block.path) if place else block.point, Dress()))
            if not place:
                self._begin(element, block)
            self._write(element, stretches)
            if is_last:
                self._end(element, block)

    def _begin(self, element: Any, block: Block) -> None:
        if block.label:
            self._marked(element, [_run(f"[{storable(block.label)}] ", Dress(strong=True))], block.op)
        if block.is_bracketed:
            element.append(_run("[", Dress(), "Bracket"))

    def _end(self, element: Any, block: Block) -> None:
        if block.is_bracketed:
            element.append(_run("] Not accepted by every group.", Dress(), "Bracket"))

    def _write(self, element: Any, stretches: tuple[Stretch, ...]) -> None:
        for one in stretches:
            run = _run(storable(one.text), one.dress, is_gone=one.op is Op.DELETE)
            if not one.dress.link:
                self._marked(element, [run], one.op)
                continue
            link = OxmlElement("w:hyperlink")
            address = storable(one.dress.link)
            link.set(qn("r:id"), self.document.part.relate_to(address, _LINK, is_external=True))
            self._marked(link, [run], one.op)
            element.append(link)

    def _marked(self, element: Any, runs: list[Any], op: Op) -> None:
        if op is Op.EQUAL:
            element.extend(runs)
            return
        change = self._change(op)
        change.extend(runs)
        element.append(change)

    def _mark_end(self, element: Any, op: Op) -> None:
        """The end of the paragraph goes or comes with its words."""
        of_end = OxmlElement("w:rPr")
        of_end.append(self._change(op))
        element.get_or_add_pPr().append(of_end)

    def _change(self, op: Op) -> Any:
        self.changes += 1
        change = OxmlElement("w:ins" if op is Op.INSERT else "w:del")
        change.set(qn("w:id"), str(self.changes))
        change.set(qn("w:author"), AUTHOR)
        change.set(qn("w:date"), f"{self.paper.made:%Y-%m-%dT%H:%M:00Z}")
        return change


def _style_of(block: Block, level: int) -> str:
    if block.kind is Kind.HEADING:
        return f"Heading {min(_DEEPEST, level - 1 + max(1, block.level))}"
    return {
        Kind.QUOTE: "Quote",
        Kind.FOOTNOTE: "Footnote",
        Kind.LIST_ITEM: "List Number" if block.ordered else "List Bullet",
    }.get(block.kind, "Normal")


def _run(words: str, dress: Dress, style: str = "", *, is_gone: bool = False) -> Any:
    run = OxmlElement("w:r")
    look = _look(words, dress, style or ("Link" if dress.link else ""))
    if len(look):
        run.append(look)
    for place, line in enumerate(words.split(BREAK)):
        if place:
            run.append(OxmlElement("w:br"))
        _add_words(run, line, "w:delText" if is_gone else "w:t")
    return run


def _look(words: str, dress: Dress, style: str) -> Any:
    """The properties of a run, in the order that Word wants them in."""
    look = OxmlElement("w:rPr")
    if style:
        _set(look, "w:rStyle", style.replace(" ", ""))
    for tag, is_so in (("w:b", dress.strong), ("w:i", dress.emphasis)):
        if is_so:
            look.append(OxmlElement(tag))
    if dress.is_mark:
        _set(look, "w:vertAlign", "superscript")
    if runs_right_to_left(words):
        look.append(OxmlElement("w:rtl"))
    return look


def _add_words(run: Any, words: str, tag: str) -> None:
    before, tab, after = words.partition("\t")
    for part, is_tab in ((before, bool(tab)), (after, False)):
        if part:
            text = OxmlElement(tag)
            text.text = part
            text.set(qn("xml:space"), "preserve")
            run.append(text)
        if is_tab:
            run.append(OxmlElement("w:tab"))


def _set(parent: Any, tag: str, value: str) -> None:
    child = OxmlElement(tag)
    child.set(qn("w:val"), value)
    parent.append(child)


def _turn(element: Any) -> None:
    """From right to left. The order of a paragraph's properties is fixed: python-docx knows where this one belongs."""
    properties = element.get_or_add_pPr()
    turned = OxmlElement("w:bidi")
    later = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
    properties.insert_element_before(turned, *later)


def _name_nobody(document: Any, paper: Paper) -> None:
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.title, about.language = storable(paper.title)[:255], "en-GB"
    about.created = about.modified = paper.made.replace(tzinfo=None)
    about.revision = 1


def _set_styles(document: Any, paper: Paper) -> None:
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    # A printed line fits beside its number: the large face is a narrow one.
    size, face = (13, "Times New Roman") if paper.is_large else (11, "Georgia")
    styles["Normal"].font.name, styles["Normal"].font.size = face, Pt(size)
    for name in ("Title", *(f"Heading {level}" for level in range(1, 7))):
        styles[name].font.name, styles[name].font.color.rgb = face, _INK
        _forget_theme_font(styles[name])
    for name, smaller in (("Fact", 2), ("Foot", 2), ("Footnote", 1), ("Beside", 1), ("Line", 0), ("Last line", 0)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = styles["Normal"], Pt(size - smaller)
        style.paragraph_format.space_after = Pt({"Fact": 2, "Line": 0}.get(name, 6))
        style.paragraph_format.keep_with_next = name == "Fact"
    for name in ("Line", "Last line"):
        around = styles[name].paragraph_format
        around.left_indent, around.first_line_indent = Cm(2.2), Cm(-2.2)
        around.tab_stops.add_tab_stop(Cm(1.3))
        around.tab_stops.add_tab_stop(Cm(2.2))
    for name, smaller in (("Clause", 2), ("Line number", 3), ("Bracket", 1), ("Link", 0)):
        style = styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.size = Pt(size - smaller) if smaller else None
        style.font.color.rgb = _SOFT if name == "Line number" else _INK
        style.font.underline = name == "Link"
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8 if paper.is_large else 2.5)
    _set_footer(section.footer.paragraphs[0], paper)


def _set_footer(paragraph: Any, paper: Paper) -> None:
    """As in a PDF: what it is, whose it is not, and the page of so many."""
    paragraph.style.font.size = Pt(9)
    for stop in paragraph.style.paragraph_format.tab_stops:
        stop._tab.getparent().remove(stop._tab)
    paragraph.style.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{storable(paper.title)[:60]} – Compass groups are not parties\t")
    for place, field in enumerate(("PAGE", "NUMPAGES")):
        if place:
            paragraph.add_run(" / ")
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), field)
        number.append(_run("1", Dress()))
        paragraph._p.append(number)


def _forget_theme_font(style: Any) -> None:
    """The template's headings name a font of its theme, which would win over ours."""
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
