"""An archive of all that is held about somebody: everything of theirs, and nothing of anybody else's."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Table, select

from app.extensions import Base, db
from app.models import DataExport, Membership, Person, Plank, Removal
from app.models.personal import HELD
from app.moderation.texts import text_of
from app.privacy import exports
from app.web.transactions import transaction
from policies.moderation import Kind, Verdict
from policies.permissions import Actor
from tests import builders, moderated
from tests.app.privacy.conftest import ADDRESS, NAME, SECRET_DRAFT, Member, browser

TABLES = Base.metadata.sorted_tables


def archive_of(actor: Actor) -> dict[str, str]:
    """The files of somebody's archive, by name."""
    with transaction():
        packed = exports.archive(db.session.get_one(Person, actor.person_id))
    with zipfile.ZipFile(BytesIO(packed)) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def held(actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """What the archive's JSON says, by table."""
    found: dict[str, list[dict[str, Any]]] = json.loads(archive_of(actor)["my-data.json"])["held"]
    return found


def asked(client: FlaskClient) -> str:
    """The address of an archive, asked for by its button."""
    return client.post("/account/data").headers["Location"]


def test_two_clicks_from_the_account_fetch_an_archive_once(app: Flask, zadie: Member) -> None:
    client = browser(app, zadie.actor)
    assert 'action="/account/data"' in client.get("/account").text
    address = asked(client)
    assert "Download the archive" in client.get(address).text
    fetched = client.post(address)
    assert (fetched.content_type, fetched.headers["Cache-Control"]) == ("application/zip", "no-store")
    assert "my-data-" in fetched.headers["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(fetched.data)) as files:
        assert NAME in files.read("my-data.html").decode()
    again = client.post(address)
    assert (again.status_code, "only once" in again.text) == (409, True)


def test_the_address_of_an_archive_opens_nothing_without_its_session_or_after_a_day(app: Flask, zadie: Member) -> None:
    client = browser(app, zadie.actor)
    address = asked(client)
    for other in (browser(app), browser(app, builders.clerk("green"))):
        assert {other.get(address).status_code, other.post(address).status_code} == {404}
    builders.move_clock(days=1)
    late = client.post(address)
    assert (late.status_code, "Ask for a new one" in late.text) == (409, True)
    builders.pass_time(minutes=1)
    with transaction():
        assert db.session.scalars(select(DataExport)).all() == []


def test_it_holds_what_a_member_did_and_keeps_what_opens_doors_to_itself(zadie: Member) -> None:
    found = held(zadie.actor)
    assert found["people"][0]["email"] == ADDRESS
    assert SECRET_DRAFT in {row["draft_title"] for row in found["planks"]}
    assert {row["purpose"] for row in found["consents"]} == {"contact", "news"}
    assert [row["choice"] for row in found["name_choices"]] == ["everybody"]
    assert len(found["participations"]) == 1
    for table, rows in found.items():
        shown = {name for row in rows for name in row}
        assert not shown & {"digest", "browser_digest", "address_digest", "body", "unsubscribe_url", "receipt"}, table
        assert table != "supporters" or "key" not in shown


def test_words_of_ones_own_that_clerks_have_hidden_are_in_it(zadie: Member) -> None:
    with transaction():
        plank = db.session.get_one(Plank, zadie.public_plank)
        subject, words = text_of(Kind.REASON, plank).subject, plank.reason
    moderated.reported_text(Kind.REASON, Plank, zadie.public_plank)
    moderated.decided(subject, Verdict.HIDE, "labour", "lib_dem")
    assert words in held(zadie.actor)["hidden_words"][0]["words"].values()
    assert words in archive_of(zadie.actor)["my-data.html"]


def test_nothing_of_others_and_nothing_of_a_choice_is_in_it(app: Flask, zadie: Member) -> None:
    other = builders.member("labour")
    with transaction():
        db.session.get_one(Person, other.person_id).name = "Demonstration Otto Someone"
    builders.draft(other, title="Not hers to read")
    amendment_id = builders.open_amendment(zadie.public_plank, other, "2030", "2031")
    builders.offered(amendment_id, zadie.actor, "2031", "2032")
    files = archive_of(zadie.actor)
    for text in files.values():
        assert "Otto Someone" not in text
        assert "Not hers to read" not in text
    assert {row["ballot_id"] for row in held(zadie.actor)["participations"]} != set()
    assert not {"open_papers", "counted_papers", "counted_receipts"} & {
        t for t, rows in held(zadie.actor).items() if rows
    }


def test_the_readable_page_names_things_as_the_public_does(zadie: Member) -> None:
    page = archive_of(zadie.actor)["my-data.html"]
    assert "P1" in page
    assert "Compass groups are not parties" in page
    assert "<script" not in page


def paths_to_people(table: Table, seen: frozenset[str] = frozenset()) -> bool:
    """Whether keys lead from this table, over others or not, to people."""
    targets = {key.column.table for key in table.foreign_keys if key.column.table.name not in seen}
    return any(
        target.name == "people" or paths_to_people(target, seen | {table.name, target.name}) for target in targets
    )


@pytest.mark.parametrize("table", [table for table in TABLES if paths_to_people(table)], ids=lambda table: table.name)
def test_every_table_that_leads_to_people_is_in_it_or_says_why_not(table: Table) -> None:
    declared = HELD[table.name]
    assert bool(declared.found_by) != bool(declared.left_out), f"{table.name}: write found_by or left_out"
    direct = {
        column.name for column in table.columns for key in column.foreign_keys if key.column.table.name == "people"
    }
    assert direct <= set(declared.found_by), f"{table.name}: write found_by for {direct - set(declared.found_by)}"
    assert not direct & set(" ".join(declared.found_by.values()).split()) - {"person_id"}


def test_it_tells_nothing_that_one_clerk_alone_has_said_of_a_member(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    member, first, second = builders.member("green"), builders.clerk("green"), builders.clerk("green")
    with transaction():
        keys = {
            one: db.session.scalars(select(Membership.key).where(Membership.person_id == one.person_id)).one()
            for one in (member, second)
        }
    client = browser(app, first)
    assert client.post(f"/clerk/members/{keys[member]}/remove", data={"reason": "Unproven words."}).status_code == 303
    assert client.post(f"/clerk/members/{keys[second]}/office", data={"reason": "Unproven words."}).status_code == 303
    for actor in (member, second):
        found = held(actor)
        assert found["removals"] == found["office_proposals"] == []
        assert not {"removal proposed", "office proposed"} & {row["act"] for row in found["audit_rows"]}
    assert len(held(first)["removals"]) == len(held(first)["office_proposals"]) == 1
    with transaction():
        page = f"/clerk/removals/{db.session.scalars(select(Removal.key)).one()}"
    assert browser(app, second).post(f"{page}/confirm").status_code == 303
    assert [row["reason"] for row in held(member)["removals"]] == ["Unproven words."]
