"""A hidden text leaves its number and a note, and no word: on no page, in no feed, file, index or mail."""

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.audit import queries as audit
from app.audit import replaying
from app.extensions import db
from app.models import HiddenWords, Model, Stance, Version
from app.moderation import service as moderation
from app.planks import exporting
from app.web.transactions import transaction
from policies.endorsements import StanceKind
from policies.moderation import HIDDEN_TITLE, Kind, Side, Verdict
from policies.permissions import Actor
from policies.searching import Audience
from tests import builders, moderated, searched
from tests.app.reading import main_of, pages_reached

SECRET = "Zebulon"
REASON = "It named a neighbour."


def subject(kind: Kind, row: Model) -> str:
    """What a case about a row is about."""
    return f"{kind}:{row.__tablename__}:{row.id}"  # type: ignore[attr-defined]


def hide(kind: Kind, model: type[Model], row_id: int) -> str:
    """Have a text reported and hidden by clerks of two groups; returns what the case is about."""
    moderated.reported_text(kind, model, row_id)
    with transaction():
        about = subject(kind, db.session.get_one(model, row_id))
    moderated.decided(about, Verdict.HIDE, "labour", "lib_dem", reason=REASON)
    return about


def show_again(about: str, author: Actor) -> None:
    """Have clerks show a text again, on its author's appeal."""
    with transaction():
        case, _ = moderated.the_case(about)
        moderation.appeal(case, Side.AUTHOR, "It names nobody.", by=author)
    moderated.decided(about, Verdict.LEAVE, "labour", "green", reason="")


def readers(client: FlaskClient) -> list[FlaskClient]:
    """A visitor, a member and a clerk who has no part in the case."""
    found = [client]
    for actor in (builders.member("green"), builders.clerk("green")):
        browser = client.application.test_client()
        builders.sign_in(browser, actor)
        found.append(browser)
    return found


SURFACES = (
    "/planks/1",
    "/planks/1?view=amendments",
    "/planks/1?view=history",
    "/planks/1/v1",
    "/planks/1/v1/motion?style=labour",
    "/planks/1/compare",
    "/planks/1/negotiation",
    "/amendments/P1-A1",
    "/amendments/P1-A1/motion",
    "/rounds/1",
    "/whats-new.atom",
    "/where-we-stand.csv",
    "/search?q=council",
    "/record",
    "/to-do",
    "/notices",
    "/clerk",
)


def seen_anywhere(app: Flask, client: FlaskClient, folder: Path) -> set[str]:
    """The addresses and files in which a word of the hidden text stands, for whoever is not to read it."""
    searched.drained()
    found = {where for where, page in pages_reached(client).items() if SECRET in page.text}
    for browser in readers(client)[1:]:
        found |= {where for where in SURFACES if SECRET in browser.get(where, follow_redirects=True).text}
    if searched.proposed(SECRET, *Audience):
        found.add("the index")
    exporting.export_to(folder)
    return found | {str(path) for path in folder.rglob("*.md") if SECRET in path.read_text(encoding="utf-8")}


def test_a_hidden_version_is_withheld_wherever_its_words_are_quoted_and_its_backing_stays_a_fact(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    mover = builders.member("green")
    plank_id = builders.open_plank(mover, text=builders.TEXT.replace("national fund", f"national {SECRET} fund"))
    builders.decided(plank_id)
    builders.open_amendment(plank_id, builders.member("labour"), "2030", "2032")
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        version_id, sha256, words = version.id, version.sha256, version.text
    seen = {where for where in SURFACES if SECRET in client.get(where, follow_redirects=True).text}
    assert {"/planks/1", "/planks/1/v1", "/amendments/P1-A1"} <= seen
    about = hide(Kind.VERSION, Version, version_id)
    assert seen_anywhere(app, client, tmp_path / "after") == set()
    page = main_of(client.get("/planks/1"))
    assert HIDDEN_TITLE in page
    assert f"because: {REASON} Case " in re.sub(r"<[^>]+>", "", page)
    with transaction():
        kinds = set(db.session.scalars(db.select(Stance.kind).where(Stance.version_id == version_id)))
        assert StanceKind.ENDORSED in kinds
        assert db.session.get_one(Version, version_id).sha256 == sha256
        assert audit.altered_text() == ""
        assert replaying.faults() == []
    show_again(about, mover)
    with transaction():
        again = db.session.get_one(Version, version_id)
        assert (again.text, again.title) == (words, builders.plank(plank_id).title)
        assert db.session.query(HiddenWords).count() == 0
        assert audit.altered_text() == ""
    assert SECRET in client.get("/planks/1").text
