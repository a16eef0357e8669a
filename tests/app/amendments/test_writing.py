"""Amending in place: edit and reason, preview, submit; nothing typed is lost, and what is wrong is said per field."""

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.models import Amendment
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import RoundKind
from policies.permissions import Actor
from policies.planks import Stage
from tests import builders
from tests.app.reading import main_of, press

FUND = "The government will pay councils for this work from a national fund."


def address(plank_id: int) -> str:
    """Where one amends a plank."""
    with transaction():
        return f"/planks/{builders.plank(plank_id).ref}/amend"


def unit_id(plank_id: int, words: str) -> str:
    """The id of the unit with these words in the working text."""
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        return next(unit.unit_id for unit in version.units if words in unit.markdown)


def in_place(plank_id: int, words: str) -> tuple[str, str]:
    """Where one amends the unit with these words, and the field they are in."""
    unit = unit_id(plank_id, words)
    return f"{address(plank_id)}?unit={unit}", f"text_{unit}"


def only_amendment() -> Amendment:
    """The one amendment there is."""
    return builders.db.session.query(Amendment).one()


def save(client: FlaskClient, where: str, **answers: str) -> str:
    """Send the form, and follow to the preview's address."""
    answer = client.post(where, data=answers)
    assert answer.status_code == 303, answer.text
    return urlsplit(answer.location).path


