"""Proposing a plank: a draft is kept at every step, previewed as it will look, and submitted once."""

import re
from threading import Barrier, Thread
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import AuditRow, Plank, Version
from app.planks import service as planks
from app.web.transactions import transaction
from policies.permissions import Actor
from policies.planks import Stage
from tests import builders
from tests.app.reading import counted, main_of

GOOD = {"title": "Buses that run", "theme": "transport", "text": "Buses run *daily*.", "reason": "People need them."}


@pytest.fixture(autouse=True)
def _no_tokens(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        planks.theme_named("Transport", "transport")


@pytest.fixture
def green(app: Flask, client: FlaskClient) -> Actor:
    """A member of the Green group, signed in."""
    actor = builders.member("green")
    builders.sign_in(client, actor)
    return actor


def save(client: FlaskClient, where: str = "/planks/new", **answers: str) -> str:
    """Save a draft and return where its preview is."""
    answer = client.post(where, data={**GOOD, **answers})
    assert answer.status_code == 303, answer.text
    return urlsplit(answer.location).path


def only_plank() -> Plank:
    """The one plank there is."""
    return db.session.query(Plank).one()


def test_write_preview_and_submit(client: FlaskClient, green: Actor) -> None:
    page = client.get("/planks/new").text
    assert "about 10 words; at most 120 characters" in page
    assert "At most 600 words." in page
    assert 'data-advised-words="250"' in page
    assert '<option value="">Choose a theme</option>' in page

    preview = save(client)
    page = main_of(client.get(preview))
    assert "<h1>Buses that run</h1>" in page
    assert "Buses run <em>daily</em>." in page
    assert "People need them." in page
    assert "3 words" in page

    answer = client.post(preview.replace("preview", "submit"))
    assert answer.status_code == 303
    with transaction():
        plank = only_plank()
        assert plank.stage is Stage.SEEKING_SECONDERS
        assert urlsplit(answer.location).path == f"/planks/{plank.key}"
        assert plank.working_version is not None
        assert plank.working_version.text == "Buses run *daily*."
        assert plank.draft_title is None


def test_every_save_keeps_the_newest_words(client: FlaskClient, green: Actor) -> None:
    preview = save(client)
    assert save(client, preview.replace("preview", "draft"), title="Trains too") == preview
    with transaction():
        assert only_plank().draft_title == "Trains too"
    assert 'value="Trains too"' in client.get(preview.replace("preview", "draft")).text


def test_a_draft_is_kept_while_it_is_being_written(client: FlaskClient, green: Actor) -> None:
    where = save(client).replace("/preview", "/draft")
    assert client.post(f"{where}/keep", data={**GOOD, "text": "Buses run"}).status_code == 204
    assert "Buses run</textarea>" in client.get(where).text
    without = client.post(f"{where}/keep", data={**GOOD, "theme": "", "text": "Trams"})
    assert (without.status_code, without.text[:16]) == (422, "Choose the theme")
    save(client, where)
    client.post(where.replace("/draft", "/submit"))
    assert client.post(f"{where}/keep", data={**GOOD, "text": "Late"}).status_code == 409
    assert only_plank().working_version.text == "Buses run *daily*."  # type: ignore[union-attr]


def test_whatever_is_sent_from_one_page_goes_into_one_draft(client: FlaskClient, green: Actor) -> None:
    key = re.findall(r'name="draft" type="hidden" value="(\w+)"', client.get("/planks/new").text)[0]
    unchosen = client.post("/planks/new/keep", data={"draft": key, "title": "Buses"})
    assert (unchosen.status_code, unchosen.text[:16]) == (422, "Choose the theme")
    kept = client.post("/planks/new/keep", data={"draft": key, "title": "Buses", "theme": "transport"})
    assert (kept.status_code, kept.headers["Content-Location"]) == (204, f"/planks/{key}/draft")
    assert save(client, draft=key) == save(client, draft=key, title="Buses at last") == f"/planks/{key}/preview"
    with transaction():
        assert (only_plank().key, only_plank().draft_title) == (key, "Buses at last")
    client.post(f"/planks/{key}/submit")
    late = client.post("/planks/new/keep", data={**GOOD, "draft": key, "title": "Late"})
    assert late.status_code == 409
    with transaction():
        assert only_plank().title == "Buses at last"
    assert save(client, draft=key, title="Another") != f"/planks/{key}/preview"


@pytest.mark.both
def test_the_same_page_sent_twice_at_once_makes_one_draft(app: Flask, green: Actor) -> None:
    both, key = Barrier(2), "abcdefghjkmn"

    def send() -> None:
        browser = app.test_client()
        builders.sign_in(browser, green)
        both.wait()
        answers.append(browser.post("/planks/new", data={**GOOD, "draft": key}).status_code)

    answers: list[int] = []
    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303, 303]
    with transaction():
        assert only_plank().key == key


