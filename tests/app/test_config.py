"""Settings: a wrong or unsafe one is refused at start, in a sentence that names it."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.config import Settings, UnsafeSettings, read_settings

SECRET = "0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every setting out of the environment."""
    for setting in fields(Settings):
        monkeypatch.delenv(setting.name.upper(), raising=False)


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


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("MAIL_PORT", "0", "MAIL_PORT: must be a whole number from 1 to 65535"),
        ("WEB_CONCURRENCY", "1.5", "WEB_CONCURRENCY: must be a whole number from 1 to 256"),
        ("SECONDS_BETWEEN_TICKS", "nan", "SECONDS_BETWEEN_TICKS: must be a number from 0.01 to 3600"),
        ("IMPRINT", "x" * 501, "IMPRINT: must have from 0 to 500 characters"),
        ("CONTENT_LICENCE", "", "CONTENT_LICENCE: must have from 1 to 100 characters"),
        ("MAIL_SECURITY", "none at all", "MAIL_SECURITY: must be one of starttls, tls, none"),
        ("JOIN_URL", "javascript:alert(1)", "JOIN_URL: must be an address"),
        ("SITE_URL", "https://[", "SITE_URL: must be an address"),
        ("EMBED_ORIGINS", "http://a.example", "EMBED_ORIGINS: must be origins"),
        ("REDIS_URL", "localhost:6379", "REDIS_URL: must begin with redis://"),
        ("MAIL_FROM", "nobody", "MAIL_FROM: must be a sender"),
    ],
)
def test_what_is_wrong_with_a_setting_is_said(
    monkeypatch: pytest.MonkeyPatch, name: str, words: str, said: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv(name, words)
    with pytest.raises(UnsafeSettings, match=re.escape(said)):
        read_settings()


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, words in {"PROXIES": "two", "MAIL_SERVER": "mail.example", "MAIL_SECURITY": "none"}.items():
        monkeypatch.setenv(name, words)
    with pytest.raises(UnsafeSettings, match="(?s)PROXIES: .*MAIL_SECURITY may be none only .*SECRET_KEY must be "):
        read_settings()


def test_each_setting_is_read_in_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {"SECRET_KEY": SECRET, "PROXIES": " 2 ", "SECONDS_BETWEEN_TICKS": "1.5", "EDITIONS_KEY_FILE": "key.pem"}
    for name, words in {**wanted, "INDEX_FOLDER": "index"}.items():
        monkeypatch.setenv(name, words)
    settings = read_settings()
    assert (settings.proxies, settings.seconds_between_ticks) == (2, 1.5)
    assert (settings.editions_key_file, settings.index_folder) == (Path("key.pem"), Path("index"))


def test_settings_hold_secrets_and_are_not_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", SECRET)
    assert SECRET not in repr(read_settings())