def test_edit_and_reason_then_preview_then_submit(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    where, field = in_place(plank_id, "national fund")
    page = client.get(where).text
    assert FUND in page
    assert "Clause 2" in page

    preview = save(client, where, **{field: FUND.replace("a national", "its own")}, reason="It is clearer.", base="1")
    page = main_of(client.get(preview))
    assert "Clause 2: replaces “a national” with “its own”." in page
    assert "deleted: </span>a national<span" in page
    assert "It is clearer." in page

    shown = press(client, preview, "submit", follow_redirects=True)
    assert shown.status_code == 200
    assert "Seeking a seconder" in main_of(shown)
    assert "Your amendment is submitted." in main_of(shown)
    with transaction():
        assert only_amendment().stage is AmendmentStage.SUBMITTED


def test_a_unit_rewritten_from_end_to_end_keeps_its_id_and_so_do_the_others(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    changed = unit_id(plank_id, "national fund")
    where = f"{address(plank_id)}?unit={changed}"
    preview = save(client, where, **{f"text_{changed}": "Councils may borrow."}, reason="Quicker.")
    press(client, preview, "submit")
    with transaction():
        revision = only_amendment().revision
        assert revision is not None
        assert [unit.unit_id for unit in revision.units] == [unit.unit_id for unit in revision.base.units]
        assert next(unit.markdown for unit in revision.units if unit.unit_id == changed) == "Councils may borrow."


def test_the_rest_of_the_text_stays_byte_for_byte(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    where, field = in_place(plank_id, "coldest")
    save(client, where, **{field: "Work begins where it is *most* needed."}, reason="Fairer.")
    with transaction():
        expected = builders.TEXT.replace(
            "Work begins with the coldest homes.", "Work begins where it is *most* needed."
        )
        assert only_amendment().draft_text == expected.strip("\n")


def test_a_unit_can_be_removed_and_the_editor_still_shows_that_unit(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    where, field = in_place(plank_id, "national fund")
    preview = save(client, where, **{field: ""}, reason="Councils have money.")
    assert "Clause 2: removed: “The government will pay" in main_of(client.get(preview))
    editor = client.get(preview.replace("preview", "edit")).text
    area = editor[editor.index(f'name="{field}"') :]
    assert area[area.index(">") : area.index("</textarea>")].strip() == ">"


@pytest.mark.parametrize(
    "typed",
    ["One paragraph.", "Two paragraphs.\n\nHere is the second.", "A [link](https://example.org) and a *word*."],
)
def test_the_editor_comes_back_with_exactly_what_was_typed(
    client: FlaskClient, plank_id: int, labour: Actor, typed: str
) -> None:
    where, field = in_place(plank_id, "national fund")
    preview = save(client, where, **{field: typed.replace("\n", "\r\n")}, reason="Why not.")
    editor = client.get(preview.replace("preview", "edit")).text
    assert f"\n{typed}</textarea>" in editor.replace("\r\n", "\n")
    assert "Why not." in editor


def test_the_whole_text_and_the_title_can_be_amended(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    preview = save(
        client,
        address(plank_id),
        title="Warm homes by 2032",
        text=builders.TEXT.replace("2030", "2032"),
        reason="More time.",
        base="1",
    )
    page = main_of(client.get(preview))
    assert "Title: replaces “for all” with “by 2032”; and 1 more change." in page
    press(client, preview, "submit")
    with transaction():
        revision = only_amendment().revision
        assert revision is not None
        assert revision.title == "Warm homes by 2032"


def test_an_amendment_that_changes_nothing_says_so_and_keeps_what_was_typed(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    where, field = in_place(plank_id, "national fund")
    answer = client.post(where, data={field: f"  {FUND}\r\n", "reason": "My careful reason."})
    assert answer.status_code == 422
    assert "Your amendment leaves the text as it is." in answer.text
    assert "My careful reason." in answer.text
    assert FUND in answer.text
    assert "<title>Error: " in answer.text
    with transaction():
        assert builders.db.session.query(Amendment).count() == 0


def test_a_draft_is_saved_unfinished_and_submitting_it_says_what_is_missing_per_field(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    preview = save(client, address(plank_id), title="T" * 121, text="word " * 601, reason="")
    faults = [
        "Shorten the title to 120 characters; it has 121.",
        "Shorten the text to 600 words; it has 601.",
        "Say why, in a sentence or two.",
    ]
    page = main_of(client.get(preview))
    assert all(fault in page for fault in faults)
    assert ">Submit</button>" not in page

    answer = press(client, preview, "submit")
    assert answer.status_code == 422
    assert all(f"</span>{fault}</p>" in answer.text for fault in faults)
    assert "T" * 121 in answer.text
    with transaction():
        amendment = only_amendment()
        assert amendment.stage is AmendmentStage.DRAFT
        assert amendment.draft_title == "T" * 121


def test_more_than_a_draft_can_hold_comes_back_as_it_was_typed(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    words = "word " * 5_000 + "end"
    answer = client.post(address(plank_id), data={"title": "A title", "text": words, "reason": "Because."})
    assert answer.status_code == 422
    assert "Shorten this to 25,000 characters; it has 25,003." in answer.text
    assert words in answer.text


def test_words_that_no_database_could_store_are_cleaned(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    preview = save(
        client,
        address(plank_id),
        title="A\0 title",
        text="Some\0 words\ud800".encode("utf-8", "replace").decode(),
        reason="\0x",
    )
    assert client.get(preview).status_code == 200


def test_submitting_twice_is_submitting_once(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    preview = save(client, address(plank_id), title="Another title", text=builders.TEXT, reason="Because.")
    for _ in range(2):
        assert press(client, preview, "submit").status_code == 303
    with transaction():
        revision = only_amendment().revision
        assert revision is not None
        assert revision.number == 1


def test_only_the_words_of_the_preview_are_submitted_from_it(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    where, field = in_place(plank_id, "national fund")
    typed = {"title": "Warm homes for all", "reason": "It is shorter.", "base": "1"}
    preview = save(client, where, **typed, **{field: "Councils pay for this."})
    (read,) = re.findall(r'name="seen" value="(\w+)"', client.get(preview).text)
    kept = client.post(preview.replace("preview", "edit/keep"), data={**typed, field: "Councils pay for"})
    assert kept.status_code == 204
    answer = press(client, preview, "submit", seen=read)
    assert (answer.status_code, "Read the preview again" in answer.text) == (409, True)
    (now,) = re.findall(r'name="seen" value="(\w+)"', client.get(preview).text)
    for _ in range(2):
        assert press(client, preview, "submit", seen=now).status_code == 303


def test_a_draft_can_be_discarded(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    preview = save(client, address(plank_id), title="Another title", text=builders.TEXT, reason="Because.")
    assert client.post(preview.replace("preview", "discard")).status_code == 303
    with transaction():
        assert builders.db.session.query(Amendment).count() == 0
    assert client.get(preview).status_code == 404


def test_the_page_offers_the_draft_that_was_begun_before(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    preview = save(client, address(plank_id), title="Another title", text=builders.TEXT, reason="Because.")
    assert preview in client.get(address(plank_id)).text


@pytest.mark.parametrize("unit", ["nothere", "", "../x", "0" * 500])
def test_a_part_that_is_not_there_is_404(client: FlaskClient, plank_id: int, labour: Actor, unit: str) -> None:
    assert client.get(address(plank_id), query_string={"unit": unit}).status_code == 404
    assert client.post(address(plank_id), query_string={"unit": unit}, data={"text": "x"}).status_code == 404


@pytest.mark.parametrize("base", ["9", "1.5"])
def test_a_version_that_is_not_there_is_404(client: FlaskClient, plank_id: int, labour: Actor, base: str) -> None:
    assert client.post(address(plank_id), data={"text": "x", "base": base}).status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_nothing_is_kept(client: FlaskClient, plank_id: int) -> None:
    answer = client.get(address(plank_id))
    assert answer.status_code == 403
    assert "Sign in" in answer.text
    assert client.post(address(plank_id), data={"text": "x", "reason": "y"}).status_code == 403


@pytest.mark.parametrize("stage", [Stage.BALLOTING, Stage.WITHDRAWN])
def test_a_plank_that_is_not_open_takes_no_amendments(
    client: FlaskClient, plank_id: int, labour: Actor, stage: Stage
) -> None:
    if stage is Stage.BALLOTING:
        builders.open_round(plank_id, RoundKind.ENDORSEMENT)
    else:
        with transaction():
            plank = builders.plank(plank_id)
            assert plank.mover_id is not None
            builders.planks.withdraw(plank, by=Actor(plank.mover_id, "green"))
    sent = {"reason": "y", "text_0": "My words."}
    for answer in (client.get(address(plank_id)), client.post(f"{address(plank_id)}?parts=yes", data=sent)):
        assert answer.status_code == 409
        assert "takes no amendments" in answer.text
    assert "My words." in answer.text
    with transaction():
        assert builders.plank(plank_id).stage is stage
        assert builders.db.session.query(Amendment).count() == 0


def test_somebody_elses_draft_is_not_there(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    preview = save(client, address(plank_id), title="Another title", text=builders.TEXT, reason="Because.")
    for stranger in (builders.member("labour"), builders.clerk("green"), None):
        other = client.application.test_client()
        if stranger:
            builders.sign_in(other, stranger)
        assert other.get(preview).status_code == 404
        for verb in ("submit", "discard", "edit", "second", "object", "withdraw"):
            assert other.post(preview.replace("preview", verb), data={"reason": "x", "text": "x"}).status_code == 404
    with transaction():
        assert only_amendment().stage is AmendmentStage.DRAFT


def test_what_is_typed_is_never_markup(client: FlaskClient, plank_id: int, labour: Actor) -> None:
    payload = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    preview = save(
        client, address(plank_id), title=payload, text=f"{payload}\n\n[x](javascript:alert(1))", reason=payload
    )
    for where in (preview, preview.replace("preview", "edit")):
        page = main_of(client.get(where))
        assert "<script" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


def test_a_form_without_its_token_changes_nothing(
    app: Flask, client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(address(plank_id), data={"text": "x", "reason": "y"}).status_code == 400
    with transaction():
        assert builders.db.session.query(Amendment).count() == 0
