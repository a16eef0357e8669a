"""The editor: several parts at once, words kept meanwhile, changes shown, and amendments in words."""

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Amendment, AuditRow
from app.web.transactions import transaction
from policies.permissions import Actor
from tests import builders
from tests.app.amendments.test_writing import FUND, address, only_amendment, save, unit_id
from tests.app.reading import main_of, press, without_tokens

COLDEST = "Work begins with the coldest homes."


def editor_of(preview: str) -> str:
    """Where one goes on writing."""
    return preview.replace("preview", "edit")


def key_on(page: str) -> str:
    """The key that a page was given for its draft."""
    found = re.search(r'name="draft" type="hidden" value="(\w+)"', page)
    assert found is not None
    return found.group(1)


def open_parts(page: str) -> list[str]:
    """What the parts that lie open are called."""
    return re.findall(r'<details class="part[^"]*"[^>]* open>\s*<summary[^>]*><span class="part-place">([^<]+)', page)


def test_several_parts_and_the_title_are_amended_at_once_and_open_again_as_they_were(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    fund, coldest = unit_id(plank_id, "national fund"), unit_id(plank_id, "coldest")
    where = f"{address(plank_id)}?unit={fund}&unit={coldest}"
    assert open_parts(client.get(where).text) == ["Clause 2", "Clause 2.1"]
    answers = {
        "title": "Warm homes by 2032",
        f"text_{fund}": "Councils may borrow.",
        f"text_{coldest}": COLDEST,
        f"after_{coldest}": "• Then the oldest\u00a0ones.",
    }
    preview = save(client, where, **answers, reason="Quicker.", base="1")
    page = main_of(client.get(preview))
    for change in ("Title: replaces", "Clause 2: replaces", "Adds a list item: “Then the oldest ones.”"):
        assert change in page
    again = client.get(editor_of(preview)).text
    assert open_parts(again) == ["Title", "Clause 2", "Clause 2.1"]
    assert "\nThen the oldest ones.</textarea>" in again.replace("- Then", "Then").replace("\r", "")
    press(client, preview, "submit")
    with transaction():
        revision = only_amendment().revision
        assert revision is not None
        kept = [
            unit.unit_id for unit in revision.units if unit.unit_id in {known.unit_id for known in revision.base.units}
        ]
        assert kept == [unit.unit_id for unit in revision.base.units]
        assert f"{COLDEST}\n- Then the oldest ones.\n" in revision.text
        assert only_amendment().draft_parts is None


def test_what_is_kept_while_it_is_written_is_one_draft_and_the_saved_one(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    fund = unit_id(plank_id, "national fund")
    where = f"{address(plank_id)}?unit={fund}"
    begun = {"base": "1", "draft": key_on(client.get(where).text), "reason": ""}
    for words in ("Councils", "Councils may", "Councils may borrow."):
        answer = client.post(where.replace("/amend", "/amend/keep"), data={**begun, f"text_{fund}": words})
        assert (answer.status_code, answer.data) == (204, b"")
    draft = answer.headers["Content-Location"]
    assert draft == f"/amendments/{begun['draft']}/edit"
    assert "Councils may borrow." in client.get(draft).text
    assert client.post(f"{draft}/keep", data={**begun, f"text_{fund}": FUND}).status_code == 204
    preview = save(client, where, **begun, **{f"text_{fund}": "Councils may lend."})
    assert editor_of(preview) == draft
    with transaction():
        assert "Councils may lend." in (only_amendment().draft_text or "")
        assert db.session.query(AuditRow).filter_by(act="amendment begun").count() == 1


def test_what_was_written_goes_along_into_another_way_of_writing(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    fund, where = unit_id(plank_id, "national fund"), address(plank_id)
    page = client.get(f"{where}?unit={fund}").text
    assert f'formaction="{where}/otherwise" name="to" value="words"' in page
    sent = {"draft": key_on(page), "base": "1", "title": "Warm homes for all", "reason": "", f"text_{fund}": FUND}
    for way, leads in (("whole", where), ("parts", f"{where}?parts=yes"), ("words", f"{where}/in-words")):
        assert client.post(f"{where}/otherwise", data={**sent, "to": way}).location == leads
    assert client.post(f"{where}/otherwise", data={**sent, "to": "song"}).status_code == 400
    typed = {**sent, f"text_{fund}": "Councils may borrow."}
    whole = client.post(f"{where}/otherwise", data={**typed, "to": "whole"}).location
    draft = f"/amendments/{sent['draft']}"
    assert whole == f"{draft}/edit?whole=yes"
    shown = client.get(whole).text
    assert "\nCouncils may borrow." in shown.replace("\r", "")
    assert f'formaction="{draft}/edit/otherwise" name="to" value="parts"' in shown
    text = builders.TEXT.replace("a national", "its own")
    back = client.post(f"{draft}/edit/otherwise", data={"base": "1", "title": "T", "text": text, "to": "parts"})
    assert back.location == f"{draft}/edit"
    assert open_parts(client.get(back.location).text) == ["Title", "Clause 2"]
    assert f'<a href="{draft}/preview">Go on with that draft' in client.get(f"{where}/in-words").text
    with transaction():
        assert db.session.query(Amendment).count() == 1


def test_an_amendment_in_words_is_gone_on_with_in_the_text(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    where = f"{address(plank_id)}/in-words"
    assert client.post(where, data={"then": "in place"}).location == f"{address(plank_id)}?parts=yes"
    sent = {"then": "in place", "words": "Leave out “2030” and insert “2032”.", "draft": "abcdefghjkmn", "base": "1"}
    assert client.post(where, data=sent).location == "/amendments/abcdefghjkmn/edit"
    assert open_parts(client.get("/amendments/abcdefghjkmn/edit").text) == ["Clause 1"]
    answer = client.post(where, data={**sent, "words": "Make it better."})
    assert (answer.status_code, "Make it better.</textarea>" in answer.text) == (422, True)


def test_nobody_writes_into_the_draft_of_another(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    preview = save(client, address(plank_id), title="Mine", text=builders.TEXT, reason="", draft="abcdefghjkmn")
    key = preview.split("/")[2]
    assert key == "abcdefghjkmn"
    other = client.application.test_client()
    builders.sign_in(other, builders.member("labour"))
    for sent in (key, "../../etc", "x" * 400, ""):
        theirs = save(other, address(plank_id), title="Theirs", text=builders.TEXT, reason="", draft=sent)
        assert key not in theirs
    press(client, preview, "submit")
    assert other.post(f"/amendments/{key}/edit/keep", data={"title": "Theirs"}).status_code == 404
    with transaction():
        assert db.session.query(Amendment).filter_by(key=key).one().draft_title == "Mine"


def test_too_much_is_not_kept_and_says_so_in_a_sentence(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    fund, coldest = unit_id(plank_id, "national fund"), unit_id(plank_id, "coldest")
    halves = {f"text_{fund}": "w" * 15_000, f"text_{coldest}": "w" * 15_000, "base": "1"}
    answer = client.post(f"{address(plank_id)}/keep?parts=yes", data=halves)
    assert answer.status_code == 422
    assert answer.text.startswith("Shorten the text to 25,000 characters; it has 30,")
    with transaction():
        assert db.session.query(Amendment).count() == 0


def test_changes_are_shown_while_they_are_written_and_nothing_is_stored(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    fund = unit_id(plank_id, "national fund")
    sent = {"base": "1", f"text_{fund}": FUND.replace("a national", "its own"), "at": fund}
    answer = client.post(f"{address(plank_id)}/redline", data=sent)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "deleted: </span>a national<span" in answer.text
    assert "2030" not in answer.text
    assert (
        "Nothing is changed here yet."
        in client.post(f"{address(plank_id)}/redline", data={**sent, f"text_{fund}": FUND}).text
    )
    whole = client.post(
        f"{address(plank_id)}/redline", data={"base": "1", "text": builders.TEXT.replace("2030", "2032")}
    )
    assert "inserted: </span>2032<span" in whole.text
    assert "national fund" not in whole.text
    retitled = {"base": "1", "title": "Warm homes soon", f"text_{fund}": FUND, "at": "title"}
    assert "inserted: </span>soon<span" in client.post(f"{address(plank_id)}/redline", data=retitled).text
    with transaction():
        assert db.session.query(Amendment).count() == 0


def test_words_written_before_the_text_moved_are_not_lost(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    fund = unit_id(plank_id, "national fund")
    preview = save(client, f"{address(plank_id)}?unit={fund}", **{f"text_{fund}": "Councils may."}, base="1")
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2032")
    builders.pass_time(hours=72, minutes=1)
    sent = {f"text_{fund}": "Councils may borrow.", "base": "1", "reason": "Quicker."}
    assert save(client, editor_of(preview), **sent) == preview
    with transaction():
        drafted = db.session.query(Amendment).filter_by(key=preview.split("/")[2]).one()
        assert "Councils may borrow." in (drafted.draft_text or "")
        assert "2030" in (drafted.draft_text or "")
        assert drafted.draft_base is not None
        assert drafted.draft_base.name == "1"
    assert "the text has changed since you began" in main_of(client.get(preview))


def test_an_amendment_in_words_becomes_a_draft_one_goes_on_editing_in_place(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    where = f"{address(plank_id)}/in-words"
    assert "The text in numbered lines" in client.get(where).text
    words = "In line 1, delete “2030” and insert “2032”; leave out “coldest” and insert “oldest”."
    preview = save(client, where, words=words, reason="More exact.", base="1")
    page = main_of(client.get(preview))
    assert "Clause 1: replaces “2030” with “2032”; and 1 more change." in page
    assert open_parts(client.get(editor_of(preview)).text) == ["Clause 1", "Clause 2.1"]
    press(client, preview, "submit")
    with transaction():
        assert only_amendment().revision is not None


def test_what_the_page_says_can_be_said_can_be_said(client: FlaskClient, labour: Actor) -> None:
    text = "Build homes by these words.\n\nThe cost of homes is paid by all:\n\n- By rent.\n- By tax.\n\nThis ends it."
    where = f"{address(builders.open_plank(text=text))}/in-words"
    said = re.findall(r"<li>(.*?)</li>", client.get(where).text.partition("What can be said")[2].partition("</ul>")[0])
    assert len(said) > 4
    for words in said:
        answer = client.post(where, data={"words": words, "reason": "My reason."})
        assert answer.status_code == 303, f"{words}: {main_of(answer)}"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("In line 99, delete “2030” and insert “2032”.", "There is no line 99"),
        ("Delete “home”.", "home"),
        ("", "The instruction is empty."),
        ("Make no change.", "Your amendment leaves the text as it is."),
    ],
)
def test_an_instruction_that_is_refused_comes_back_with_the_sentence_and_the_words(
    client: FlaskClient, plank_id: int, labour: Actor, words: str, refusal: str
) -> None:
    answer = client.post(f"{address(plank_id)}/in-words", data={"words": words, "reason": "My reason."})
    assert answer.status_code == 422
    assert refusal in main_of(answer)
    assert words in answer.text
    assert "My reason." in answer.text
    with transaction():
        assert db.session.query(Amendment).count() == 0


def test_changes_are_read_in_four_ways_and_spoken_as_the_reader_chose(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    text = builders.TEXT.replace("2030", "2032").replace("coldest", "**coldest**")
    preview = save(client, address(plank_id), title="Warm homes", text=text, reason="Because.")
    shown = {
        view: without_tokens(client.get(f"{preview}?view={view}")) for view in ("inline", "sides", "changes", "clean")
    }
    assert shown["inline"] == without_tokens(client.get(preview))
    assert 'class="sides-cell"' in shown["sides"]
    assert "national fund" not in shown["changes"]
    assert "Formatting only" in shown["changes"]
    assert "1 unit unchanged" in shown["changes"]
    assert "<ins>" not in shown["clean"]
    assert "2032" in shown["clean"]
    assert client.get(f"{preview}?view=upside-down").status_code == 400

    assert 'class="spoken-full"' in client.get(preview).text
    for choice in ("brief", "off", "full"):
        where = f"/how-changes-are-spoken?next={preview}"
        answer = client.post(where, data={"spoken": choice})
        assert urlsplit(answer.location).path == preview
        assert f'class="spoken-{choice}"' in client.get(preview).text
    assert client.post("/how-changes-are-spoken", data={"spoken": "loud"}).status_code == 400
