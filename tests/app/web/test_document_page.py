"""A text on a page: every unit of it is there, with its words, wherever it lies."""

import re
from pathlib import Path

import pytest
from flask import Flask
from markupsafe import escape

from app.web.documents import shown_nodes
from app.web.markup import rendered
from policies.text.render import plain
from policies.text.units import read_units

NESTED = """# Homes

Intro.[^a]

- one

  A further paragraph of one.

  - inner

    A further paragraph of the inner one.
- two

1. - a list alone in an item

> A quote.

[^a]: A note.

    Its second paragraph.
"""
STARTERS = sorted((Path(__file__).parents[3] / "policies" / "texts").glob("*/*.md"))


def page_of(app: Flask, text: str) -> str:
    units = read_units(text)
    source = '{% from "components/document.html" import document %}{{ document(nodes) }}'
    with app.test_request_context():
        return app.jinja_env.from_string(source).render(nodes=shown_nodes(units, rendered(units)))


def words_in(html: str) -> str:
    return " ".join(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", html).split())


@pytest.mark.parametrize("text", [NESTED, *(path.read_text("utf-8").split("---\n", 2)[2] for path in STARTERS)])
def test_every_unit_is_on_the_page_with_its_words(app: Flask, text: str) -> None:
    page = page_of(app, text)
    for unit in read_units(text):
        assert page.count(f'id="u-{unit.unit_id}"') == 1
        assert words_in(str(escape(plain(unit.markdown)))) in words_in(page)