def test_what_is_pasted_from_a_word_processor_is_made_plain(client: FlaskClient, green: Actor) -> None:
    draft = save(client, text="\u2022\tBuses\u00a0run.\n\u2022\tTrains too.").replace("/preview", "/draft")
    with transaction():
        assert only_plank().draft_text == "- Buses run.\n- Trains too."
    save(client, draft, text="- Buses run.\n- Trains too.\n\u2022 Trams.")
    with transaction():
        assert only_plank().draft_text == "- Buses run.\n- Trains too.\n- Trams."


def test_an_unfinished_draft_is_kept_and_says_what_it_wants(client: FlaskClient, green: Actor) -> None:
    preview = save(client, title="", text="", reason="")
    page = main_of(client.get(preview))
    for wanting in ("Give the plank a title.", "Write the text of the plank.", "Say why, in a sentence or two."):
        assert wanting in page
    assert ">Submit</button>" not in page


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"title": "T" * 121}, "Shorten the title to 120 characters; it has 121."),
        ({"title": "  "}, "Give the plank a title."),
        ({"text": "word " * 601}, "Shorten the text to 600 words; it has 601."),
        ({"text": "#"}, "Write the text of the plank."),
        ({"text": "w" * 12_001}, "Shorten the text to 12,000 characters; it has 12,001."),
        ({"reason": "r" * 1_001}, "Shorten the reason to 1,000 characters; it has 1,001."),
        ({"reason": ""}, "Say why, in a sentence or two."),
    ],
)
def test_submitting_what_does_not_fit_says_so_at_its_field_and_keeps_the_draft(
    client: FlaskClient, green: Actor, answers: dict[str, str], said: str
) -> None:
    preview = save(client, **answers)
    answer = client.post(preview.replace("preview", "submit"))
    assert answer.status_code == 422
    assert f"</span>{said}</p>" in answer.text
    assert "There is a problem" in answer.text
    for name, typed in answers.items():
        assert typed.strip() in answer.text, name
    with transaction():
        assert only_plank().stage is Stage.DRAFT
        assert db.session.query(Version).count() == 0


@pytest.mark.parametrize(
    "fits", [{"title": "T" * 120}, {"text": "word " * 600}, {"reason": "r" * 1_000}], ids=["title", "text", "reason"]
)
def test_exactly_the_most_can_be_submitted(client: FlaskClient, green: Actor, fits: dict[str, str]) -> None:
    preview = save(client, **fits)
    assert client.post(preview.replace("preview", "submit")).status_code == 303


@pytest.mark.parametrize("theme", ["", "cheese", "Transport", "\0"])
def test_without_a_theme_nothing_is_saved_and_every_word_comes_back(
    client: FlaskClient, green: Actor, theme: str
) -> None:
    answer = client.post("/planks/new", data={**GOOD, "theme": theme})
    assert answer.status_code == 422
    assert "Choose the theme that fits best." in answer.text
    for name in ("title", "text", "reason"):
        assert GOOD[name] in answer.text
    with transaction():
        assert db.session.query(Plank).count() == 0


@pytest.mark.parametrize(("name", "most"), [("title", 500), ("text", 25_000), ("reason", 4_000)])
def test_more_than_a_draft_can_hold_comes_back_as_it_was_typed(
    client: FlaskClient, green: Actor, name: str, most: int
) -> None:
    typed = "x" * (most + 1)
    answer = client.post("/planks/new", data={**GOOD, name: typed})
    assert answer.status_code == 422
    assert f"Shorten this to {most:,} characters; it has {most + 1:,}." in answer.text
    assert typed in answer.text
    save(client, **{name: "x" * most})


