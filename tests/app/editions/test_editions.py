"""Editions: clerks of all groups publish what all groups back, in exactly these words, and nobody changes it after."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.audit import queries as audit
from app.audit import replaying
from app.config import Settings
from app.desk.ticking import tick
from app.editions import keys, papers, service
from app.editorial import service as editorial
from app.extensions import db
from app.models import (
    Edition,
    EditionPaper,
    EditionProposal,
    EditorialChange,
    Membership,
    Model,
    Notice,
    Person,
    Stance,
    Version,
)
from app.moderation.texts import text_of
from app.privacy import service as privacy
from app.suspensions import service as suspensions
from app.web import pdf
from app.web.transactions import transaction
from policies.edition_check import check, read
from policies.editions import EditionStage
from policies.endorsements import Form, FormKind
from policies.errors import RuleBroken
from policies.moderation import Kind, Wrong
from policies.permissions import Actor
from tests import builders, editions, moderated
from tests.app.reading import main_of

SOONER = {"green": Form(FormKind.RESERVE, "But sooner than 2030.")}


@pytest.fixture
def clerks(app: Flask) -> editions.Clerks:
    """A clerk of each group, and P1, which all groups back, the Greens with a reservation."""
    app.config["WTF_CSRF_ENABLED"] = False
    found = editions.clerks()
    editions.agreed_plank(forms=SOONER)
    return found


def get_file(client: FlaskClient, number: int = 1) -> dict:
    """The file of an edition as the service gives it out."""
    return read(client.get(f"/editions/{number}/edition.json").text)


def mended(clerks: editions.Clerks, plank_id: int = 1) -> None:
    """Clerks of all groups mend a mark in the agreed text, so that there is a version n.1."""
    with transaction():
        plank = builders.plank(plank_id)
        base = plank.agreed_version
        assert base is not None
        words = (base.title, base.text.replace("by 2030.", "by 2030!"))
        change_id = editorial.propose(plank, base, *words, by=clerks["labour"]).id
    for group in ("lib_dem", "green"):
        with transaction():
            change = db.session.get_one(EditorialChange, change_id)
            editorial.answer(change, says_yes=True, reason="", by=clerks[group])


def pause(group: str, plank_id: int = 1) -> None:
    """Two clerks of a group pause its backing."""
    first, second = builders.clerk(group), builders.clerk(group)
    with transaction():
        stance = db.session.query(Stance).filter_by(group=group, plank_id=plank_id).one()
        asked = suspensions.ask(stance, 5, "A bill is coming.", by=first)
        suspensions.confirm(stance, asked.id, by=second)


def hidden(kind: Kind, model: type[Model], row_id: int) -> None:
    """A clerk hides a reported text at once; without a second group's word it is shown again after 72 hours."""
    with transaction():
        subject = text_of(kind, db.session.get_one(model, row_id)).subject
    moderated.reported_text(kind, model, row_id, Wrong.PERSONAL)
    moderated.held(subject)


def checks_it_and_names_what_differs(app: Flask, told: dict) -> None:
    """The command finds a sound file sound, and says where another one differs."""
    run, file = app.test_cli_runner().invoke, app.config["SETTINGS"].jobs_file.parent / "edition.json"
    file.write_text(json.dumps(told))
    sound = run(args=["editions", "verify", str(file), "--key", told["signature"]["fingerprint"]])
    assert (sound.exit_code, "Nothing differs in edition 1." in sound.output) == (0, True)
    told["words"]["P1"]["text"] += "!"
    file.write_text(json.dumps(told))
    altered = run(args=["editions", "verify", str(file), "--before", str(file)])
    assert (altered.exit_code, "P1: the text is not the one signed" in altered.output) == (1, True)
    file.write_text("{}")
    assert run(args=["editions", "verify", str(file)]).exit_code == 2


