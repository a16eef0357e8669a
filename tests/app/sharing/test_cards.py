"""Share cards: what they say, how they are drawn, and that an address never shows anything but what it was made for."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.endorsements.presenters import LAPSED_WORDS, PAUSED_WORDS
from app.models import Version
from app.planks import service as planks
from app.sharing import drawing, facts
from app.sharing.facts import DISCLAIMER, LONGEST_ALT, CardFacts, CellFacts, Issuer
from app.sharing.typesetting import FACES, PLAIN, TITLE, fitted, measured, wrapped
from app.web.transactions import transaction
from policies.endorsements import NO_STANCE, STANCE_WORDS, Form, FormKind
from policies.groups import GROUPS
from policies.moderation import Kind
from tests import builders
from tests.app.moderation.test_hiding import hide
from tests.app.payloads import PAYLOADS

IMPRINT = "Published by A. Nobody, 1 Example Street"
ISSUER = Issuer("https://platform.example", IMPRINT, is_demonstration=True)
# The working text of this plank is another than the agreed one.
PAGES = ("/", "/planks/3", "/planks/3?text=working", "/planks/3/v1", "/themes/housing", "/groups/green")
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def bare() -> Iterator[None]:
    """Templates, without the service's own: drawing asks for nothing else."""
    folder = Path(drawing.__file__).parents[1] / "templates"
    with Flask("cards", template_folder=str(folder)).app_context():
        yield


def card(title: str = "Warm homes", sign: tuple[str, str] = NO_STANCE, note: str = "") -> CardFacts:
    """A card with a title, on which every group has decided alike."""
    cells = [CellFacts(one.key, one.letter, one.name, one.disclaimer, *sign, note) for one in GROUPS]
    return ISSUER.card("/planks/1", "P1, version 1, 3 May 2026", title, tag="Agreed in part", cells=cells)


def drawn(made: CardFacts) -> str:
    """The words on a card, as they stand, one line after another."""
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawing.svg(made))
    return " ".join(words)


def pictures(client: FlaskClient, page: str) -> tuple[str, str]:
    """The path of a page's card, and what that is in words."""
    found = dict(re.findall(r'<meta property="og:(image|image:alt)" content="([^"]*)">', client.get(page).text))
    return found["image"].removeprefix("http://localhost:5000"), found["image:alt"]


@pytest.mark.xdist_group("created demonstration")
@pytest.mark.parametrize("page", PAGES)
def test_a_pages_head_names_a_card_that_is_there(created: Flask, page: str) -> None:
    client = created.test_client()
    address, alt = pictures(client, page)
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    assert answer.data.startswith(PNG)
    assert answer.data[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
    assert answer.headers["Cache-Control"] == "public, max-age=86400, immutable"
    assert "Set-Cookie" not in answer.headers
    assert DISCLAIMER in alt
    assert client.get(re.sub(r"\w{16}\.png", "0123.png", address)).location == address


def test_a_card_changes_its_address_with_what_stands_on_it_and_an_old_one_leads_to_the_present(
    app: Flask, client: FlaskClient
) -> None:
    mover = builders.member("green")
    plank_id = builders.open_plank(mover, title="Warm Zebulon homes")
    first, alt = pictures(client, "/planks/1")
    assert "Warm Zebulon homes" in alt
    with transaction():
        version_id = builders.plank(plank_id).working_version_id
        planks.withdraw(builders.plank(plank_id), by=mover)
    second, alt = pictures(client, "/planks/1")
    assert "The plank is withdrawn." in alt
    hide(Kind.VERSION, Version, version_id or 0)
    third, alt = pictures(client, "/planks/1")
    assert "Zebulon" not in client.get("/planks/1").text + alt
    assert len({first, second, third}) == 3
    assert [client.get(old).location for old in (first, second)] == [third, third]
    assert "Zebulon" not in client.get("/embed/planks/1").text


def test_a_group_s_card_says_which_party_it_is_not(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, forms={"green": Form(FormKind.RESERVE, statement="Homes first.")})
    address, alt = pictures(client, "/groups/green")
    assert client.get(address).status_code == 200
    assert alt.startswith("Not the Green Party: “Compass Green group”. It backs one plank")
    assert "the Compass Green group backs version 1 with a reservation" in pictures(client, "/planks/1")[1]


@pytest.mark.usefixtures("bare")
def test_every_word_of_the_facts_stands_on_the_card() -> None:
    app_words = card("Every home by the year 2030", STANCE_WORDS[next(iter(STANCE_WORDS))], "As version 2, the same")
    said = drawn(app_words)
    expected = [
        "Common Platform",
        "P1, version 1, 3 May 2026",
        "Every home by the year 2030",
        "Agreed in part",
        IMPRINT,
    ]
    expected += [DISCLAIMER, "platform.example/planks/1", facts.MADE_UP, "Backs it", "As version 2, the same"]
    expected += [words for group in GROUPS for words in (group.letter, group.name, f"({group.disclaimer})")]
    assert [words for words in expected if words not in said] == []


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("sign", [*STANCE_WORDS.values(), NO_STANCE, PAUSED_WORDS, LAPSED_WORDS])
def test_every_sign_is_drawn_since_no_font_is_sure_to_have_it(sign: tuple[str, str]) -> None:
    made = drawing.svg(card(sign=sign))
    assert made.count(drawing.GLYPHS[sign[0]]) == len(GROUPS)
    assert sign[1] in re.sub(r"</text>\s*<text[^>]*>", " ", made)


@pytest.mark.usefixtures("bare")
def test_the_same_facts_give_the_same_bytes_and_any_words_are_words() -> None:
    first, again = (drawing._rendered.__wrapped__(drawing.svg(card())) for _ in range(2))
    svgs = [drawing.svg(card(title, note=title)) for title in PAYLOADS]
    assert first == again
    assert first.startswith(PNG)
    # The page's own parts, and not one more.
    assert {len(re.findall(r"<(?:script|svg|image|iframe|b)\b", made)) for made in svgs} == {1}
    assert drawing._rendered.__wrapped__(svgs[-1]).startswith(PNG)


@pytest.mark.parametrize("title", ["Warm homes", "word " * 24, "W" * 119, "ŵ" * 120])
def test_titles_of_every_length_fit(title: str) -> None:
    sizes, width, height = (66, 50, 38, 32), drawing.INSIDE, drawing.TITLE_HEIGHT
    size, lines = fitted(title, TITLE, sizes, width, height)
    assert len(lines) * size * 1.15 <= height
    assert all(measured(line, TITLE, size) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")


def test_what_does_not_fit_even_small_ends_in_an_ellipsis() -> None:
    assert wrapped("one two three four", PLAIN, 10, 40, 1) == ["one …"]
    # Letters are as wide as the fonts say.
    assert all(measured("W", face, 100) > measured("i", face, 100) > 0 for face in FACES)


def test_the_description_of_a_picture_has_an_end() -> None:
    assert len(replace(card(), sentence="All three back it. " * 90).alt) <= LONGEST_ALT


def test_a_card_of_what_is_not_public_is_nowhere_whoever_asks(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    with transaction():
        key = builders.plank(builders.submitted(mover)).key
    builders.sign_in(client, mover)
    page = client.get(f"/planks/{key}").text
    assert 'name="robots" content="noindex"' in page
    assert "og:" not in page
    for address in (f"/cards/planks/{key}/x.png", f"/cards/planks/{key}/v1/x.png", f"/embed/planks/{key}"):
        assert client.get(address).status_code == 404