def test_fields_the_form_does_not_have_change_nothing(client: FlaskClient, green: Actor) -> None:
    save(client, stage="open", number="1", group="labour", mover_id="1", agreed="yes")
    with transaction():
        plank = only_plank()
        assert (plank.stage, plank.number, plank.group, plank.mover_id) == (Stage.DRAFT, None, "green", green.person_id)


def test_what_is_typed_is_never_markup(client: FlaskClient, green: Actor) -> None:
    payload = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    preview = save(client, title=payload, text=f"{payload}\n\n[x](javascript:alert(1)) <b>y</b>", reason=payload)
    for where in (preview, preview.replace("preview", "draft")):
        page = main_of(client.get(where))
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>" not in page
        assert 'href="javascript' not in page


def test_submitting_twice_is_submitting_once(client: FlaskClient, green: Actor) -> None:
    preview = save(client)
    for _ in range(2):
        assert client.post(preview.replace("preview", "submit")).status_code == 303
    with transaction():
        assert db.session.query(Version).count() == 1


@pytest.mark.both
def test_two_submits_at_the_same_moment_leave_one_version(app: Flask, client: FlaskClient, green: Actor) -> None:
    where = save(client).replace("preview", "submit")
    statuses: list[int] = []
    barrier = Barrier(4)

    def click() -> None:
        browser = app.test_client()
        builders.sign_in(browser, green)
        barrier.wait()
        statuses.append(browser.post(where).status_code)

    clicks = [Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert statuses == [303] * 4
    with transaction():
        assert db.session.query(Version).count() == 1
        assert db.session.query(AuditRow).filter_by(act="plank submitted").count() == 1


def test_a_draft_is_its_movers_alone(app: Flask, client: FlaskClient, green: Actor) -> None:
    preview = save(client)
    for stranger in (builders.member("green"), builders.clerk("labour"), None):
        browser = app.test_client()
        if stranger:
            builders.sign_in(browser, stranger)
        for verb in ("preview", "draft"):
            assert browser.get(preview.replace("preview", verb)).status_code == 404
        for verb in ("draft", "submit", "discard", "second", "withdraw", "rule"):
            assert browser.post(preview.replace("preview", verb), data=GOOD).status_code == 404
    with transaction():
        assert only_plank().stage is Stage.DRAFT


def test_a_submitted_plank_has_no_draft_any_more(app: Flask, client: FlaskClient, green: Actor) -> None:
    preview = save(client)
    client.post(preview.replace("preview", "submit"))
    answers = [
        client.get(preview),
        client.get(preview.replace("preview", "draft")),
        client.post(preview.replace("preview", "draft"), data=GOOD),
        client.post(preview.replace("preview", "discard")),
    ]
    for answer in answers:
        assert answer.status_code == 409
        assert "This plank has been submitted" in answer.text
    builders.sign_in(client, builders.member("green"))
    assert client.get(preview).status_code == 403


def test_a_draft_can_be_discarded(client: FlaskClient, green: Actor) -> None:
    preview = save(client)
    answer = client.post(preview.replace("preview", "discard"))
    assert answer.status_code == 303
    assert urlsplit(answer.location).path == "/to-do"
    with transaction():
        assert db.session.query(Plank).count() == 0


def test_a_visitor_and_somebody_who_left_propose_nothing(app: Flask, client: FlaskClient) -> None:
    left = builders.member("green")
    with transaction():
        membership = db.session.get_one(builders.Person, left.person_id).membership
        assert membership is not None
        builders.people.leave(membership, by=left)
    for actor in (None, left):
        browser = app.test_client()
        if actor:
            builders.sign_in(browser, actor)
        assert browser.get("/planks/new").status_code == 403
        assert browser.post("/planks/new", data=GOOD).status_code == 403
    with transaction():
        assert db.session.query(Plank).count() == 0


def test_a_form_without_its_token_changes_nothing(app: Flask, client: FlaskClient, green: Actor) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/planks/new", data=GOOD).status_code == 400
    with transaction():
        assert db.session.query(Plank).count() == 0


def test_writing_costs_few_queries(client: FlaskClient, green: Actor) -> None:
    preview = save(client)
    for where in ("/planks/new", preview, preview.replace("preview", "draft")):
        with counted() as statements:
            client.get(where)
        assert len(statements) <= 8, where