def test_the_yes_of_every_group_publishes_a_signed_edition_that_anybody_can_check(
    app: Flask, client: FlaskClient, clerks: editions.Clerks
) -> None:
    assert "There is no key here yet" in main_of(client.get("/editions/key"))
    key = editions.proposed(clerks["labour"])
    assert editions.answered(key, clerks["green"]) is EditionStage.OPEN
    assert client.get("/editions/1").status_code == 404
    # A second clerk of a group that has said yes adds nothing.
    assert editions.answered(key, builders.clerk("green")) is EditionStage.OPEN
    assert editions.answered(key, clerks["lib_dem"]) is EditionStage.PUBLISHED
    told = get_file(client)
    found = check(told, trusted=told["signature"]["fingerprint"])
    assert (found.edition, found.faults, found.withheld) == (1, (), ())
    assert told["words"]["P1"]["reservations"] == {"green": "But sooner than 2030."}
    assert json.loads(client.get("/editions/1/manifest.json").text) == told["manifest"]
    assert client.get("/editions/1/signature.json").json == told["signature"]
    shown = main_of(client.get("/editions/1"))
    for words in ("Every home that is rented from a council", "“But sooner than 2030.”", found.sha256, "not the Green"):
        assert words in shown
    markdown = client.get("/editions/1/edition.md").text
    assert "## P1: Warm homes for all" in markdown
    assert "> Compass Green group (not the Green Party): But sooner than 2030." in markdown
    assert told["signature"]["fingerprint"] in main_of(client.get("/editions/key"))
    assert "Edition 1" in main_of(client.get("/editions"))
    assert "Edition published by clerks of all groups" in main_of(client.get("/record"))
    checks_it_and_names_what_differs(app, told)


def test_nobody_speaks_for_two_groups_and_a_no_the_proposing_group_or_time_ends_a_proposal(
    clerks: editions.Clerks,
) -> None:
    key = editions.proposed(clerks["labour"])
    moved = clerks["labour"]
    with transaction():
        db.session.query(Membership).filter_by(person_id=moved.person_id).one().group = "green"
    with pytest.raises(RuleBroken, match="spoken on this for another group"):
        editions.answered(key, Actor(moved.person_id, "green", is_clerk=True))
    with pytest.raises(RuleBroken, match="A clerk of another group proposed this"), transaction():
        service.take_back(editions.proposal(key), by=clerks["green"])
    second = builders.clerk("labour")
    with transaction():
        service.take_back(editions.proposal(key), by=second)
    with pytest.raises(RuleBroken, match="You cannot publish a proposed edition that is taken back"):
        editions.answered(key, clerks["green"])
    key = editions.proposed(second)
    with pytest.raises(RuleBroken, match="A proposed edition waits already"):
        editions.proposed(clerks["green"])
    assert editions.answered(key, clerks["green"], says_yes=False, reason="A title.") is EditionStage.REFUSED
    late = editions.proposed(second)
    builders.move_clock(days=14)
    with pytest.raises(RuleBroken, match="waited too long"):
        editions.answered(late, clerks["green"])
    tick()
    assert editions.proposal(late).stage is EditionStage.LAPSED
    assert db.session.query(Edition).count() == 0


def test_what_moved_since_it_was_proposed_voids_it_and_is_said(
    app: Flask, client: FlaskClient, clerks: editions.Clerks
) -> None:
    key = editions.proposed(clerks["labour"])
    editions.answered(key, clerks["lib_dem"])
    mended(clerks)
    builders.sign_in(client, clerks["green"])
    assert "version 1.1 instead of version 1" in main_of(client.get(f"/editions/proposed/{key}"))
    answer = client.post(f"/editions/proposed/{key}/answer", data={"answer": "yes"}, follow_redirects=True)
    assert "nothing is published and the proposal is void" in answer.text
    # Once nothing can be answered any more, it says what was stored, without a title that may be hidden later.
    assert "P1 – other punctuation alone: version 1.1 instead of version 1." in answer.text
    assert editions.proposal(key).stage is EditionStage.VOID
    # A pause, too: backing that is paused is none.
    again = editions.proposed(clerks["labour"])
    pause("lib_dem")
    assert editions.answered(again, clerks["green"]) is EditionStage.VOID
    assert editions.proposal(again).moved == "P1 – gone: a group has paused its backing"
    with pytest.raises(RuleBroken, match="would be empty"):
        editions.proposed(clerks["labour"])
    assert db.session.query(Edition).count() == 0


