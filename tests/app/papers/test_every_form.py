"""Every kind of unit and every look of words survives in every form, and no form says who made it."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from pypdf import PdfReader

from app.papers.describing import blocks_of, disclaimers
from app.papers.exports import Form, written
from app.papers.paper import Paper, Section
from app.papers.pdf_files import page_of
from app.web import pdf
from policies.text.lines import printed_lines
from policies.text.units import Document

TEXT = """Every *home* must be **warm**, says [the law](https://example.org/law?a=1&b=2) and a note[^1].

## What is done

3. Work begins <here> & "there".
4. Tenants stay.

   They pay nothing more.

   - Not in winter.

> A quotation \\
> in two lines.

אדמה שייכת לכולם.

A family 👩‍👩‍👧 =1+1.

[^1]: The note itself.
"""
WORDS = (
    "Every home must be warm, says the law and a note",
    "What is done",
    'Work begins <here> & "there".',
    "Tenants stay.",
    "They pay nothing more.",
    "Not in winter.",
    "A quotation",
    "in two lines.",
    "אדמה שייכת לכולם.",
    "A family 👩‍👩‍👧 =1+1.",
    "The note itself.",
    "Compass groups are not parties.",
    "The Compass Green group is not the Green Party.",
)
# What each form has of its own for a look: strong, emphasised, a link, a list, a quotation, a heading, a label.
LOOKS = {
    Form.WORD: (
        r"<w:b/></w:rPr><w:t [^>]*>warm",
        r"<w:i/></w:rPr><w:t [^>]*>home",
        r"<w:hyperlink r:id=",
        r"<w:numPr><w:ilvl w:val=\"1\"/>",
        r'<w:pStyle w:val="Quote"/>',
        r'<w:pStyle w:val="Heading1"/>',
        r"<w:bidi/>",
        r'superscript"/></w:rPr><w:t [^>]*>\[1\]',
        r"<w:br/>",
    ),
    Form.OPEN_DOCUMENT: (
        r'"Lb">warm<',
        r'"Li">home<',
        r'xlink:href="https://example.org/law\?a=1&amp;b=2"',
        r'<text:list-item text:start-value="3">',
        r"<text:list-item><text:p[^>]*><text:span[^>]*>2\.4\.1",
        r'text:style-name="Quote"',
        r'<text:h [^>]*text:outline-level="2"',
        r'text:style-name="Turned"',
        r'"Lm">\[1\]<',
        r"<text:line-break/>",
    ),
    Form.PDF: (
        r"<strong>warm</strong>",
        r"<em>home</em>",
        r'<a href="https://example.org/law\?a=1&amp;b=2">the law</a>',
        r'<ol start="3">',
        r"<ul><li[^>]*>.*Not in winter\.</span></li></ul></li></ol>",
        r"<blockquote",
        r"<h2 class=\"unit",
        r'dir="rtl"',
        r"<sup>\[1\]</sup>",
        r'data-line="1"',
    ),
    Form.MARKDOWN: (re.escape(TEXT.strip()),),
}


@pytest.fixture(scope="module")
def paper() -> Paper:
    """A paper of one text with everything in it."""
    document = Document.read("Warm homes", TEXT)
    text = Section(blocks=blocks_of(document.units, printed_lines(document.units)), source=document.text)
    made = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
    return Paper("P1-version-1", "Warm homes", made, sections=[text], foot=disclaimers())


def part(content: bytes, name: str) -> str:
    """One part of an office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def source_of(paper: Paper, form: Form) -> str:
    """What a reader's program reads of a paper: of a PDF the page that it is laid out from."""
    if form is Form.PDF:
        return page_of(paper)
    content = written(paper, form)
    if form is Form.MARKDOWN:
        return content.decode()
    return part(content, {Form.WORD: "word/document.xml", Form.OPEN_DOCUMENT: "content.xml"}[form])


def bare(source: str) -> str:
    """The words of a source, however they look."""
    words = re.sub(r"</(?:w:p|text:p|p|li|h\d|span)>|<(?:w:|text:line-)?br(?:eak)?/?>", " ", source)
    words = re.sub(r"<[a-z/!?][^>]*>", "", words)
    for escaped, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#34;", '"'), ("&amp;", "&")):
        words = words.replace(escaped, sign)
    return " ".join(words.split())


@pytest.mark.parametrize("form", [Form.PDF, Form.WORD, Form.OPEN_DOCUMENT])
def test_every_word_stands_in_every_form(app: Flask, paper: Paper, form: Form) -> None:
    words = bare(source_of(paper, form))
    assert [one for one in WORDS if one not in words] == []


@pytest.mark.parametrize("form", Form)
def test_every_look_survives_in_every_form(app: Flask, paper: Paper, form: Form) -> None:
    source = source_of(paper, form)
    assert [look for look in LOOKS[form] if not re.search(look, source, re.DOTALL)] == []


@pytest.mark.parametrize("form", [Form.WORD, Form.OPEN_DOCUMENT, Form.MARKDOWN])
def test_the_same_paper_is_the_same_bytes(app: Flask, paper: Paper, form: Form) -> None:
    assert written(paper, form) == written(paper, form)


def test_no_file_says_who_made_it(app: Flask, paper: Paper) -> None:
    word = part(written(paper, Form.WORD), "docProps/core.xml")
    assert re.findall(r"<dc:creator>([^<]*)|<cp:lastModifiedBy>([^<]*)", word) in ([], [("", ""), ("", "")])
    assert "python-docx" not in word
    about = part(written(paper, Form.OPEN_DOCUMENT), "meta.xml")
    assert not re.search(r"<(?:dc:creator|meta:initial-creator)>[^<]", about)
    assert "2026-05-03T14:05:00" in about


@pytest.mark.parametrize("form", [Form.WORD, Form.OPEN_DOCUMENT])
def test_a_large_paper_has_its_lines_numbered_in_office_files_too(app: Flask, paper: Paper, form: Form) -> None:
    words = bare(source_of(replace(paper, is_large=True), form))
    assert re.search(r"1 ?1 ?Every home must", words)
    assert re.search(r"2\.3 ?3 ?3\. Work begins", words)


@pytest.mark.parametrize(
    ("form", "name", "look"),
    [
        (Form.WORD, "word/footer1.xml", r'w:instr="PAGE"/?>.* / .*w:instr="NUMPAGES"'),
        (Form.OPEN_DOCUMENT, "styles.xml", "<text:page-number/> / <text:page-count/>"),
    ],
)
def test_each_page_of_an_office_file_says_whose_it_is_not_and_which_it_is(
    app: Flask, paper: Paper, form: Form, name: str, look: str
) -> None:
    source = part(written(paper, form), name)
    assert "Warm homes – Compass groups are not parties" in source
    assert re.search(look, source, re.DOTALL)


@pytest.mark.skipif(not pdf.can_be_made(), reason="Pango is not on this machine: see docs/operations.md")
def test_a_pdf_of_a_paper_has_its_words_its_numbers_and_no_author(app: Flask, paper: Paper) -> None:
    blocks = [block for block in paper.sections[0].blocks if block.words.isascii()]
    made = PdfReader(io.BytesIO(written(replace(paper, sections=[Section(blocks=blocks)]), Form.PDF)))
    words = " ".join(made.pages[0].extract_text().split())
    assert "Tenants stay." in words
    assert "Warm homes – Compass groups are not parties 1 / 1" in words
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.metadata is not None
    assert (made.metadata.title, made.metadata.author) == ("Warm homes", None)


@pytest.mark.parametrize("form", [Form.WORD, Form.OPEN_DOCUMENT])
def test_what_no_xml_can_hold_is_left_out(app: Flask, paper: Paper, form: Form) -> None:
    odd = replace(paper, title="Bell \x07 and \x00 nothing", said=["A \ud800 half"])
    assert "Bell  and  nothing" in source_of(odd, form).replace("<text:s/>", " ")
