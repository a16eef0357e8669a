"""Long files: asked for once for everybody, made by the worker, given out only while all in them is still so."""

import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.carrying import making, queries, service
from app.carrying.meeting import open_amendments
from app.extensions import db
from app.models import MadeFile, Version
from app.papers.exports import Form
from app.web import pdf
from app.web.transactions import transaction
from policies.carrying import FILES_AT_ONCE, MOST_TRIES, Carried, FileStage
from policies.errors import RuleBroken
from policies.moderation import Kind
from tests import builders
from tests.app.moderation.test_hiding import hide


@pytest.fixture
def app(app: Flask) -> Flask:
    """The service with one open plank."""
    app.config["WTF_CSRF_ENABLED"] = False
    builders.open_plank()
    return app


def asked(form: Form = Form.MARKDOWN) -> int:
    """The platform is asked for; returns the file's id."""
    with transaction():
        return service.ask(Carried.PLATFORM, "", form).id


def stage_of(file_id: int) -> FileStage:
    """Where a file stands."""
    db.session.remove()
    return db.session.get_one(MadeFile, file_id).stage


def test_a_visitor_asks_waits_and_fetches_the_platform(app: Flask, client: FlaskClient) -> None:
    assert "Every public plank, 1 today" in client.get("/take-away").text
    page = client.post("/take-away/md").headers["Location"]
    waiting = client.get(page)
    assert waiting.headers["Refresh"] == "3"
    assert 'role="status">Your file waits for its turn.' in waiting.text
    assert client.get(f"{page}/download").status_code == 404
    assert making.make_due() == 1
    ready = client.get(page)
    assert "Refresh" not in ready.headers
    assert "Your file is ready." in ready.text
    answer = client.get(f"{page}/download")
    assert "## P1: Warm homes for all" in answer.text
    assert "All Compass groups back 0 of these 1 planks" in answer.text
    assert "Compass groups are not parties." in answer.text
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="platform-')


def test_one_file_is_made_for_all_who_ask_for_the_same(app: Flask) -> None:
    first = asked()
    making.make_due()
    assert asked() == first
    assert asked(Form.OPEN_DOCUMENT) != first
    assert making.make_due() == 1


def test_a_file_says_how_far_it_is(app: Flask) -> None:
    file_id = asked()
    making.make_due()
    db.session.remove()
    made = db.session.get_one(MadeFile, file_id)
    assert (made.done, made.total, made.stage) == (1, 1, FileStage.READY)


def test_what_has_changed_since_is_not_given_out(app: Flask, client: FlaskClient) -> None:
    page = client.post("/take-away/md").headers["Location"]
    making.make_due()
    builders.open_plank(title="Trains for all")
    assert client.get(f"{page}/download").status_code == 404
    shown = client.get(page).text
    assert "The platform has changed since this file was asked for" in shown
    assert 'action="/take-away/md"' in shown
    assert client.post("/take-away/md").headers["Location"] != page


def test_words_that_are_hidden_are_not_given_out_from_an_older_file(app: Flask, client: FlaskClient) -> None:
    clerk, browser = builders.clerk("green"), app.test_client()
    builders.sign_in(browser, clerk)
    builders.open_amendment(1, builders.member("labour"), "2030", "2035")
    pages = [browser.post(way).headers["Location"] for way in ("/take-away/md", "/planks/1/meeting-paper/md")]
    making.make_due()
    assert [client.get(f"{page}/download").status_code for page in pages] == [200, 200]
    with transaction():
        version_id = builders.plank(1).working_version_id
    hide(Kind.VERSION, Version, version_id or 0)
    assert [client.get(f"{page}/download").status_code for page in pages] == [404, 404]


def test_the_worker_that_ends_in_the_middle_is_followed_by_another(app: Flask) -> None:
    file_id = asked()
    with transaction():
        assert making._claim(file_id)
    assert making.make_due() == 0
    builders.move_clock(minutes=16)
    assert queries.is_overlooked(clock.now())
    assert making.make_due() == 1
    assert stage_of(file_id) is FileStage.READY


