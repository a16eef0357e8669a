"""Changes in a Word file: all accepted its words are the new text, all refused the old one, as Word goes about it."""

import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hypothesis import given, settings
from hypothesis import strategies as st

from app.papers.describing import changes_of
from app.papers.exports import Form, written
from app.papers.paper import Paper, Section, storable
from policies.text.dressed import BREAK, dressed, said
from policies.text.units import Document
from tests.policies.text.strategies import rivals

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MADE = datetime(2026, 5, 3, 14, 5, tzinfo=UTC)
END = "The end of it."


def changed(*pairs: list[Document]) -> Element:
    """The main part of a Word file with the changes from some texts to others."""
    sections = [Section(END, changes_of(old, new), is_tracked=True) for old, new in pairs]
    paper = Paper("changes", "", MADE, sections=sections, foot=[END])
    with zipfile.ZipFile(io.BytesIO(written(paper, Form.WORD))) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def settled(document: Element, gone: str) -> list[list[str]]:
    """The paragraphs of each text once every change is settled: what is marked as `gone` is taken out, ends too."""
    texts: list[list[str]] = [[]]
    words = ""
    for paragraph in document.iter(f"{W}p"):
        words += words_of(paragraph, gone)
        end = paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}")
        if words == END:
            texts.append([])
            words = ""
        elif end is None:
            texts[-1].append(words)
            words = ""
    # Before the texts stands the paper's own title, which is empty here.
    return texts[1:-1]


def words_of(element: Element, gone: str) -> str:
    """The words of a paragraph without those that go."""
    if element.tag in {f"{W}t", f"{W}delText"}:
        return element.text or ""
    if element.tag == f"{W}br":
        return BREAK
    return "".join(words_of(child, gone) for child in element if child.tag not in {f"{W}{gone}", f"{W}pPr"})


def paragraphs_of(document: Document) -> list[str]:
    """The title and the units of a text as paragraphs, a footnote's first one with its label."""
    labels = [f"[{unit.label}] " if unit.label and "-" not in unit.clause else "" for unit in document.units]
    words = [storable(said(dressed(unit.markdown))) for unit in document.units]
    return [storable(document.title), *(f"{label}{line}" for label, line in zip(labels, words, strict=True))]


# A file takes a while to make: each holds several texts.
@settings(max_examples=10)
@given(st.lists(rivals(1), min_size=4, max_size=4))
def test_accepted_the_words_are_the_new_text_and_refused_the_old_one(pairs: list[list[Document]]) -> None:
    document = changed(*pairs)
    assert settled(document, "del") == [paragraphs_of(new) for _, new in pairs]
    assert settled(document, "ins") == [paragraphs_of(old) for old, _ in pairs]


def test_a_change_names_the_platform_a_moment_and_nobody() -> None:
    old, new = Document.read("Homes", "Homes are *cold*."), Document.read("Homes", "Homes are **warm**.")
    marks = [one for one in changed([old, new]).iter() if one.tag in {f"{W}ins", f"{W}del"}]
    assert {(one.get(f"{W}author"), one.get(f"{W}date")) for one in marks} == {
        ("Common Platform", "2026-05-03T14:05:00Z")
    }
    assert len({one.get(f"{W}id") for one in marks}) == len(marks) == 2
