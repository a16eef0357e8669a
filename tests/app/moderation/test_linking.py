"""The note in the place of hidden words leads to its case, wherever words can hold a link."""

import pytest
from flask import Flask, Response

from app.moderation.linking import link_notes

NOTE = "Hidden by clerks of two groups on 3 May 2026 because: It is rude."
LINK = '<a href="/cases/abcdefghjkmn">Case abcdefghjkmn</a>'


def linked(app: Flask, page: str, path: str = "/planks/1", kind: str = "text/html") -> str:
    """What becomes of a page."""
    with app.test_request_context(path):
        return link_notes(Response(page, mimetype=kind)).get_data(as_text=True)


def test_words_are_linked_and_nothing_else_is(app: Flask) -> None:
    assert linked(app, f"<p>{NOTE} Case abcdefghjkmn.</p>") == f"<p>{NOTE} {LINK}.</p>"
    for page in (
        f'<title>{NOTE} Case abcdefghjkmn.</title><meta content="{NOTE} Case abcdefghjkmn.">',
        f"<textarea>{NOTE} Case abcdefghjkmn.</textarea>",
        f'<a href="/x"><span>{NOTE} Case abcdefghjkmn.</span></a>',
        f'<svg><text>{NOTE} Case abcdefghjkmn.</text></svg><input value="Case abcdefghjkmn.">',
        "<p>In the Case abcdefghjkmn. nothing is hidden.</p>",
        f"<p>{NOTE} Case ABCDEFGHJKMN. Case abc.</p>",
    ):
        assert linked(app, page) == page


def test_what_stands_after_such_a_place_is_linked_again(app: Flask) -> None:
    page = f"<label>{NOTE} Case abcdefghjkmn.</label><p>{NOTE} Case abcdefghjkmn.</p>"
    assert linked(app, page) == page.replace("<p>" + NOTE + " Case abcdefghjkmn", f"<p>{NOTE} {LINK}")


def test_a_line_that_begins_within_the_note_breaks_no_link(app: Flask) -> None:
    page = f'<p>{NOTE} Case <a class="line" href="#L6"></a>abcdefghjkmn.</p>'
    assert '<a href="/cases/abcdefghjkmn">abcdefghjkmn</a>.' in linked(app, page)


@pytest.mark.parametrize(("path", "kind"), [("/embed/planks/1", "text/html"), ("/planks/1", "text/plain")])
def test_neither_what_others_frame_nor_a_file_gets_links(app: Flask, path: str, kind: str) -> None:
    page = f"<p>{NOTE} Case abcdefghjkmn.</p>"
    assert linked(app, page, path, kind) == page


def test_words_of_a_text_that_only_look_like_a_case_are_no_link_to_nowhere(app: Flask) -> None:
    ours = "<p>The Case considerable. In any Case <b></b>considerable.</p>"
    page = f"<p>{NOTE} Case abcdefghjkmn.</p>"
    assert linked(app, f"{page}{ours}") == f"<p>{NOTE} {LINK}.</p>{ours}"