def test_without_a_key_nothing_is_published_and_nothing_is_lost(app: Flask, clerks: editions.Clerks) -> None:
    settings: Settings = app.config["SETTINGS"]
    place = settings.jobs_file.parent / "keys" / "editions.pem"
    app.config["SETTINGS"] = settings.model_copy(update={"editions_key_file": place})
    key = editions.proposed(clerks["labour"])
    editions.answered(key, clerks["green"])
    with pytest.raises(RuleBroken, match="flask editions keygen"):
        editions.answered(key, clerks["lib_dem"])
    assert editions.proposal(key).stage is EditionStage.OPEN
    run = app.test_cli_runner().invoke
    made = run(args=["editions", "keygen"])
    assert made.exit_code == 0
    assert place.stat().st_mode & 0o777 == 0o600
    kept = place.read_bytes()
    assert "never written over" in run(args=["editions", "keygen"]).output
    assert place.read_bytes() == kept
    assert editions.answered(key, clerks["lib_dem"]) is EditionStage.PUBLISHED
    public = keys.public_key()
    assert public is not None
    assert public.hex() in made.output
    place.write_text("no key")
    with pytest.raises(RuleBroken, match="cannot be read"):
        keys.signing_key()


def test_a_second_edition_follows_the_first_and_says_what_changed(
    app: Flask, client: FlaskClient, clerks: editions.Clerks
) -> None:
    editions.published(clerks)
    with pytest.raises(RuleBroken, match="Nothing has changed since the newest edition"):
        editions.proposed(clerks["labour"])
    assert "The platform has moved on" not in main_of(client.get("/editions/1"))
    mended(clerks)
    editions.agreed_plank("Buses")
    place = keys.place()
    assert place is not None
    # A new key signs from now on; what the old one signed stays signed.
    place.rename(place.with_suffix(".old"))
    assert "2 planks differ today" in main_of(client.get("/editions/1"))
    editions.published(clerks)
    builders.sign_in(client, clerks["labour"])
    key = db.session.query(EditionProposal.key).filter_by(edition_id=2).scalar()
    proposed = main_of(client.get(f"/editions/proposed/{key}"))
    assert "Changes since edition 1" in proposed
    assert "P2 “Buses” – new, in version 1" in proposed
    told = main_of(client.get("/whats-new?kind=editions"))
    assert told.index("Edition 2 of the platform is published") < told.index("Edition 1 of the platform is published")
    assert "It holds 2 planks that all three groups back, word for word." in told
    assert 'href="/editions/2"' in told
    assert "Edition 2 of the platform is published" in client.get("/whats-new.atom").text
    first, second = get_file(client, 1), get_file(client, 2)
    assert check(second, first).faults == check(first).faults == ()
    assert first["manifest"]["key"] != second["manifest"]["key"]
    shown = main_of(client.get("/editions/key"))
    assert (
        shown.index(second["manifest"]["key"]) < shown.index("An earlier key") < shown.index(first["manifest"]["key"])
    )
    for address in ("/editions/2/changes", "/editions/1/compare?to=2", "/editions/1/compare"):
        shown = main_of(client.get(address))
        assert "P1 “Warm homes for all” – other punctuation alone: version 1.1 instead of version 1" in shown
        assert "P2 “Buses” – new, in version 1" in shown
        assert "inserted: </span>!" in shown
    assert "so nothing has changed" in main_of(client.get("/editions/1/changes"))
    for odd in ("/editions/1/compare?to=9", "/editions/1/compare?sort=x", "/editions/2/changes?to=1", "/editions?x=1"):
        assert client.get(odd).status_code == 400
    # The words of the first stand as they were, and the file says which backing counts for the mended ones.
    assert first["words"]["P1"]["text"] != second["words"]["P1"]["text"]
    assert "As version 1, the same words" in main_of(client.get("/editions/2"))


