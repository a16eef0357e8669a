"""Every letter there is: its subject tells nobody over a shoulder what it is about, and its foot says who we are."""

from pathlib import Path

import pytest
from flask import Flask

from app.mail import letters
from app.mail import service as mail
from policies.groups import GROUPS, group_named
from policies.letters import LETTERS as DECLARED
from policies.letters import wants_a_way_out
from policies.notices import NoticeKind

FOLDER = Path(__file__).parents[2] / "app" / "templates" / "emails"
LETTERS = sorted(path.stem for path in FOLDER.glob("*.txt") if not path.stem.startswith("_"))
TOLD = ("plank", "amendment", "ballot", "vote", "round", "group", "party", "result", "agreed", "member", "policy", "{")


@pytest.mark.parametrize("name", LETTERS)
def test_a_subject_is_neutral_and_the_foot_is_there(app: Flask, name: str) -> None:
    first, _, _rest = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").partition("\n")
    assert first.startswith("Subject: ")
    named = [word for group in GROUPS for word in (group.name.lower(), group.title.lower())]
    assert not [word for word in (*named, *TOLD) if word in first.removeprefix("Subject: ").lower()]
    values = {
        "lines": [],
        "kind": NoticeKind.RESULT,
        "group": group_named("green"),
        "stop_url": "https://stop.example/",
    }
    letter = letters.written(name, **values)
    assert letter.subject == first.removeprefix("Subject: ").strip()
    assert letter.body.count("Compass groups are not parties.") == 1
    assert ("https://stop.example/" in letter.body) is wants_a_way_out(name)
    assert "\n\n\n" not in letter.body
    assert "Example Street" not in letter.body
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"imprint": "A. Nobody,\n1 Example Street"})
    assert letters.written(name, **values).body == f"{letter.body.rstrip()}\nA. Nobody, 1 Example Street\n"


def test_every_letter_says_whether_it_is_service_or_news() -> None:
    missing = set(LETTERS) - set(DECLARED)
    assert missing == set(), f"Say in policies/letters.py of what kind {', '.join(sorted(missing))} is"
    assert set(DECLARED) - set(LETTERS) == set()


def test_mail_that_can_come_again_never_goes_out_without_its_way_out(app: Flask) -> None:
    with pytest.raises(LookupError, match="one click"):
        mail.queue(letters.Letter("news", "News", "Words"), "somebody@example.org")


@pytest.mark.parametrize("name", LETTERS)
def test_a_subject_says_the_same_whatever_the_group(app: Flask, name: str) -> None:
    values = {"lines": [], "kind": NoticeKind.RESULT, "stop_url": "https://stop.example/"}
    subjects = {letters.written(name, group=group, **values).subject for group in GROUPS}
    assert len(subjects) == 1
