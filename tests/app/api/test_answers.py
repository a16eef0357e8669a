"""What the API tells: what visitors see and nothing else, figures as far as they are shown, names of no member."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.models import Round
from app.web.transactions import transaction
from policies.moderation import Kind, Verdict
from policies.text.canonical import digest
from tests import builders, moderated
from tests.app.api.asking import asked, names
from tests.app.results.published import published


def test_whoever_is_signed_in_is_a_visitor_here(app: Flask, client: FlaskClient) -> None:
    mover = builders.member("green")
    builders.draft(mover)
    plank_id = builders.submitted(mover)
    with transaction():
        key = builders.plank(plank_id).ref
    before = client.get("/api/v1/planks")
    builders.sign_in(client, mover)
    assert client.get(f"/planks/{key}").status_code == 200
    answer = client.get("/api/v1/planks")
    assert answer.data == before.data
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert client.get(f"/api/v1/planks/{key}").status_code == 404


def test_any_site_may_read_an_answer_and_learns_by_its_mark_that_nothing_changed(
    app: Flask, client: FlaskClient
) -> None:
    builders.open_plank()
    answer = client.get("/api/v1/planks", headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, no-cache"
    mark = {"If-None-Match": answer.headers["ETag"]}
    again = client.get("/api/v1/planks", headers=mark)
    assert (again.status_code, again.data) == (304, b"")
    builders.open_plank()
    assert client.get("/api/v1/planks", headers=mark).status_code == 200
    asked_first = client.options("/api/v1/planks", headers={"Access-Control-Request-Headers": "if-none-match"})
    assert asked_first.headers["Access-Control-Allow-Headers"] == "If-None-Match"


def test_nothing_of_a_result_is_told_before_its_round_is_published(app: Flask, client: FlaskClient) -> None:
    round_id = builders.open_round(builders.open_plank())
    prepared = builders.prepared_round(builders.open_plank())
    before = [client.get(f"/api/v1/{address}").data for address in ("rounds", "rounds/1", "everything.jsonl")]
    builders.vote(round_id, builders.voters(round_id, "green"))
    after = [client.get(f"/api/v1/{address}").data for address in ("rounds", "rounds/1", "everything.jsonl")]
    assert before == after
    told = asked(client, "rounds/1")["round"]
    assert (told["state"], told["results"], told["file"]) == ("open", [], None)
    assert asked(client, "decisions")["decisions"] == asked(client, "popolo/motions")["motions"] == []
    assert names(asked(client, "rounds"), "rounds") == ["R1"]
    with transaction():
        number = db.session.get_one(Round, prepared).number
    assert client.get(f"/api/v1/rounds/{number}").status_code == 404


def test_figures_are_told_as_far_as_the_rule_for_small_cells_lets_them(app: Flask, client: FlaskClient) -> None:
    published({"green": (40, 15, 3), "labour": (12, 5, 1), "lib_dem": (4, 2, 0)})
    told = {row["group"]["key"]: row for row in asked(client, "decisions")["decisions"]}
    assert told["green"]["figures"] == {"yes": 40, "no": 15, "abstain": 3}
    assert (told["labour"]["figures"], told["labour"]["band"]) == (None, "a majority in favour")
    assert (told["lib_dem"]["figures"], told["lib_dem"]["band"]) == (None, None)
    results = asked(client, "rounds/1")["round"]["results"]
    assert [{**row} for row in results] == [
        {name: value for name, value in told[row["group"]["key"]].items() if name in row} for row in results
    ]
    votes: dict[str, Any] = {row["organization_id"]: row for row in asked(client, "popolo/vote-events")["vote_events"]}
    assert {row["option"]: row["value"] for row in votes["green"]["counts"]} == told["green"]["figures"]
    assert [votes[key]["counts"] for key in ("labour", "lib_dem")] == [[], []]
    assert [row["votes"] for row in votes.values()] == [[]] * 3
    assert [row["result"] for row in asked(client, "popolo/motions")["motions"]] == [None]
    assert asked(client, "decisions?group=green")["decisions"] == [told["green"]]
    assert asked(client, "decisions?outcome=no_quorum&kind=amendments")["decisions"] == []


def test_a_version_is_told_with_its_hash_its_lines_and_the_stances_on_it(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.decided(plank_id, yes=("green", "labour"))
    row = asked(client, "planks/1")["plank"]
    assert row["level"]["key"] == "backed_by_two"
    version = asked(client, "planks/1/versions/1")["version"]
    assert version["sha256"] == row["shown"]["sha256"] == digest(version["title"], version["text"])
    assert [line["number"] for line in version["lines"]] == [*range(1, len(version["lines"]) + 1)]
    kinds = {stance["group"]["key"]: stance["kind"] for stance in version["stances"]}
    assert kinds == {"labour": "endorsed", "lib_dem": "declined", "green": "endorsed"}
    assert version["stances"] == row["stances"]
    rows = asked(client, "stances?kind=declined&plank=1")["stances"]
    assert [(row["group"]["key"], row["round"]) for row in rows] == [("lib_dem", "R1")]
    assert names(asked(client, "planks/1/versions"), "versions") == ["1"]


def test_an_amendment_is_told_by_the_group_of_its_mover_alone(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank()
    builders.open_amendment(plank_id, builders.member("lib_dem"), "2030", "2035")
    builders.submitted_amendment(plank_id, builders.member("green"), "coldest", "oldest")
    (row,) = asked(client, "amendments?plank=1&state=open")["amendments"]
    assert row == asked(client, "amendments/P1-A1")["amendment"]
    assert (row["group"]["name"], "2035" in row["text"]) == (
        "Compass Liberal Democrat group (not the Liberal Democrats)",
        True,
    )
    assert not [name for name in row if "mover" in name or "author" in name or "person" in name]


def test_positions_are_the_mps_own_and_only_what_stands(app: Flask, client: FlaskClient) -> None:
    by, plank_id = builders.mp(), builders.open_plank()
    builders.position(plank_id, by)
    assert [row["words"] for row in asked(client, f"positions?mp={by.mp_id}")["positions"]] == ["Supports it"]
    assert asked(client, f"mps/{by.mp_id}")["mp"]["is_made_up"] is True
    assert asked(client, "positions?kind=will_not")["positions"] == []


def test_words_that_clerks_have_hidden_are_in_no_answer(app: Flask, client: FlaskClient) -> None:
    plank_id = builders.open_plank(reason="Quixotry is rude.")
    assert "Quixotry" in client.get("/api/v1/everything.jsonl").text + client.get("/api/v1/planks/1").text
    moderated.reported_text(Kind.REASON, type(builders.plank(plank_id)), plank_id)
    moderated.decided(f"reason:planks:{plank_id}", Verdict.HIDE, "labour", "lib_dem")
    for address in ("planks", "planks/1", "planks/1/versions/1", "everything.jsonl", "record"):
        assert "Quixotry" not in client.get(f"/api/v1/{address}").text, address