def test_a_file_that_ends_every_worker_is_given_up_until_somebody_asks_again(app: Flask) -> None:
    # A file says of which day it is: the three quarters of an hour below must not end one.
    builders.move_clock(hours=32 - clock.now().hour)
    file_id = asked()
    for _ in range(MOST_TRIES):
        with transaction():
            assert making._claim(file_id)
        builders.move_clock(minutes=16)
        with transaction():
            service.give_up(db.session.get_one(MadeFile, file_id))
    assert stage_of(file_id) is FileStage.FAILED
    assert making.make_due() == 0
    assert asked() == file_id
    assert making.make_due() == 1


def test_what_changes_while_it_is_made_fails_and_says_so(app: Flask, client: FlaskClient) -> None:
    page = client.post("/take-away/md").headers["Location"]
    builders.open_plank(title="Trains for all")
    assert making.make_due() == 0
    assert "has changed since" in client.get(page).text


def test_so_many_files_wait_at_once_and_no_more(app: Flask, client: FlaskClient) -> None:
    with transaction():
        for number in range(FILES_AT_ONCE):
            state = f"{number:064}"
            db.session.add(
                MadeFile(kind=Carried.MEETING, ref=str(number + 1), form="pdf", state=state, asked_at=clock.now())
            )
    with pytest.raises(RuleBroken, match="Wait a minute"), transaction():
        service.ask(Carried.PLATFORM, "", Form.PDF)
    assert client.post("/take-away/pdf").status_code == 409


def test_files_are_kept_for_hours_and_then_forgotten_by_the_clock(app: Flask) -> None:
    file_id = asked()
    making.make_due()
    builders.pass_time(hours=5)
    assert db.session.get(MadeFile, file_id) is not None
    builders.pass_time(hours=2)
    assert db.session.get(MadeFile, file_id) is None


def test_a_clerk_takes_the_amendments_in_the_order_of_the_count(app: Flask, client: FlaskClient) -> None:
    builders.open_amendment(1, builders.member("labour"), "2030", "2035")
    builders.open_amendment(1, builders.member("lib_dem"), "from a national fund", "from a new tax on unused land")
    browser = app.test_client()
    builders.sign_in(browser, builders.clerk("green"))
    assert client.get("/planks/1/meeting-paper").status_code == 403
    assert "its open amendments, 2 today" in browser.get("/planks/1/meeting-paper").text
    for address in ("/planks/1", "/planks/1?view=amendments"):
        assert 'href="/planks/1/meeting-paper"' in browser.get(address).text
        assert "meeting-paper" not in client.get(address).text
    page = browser.post("/planks/1/meeting-paper/md").headers["Location"]
    making.make_due()
    paper = client.get(f"{page}/download").text
    assert paper.index("1. Amendment P1-A2") < paper.index("2. Amendment P1-A1")
    assert "In the text: Clause 1, line 1" in paper
    assert "insulated by {--2030--}{++2035++}." in paper
    assert "Moved by: a member of the Compass Labour group" in paper
    assert [one.number for one in open_amendments(builders.plank(1))] == [2, 1]


@pytest.fixture
def _no_pango() -> Iterator[None]:
    """A machine without the library that lays out type: WeasyPrint cannot be imported then."""

    class Missing:
        """Finds WeasyPrint and fails as it does without Pango."""

        def find_spec(self, name: str, *_rest: object) -> None:
            if name.partition(".")[0] == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "weasyprint"}
    sys.meta_path.insert(0, Missing())  # type: ignore[arg-type]
    pdf.can_be_made.cache_clear()
    yield
    sys.meta_path.pop(0)
    sys.modules.update(kept)
    pdf.can_be_made.cache_clear()


@pytest.mark.usefixtures("_no_pango")
def test_where_no_pdf_can_be_made_the_page_says_so_and_offers_the_others(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/planks/1/v1.pdf")
    assert answer.status_code == 503
    assert "PDFs cannot be made on this machine." in answer.text
    assert 'href="/planks/1/v1.docx"' in answer.text
    assert client.get("/planks/1/v1.docx").status_code == 200
