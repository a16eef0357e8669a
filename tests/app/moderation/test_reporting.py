"""Reporting any text in two clicks without an account, deciding about it in two groups, appealing once."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.desk.ticking import tick
from app.extensions import db
from app.models import AuditRow, Case, CaseWord, Mail, Report
from app.moderation import queries
from app.moderation.texts import text_of
from app.web.transactions import transaction
from policies.errors import RuleBroken
from policies.moderation import REPORTS_KEPT, CaseStage, Kind, Verdict, Wrong
from policies.permissions import Actor
from tests import builders, moderated
from tests.app.reading import main_of

SECRET = "The neighbour at number seven drinks"
REASON = "It told something private about a person."
LINK = re.compile(r'href="(/report\?[^"]+)"')


@pytest.fixture
def author(app: Flask) -> Actor:
    """A member who names themselves on an argument."""
    return builders.member("green")


@pytest.fixture
def argument_id(author: Actor) -> int:
    """An argument that should not stand, about plank 1."""
    return builders.argued(builders.open_plank(), author, words=SECRET, named=True)


def as_member(client: FlaskClient, actor: Actor) -> FlaskClient:
    """A browser in which this person is signed in."""
    browser = client.application.test_client()
    builders.sign_in(browser, actor)
    return browser


def subject_of(argument_id: int) -> str:
    """What a case about an argument is about."""
    return f"argument:arguments:{argument_id}"


def case_of(argument_id: int) -> Case:
    """The case about an argument."""
    case, _ = moderated.the_case(subject_of(argument_id))
    return case


def decide(browser: FlaskClient, key: str, verdict: str, reason: str = REASON) -> int:
    """Decide on what the page of the case shows; returns the status."""
    shown = browser.get(f"/clerk/cases/{key}").text
    (read,) = re.findall(r'name="read" value="(\w+)"', shown)
    sent = {"verdict": verdict, "reason": reason, "read": read}
    return browser.post(f"/clerk/cases/{key}", data=sent).status_code


def test_anybody_reports_and_follows_it_by_its_reference(client: FlaskClient, argument_id: int) -> None:
    page = client.get("/planks/1?view=arguments").text
    address = next(unescape(link) for link in LINK.findall(page) if "argument-" in link)
    (chosen,) = re.findall(r'<input[^>]*checked[^>]*value="(argument-[^"]+)"', client.get(address).text)
    for sent, said in (
        ({}, "Choose which text you report"),
        ({"text": chosen}, "Choose what is wrong"),
        ({"text": chosen, "wrong": "other"}, "Say what is wrong"),
        ({"text": "version-1", "wrong": "spam"}, "Choose which text"),
        ({"text": chosen, "wrong": "x"}, "Choose what is wrong"),
        ({"text": chosen, "wrong": "spam", "contact": "nobody"}, "Write a whole e-mail address"),
        ({"text": chosen, "wrong": "spam", "words": "x" * 501}, "x" * 501),
    ):
        answer = client.post(address, data={"words": "", **sent})
        assert answer.status_code == 422
        assert said in answer.text
    sent = {"text": chosen, "wrong": "personal", "words": "I live there.", "contact": "me@example.org"}
    answer = client.post(address, data=sent)
    assert answer.status_code == 303
    page = main_of(client.get(answer.location))
    assert answer.location.removeprefix("/reports/") in page
    assert "It waits for the clerks." in page
    for hidden in ("I live there.", SECRET, "me@example.org"):
        assert hidden not in page
    with transaction():
        (row,) = db.session.scalars(db.select(AuditRow).where(AuditRow.subject == "reports"))
        assert (row.by_person, row.by_group) == (None, None)
    moderated.decided(subject_of(argument_id), Verdict.LEAVE, "labour", "lib_dem")
    assert "left it as it is" in client.get(answer.location).text
    with transaction():
        assert "has an answer" in db.session.scalars(db.select(Mail.body).where(Mail.address == "me@example.org")).one()


def test_clerks_of_two_groups_hide_it_and_its_author_appeals_to_clerks_who_had_no_word(
    client: FlaskClient, argument_id: int, author: Actor
) -> None:
    reference = moderated.reported(argument_id, words="He is my neighbour.")
    key = case_of(argument_id).key
    green, second_green, labour = builders.clerk("green"), builders.clerk("green"), builders.clerk("labour")
    queue = as_member(client, green).get("/clerk/reports").text
    assert SECRET in queue
    assert "(P1)" in queue, "the queue does not say which plank it is about"
    assert decide(as_member(client, green), key, "hide", reason="") == 422
    assert decide(as_member(client, green), key, "hide") == 303
    assert decide(as_member(client, second_green), key, "hide") == 303
    assert SECRET in client.get("/planks/1?view=arguments").text
    shown = as_member(client, labour).get(f"/clerk/cases/{key}").text
    assert f"A clerk of the Compass Green group says: hide it. {REASON}" in shown
    assert decide(as_member(client, labour), key, "hide") == 303
    tombstone = main_of(client.get("/planks/1?view=arguments"))
    note = rf"Hidden by clerks of two groups on \d+ \w+ \d{{4}} because: {REASON} <a [^>]+>Case {key}</a>\."
    assert re.search(note, tombstone)
    assert "A member of the Compass Green group" in tombstone
    for gone in (SECRET, "Demonstration person"):
        assert gone not in tombstone
    assert "have hidden the text" in client.get(f"/reports/{reference}").text
    own = as_member(client, author)
    assert "An argument of yours is hidden" in own.get("/to-do").text
    assert SECRET in own.get(f"/cases/{key}").text
    assert SECRET not in client.get(f"/cases/{key}").text
    assert client.post(f"/cases/{key}/appeal", data={"reason": "Not me."}).status_code == 409
    assert own.post(f"/cases/{key}/appeal", data={"reason": ""}).status_code == 422
    assert own.post(f"/cases/{key}/appeal", data={"reason": "It is about nobody."}).status_code == 303
    assert own.post(f"/cases/{key}/appeal", data={"reason": "Once more."}).status_code == 409
    assert "Its author appeals: It is about nobody." in as_member(client, labour).get("/clerk/reports").text
    assert 'name="read"' not in as_member(client, labour).get(f"/clerk/cases/{key}").text
    for clerk in (builders.clerk("lib_dem"), builders.clerk("labour")):
        assert decide(as_member(client, clerk), key, "leave", "") == 303
    assert SECRET in client.get("/planks/1?view=arguments").text
    assert client.get(f"/cases/{key}").status_code == 404
    assert "one appeal is all there is" in client.get(f"/reports/{reference}").text


def test_two_groups_leaving_it_settle_the_reports_and_later_ones_are_decided_anew(argument_id: int) -> None:
    about = subject_of(argument_id)
    moderated.reported(argument_id)
    moderated.decided(about, Verdict.HIDE, "green")
    moderated.decided(about, Verdict.LEAVE, "labour", "lib_dem", reason="")
    with transaction():
        assert (queries.how_many_wait(), case_of(argument_id).stage) == (0, CaseStage.LEFT)
    moderated.reported(argument_id)
    moderated.decided(about, Verdict.HIDE, "labour")
    with transaction():
        assert (queries.how_many_wait(), case_of(argument_id).stage) == (1, CaseStage.WAITING)
        assert db.session.query(CaseWord).count() == 4


def test_a_clerk_decides_on_the_words_as_they_are(argument_id: int, author: Actor) -> None:
    moderated.reported(argument_id)
    moderated.decided(subject_of(argument_id), Verdict.HIDE, "green")
    builders.argued(1, author, words="I take that back: warm homes help all.")
    moderated.decided(subject_of(argument_id), Verdict.HIDE, "labour")
    with transaction():
        assert case_of(argument_id).stage is CaseStage.WAITING


def test_what_one_clerk_hides_at_once_is_shown_again_after_72_hours_unless_another_group_confirms(
    client: FlaskClient, argument_id: int, author: Actor
) -> None:
    about = subject_of(argument_id)
    moderated.reported(argument_id, Wrong.SPAM)
    with pytest.raises(RuleBroken, match="only where a report says"):
        moderated.held(about)
    moderated.reported(argument_id, Wrong.ILLEGAL)
    moderated.held(about)
    page = client.get("/planks/1?view=arguments").text
    assert (SECRET in page, "Hidden by a clerk on" in page) == (False, True)
    builders.pass_time(hours=71)
    assert SECRET not in client.get("/planks/1?view=arguments").text
    builders.pass_time(hours=1)
    assert SECRET in client.get("/planks/1?view=arguments").text
    with pytest.raises(RuleBroken, match="shown again"):
        moderated.held(about, "lib_dem")
    # The first word still counts for its group, so that one of another makes two.
    moderated.decided(about, Verdict.HIDE, "green")
    assert "Hidden by clerks of two groups" in client.get("/planks/1?view=arguments").text
    with transaction():
        assert case_of(argument_id).stage is CaseStage.HIDDEN


def test_whoever_reported_appeals_by_the_reference_within_14_days(client: FlaskClient, argument_id: int) -> None:
    reference = moderated.reported(argument_id)
    moderated.decided(subject_of(argument_id), Verdict.LEAVE, "labour", "lib_dem", reason="")
    assert "Appeal against leaving it" in client.get(f"/reports/{reference}").text
    assert client.post(f"/reports/{reference}/appeal", data={"reason": "Look again."}).status_code == 303
    assert "There is an appeal" in client.get(f"/reports/{reference}").text
    moderated.decided(subject_of(argument_id), Verdict.HIDE, "green", "labour")
    assert "have hidden the text" in client.get(f"/reports/{reference}").text
    with transaction():
        assert db.session.query(AuditRow).filter_by(act="case appealed").one().by_person is None


def test_reports_are_kept_up_to_an_end_and_the_address_for_30_days(client: FlaskClient, argument_id: int) -> None:
    with transaction():
        ref = text_of(Kind.ARGUMENT, builders.argument(argument_id)).ref
    sent = {"text": ref, "wrong": "abuse", "words": "Rude.", "contact": "me@example.org"}
    address = f"/report?page=/planks/1&text={ref}"
    locations = [client.post(address, data=sent).location for _ in range(REPORTS_KEPT + 3)]
    assert locations[REPORTS_KEPT:] == [locations[0]] * 3
    assert "its words were not kept" in client.get(locations[-1]).text
    queue = as_member(client, builders.clerk("labour")).get("/clerk/reports").text
    assert queue.count("Rude.") == REPORTS_KEPT
    assert "3 further reports, counted only." in queue
    moderated.decided(subject_of(argument_id), Verdict.LEAVE, "labour", "lib_dem", reason="")
    builders.pass_time(days=29)
    assert db.session.query(Report).filter_by(contact="me@example.org").count() == REPORTS_KEPT
    builders.pass_time(days=1)
    assert db.session.query(Report).filter_by(contact="me@example.org").count() == 0


def test_a_text_taken_back_ends_its_case(client: FlaskClient, argument_id: int, author: Actor) -> None:
    reference = moderated.reported(argument_id)
    with transaction():
        key = builders.argument(argument_id).key
    assert as_member(client, author).post(f"/arguments/{key}/withdraw").status_code == 303
    tick()
    assert "Its author has taken the text back" in client.get(f"/reports/{reference}").text
    with transaction():
        assert queries.how_many_wait() == 0


def test_a_page_with_a_key_in_its_address_is_not_kept(client: FlaskClient, argument_id: int) -> None:
    sent = {"text": "page", "wrong": "other", "words": "It is wrong here.", "contact": ""}
    for page, kept in (("/planks", "/planks"), ("/reports/abcdefgh2345", "/"), ("/sign-in", "/")):
        assert client.post(f"/report?page={page}", data=sent).status_code == 303
        with transaction():
            assert db.session.query(Case).order_by(Case.id.desc()).first().page == kept
    for page in ("//evil.example", "https://evil.example/x", "/nowhere", "/planks/999", "x" * 999):
        assert client.get(f"/report?page={page}").status_code == 404
    clerk = as_member(client, builders.clerk("labour"))
    with transaction():
        key = db.session.query(Case).filter_by(page="/planks").one().key
    assert decide(clerk, key, "hide") == 422
    assert decide(clerk, key, "leave", "") == 303


def test_the_link_at_the_foot_leads_to_a_report_from_pages_on_which_something_is_begun(app: Flask) -> None:
    builders.open_amendment(builders.open_plank(), builders.member("labour"), "2030", "2031")
    client = app.test_client()
    builders.sign_in(client, builders.member("green"))
    for page, says in (
        ("/planks/new", "Something else on the page"),
        ("/planks/1/amend", "The text: P1 version 1"),
        ("/planks/1/amend/in-words", "The text: P1 version 1"),
        ("/planks/combine", "Something else on the page"),
        ("/amendments/P1-A1/offers/new", "Something else on the page"),
    ):
        [link] = re.findall(r'href="(/report[^"]*)"[^>]*>Report something', client.get(page).text)
        asked = client.get(unescape(link))
        assert (page, asked.status_code) == (page, 200)
        assert says in asked.text, page


def test_the_queue_is_paged(client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    browser = as_member(client, builders.clerk("labour"))
    for number in range(21):
        moderated.reported(builders.argued(plank_id, builders.member("green"), words=f"Reported argument {number}."))
    assert browser.get("/clerk/reports").text.count("Reported argument") == 20
    assert "Reported argument 20." in browser.get("/clerk/reports?page=2").text
    assert browser.get("/clerk/reports?page=3").status_code == 404
