"""One unit as HTML and as bare words."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given

from policies.text.render import footnote_id, inline_html, plain, plain_with_marks
from tests.policies.text.strategies import ANY_TEXT

ALLOWED_TAGS = {"em", "strong", "a", "br", "sup"}


class Tags(HTMLParser):
    """Collects tags and attributes, and whether they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, attrs))
        assert tag != "a" or "a" not in self.open
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(ANY_TEXT)
def test_no_text_yields_other_markup_than_the_five_tags_nested_in_order(text: str) -> None:
    tags = Tags()
    tags.feed(inline_html(text))
    tags.close()
    assert tags.open == []
    for tag, attributes in tags.seen:
        assert tag in ALLOWED_TAGS
        for name, value in attributes:
            assert (tag, name) == ("a", "href")
            assert re.match(r"(https?://|mailto:|#fn-)", value or "", re.IGNORECASE)


@given(ANY_TEXT)
def test_the_words_of_any_text_can_be_taken(text: str) -> None:
    assert plain(text) == " ".join(plain(text).split())
    assert plain_with_marks(text, targets=True) == " ".join(plain_with_marks(text, targets=True).split())


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("*soft* and **hard**", "<em>soft</em> and <strong>hard</strong>"),
        ("one\ntwo", "one\ntwo"),
        ("one\\\ntwo", "one<br>\ntwo"),
        ('a < b & "c"', "a &lt; b &amp; &quot;c&quot;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("`code` ![picture](x.png) ~~out~~", "`code` !picture ~~out~~"),
        ("\\*plain\\* &eacute;", "*plain* é"),
        ("https://example.org", "https://example.org"),
        ("[words](https://example.org/a?b=1&c=2)", '<a href="https://example.org/a?b=1&amp;c=2">words</a>'),
        ("[write](mailto:a@example.org)", '<a href="mailto:a@example.org">write</a>'),
        ("[see health](health.html) now", "see health now"),
        ("[click](javascript:alert(1))", "click"),
        ("[click](data:text/html,x)", "click"),
        ("[](https://example.org)", '<a href="https://example.org">https://example.org</a>'),
        ("[](health.html)", "health.html"),
        ("shown[^a-1]", 'shown<sup><a href="#fn-a-1">[a-1]</a></sup>'),
        ('odd[^"<é]', 'odd<sup><a href="#fn-%22%3C%C3%A9">[&quot;&lt;é]</a></sup>'),
        ("[a [b](https://b.org)](https://a.org)", '[a <a href="https://b.org">b</a>](https://a.org)'),
    ],
)
def test_markup_becomes_html_and_everything_else_text(markdown: str, html: str) -> None:
    assert inline_html(markdown) == html


def test_a_mark_without_its_footnote_is_text_where_the_footnotes_are_known() -> None:
    assert inline_html("a[^x] b[^y]", footnotes={"y"}) == 'a[^x] b<sup><a href="#fn-y">[y]</a></sup>'


def test_a_mark_leads_to_the_id_its_footnote_has() -> None:
    assert f'href="#{footnote_id("ö1")}"' in inline_html("[^ö1]")


def test_the_bare_words_have_no_marks_targets_or_footnote_marks() -> None:
    assert plain("**We** will [build](https://example.org)\nhomes[^a] &amp; *trains*") == "We will build homes & trains"


def test_words_with_marks_show_footnotes_and_on_request_targets() -> None:
    source = "We *will* [build](https://example.org) homes[^a]"
    assert plain_with_marks(source) == "We will build homes[a]"
    assert plain_with_marks(source, targets=True) == "We will build (https://example.org) homes[a]"
