"""Marks at the beginnings of lines: at the same words as in print, and without a word of their own."""

import re
from html import unescape

from hypothesis import given

from policies.text.line_marks import lines_named, marked_html
from policies.text.lines import Line, printed_lines
from policies.text.render import inline_html
from policies.text.units import read_units
from tests.policies.text.strategies import ANY_TEXT, PLANK_TEXTS

MARK = re.compile(r'<(a|span) class="(line[^"]*)" id="L(\d+)" data-line="\3" aria-hidden="true"[^>]*></\1>')


def shown(html: str, *lines: str) -> str:
    """The HTML with each mark as its number in brackets, with an s where it is no link."""
    marked = marked_html(html, [Line(number, "u", text) for number, text in enumerate(lines, start=1)])
    return MARK.sub(lambda mark: f"[{mark[3]}{'s' if mark[1] == 'span' else ''}]", marked)


def test_a_line_begins_at_its_first_word_across_emphasis_and_links():
    assert shown("one two three four", "one two", "three four") == "[1]one two [2]three four"
    assert shown("<em>one two</em> th<strong>r</strong>ee", "one", "two", "three") == (
        "[1]<em>one [2]two</em> [3]th<strong>r</strong>ee"
    )
    assert shown('a <a href="http://x/>y">b c</a> d', "a", "b", "c d") == "a".join(
        ["[1]", ' [2]<a href="http://x/>y">b [3s]c</a> d']
    )
    assert shown('a <a href="/b">b </a>c', "a b", "c") == '[1]a <a href="/b">b </a>[2]c'
    assert shown("one<br>\ntwo&nbsp;&amp; x", "one", "two", "& x") == "[1]one<br>\n[2]two&nbsp;[3]&amp; x"


def test_a_footnote_mark_is_part_of_its_word_and_words_that_are_not_shown_leave_their_number_at_the_end():
    assert shown('end<sup><a href="#fn-1">[1]</a></sup> on', "end[1]", "on") == (
        '[1]end<sup><a href="#fn-1">[1]</a></sup> [2]on'
    )
    assert shown("one", "one two", "three") == "[1]one[2]"
    assert shown("one") == "one"


def test_only_the_first_line_of_a_unit_is_marked_as_such_and_no_mark_is_reached_by_the_tab_key():
    marked = marked_html("one two", [Line(8, "u", "one"), Line(9, "u", "two")])
    assert [mark[1] for mark in MARK.findall(marked)] == ["line line-first", "line"]
    assert marked.count('tabindex="-1"') == marked.count("<a ") == 2


def test_the_lines_of_a_unit_are_named_in_words():
    lines = [Line(number, "u", "x") for number in range(4, 8)]
    assert [lines_named(lines[:count]) for count in (0, 1, 4)] == ["", "line 4", "lines 4 to 7"]


@given(PLANK_TEXTS)
def test_every_line_of_a_plank_is_marked_before_exactly_its_words(text):
    lines = printed_lines(read_units(text))
    for unit in read_units(text):
        own = [line for line in lines if line.unit_id == unit.unit_id]
        html = inline_html(unit.markdown)
        marked = marked_html(html, own)
        assert MARK.sub("", marked) == html
        _, *pieces = MARK.split(marked)
        numbers, between = pieces[2::4], pieces[3::4]
        assert numbers == [str(line.number) for line in own]
        assert [" ".join(unescape(re.sub("<[^>]*>", "", piece)).split()) for piece in between] == [
            line.text for line in own
        ]


@given(ANY_TEXT)
def test_no_text_loses_a_number_or_a_sign(text):
    for unit in read_units(text):
        own = [Line(number, "u", "one two three") for number in (1, 2, 3)]
        html = inline_html(unit.markdown)
        marked = marked_html(html, own)
        assert MARK.sub("", marked) == html
        assert [mark[2] for mark in MARK.findall(marked)] == ["1", "2", "3"]
