"""When the text moves under an amendment: it follows where the change is elsewhere, else its mover reads or settles."""

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.amendments import service as amendments
from app.audit import queries as record
from app.extensions import db
from app.models import AuditRow, Notice, Revision, Settlement
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.notices import NOTHING_LEFT, NoticeKind
from policies.permissions import Actor
from policies.text.operations import apply_operations
from policies.text.settling import Choice
from tests import builders
from tests.app.reading import counted, main_of, press

NEAR, CONFLICT = ("Every home", "Each home"), ("2030", "2035")


def moved(plank_id: int, old: str, new: str, *, title: str = "") -> tuple[int, Actor]:
    """An amendment of a Lib Dem that seeks a seconder, after another was adopted: "2030" became "2032"."""
    mover = builders.member("lib_dem")
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    amendment_id = builders.submitted_amendment(plank_id, mover, old, new)
    builders.pass_time(hours=72, minutes=1)
    return amendment_id, mover


def address(amendment_id: int) -> str:
    """Where an amendment is now."""
    with transaction():
        return f"/amendments/{builders.amendment(amendment_id).ref}"


def working_text(amendment_id: int) -> str:
    """The text of its plank."""
    with transaction():
        version = builders.amendment(amendment_id).plank.working_version
        assert version is not None
        return version.text


def told(actor: Actor) -> list[str]:
    """The words of the notices that this person's amendment waits for them."""
    with transaction():
        kind = NoticeKind.AMENDMENT_NEEDS_ME
        return [one.word for one in db.session.query(Notice).filter_by(person_id=actor.person_id, kind=kind)]


def sent_form(page: str) -> dict[str, str]:
    """What a browser would send of the form that brings an amendment up to date, nothing being chosen."""
    form = page[page.index("/rebase") :]
    form = form[: form.index("</form>")]
    assert " checked" not in form
    hidden = re.findall(r'<input[^>]*name="(base|title)"[^>]*value="([^"]*)"', form)
    areas = re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*(.*?)</textarea>', form, re.DOTALL)
    return {**dict(hidden), **dict(areas)}


def choice_in(page: str) -> str:
    """The name of the one question there is."""
    (name,) = set(re.findall(r'name="(choice_\w+)"', page))
    return name


def test_an_amendment_of_another_clause_follows_with_its_seconds_objections_and_clock(
    app: Flask, plank_id: int
) -> None:
    mover = builders.member("lib_dem")
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    builders.pass_time(hours=48)
    followed = builders.open_amendment(plank_id, mover, "coldest homes", "oldest homes")
    objected = builders.open_amendment(plank_id, builders.member("labour"), "national fund", "public fund")
    objector, late = builders.member("green"), builders.member("green")
    with transaction():
        amendments.object_to(builders.amendment(objected), "It is not public.", by=objector)
        before = builders.amendment(followed).opened_at
    builders.pass_time(hours=24, minutes=1)
    assert told(mover) == []
    page = main_of(app.test_client().get(address(followed)))
    assert "As written for version 1; carried over unchanged to version 2" in page
    assert "a member of the Compass Labour group, as written for version 1" in page
    assert "Clause 2.1: replaces “coldest” with “oldest”." in page
    with transaction():
        amendment = builders.amendment(followed)
        assert (amendment.number, amendment.stage, amendment.opened_at) == (2, AmendmentStage.OPEN, before)
        revision = amendment.revision
        assert revision is not None
        assert revision.base.number == 2
        assert "2032" in revision.text
        assert apply_operations(revision.base.document, revision.operations or {}) == revision.document
        assert revision.rendered.keys() == {unit.unit_id for unit in revision.units}
        row = db.session.query(AuditRow).filter_by(act="amendment carried over", subject_id=followed).one()
        assert row.details["carried_from_id"] == revision.carried_from_id
        assert record.altered_text() == ""
        amendments.second(amendment, by=late)
        amendments.second(amendment, by=late)
        amendments.object_to(builders.amendment(objected), "Again.", by=objector)
    page = main_of(app.test_client().get(address(objected)))
    assert page.count("An objection of a member of the Compass Green group, as written for version 1") == 1
    builders.pass_time(hours=48)
    assert "oldest homes" in working_text(followed)
    with transaction():
        stages = [builders.amendment(one).stage for one in (followed, objected)]
    assert stages == [AmendmentStage.CARRIED, AmendmentStage.OPEN]


