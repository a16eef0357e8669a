"""Parts of pages that are written once for many readers fit whoever reads them."""

import pytest
from flask import Flask

from tests import builders

pytestmark = pytest.mark.both


def test_links_lead_to_where_the_reader_is_though_the_words_were_written_for_another_root(app: Flask) -> None:
    builders.theme("Housing", "housing")
    builders.open_plank()
    browser = app.test_client()
    builders.sign_in(browser, builders.member())
    browser.get("/planks/1")
    below = browser.get("/planks/1", environ_overrides={"SCRIPT_NAME": "/below"}).text
    of_root, of_below = ([f'href="{root}{way}"' for way in ("/where-we-stand", "/glossary")] for root in ("", "/below"))
    assert not any(link in below for link in of_root)
    assert all(link in below for link in of_below)
    assert 'href="/planks/1/' not in below