def test_what_is_published_is_changed_by_nothing(app: Flask, client: FlaskClient, clerks: editions.Clerks) -> None:
    editions.published(clerks)
    addresses = [f"/editions/1/{name}" for name in ("edition.json", "edition.md", "manifest.json")]
    before = [client.get(address).data for address in addresses]
    for statement in (
        "UPDATE editions SET manifest = '{}'",
        "DELETE FROM editions",
        "UPDATE edition_planks SET version_id = 1",
        "DELETE FROM edition_planks",
        "UPDATE edition_reservations SET group_key = 'labour'",
        "DELETE FROM edition_reservations",
    ):
        with pytest.raises(IntegrityError, match="stays as it was published"), transaction():
            db.session.execute(text(statement))
    builders.decided(1, yes=())
    with transaction():
        person = db.session.get_one(Person, clerks["green"].person_id)
        privacy.erase(person, by=clerks["green"])
    tick()
    assert [client.get(address).data for address in addresses] == before
    assert audit.verify().fault == ""
    assert replaying.faults() == []


def _made_once(client: FlaskClient) -> bytes:
    """The PDF of edition 1, which the worker makes once; a page that says so where this machine can make none."""
    waits = client.get("/editions/1/edition.pdf")
    assert (waits.status_code, "print the page" in waits.text.lower()) == (404, True)
    papers.make_wanted()
    made = client.get("/editions/1/edition.pdf").data
    papers.make_wanted()
    assert client.get("/editions/1/edition.pdf").data == made
    if pdf.can_be_made():
        assert made.startswith(b"%PDF-")
        assert db.session.query(EditionPaper).count() == 1
    return made


def test_words_that_clerks_hide_later_leave_the_page_and_the_file_and_the_signature_holds(
    client: FlaskClient, clerks: editions.Clerks
) -> None:
    editions.published(clerks)
    made = _made_once(client)
    hidden(Kind.VERSION, Version, 1)
    for address in ("/editions/1", "/editions/1/edition.md", "/editions/1/edition.json", "/editions/1/changes"):
        answer = client.get(address).text
        assert "rented from a council" not in answer
        assert "Warm homes for all" not in answer
    found = check(get_file(client))
    assert (found.faults, found.withheld) == ((), ("P1: the text",))
    assert client.get("/editions/1/edition.pdf").status_code == 404
    builders.pass_time(hours=73)
    assert check(get_file(client)).withheld == ()
    # What was made before comes back, byte for byte.
    assert client.get("/editions/1/edition.pdf").data == made
    with transaction():
        reserved = db.session.query(Stance.id).filter_by(group="green").scalar()
    hidden(Kind.RESERVATION, Stance, reserved)
    assert "But sooner" not in client.get("/editions/1").text + client.get("/editions/1/edition.md").text
    found = check(get_file(client))
    assert (found.faults, found.withheld) == ((), ("P1: the reservation of green",))


def test_clerks_of_the_other_groups_are_told_and_find_it_on_their_lists(
    client: FlaskClient, clerks: editions.Clerks
) -> None:
    key = editions.proposed(clerks["labour"])
    told = {one.person_id for one in db.session.query(Notice).filter_by(word="edition")}
    by_group = dict(db.session.query(Membership.person_id, Membership.group).filter(Membership.is_clerk).all())
    assert {by_group[one] for one in told} == {"lib_dem", "green"}
    assert {clerks[group].person_id for group in ("lib_dem", "green")} <= told
    builders.sign_in(client, clerks["green"])
    assert f"/editions/proposed/{key}" in main_of(client.get("/to-do"))
    assert "A proposed edition wants the word of your group" in main_of(client.get("/notices"))
    wrong = client.post(f"/editions/proposed/{key}/answer", data={"answer": "no"})
    assert (wrong.status_code, "Say why not" in wrong.text) == (422, True)
    other = client.application.test_client()
    builders.sign_in(other, clerks["labour"])
    assert "A proposed edition" not in main_of(other.get("/to-do"))
    assert "Waits for a clerk of: Lib Dem, Green" in main_of(other.get("/clerk"))
