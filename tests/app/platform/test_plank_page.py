"""A plank's page: exactly these words, exactly these decisions, and nothing that is not public yet."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.planks import service as planks
from app.rulings import service as rulings
from app.web.transactions import transaction
from policies.ballots import RoundKind
from policies.endorsements import Form, FormKind, StanceKind
from policies.groups import GROUP_KEYS
from tests import builders, many
from tests.app.platform.test_home import words_of
from tests.app.reading import main_of

EVIL = '<script>alert(1)</script>"&'


@pytest.fixture
def agreed(app: Flask) -> int:
    """Plank 1, backed whole by every group."""
    plank_id = builders.open_plank()
    builders.decided(plank_id)
    return plank_id


@pytest.fixture
def amended(agreed: int) -> int:
    """Plank 1, agreed as version 1, with a version 2 on which no group has decided."""
    builders.open_amendment(agreed, builders.member("lib_dem"), "2030", "2035")
    round_id = builders.open_round(agreed, RoundKind.AMENDMENTS)
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key))
    builders.pass_time(days=7, minutes=1)
    return agreed


def page(client: FlaskClient, address: str = "/planks/1") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return main_of(answer)


def units_of(plank_id: int) -> list[str]:
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        return [unit.unit_id for unit in version.units]


def test_an_open_plank_shows_title_text_clauses_and_no_position_yet(app: Flask, client: FlaskClient) -> None:
    builders.open_plank()
    shown = page(client)
    words = words_of(shown)
    assert "Being drafted" in words
    assert "No group has taken a position on version 1 yet. These are Compass groups, not parties." in words
    assert "Clause 2.1 , line 3 Work begins with the coldest homes." in words
    assert 'href="/planks/1/v1"' in shown


def test_the_reason_stands_in_the_history_and_never_beside_the_words_that_groups_back(
    app: Flask, client: FlaskClient
) -> None:
    builders.open_plank()
    for view in ("text", "backing", "amendments"):
        assert "Cold homes harm." not in page(client, f"/planks/1?view={view}")
    history = words_of(page(client, "/planks/1?view=history"))
    assert "Why Cold homes harm. The reason is no part of what a group backs." in history


def test_an_agreed_plank_says_who_backs_which_version(agreed: int, client: FlaskClient) -> None:
    words = words_of(page(client))
    assert "Agreed" in words
    assert "All three Compass groups back version 1. These are Compass groups, not parties." in words
    assert "Labour (Compass group, not the Labour Party): Backs it" in words


def backing_of_an_older_version_is_never_shown_beside_a_newer_one(client: FlaskClient) -> None:
    words = words_of(page(client, "/planks/1?text=working"))
    assert "insulated by 2035" in words
    assert "Backs it" not in words
    assert words.count("No position yet") == len(GROUP_KEYS)
    assert "Being drafted" in words
    assert "This is the working text, version 2. It is not the agreed one." in words


def test_the_public_reads_the_agreed_text_while_a_newer_one_is_worked_on(amended: int, client: FlaskClient) -> None:
    shown = page(client)
    words = words_of(shown)
    assert "insulated by 2030" in words
    assert "insulated by 2035" not in words
    assert "All three Compass groups back version 1." in words
    assert "There is a newer text, version 2. No group has taken a position on version 2 yet." in words
    assert 'href="/planks/1?text=working"' in shown
    assert 'href="/planks/1/compare?from=1&amp;to=2"' in shown
    backing_of_an_older_version_is_never_shown_beside_a_newer_one(client)


def test_after_the_text_has_moved_the_page_says_which_earlier_text_has_backing(app: Flask, client: FlaskClient) -> None:
    backed = {"labour": StanceKind.ENDORSED, "lib_dem": StanceKind.OPT_OUT, "green": StanceKind.DECLINED}
    plank_ids = many.planks(2, [backed, backed])
    assert "An earlier text has backing" not in words_of(page(client))
    many.newer_versions(plank_ids[:1], stances={})
    many.newer_versions(plank_ids[1:], stances=dict.fromkeys(GROUP_KEYS, StanceKind.DECLINED))
    shown = page(client)
    assert "No group has taken a position on version 2 yet." in words_of(shown)
    assert (
        "An earlier text has backing. The Compass Labour group backs version 1;"
        " the Compass Lib Dem group backs version 1 except some units. See who backs what ." in words_of(shown)
    )
    assert '<a href="/planks/1?view=backing">See who backs what</a>' in shown
    assert "An earlier text has backing" not in words_of(page(client, "/planks/2"))


def test_a_reservation_is_printed_beside_the_text(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, forms={"green": Form(FormKind.RESERVE, "Only if trees are kept.")})
    words = words_of(page(client))
    assert "“Only if trees are kept.” Compass Green group (not the Green Party)" in words
    assert "Only if trees are kept." in words_of(page(client, "/planks/1?view=backing"))


def test_units_a_group_opted_out_of_stand_in_brackets(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    excepted = tuple(units_of(plank_id)[1:3])
    builders.decided(plank_id, forms={"lib_dem": Form(FormKind.EXCEPT, "", excepted)})
    words = words_of(page(client))
    assert "Agreed in part" in words
    assert words.count("In brackets:") == 2
    assert "In brackets: The government will pay councils" in words
    assert "Not clauses 2 and 2.1" in words
    assert "Backs this text except clauses 2 and 2.1, in brackets here." in words


def test_a_withdrawn_backing_says_until_when_it_was_agreed(agreed: int, client: FlaskClient) -> None:
    builders.decided(agreed, forms={"labour": Form(FormKind.WITHDRAW)})
    words = words_of(page(client))
    assert "No longer agreed" in words
    assert re.search(r"It was agreed until \d+ \w+ \d{4}. These are the last words that every group backed.", words)
    assert "This is the last agreed text of the plank." in words_of(page(client, "/planks/1/v1"))


def test_while_a_round_is_open_the_page_is_the_same_whatever_is_voted(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    round_id = builders.open_round(plank_id)
    views = [f"/planks/1?view={view}" for view in ("text", "backing", "amendments", "history")]
    before = [page(client, view) for view in views]
    assert re.search(r"Round R1 : Open until \d+ \w+ \d{4}, \d\d:\d\d UTC.", words_of(before[0]))
    for key in GROUP_KEYS:
        builders.vote(round_id, builders.voters(round_id, key)[:4])
    assert [page(client, view) for view in views] == before


def test_decisions_history_and_amendments_each_have_a_view(amended: int, client: FlaskClient) -> None:
    shown = page(client, "/planks/1?view=backing")
    words = words_of(shown).replace("\u00a0", " ")
    assert "Compass Labour group (not the Labour Party) ✓ Backs it" in words
    assert 'href="/rounds/1"' in shown
    assert "Amendments to version 1" in words
    # The picture has a step for the newer text, the table of decisions no row.
    assert "Version 2" not in words.partition("The same in words stands below.")[2]
    history = words_of(page(client, "/planks/1?view=history"))
    assert "Version 1 Proposed by a member of the Compass Green group." in history
    assert "Opened to the public as P1" in history
    assert re.search(
        r"Version 2 Amendment P1-A1 , moved by a member of the Compass Liberal Democrat group,"
        r" carried in every group in round R2 on \d+ \w+ \d{4}. What changed since version 1",
        history,
    )
    amendments = page(client, "/planks/1?view=amendments")
    assert "Amendments (1)" in words_of(amendments)
    assert 'href="/amendments/P1-A1"' in amendments


def test_history_says_when_an_amendment_was_adopted_by_agreement(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2035")
    builders.pass_time(hours=73)
    words = words_of(page(client, "/planks/1?view=history"))
    assert re.search(r"adopted by agreement on \d+ \w+ \d{4}: nobody objected for 72 hours", words)


def test_members_can_amend_each_unit_of_the_working_text(amended: int, client: FlaskClient) -> None:
    assert "/amend" not in page(client, "/planks/1?text=working")
    builders.sign_in(client, builders.member("labour"))
    working = page(client, "/planks/1?text=working")
    for unit_id in units_of(amended):
        assert f'href="/planks/1/amend?unit={unit_id}#part-{unit_id}"' in working
        assert f'id="part-{unit_id}" open' in client.get(f"/planks/1/amend?unit={unit_id}").text
    agreed_text = page(client)
    assert "/amend" not in agreed_text
    assert "Amendments are made to the working text" in agreed_text


def test_a_member_sees_in_one_click_what_changed_since_the_own_group_backed_it(
    amended: int, client: FlaskClient
) -> None:
    assert "What changed since your group" not in page(client)
    builders.sign_in(client, builders.member("labour"))
    assert '<a href="/planks/1/compare?from=1&amp;to=2">What changed since your group backed version 1</a>' in page(
        client
    )


def test_before_it_is_open_members_alone_see_what_is_wanted(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.submitted(builders.member("green"))
    with transaction():
        address = f"/planks/{builders.plank(plank_id).key}"
    assert client.get(address).status_code == 404
    builders.sign_in(client, builders.member("labour"))
    words = words_of(page(client, address))
    assert "Seeking seconders" in words
    assert "Why Cold homes harm." in words
    assert "It wants a second from a member of the Compass Green group and one from a member of another group." in words
    assert "No position yet" not in words
    assert "Being drafted" not in words


def test_a_draft_leads_its_mover_to_the_preview_and_nobody_else_anywhere(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    plank_id = builders.draft(mover)
    with transaction():
        address = f"/planks/{builders.plank(plank_id).key}"
    builders.sign_in(client, builders.member("green"))
    assert client.get(address).status_code == 404
    builders.sign_in(client, mover)
    assert client.get(address).location == f"{address}/preview"
    assert client.get(f"{address}/compare").status_code == 404
    assert client.get(f"{address}/v1").status_code == 404


def test_the_key_of_a_numbered_plank_leads_to_its_number(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    with transaction():
        key = builders.plank(plank_id).key
    assert client.get(f"/planks/{key}").location == "/planks/1"
    assert client.get(f"/planks/{key}/v1").location == "/planks/1/v1"
    assert client.get(f"/planks/{key}/compare").location == "/planks/1/compare"
    asked = {"view=backing": "/planks/1", "text=1": "/planks/1", "from=1&to=2": "/planks/1/compare"}
    for question, leads_to in asked.items():
        assert client.get(f"{leads_to.replace('/1', f'/{key}')}?{question}").location == f"{leads_to}?{question}"


def test_the_name_of_a_plank_leads_to_its_page(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    for name in ("P1", "p1"):
        answer = client.get(f"/planks/{name}")
        assert (answer.status_code, answer.location) == (301, "/planks/1")
    assert client.get("/planks/P1?view=backing").location == "/planks/1?view=backing"
    hidden = builders.submitted(builders.member("green"))
    with transaction():
        unknown = [f"P{hidden}", f"P{builders.plank(hidden).key}", f"P{builders.plank(plank_id).key}"]
    assert [client.get(f"/planks/{name}").status_code for name in unknown] == [404, 404, 404]


def test_ended_planks_say_why(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    withdrawn, archived = builders.open_plank(mover), builders.open_plank()
    with transaction():
        planks.withdraw(builders.plank(withdrawn), by=mover)
    for key in GROUP_KEYS:
        clerk = builders.clerk(key)
        with transaction():
            rulings.archive(builders.plank(archived), "The law has been passed.", by=clerk)
    assert "Its mover withdrew it." in words_of(page(client, "/planks/1"))
    shown = words_of(page(client, "/planks/2"))
    assert "Archived" in shown
    assert "The law has been passed." in shown
    assert "Being drafted" not in shown
    assert "No position yet" not in shown


def test_a_plank_ruled_out_says_why_to_members_and_is_not_there_for_others(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.seconded(builders.member("green"))
    for key in GROUP_KEYS[:2]:
        clerk = builders.clerk(key)
        with transaction():
            rulings.rule(builders.plank(plank_id), "out_of_order", "It asks two things at once.", by=clerk)
    with transaction():
        address = f"/planks/{builders.plank(plank_id).key}"
    assert client.get(address).status_code == 404
    builders.sign_in(client, builders.member("labour"))
    assert "It asks two things at once." in words_of(page(client, address))


@pytest.mark.parametrize("query", ["view=zebra", "view=", "text=draft", "text=", "view=Text", "view=text&text=%00"])
def test_an_unknown_view_is_not_there(app: Flask, client: FlaskClient, query: str) -> None:
    builders.open_plank()
    assert client.get(f"/planks/1?{query}").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["01", "1.0", "1e0", "+1", "-1", "0", "%31%00", "2", "999999", "9999999", "1" * 400, "[1]", "P01", "٣", "1%20"],
)
def test_an_odd_number_is_not_there(app: Flask, client: FlaskClient, address: str) -> None:
    builders.open_plank()
    for rest in ("", "/v1", "/compare"):
        assert client.get(f"/planks/{address}{rest}").status_code == 404


def test_text_is_text_and_names_stay_hidden(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(title=EVIL, text=f"{EVIL}\n\n- {EVIL}", reason=EVIL)
    builders.decided(plank_id, forms={"green": Form(FormKind.RESERVE, EVIL)})
    addresses = ["/", "/planks", "/planks/1", "/planks/1/v1", "/planks/1/compare"]
    addresses += [f"/planks/1?view={view}" for view in ("backing", "amendments", "history")]
    for address in addresses:
        text = client.get(address).text
        assert "<script>alert" not in text, address
        assert "Demonstration person" not in text, address