def test_a_second_given_before_the_text_moved_can_be_taken_back_after(app: Flask, plank_id: int) -> None:
    mate = builders.member("lib_dem")
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    amendment_id = builders.submitted_amendment(plank_id, mate, "coldest", "oldest")
    with transaction():
        row = builders.amendment(amendment_id)
        db.session.add(
            builders.amendments.AmendmentSecond(
                revision_id=row.revision_id, person_id=mate.person_id, group="lib_dem", seconded_at=row.created_at
            )
        )
    builders.pass_time(hours=72, minutes=1)
    with transaction():
        row = builders.amendment(amendment_id)
        assert not row.needs_rebase
        amendments.take_back_second(row, by=mate)
        assert row.revision is not None
        assert amendments.queries.seconds(row.revision) == []


def test_others_see_that_the_text_has_moved_and_cannot_second_it(app: Flask, plank_id: int) -> None:
    amendment_id, mover = moved(plank_id, *CONFLICT)
    client = app.test_client()
    builders.sign_in(client, builders.member("green"))
    page = main_of(client.get(address(amendment_id)))
    assert "Text has moved" in page
    assert "Its mover has to bring it up to date" in page
    assert "Second this amendment" not in page
    assert "Bring it up to date" not in page
    answer = press(client, address(amendment_id), "second")
    assert answer.status_code == 409
    assert "Its mover has to submit them anew first." in answer.text
    assert told(mover) == [""]


def test_of_changes_in_one_clause_the_merged_text_is_read_and_taken_in_two_clicks(
    client: FlaskClient, plank_id: int
) -> None:
    amendment_id, mover = moved(plank_id, *NEAR)
    builders.sign_in(client, mover)
    where = address(amendment_id)
    page = main_of(client.get(where))
    assert "Clause 1: numbers changed: “2030”, “2032”; modal words changed: “every”." in page
    assert "It was" in page
    assert "4 other places are the same in all three." in page
    taken = sent_form(page)
    assert "Each home that is rented from a council must be insulated by 2032." in taken["text"]
    preview = client.post(f"{where}/rebase", data=taken)
    assert preview.status_code == 303
    page = main_of(client.get(preview.location))
    assert "Clause 1: replaces “Every” with “Each”." in page
    assert "since the words are new" in page
    assert press(client, f"{where}/preview", "submit").status_code == 303
    assert "Opened" not in main_of(client.get(where))
    with transaction():
        amendment = builders.amendment(amendment_id)
        assert (amendment.stage, amendment.needs_rebase) == (AmendmentStage.SUBMITTED, False)
        assert amendment.revision is not None
        assert (amendment.revision.number, amendment.revision.carried_from_id) == (2, None)
    page = main_of(client.post(f"{where}/rebase", data=taken))
    assert "has been submitted, so its words stand" in page


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice.NOW, None),
        (Choice.MINE, "insulated by 2035."),
        (Choice.BOTH, "insulated by 2032 2035."),
        (Choice.OWN, "insulated by the year 2034."),
        (Choice.VOTE, "insulated by 2035."),
    ],
)
def test_a_conflict_is_settled_as_its_mover_says(
    client: FlaskClient, plank_id: int, choice: Choice, said: str | None
) -> None:
    amendment_id, mover = moved(plank_id, *CONFLICT)
    builders.sign_in(client, mover)
    where = address(amendment_id)
    page = main_of(client.get(where))
    assert "The text as it is now: “2032”" in page
    assert "Mine: “2035”" in page
    name, form = choice_in(page), sent_form(page)
    answer = client.post(
        f"{where}/rebase", data={**form, name.replace("choice", "words"): "the year 2034", name: choice}
    )
    if said is None:
        assert answer.status_code == 422
        assert "nothing of your amendment is left" in answer.text
        return
    assert answer.status_code == 303
    with transaction():
        assert said in (builders.amendment(amendment_id).draft_text or "")
        kept = db.session.query(Settlement).one()
        assert (kept.choice, kept.person_id, kept.amendment_id) == (choice, mover.person_id, amendment_id)


