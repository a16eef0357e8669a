"""Settings: a wrong or unsafe one is refused at start, in a sentence that names it."""

from pathlib import Path

import pytest

from app.config import Settings, UnsafeSettings, read_settings

SECRET = "0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every setting out of the environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_there_is_no_default_secret() -> None:
    with pytest.raises(UnsafeSettings, match="SECRET_KEY must be a random text of at least 32 characters"):
        read_settings()


@pytest.mark.parametrize("secret", ["short", "a" * 40, "changeme" * 3])
def test_a_weak_secret_is_refused(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("SECRET_KEY", secret)
    with pytest.raises(UnsafeSettings, match="SECRET_KEY"):
        read_settings()


def test_a_secret_can_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET + "\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret"))
    assert read_settings().secret_key == SECRET


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(UnsafeSettings, match="which is not there"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("DATABASE_URL", "mysql://somewhere/else"),
        ("SITE_URL", "platform.example"),
        ("SECONDS_BETWEEN_TICKS", "0"),
        ("SECONDS_BETWEEN_TICKS", "soon"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, words: str) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv(name, words)
    with pytest.raises(UnsafeSettings, match=name):
        read_settings()


@pytest.mark.parametrize("short", ["postgres://host/name", "postgresql://host/name"])
def test_postgresql_addresses_are_taken_as_people_write_them(monkeypatch: pytest.MonkeyPatch, short: str) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", short)
    assert read_settings().database_url == "postgresql+psycopg://host/name"


def test_https_turns_on_secure_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("SITE_URL", "https://platform.example/")
    assert read_settings().is_https
