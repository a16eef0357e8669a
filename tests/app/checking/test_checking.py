"""`flask check` looks at a real installation, and production does not start on settings that are not safe."""

import json
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.checking.chosen import refuse_unsafe
from app.config import Settings, UnsafeSettings
from app.extensions import db
from app.models import Mail
from app.web.transactions import transaction
from tests import builders
from tests.app.test_serving import renamed

SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
SAFE: dict[str, object] = {
    "secret_key": SECRET,
    "site_url": "https://platform.example",
    "environment": "production",
    "limits": "on",
    "mail_server": "mail.example.org",
    "mail_from": "Common Platform <platform@example.org>",
    "imprint": "Published by A. Nobody, 1 Example Street",
    "proxies": 1,
}


def checked(app: Flask, **more: object) -> tuple[int, list[tuple[str, str]]]:
    """The exit code of `flask check --json`, and what it found: how much it weighs and in what words."""
    key = app.config["SETTINGS"].jobs_file.parent / "editions.pem"
    key.touch(mode=0o600)
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={**SAFE, "editions_key_file": key, **more})
    result = app.test_cli_runner().invoke(args=["check", "--json"])
    found = json.loads(result.output)
    return result.exit_code, [(one["level"], one["what"]) for one in found["findings"]]


def tick(app: Flask) -> None:
    """Have the clock's work done."""
    assert app.test_cli_runner().invoke(args=["tick"]).exit_code == 0


def only_for_the_owner(settings: Settings) -> None:
    """Close the file of the database, where it is one, to everybody else."""
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    if file.is_file():
        file.chmod(0o600)


def test_a_sound_installation_has_nothing_to_mend(bare_app: Flask, settings: Settings) -> None:
    only_for_the_owner(settings)
    tick(bare_app)
    assert checked(bare_app) == (0, [])
    assert bare_app.test_cli_runner().invoke(args=["check"]).output == "Nothing to mend.\n"


def test_what_had_better_be_mended_is_said_with_what_to_do(bare_app: Flask, settings: Settings) -> None:
    only_for_the_owner(settings)
    code, found = checked(bare_app, imprint=" ", redis_url="redis://127.0.0.1:9/0")
    assert code == 1
    assert [what for _level, what in found] == [
        "IMPRINT is empty.",
        "The clock's process has never run here.",
        "Redis does not answer, so each worker counts requests by itself.",
    ]
    words = bare_app.test_cli_runner().invoke(args=["check"]).output
    assert words.startswith("WARN    IMPRINT is empty.\n        Set IMPRINT to the name and postal address")


def test_a_demonstration_is_no_place_for_real_people(app: Flask, settings: Settings) -> None:
    only_for_the_owner(settings)
    tick(app)
    code, found = checked(app)
    assert (code, found[0][0]) == (2, "refuse")
    assert "anybody can sign in as its made-up clerks" in found[0][1]
    assert checked(app, environment="demonstration") == (0, [])


def test_mail_that_nobody_sends_is_seen(app: Flask, settings: Settings) -> None:
    only_for_the_owner(settings)
    builders.invited("green", "jo@example.org")
    tick(app)
    assert checked(app, environment="demonstration") == (0, [])
    builders.move_clock(minutes=15)
    with transaction():
        assert db.session.query(Mail).count() == 1
    assert checked(app, environment="demonstration") == (1, [("warn", "Mail has waited for 15 minutes.")])


def test_a_database_of_another_release_or_none_is_refused(bare_app: Flask, settings: Settings, tmp_path: Path) -> None:
    only_for_the_owner(settings)
    tick(bare_app)
    with bare_app.app_context(), renamed("alembic_version", "alembic_version_of_another_tool"):
        assert checked(bare_app) == (2, [("refuse", "The database is older or newer than the service.")])
    there_is_none = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/none/platform.db"})
    app = create_app(there_is_none)
    assert ("refuse", "The database does not answer.") in checked(app)[1]


def test_files_that_others_can_read_and_folders_nobody_can_write_are_named(
    bare_app: Flask, settings: Settings, tmp_path: Path
) -> None:
    tick(bare_app)
    (tmp_path / "a file").touch()
    in_the_way = tmp_path / "a file" / "search"
    _code, found = checked(bare_app, index_folder=in_the_way)
    assert ("refuse", f"Cannot be written: {in_the_way}.") in found
    if settings.database_url.startswith("sqlite"):
        Path(settings.database_url.removeprefix("sqlite:///")).chmod(0o644)
        assert ("warn", "Others on this machine can read the file of the database.") in checked(bare_app)[1]


@pytest.mark.parametrize(
    ("unsafe", "words"),
    [
        ({"site_url": "http://platform.example"}, "sessions and votes travel in the open"),
        ({"limits": "off"}, "LIMITS is off"),
        ({"secret_key": "a secret for tests alone, 0123456789"}, "SECRET_KEY is an example's"),
    ],
)
def test_production_does_not_start_on_settings_that_are_not_safe(
    settings: Settings, unsafe: dict[str, object], words: str
) -> None:
    chosen = settings.model_copy(update={**SAFE, **unsafe})
    with pytest.raises(UnsafeSettings, match=words):
        create_app(chosen)
    refuse_unsafe(chosen.model_copy(update={"environment": "development"}))
    refuse_unsafe(settings.model_copy(update=SAFE))


def test_production_does_not_start_while_others_can_read_its_secret_or_faults_are_shown(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret-key"
    secret.write_text(SECRET)
    chosen = settings.model_copy(update={**SAFE, "secret_key_file": secret})
    secret.chmod(0o640)
    refuse_unsafe(chosen)
    secret.chmod(0o644)
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(UnsafeSettings) as refusal:
        refuse_unsafe(chosen)
    assert "Others on this machine can read SECRET_KEY_FILE." in str(refusal.value)
    assert "Debugging is on. Take FLASK_DEBUG out" in str(refusal.value)
