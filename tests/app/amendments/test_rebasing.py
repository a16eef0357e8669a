"""When the text moves under an amendment: it is marked, nothing is merged, and its mover writes it anew."""

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.permissions import Actor
from tests import builders
from tests.app.reading import main_of

PIECES = {
    "place": r"<h3 class=\"three-place\">(.*?)</h3>",
    "note": r"<p class=\"three-note\">(.*?)</p>",
    "It was": r"<dt>It was</dt>(.*?)</dd>",
    "It is now": r"<dt>It is now</dt>(.*?)</dd>",
    "You wrote": r"<dt>You wrote</dt>(.*?)</dd>",
}


@pytest.fixture
def moved(plank_id: int) -> tuple[int, Actor]:
    """An amendment of a Lib Dem under which another was adopted: "2030" became "2032"."""
    mover = builders.member("lib_dem")
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    amendment_id = builders.submitted_amendment(plank_id, mover, "coldest homes", "oldest homes")
    builders.pass_time(hours=72, minutes=1)
    return amendment_id, mover


def address(amendment_id: int) -> str:
    """Where an amendment is now."""
    with transaction():
        return f"/amendments/{builders.amendment(amendment_id).ref}"


def texts(page: str, name: str) -> list[str]:
    """What stands on the page as a term, heading or note of the three texts, without its markup."""
    found = re.findall(PIECES[name], page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", piece).split()) for piece in found]


def test_others_see_that_the_text_has_moved_and_cannot_second_it(app: Flask, moved: tuple[int, Actor]) -> None:
    client = app.test_client()
    builders.sign_in(client, builders.member("green"))
    page = main_of(client.get(address(moved[0])))
    assert "Text has moved" in page
    assert "Its mover has to bring it up to date" in page
    assert "Second this amendment" not in page
    assert "Bring it up to date" not in page
    answer = client.post(f"{address(moved[0])}/second")
    assert answer.status_code == 409
    assert "Its mover has to submit them anew first." in answer.text


def test_its_mover_sees_the_three_texts_and_a_form_with_the_own_words(
    client: FlaskClient, moved: tuple[int, Actor]
) -> None:
    builders.sign_in(client, moved[1])
    page = main_of(client.get(address(moved[0])))
    assert texts(page, "place") == ["Clause 1", "Clause 2.1"]
    assert texts(page, "note") == ["Changed since you wrote: your words still say what it was.", "Your change."]
    assert "2030" in texts(page, "It was")[0]
    assert "inserted: 2032" in texts(page, "It is now")[0]
    assert "2030" in texts(page, "You wrote")[0]
    assert "inserted: oldest" in texts(page, "You wrote")[1]
    assert "3 other places are the same in all three." in page
    area = page[page.index("<textarea") : page.index("</textarea>")]
    assert "2030" in area
    assert "oldest homes" in area


def test_bringing_it_up_to_date_takes_two_clicks_and_a_new_second(
    app: Flask, client: FlaskClient, moved: tuple[int, Actor]
) -> None:
    amendment_id, mover = moved
    builders.sign_in(client, mover)
    where = address(amendment_id)
    with transaction():
        working = builders.amendment(amendment_id).plank.working_version
        assert working is not None
        title, text, base = working.title, working.text, working.name
    words = {"title": title, "text": text.replace("coldest", "oldest"), "reason": "Still fairer.", "base": base}
    preview = urlsplit(client.post(f"{where}/edit", data=words).location).path
    page = main_of(client.get(preview))
    assert "Clause 2.1: replaces “coldest” with “oldest”." in page
    assert "2030" not in page
    assert "Discard" not in page
    assert client.post(preview.replace("preview", "submit")).status_code == 303
    with transaction():
        amendment = builders.amendment(amendment_id)
        assert amendment.stage is AmendmentStage.SUBMITTED
        assert not amendment.needs_rebase
        assert amendment.revision is not None
        assert amendment.revision.number == 2
    seconder = app.test_client()
    builders.sign_in(seconder, builders.member("green"))
    assert seconder.post(f"{address(amendment_id)}/second").status_code == 303
    builders.pass_time(hours=72, minutes=1)
    with transaction():
        plank = builders.amendment(amendment_id).plank
        assert plank.working_version is not None
        assert "oldest homes" in plank.working_version.text
        assert "2032" in plank.working_version.text


def test_submitting_the_old_words_unchanged_shows_what_they_would_undo(
    client: FlaskClient, moved: tuple[int, Actor]
) -> None:
    builders.sign_in(client, moved[1])
    with transaction():
        revision = builders.amendment(moved[0]).revision
        assert revision is not None
        words = {"title": revision.title, "text": revision.text, "reason": revision.reason, "base": "2"}
    preview = urlsplit(client.post(f"{address(moved[0])}/edit", data=words).location).path
    page = main_of(client.get(preview))
    assert "Clause 1: replaces “2032” with “2030”" in page


def test_a_renewal_that_was_saved_waits_on_the_page_to_be_submitted(
    client: FlaskClient, moved: tuple[int, Actor]
) -> None:
    builders.sign_in(client, moved[1])
    words = {"title": "Warm homes for all", "text": "All new.", "reason": "Better.", "base": "2"}
    client.post(f"{address(moved[0])}/edit", data=words)
    page = main_of(client.get(address(moved[0])))
    assert "You have brought this amendment up to date, but not submitted it yet." in page
    assert f'href="{address(moved[0])}/preview"' in page


def test_submitting_without_bringing_it_up_to_date_changes_nothing(
    client: FlaskClient, moved: tuple[int, Actor]
) -> None:
    builders.sign_in(client, moved[1])
    assert client.post(f"{address(moved[0])}/submit").status_code == 303
    with transaction():
        amendment = builders.amendment(moved[0])
        assert amendment.needs_rebase
        assert amendment.revision is not None
        assert amendment.revision.number == 1


@pytest.fixture
def moved_draft(plank_id: int) -> tuple[int, Actor]:
    """A draft that was begun before the text moved."""
    mover = builders.member("lib_dem")
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    with transaction():
        plank = builders.plank(plank_id)
        text = builders.TEXT.replace("coldest", "oldest").strip()
        drafted = builders.amendments.begin(plank, "Warm homes for all", text, "Fairer.", None, by=mover)
        amendment_id = drafted.id
    builders.pass_time(hours=72, minutes=1)
    return amendment_id, mover


def test_a_draft_whose_text_moved_says_so_and_is_not_submitted_as_it_stands(
    client: FlaskClient, moved_draft: tuple[int, Actor]
) -> None:
    builders.sign_in(client, moved_draft[1])
    where = address(moved_draft[0])
    page = main_of(client.get(f"{where}/preview"))
    assert "the text has changed since you began" in page
    assert ">Submit</button>" not in page
    answer = client.post(f"{where}/submit")
    assert answer.status_code == 409
    assert "The text has moved since you began." in answer.text


def test_a_draft_whose_text_moved_is_brought_up_to_date_on_its_page(
    client: FlaskClient, moved_draft: tuple[int, Actor]
) -> None:
    builders.sign_in(client, moved_draft[1])
    where = address(moved_draft[0])
    page = main_of(client.get(f"{where}/edit"))
    assert "It is now" in page
    assert 'name="base" type="hidden" value="2"' in page
    words = {"title": "Warm homes for all", "text": builders.TEXT.replace("2030", "2031"), "reason": "Ok.", "base": "2"}
    assert client.post(f"{where}/edit", data=words).status_code == 303
    assert client.post(f"{where}/submit").status_code == 303
    with transaction():
        revision = builders.amendment(moved_draft[0]).revision
        assert revision is not None
        assert revision.base.number == 2


def test_words_written_before_a_text_that_moved_meanwhile_are_kept_as_an_amendment_of_what_was_seen(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2032")
    builders.pass_time(hours=72, minutes=1)
    words = {
        "title": "Warm homes for all",
        "text": builders.TEXT.replace("coldest", "oldest"),
        "reason": "a",
        "base": "1",
    }
    answer = client.post("/planks/1/amend", data=words)
    assert answer.status_code == 303
    page = main_of(client.get(answer.location))
    assert "the text has changed since you began" in page
    assert "Clause 2.1: replaces “coldest” with “oldest”." in page
