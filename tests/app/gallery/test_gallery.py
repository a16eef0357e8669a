"""The gallery shows every part there is, in every state, and that its colours can be read; production has none."""

import secrets
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.gallery import tokens
from policies.agreement import LevelKey
from policies.endorsements import STANCE_WORDS
from tests.app.reading import main_of

COMPONENTS = Path(__file__).resolve().parents[3] / "app" / "templates" / "components"
# A passkey is a conversation with a device, a refusal a page of its own; two pictures stand on one page each.
NOT_SHOWN = {"passkey", "refusal", "life", "overlap"}


def test_it_shows_every_component_and_every_state(client: FlaskClient) -> None:
    page = main_of(client.get("/gallery"))
    for path in COMPONENTS.glob("*.html"):
        assert path.stem in NOT_SHOWN or f'id="{path.stem}"' in page, path.stem
    for kind, (_glyph, word) in STANCE_WORDS.items():
        assert f"strip-cell-{kind.value}" in page
        assert word in page
    for key in LevelKey:
        assert f"tag-{key.value}" in page
    for state in (
        "strip-cell-paused",
        "strip-cell-none",
        "field-wrong",
        "notice-warning",
        "result-band",
        "unit-footnote",
    ):
        assert state in page


def test_production_has_no_gallery(settings: Settings) -> None:
    secret = secrets.token_hex(32)
    safe = {"environment": "production", "site_url": "https://platform.example", "secret_key": secret, "limits": "on"}
    live = create_app(settings.model_copy(update=safe))
    assert "gallery.show" not in live.view_functions


@pytest.mark.parametrize("scheme", tokens.schemes(), ids=lambda scheme: scheme.name)
def test_every_pair_of_colours_can_be_read(scheme: tokens.Scheme) -> None:
    assert [pair for pair in scheme.pairs if not pair.is_enough] == []


def test_contrast_is_what_wcag_says_it_is(app: Flask) -> None:
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert tokens.contrast("#ffffff", "#777777") == pytest.approx(4.478, abs=0.001)
    assert tokens.contrast("#0c4a57", "#0c4a57") == 1