def test_what_is_not_answered_is_asked_again_with_what_was_typed(client: FlaskClient, plank_id: int) -> None:
    amendment_id, mover = moved(plank_id, *CONFLICT)
    builders.sign_in(client, mover)
    where = f"{address(amendment_id)}/rebase"
    page = main_of(client.get(where))
    name = choice_in(page)
    words = name.replace("choice", "words")
    answer = client.post(where, data={**sent_form(page), words: "the year 2034"})
    assert answer.status_code == 422
    assert "Choose what it should say here." in answer.text
    assert "the year 2034" in answer.text
    answer = client.post(where, data={**sent_form(page), name: "own", words: " "})
    assert "Type the words, or choose another answer." in answer.text
    assert "Choose one of the answers shown." in client.post(where, data={**sent_form(page), name: "force"}).text


def test_a_settlement_is_offered_again_to_whoever_settled_so_and_to_nobody_else(app: Flask, plank_id: int) -> None:
    first, mover = moved(plank_id, *CONFLICT)
    client = app.test_client()
    builders.sign_in(client, mover)
    page = main_of(client.get(address(first)))
    name = choice_in(page)
    own = {**sent_form(page), name: "own", name.replace("choice", "words"): "my secret draft"}
    assert client.post(f"{address(first)}/rebase", data=own).status_code == 303
    other = builders.member("green")
    with transaction():
        base = db.session.query(Revision).filter_by(amendment_id=first).one().base
        for by in (mover, other):
            text = base.text.replace(*CONFLICT)
            amendments.begin(base.plank, base.title, text, "Fair.", None, by=by, base=base)
    pages = {}
    for by in (mover, other):
        builders.sign_in(client, by)
        with transaction():
            draft = amendments.queries.draft_of(by, builders.plank(plank_id))
            assert draft is not None
            key = draft.key
        pages[by] = main_of(client.get(f"/amendments/{key}/rebase"))
        assert " checked" not in pages[by]
    assert "Before, you settled this place so: Other words: “my secret draft”" in pages[mover]
    assert "secret" not in pages[other]
    assert "Before, you settled" not in pages[other]
    with transaction():
        amendments.discard(amendments.queries.draft_of(mover, builders.plank(plank_id)), by=mover)


def test_where_the_text_says_it_already_the_mover_is_told_and_can_withdraw(client: FlaskClient, plank_id: int) -> None:
    amendment_id, mover = moved(plank_id, "2030", "2032")
    assert told(mover) == [NOTHING_LEFT]
    builders.sign_in(client, mover)
    page = main_of(client.get(address(amendment_id)))
    assert "The text says now what your amendment would have it say." in page
    assert ">Withdraw your amendment</button>" in page
    assert "Take the merged text" not in page
    assert "says now what your amendment would have it say. You can withdraw it." in client.get("/notices").text


def test_one_that_waited_is_merged_from_its_own_text_into_the_newest(client: FlaskClient, plank_id: int) -> None:
    amendment_id, mover = moved(plank_id, *NEAR)
    builders.open_amendment(plank_id, builders.member("labour"), "coldest", "oldest")
    builders.pass_time(hours=72, minutes=1)
    assert told(mover) == [""]
    builders.sign_in(client, mover)
    taken = sent_form(main_of(client.get(address(amendment_id))))
    assert taken["base"] == "3"
    assert "Each home that is rented from a council must be insulated by 2032." in taken["text"]
    assert "oldest homes" in taken["text"]


