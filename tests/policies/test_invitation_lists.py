"""Lists of addresses as spreadsheets save them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import RuleBroken
from policies.invitation_lists import ListedAddress, read_list


def written(text):
    return [(one.line, one.written) for one in read_list(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@example.org", [(1, "a@example.org")]),
        ("a@example.org\n\n  b@example.org \n", [(1, "a@example.org"), (3, "b@example.org")]),
        ("\ufeffemail\r\na@example.org\r\nb@example.org\r\n", [(2, "a@example.org"), (3, "b@example.org")]),
        ('Name,E-Mail,Ward\n"Smith, Jo",jo@example.org,North\n', [(2, "jo@example.org")]),
        ("name;email\nJo;jo@example.org\rAl;al@example.org", [(2, "jo@example.org"), (3, "al@example.org")]),
        ("email\tname\njo@example.org\tJo", [(2, "jo@example.org")]),
        ("name,email\nJo", [(2, "")]),
        ('=HYPERLINK("http://x.example"),jo@example.org', [(1, '=HYPERLINK("http://x.example")')]),
        ('"an unclosed quote\njo@example.org', [(1, "an unclosed quote"), (2, "jo@example.org")]),
    ],
)
def test_the_addresses_of_a_list(text, found):
    assert written(text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Give at least one address"),
        (" \n\t\n", "Give at least one address"),
        ("email,name\n", "no address below it"),
        ("a@example.org\n" * 502, "at most 500"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(text, words):
    with pytest.raises(RuleBroken, match=words):
        read_list(text)


def test_five_hundred_addresses_below_a_heading_are_taken():
    assert len(read_list("email\n" + "a@example.org\n" * 500)) == 500


def test_a_very_long_line_is_looked_at_no_further():
    (one,) = read_list("x" * 5_000 + ",a@example.org")
    assert one == ListedAddress(1, "x" * 2_000)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_list(text)
    except RuleBroken:
        return
    assert all(one.line >= 1 and "\n" not in one.written for one in found)
