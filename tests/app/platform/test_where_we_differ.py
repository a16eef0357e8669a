"""Where the groups differ, in the exact words; what nobody has said is no difference."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.web.filters import day
from app.web.transactions import transaction
from policies.endorsements import Form, FormKind, StanceKind
from tests import builders, many
from tests.app.reading import main_of


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_each_group_is_shown_with_the_words_of_its_difference_and_the_day(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    with transaction():
        version = builders.plank(plank_id).working_version
        assert version is not None
        without = Form(FormKind.EXCEPT, units=(version.units[1].unit_id,))
    forms = {"labour": without, "lib_dem": Form(FormKind.RESERVE, "The fund must be new money.")}
    builders.decided(plank_id, yes=("labour", "lib_dem"), forms=forms)
    page, today = words_of(main_of(client.get("/where-we-differ"))), day(clock.now())
    left_out = "2 [The government will pay councils for this work from a national fund.]"
    for said in (
        f"Compass Labour group (not the Labour Party) backs version 1 except clause 2, decided on {today}.",
        f"In brackets for this group: Clause {left_out}",
        "Compass Liberal Democrat group (not the Liberal Democrats) backs version 1 with this reservation,"
        f" recorded on {today}: “The fund must be new money.”",
        f"Compass Green group (not the Green Party) declined version 1 on {today}.",
    ):
        assert said in page
    assert "Absence is not a difference" in page


def test_silence_is_not_listed_and_the_newer_text_speaks_for_itself(app: Flask, client: FlaskClient) -> None:
    assert "No group has differed" in client.get("/where-we-differ").text
    silent = [{}, {"green": StanceKind.NO_QUORUM}, {"labour": StanceKind.ENDORSED}, many.BACKED_BY_ALL]
    many.planks(4, silent)
    agreed = many.planks(1, [many.BACKED_BY_ALL], agreed=True, first=5)
    many.newer_versions(agreed, stances={"green": StanceKind.WITHDRAWN, "labour": StanceKind.ENDORSED})
    page = words_of(main_of(client.get("/where-we-differ")))
    assert re.findall(r"\bP\d\b", page) == ["P5"]
    assert "Version 2 the newer working text" in page
    assert "withdrew its backing of version 2" in page
    assert "Version 1" not in page


def test_it_has_pages(app: Flask, client: FlaskClient) -> None:
    many.planks(16, [{"green": StanceKind.DECLINED}] * 16)
    assert main_of(client.get("/where-we-differ")).count("differ-plank") == 15
    assert "Page 2 of 2" in client.get("/where-we-differ?page=2").text
    assert client.get("/where-we-differ?page=3").status_code == 404
    assert client.get("/where-we-differ?theme=housing").status_code == 400