def test_a_draft_whose_text_moved_is_brought_up_to_date_before_it_is_submitted(
    client: FlaskClient, plank_id: int
) -> None:
    mover = builders.member("lib_dem")
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    with transaction():
        text = builders.TEXT.replace("coldest", "oldest").strip()
        amendment_id = amendments.begin(
            builders.plank(plank_id), "Warm homes for all", text, "Fairer.", None, by=mover
        ).id
    builders.pass_time(hours=72, minutes=1)
    builders.sign_in(client, mover)
    where = address(amendment_id)
    page = main_of(client.get(f"{where}/preview"))
    assert "the text has changed since you began" in page
    assert ">Submit</button>" not in page
    answer = press(client, f"{where}/preview", "submit")
    assert answer.status_code == 409
    assert "The text has moved since you began." in answer.text
    assert client.get(f"{where}/edit").location == f"{where}/rebase"
    page = main_of(client.get(f"{where}/rebase"))
    assert "Your changes fit into it as they are." in page
    assert urlsplit(client.post(f"{where}/rebase", data=sent_form(page)).location).path == f"{where}/preview"
    assert client.get(f"{where}/rebase").location == f"{where}/preview"
    assert press(client, f"{where}/preview", "submit").status_code == 303
    with transaction():
        revision = builders.amendment(amendment_id).revision
        assert revision is not None
        assert revision.base.number == 2
        assert "2032" in revision.text


def test_a_renewal_that_was_saved_waits_on_the_page_to_be_submitted(client: FlaskClient, plank_id: int) -> None:
    amendment_id, mover = moved(plank_id, *CONFLICT)
    builders.sign_in(client, mover)
    assert press(client, f"{address(amendment_id)}/preview", "submit").status_code == 303
    with transaction():
        assert builders.amendment(amendment_id).needs_rebase
    words = {"title": "Warm homes for all", "text": "All new.", "reason": "Better.", "base": "2"}
    client.post(f"{address(amendment_id)}/edit", data=words)
    page = main_of(client.get(address(amendment_id)))
    assert "You have brought this amendment up to date, but not submitted it yet." in page
    assert f'href="{address(amendment_id)}/preview"' in page


def test_words_written_before_a_text_that_moved_meanwhile_are_kept_as_an_amendment_of_what_was_seen(
    client: FlaskClient, plank_id: int, labour: Actor
) -> None:
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2032")
    builders.pass_time(hours=72, minutes=1)
    text = builders.TEXT.replace("coldest", "oldest")
    words = {"title": "Warm homes for all", "text": text, "reason": "a", "base": "1"}
    answer = client.post("/planks/1/amend", data=words)
    assert answer.status_code == 303
    page = main_of(client.get(answer.location))
    assert "the text has changed since you began" in page
    assert "Clause 2.1: replaces “coldest” with “oldest”." in page


def statements_to_adopt(plank_id: int, amendment_id: int) -> int:
    """How many statements it takes to adopt an amendment, and to have the others follow or wait."""
    with transaction(), counted() as statements:
        amendments.adopt(builders.plank(plank_id), [builders.amendment(amendment_id)])
        db.session.flush()
        db.session.rollback()
    return len(statements)


def test_many_amendments_follow_or_wait_in_as_many_statements_as_few(plank_id: int) -> None:
    adopted = builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    by = builders.member("lib_dem")

    def add(number: int) -> None:
        for one in range(number):
            builders.submitted_amendment(plank_id, by, "coldest", f"oldest {one}")
            builders.submitted_amendment(plank_id, by, "Every home", f"Each home {one}")

    add(2)
    few = statements_to_adopt(plank_id, adopted)
    add(10)
    assert statements_to_adopt(plank_id, adopted) == few
