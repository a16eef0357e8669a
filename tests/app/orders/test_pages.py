"""The pages of standing orders: for everybody in sentences and side by side, for two clerks of a group to change."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.orders import queries, wording
from app.web.transactions import transaction
from policies import standing_orders
from policies.errors import RuleBroken
from policies.groups import GROUPS
from policies.standing_orders import FOLDER, Effect, QuorumMode
from tests import builders, orders
from tests.app.platform.test_home import words_of
from tests.app.reading import main_of


@pytest.fixture
def no_tokens(app: Flask) -> None:
    """Forms are sent without tokens."""
    app.config["WTF_CSRF_ENABLED"] = False


def page(client: FlaskClient, address: str = "/standing-orders") -> str:
    return words_of(main_of(client.get(address)))


def answers(**changed: str) -> dict[str, str]:
    """The form as it is first shown, for the shipped standing orders, with some answers changed."""
    with transaction():
        tomorrow = (queries.today() + timedelta(days=1)).isoformat()
    return {
        "effect": "binding",
        "quorum_mode": "approval",
        "quorum": "1/10",
        "minority": "1/4",
        "threshold_kind": "more than",
        "threshold": "1/2",
        "since": tomorrow,
        "reason": "More of us should agree.",
        "ballot_days": "7",
        "notice_days": "3",
        "qualifying_days": "14",
        "rerun_after_days": "7",
        "retabling_after_days": "30",
        **changed,
    }


def test_every_group_s_rules_stand_in_sentences_and_side_by_side_with_what_each_is_not(client: FlaskClient) -> None:
    orders.changed("green", threshold=Fraction(2, 3), threshold_is_strict=False)
    words, source = page(client), client.get("/standing-orders").text
    for group in GROUPS:
        assert f'<th scope="col" role="columnheader">{group.full_title}</th>' in source
    assert "groups differ in: to be carried." in words
    assert "A question is carried if yes is at least 2/3 of yes and no." in words
    assert "not put to it again for 30 days" in words
    for address in ("/how-decisions-are-made", "/groups/green"):
        assert "/standing-orders" in main_of(client.get(address))


def test_old_versions_stay_readable_with_what_changed_and_why(client: FlaskClient) -> None:
    orders.changed("green", ballot_period=timedelta(10))
    words = page(client, "/standing-orders/green")
    for part in ("Version 1, from 1 January 2026", "rounds prepared under it keep it", "7 days", "10 days"):
        assert part in words
    assert "“We want more of us to agree.”" in words


def test_a_clerk_proposes_and_another_confirms_from_the_desk(app: Flask, client: FlaskClient, no_tokens: None) -> None:
    proposer, other = builders.clerk("green"), builders.clerk("green")
    builders.sign_in(client, proposer)
    sent = client.post("/standing-orders/green/change", data=answers(threshold_kind="at least", threshold="60 %"))
    assert sent.status_code == 303
    assert "waits for another clerk’s word since" in page(client, "/clerk")
    assert "Confirm it" not in page(client, "/standing-orders/green")
    with transaction():
        number = queries.waiting("green").id  # type: ignore[union-attr]
    assert client.post(f"/standing-orders/green/changes/{number}/confirm").status_code == 409
    assert client.post("/standing-orders/green/change", data=answers()).status_code == 409
    builders.sign_in(client, other)
    assert "A change of your group’s standing orders" in page(client, "/to-do")
    assert "At least 60 % of yes and no" in page(client, "/standing-orders/green")
    assert client.post(f"/standing-orders/green/changes/{number}/confirm").status_code == 303
    assert "Begins on" in page(client, "/standing-orders/green")
    builders.sign_in(client, builders.clerk("labour"))
    assert "No change waits." in page(client, "/clerk")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quorum": "0"}, "A share of nothing asks for nothing."),
        ({"quorum": "a tenth"}, "Write a share as a fraction such as 1/10"),
        ({"minority": "110 %"}, "No share is larger than all."),
        ({"threshold_kind": "at least"}, "A tie could reach that, and a tie never carries."),
        ({"threshold": "1"}, "There is no more than all."),
        ({"ballot_days": "0"}, "Write a whole number of days from 1 to 366."),
        ({"notice_days": "three"}, "Write a whole number of days from 0 to 366."),
        ({"since": "2026-01-01"}, "Choose a day from tomorrow on"),
        ({"since": "soon"}, "Write the day as year-month-day"),
        ({"reason": " "}, "Say why"),
        ({"effect": "both"}, "Choose one of the answers shown."),
        ({}, "Every figure is as it is already."),
    ],
)
def test_bad_input_keeps_what_was_typed_and_says_what_to_do(
    client: FlaskClient, no_tokens: None, wrong: dict[str, str], said: str
) -> None:
    builders.clerk("green")
    builders.sign_in(client, builders.clerk("green"))
    sent = client.post("/standing-orders/green/change", data=answers(**wrong))
    assert sent.status_code == 422
    assert said in words_of(main_of(sent)) or said in words_of(sent.text)
    assert 'value="14"' in sent.text
    with transaction():
        assert queries.waiting("green") is None


def test_a_form_as_it_is_first_shown_can_be_sent_back(client: FlaskClient, no_tokens: None) -> None:
    builders.clerk("green")
    builders.sign_in(client, builders.clerk("green"))
    shown = client.get("/standing-orders/green/change").text
    for name, answer in answers().items():
        if name != "reason":
            assert f'name="{name}"' in shown
            assert f'value="{answer}"' in shown


def test_every_figure_has_its_sentence() -> None:
    shipped = standing_orders.load()["green"]
    advises = wording.sentences(replace(shipped, effect=Effect.CONSULTATIVE))
    assert advises[0] == wording.CONSULTATIVE
    counted = replace(shipped, quorum_mode=QuorumMode.PARTICIPATION)
    assert "of the roll vote; to abstain is to vote" in " ".join(wording.sentences(counted)).replace(
        "members on the ", ""
    )
    none = replace(
        shipped,
        notice=timedelta(0),
        qualifying_period=timedelta(0),
        rerun_after=timedelta(0),
        retabling_after=timedelta(0),
    )
    said = " ".join(wording.sentences(none))
    for part in (
        "without notice",
        "every ballot that opens after joining",
        "at once after the result",
        "again at once",
    ):
        assert part in said


def copied(tmp_path: Path, **changes: tuple[str, str]) -> Path:
    """The shipped files with a line of one group's changed."""
    folder = Path(copytree(FOLDER, tmp_path / "orders"))
    for key, (old, new) in changes.items():
        path = folder / f"{key}.toml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "quorum =",
            "quorun =",
            "Standing orders of green: write what is missing: quorum; take out what is unknown: quorun.",
        ),
        ('"1/10"', '"11/10"', "Standing orders of green: quorum must be a fraction above 0 and at most 1"),
        ('"more than 1/2"', '"at least 1/2"', "Standing orders of green: threshold must be"),
    ],
)
def test_a_wrong_file_is_refused_by_the_command_and_at_the_start(
    app: Flask, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    folder = copied(tmp_path, green=(old, new))
    checked = app.test_cli_runner().invoke(args=["orders", "check", str(folder)])
    assert checked.exit_code == 1
    assert said in checked.output
    assert "Nothing was changed." in checked.output
    monkeypatch.setattr(standing_orders, "FOLDER", folder)
    with pytest.raises(RuleBroken, match=said.split(":")[0]):
        create_app(settings)


def test_the_command_says_what_sound_files_mean_and_names_a_missing_one(app: Flask, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    runner = app.test_cli_runner()
    checked = runner.invoke(args=["orders", "check", str(folder)]).output
    assert "Quorum: Yes votes are 10\u00a0% of the roll or more" in checked
    (folder / "labour.toml").unlink()
    assert "there is no file labour.toml" in runner.invoke(args=["orders", "check", str(folder)]).output
