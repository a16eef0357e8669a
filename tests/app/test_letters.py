"""Every letter there is: its subject tells nobody over a shoulder what it is about, and its foot says who we are."""

from pathlib import Path

import pytest
from flask import Flask

from app.mail import letters
from policies.groups import GROUPS, group_named
from policies.notices import NoticeKind

FOLDER = Path(__file__).parents[2] / "app" / "templates" / "emails"
LETTERS = sorted(path.stem for path in FOLDER.glob("*.txt") if not path.stem.startswith("_"))
OF_NOTICES = {"needs_you", "news"}
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
    assert ("https://stop.example/" in letter.body) is (name in OF_NOTICES)
    assert "\n\n\n" not in letter.body
    assert "Example Street" not in letter.body
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"imprint": "A. Nobody,\n1 Example Street"})
    assert letters.written(name, **values).body == f"{letter.body.rstrip()}\nA. Nobody, 1 Example Street\n"
