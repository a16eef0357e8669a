"""Seconds, objections, settlements and the time to object hold for the words that were read, and for no others."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app.amendments import queries
from app.amendments import service as amendments
from app.web.transactions import transaction
from policies.amendments import AmendmentStage
from policies.ballots import Choice, RoundKind
from policies.groups import GROUP_KEYS
from tests import builders
from tests.app.amendments.test_rebasing import CONFLICT, address, choice_in, moved, sent_form, working_text
from tests.app.reading import press


def test_after_a_vote_members_have_72_hours_to_object_to_what_was_seconded_while_it_ran(
    app: Flask, client: FlaskClient, plank_id: int
) -> None:
    voted_on = builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    builders.objected(voted_on)
    elsewhere = builders.submitted_amendment(plank_id, builders.member("lib_dem"), "coldest homes", "worst homes")
    round_id = builders.open_round(plank_id, RoundKind.AMENDMENTS)
    seconder = builders.member("green")
    with transaction():
        amendments.second(builders.amendment(elsewhere), by=seconder)
    for group in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, group), {"A1": Choice.YES})
    builders.pass_time(days=7, minutes=1)
    with transaction():
        assert builders.amendment(voted_on).stage is AmendmentStage.CARRIED
        assert builders.amendment(elsewhere).stage is AmendmentStage.OPEN
    builders.sign_in(client, builders.member("labour"))
    assert "Object to adopting it without a vote" in client.get(address(elsewhere)).text
    builders.pass_time(hours=71)
    assert "worst homes" not in working_text(elsewhere)
    builders.pass_time(hours=1)
    assert "worst homes" in working_text(elsewhere)


def test_a_second_or_an_objection_is_for_the_words_that_were_read_and_no_others(
    app: Flask, client: FlaskClient, plank_id: int
) -> None:
    amendment_id, mover = moved(plank_id, *CONFLICT)
    with transaction():
        assert (revision := builders.amendment(amendment_id).revision) is not None
        read = str(revision.words_id)
        amendments.redraft(builders.amendment(amendment_id), "Warm homes for all", "Other words.", "Why.", by=mover)
        amendments.submit(builders.amendment(amendment_id), by=mover)
    builders.sign_in(client, builders.member("green"))
    where = address(amendment_id)
    answer = client.post(f"{where}/second", data={"seen": read})
    assert (answer.status_code, "has submitted other words since you read" in answer.text) == (409, True)
    (now,) = re.findall(r'name="seen" value="(\d+)"', client.get(where).text)
    assert f'name="seen" value="{now}"' in client.get("/to-do").text
    assert client.post(f"{where}/second", data={"seen": now}).status_code == 303
    where = address(amendment_id)
    answer = client.post(f"{where}/object", data={"seen": read, "reason": "Too late."})
    assert (answer.status_code, "Too late." in answer.text) == (409, True)
    assert client.post(f"{where}/object", data={"seen": now, "reason": "Too late."}).status_code == 303


def test_what_is_settled_is_no_longer_than_a_draft_can_be(client: FlaskClient, plank_id: int) -> None:
    mover, seconder = builders.member("lib_dem"), builders.member("green")
    for by, title in ((builders.member("labour"), "Hot homes for all"), (mover, "Cool homes for all")):
        with transaction():
            plank = builders.plank(plank_id)
            assert plank.working_version is not None
            text = plank.working_version.text
            amendment = amendments.begin(plank, title, text, "It is so.", None, by=by)
            amendments.submit(amendment, by=by)
            if by is not mover:
                amendments.second(amendment, by=seconder)
            amendment_id = amendment.id
    builders.pass_time(hours=72, minutes=1)
    builders.sign_in(client, mover)
    where = f"{address(amendment_id)}/rebase"
    page = client.get(where).text
    name = choice_in(page)
    typed = {**sent_form(page), name: "own", name.replace("choice", "words"): "long" * 200}
    answer = client.post(where, data=typed)
    assert (answer.status_code, "too long to be kept" in answer.text) == (422, True)
    assert "long" * 200 in answer.text


def test_what_says_not_which_words_it_is_for_is_refused(client: FlaskClient, plank_id: int) -> None:
    mover = builders.member("lib_dem")
    amendment_id = builders.submitted_amendment(plank_id, mover, "2030", "2032")
    builders.sign_in(client, builders.member("green"))
    for act, sent in (("second", {}), ("second", {"seen": ""})):
        assert client.post(f"{address(amendment_id)}/{act}", data=sent).status_code == 409
    assert press(client, address(amendment_id), "second").status_code == 303
    assert client.post(f"{address(amendment_id)}/object", data={"reason": "Late."}).status_code == 409
    with transaction():
        draft = amendments.begin(builders.plank(plank_id), "Warm homes", builders.TEXT, "Why.", None, by=mover).key
    builders.sign_in(client, mover)
    assert client.post(f"/amendments/{draft}/submit").status_code == 409
    assert press(client, f"/amendments/{draft}/preview", "submit").status_code == 303


def test_words_kept_late_from_a_page_that_was_submitted_begin_no_other_draft(
    client: FlaskClient, plank_id: int
) -> None:
    mover, key = builders.member("labour"), "abcdefghjkmn"
    builders.sign_in(client, mover)
    with transaction():
        where = f"/planks/{builders.plank(plank_id).ref}/amend"
    sent = {"draft": key, "base": "1", "title": "Warm homes", "text": builders.TEXT, "reason": "Shorter."}
    preview = client.post(where, data=sent).location
    press(client, preview, "submit")
    late = client.post(f"{where}/keep", data={**sent, "title": "Late"})
    assert (late.status_code, "has been submitted" in late.text) == (409, True)
    with transaction():
        assert queries.draft_of(mover, builders.plank(plank_id)) is None
