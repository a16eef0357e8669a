"""Settings from the environment, checked at start, so that a wrong one is a sentence and not a surprise."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from email.utils import parseaddr
from math import inf
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from policies.links import SIGNED_IN_FOR
from policies.passkeys import works_at

ROOT = Path(__file__).parent.parent
INSTANCE = ROOT / "instance"
SHORTEST_SECRET = 32
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
MAIL_PATIENCE = 20


# How much and how long: the least and the most of a number or of the characters of a text.
BOUNDS: dict[str, tuple[float, float]] = {
    "imprint": (0, 500),
    "content_licence": (1, 100),
    "seconds_between_ticks": (0.01, 3600),
    "mail_server": (0, 253),
    "mail_port": (1, 65535),
    "mail_from": (0, 200),
    "embed_origins": (0, 2000),
    "join_url": (0, 300),
    "redis_url": (0, 500),
    "proxies": (0, 5),
    "web_concurrency": (1, 256),
    "motion_words_labour": (0, 10_000),
}


class UnsafeSettings(Exception):
    """A setting is missing, wrong or unsafe; the message says which and what to do."""


@dataclass(repr=False)
class Settings:
    """What can be set, checked. Each name is that of the environment variable, in capitals.

    It is not written out for looking at, since it holds secrets.
    """

    database_url: str = f"sqlite:///{INSTANCE / 'platform.db'}"
    """Where the data lies: sqlite:///path or postgresql://user:password@host/name."""
    secret_key: str = ""
    """Signs sessions and forms; at least 32 characters. There is no default."""
    secret_key_file: Path | None = None
    """A file that holds the secret, instead of SECRET_KEY."""
    site_url: str = "http://localhost:5000"
    """The address people use. https:// turns on secure cookies and strict transport."""
    index_folder: Path = INSTANCE / "search"
    """Where the search index lies; it can be deleted at any time."""
    imprint: str = ""
    """Who is responsible for the site in law; printed on every page when set."""
    content_licence: str = "CC BY 4.0"
    """Under which licence everybody may use what is public here; printed with what leaves the site."""
    seconds_between_ticks: float = 5.0
    """How often the scheduler does what the clock brings about."""

    jobs_file: Path = INSTANCE / "jobs.db"
    """Where the jobs wait that no page waits for; it can be deleted while no worker runs."""
    mail_server: str = ""
    """The name of the mail server. While it is empty, mail waits in the outbox."""
    mail_port: int = 587
    """Its port."""
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is encrypted: starttls (usually port 587), tls (465), or none, on this machine alone."""
    mail_username: str = ""
    """Who signs in there; empty where nobody has to."""
    mail_password: str = ""
    """The password for it."""
    mail_from: str = "Common Platform <platform@localhost>"
    """From whom mail comes."""
    embed_origins: str = ""
    """Which other sites may frame a plank's card: origins such as https://example.org, with spaces between."""
    join_url: str = ""
    """Where one joins Compass itself; the link stands on the pages for joining when set."""
    environment: Literal["production", "demonstration", "development"] = "production"
    """What this installation is for. Production refuses to start on settings that are not safe for real people."""
    limits: Literal["on", "off"] = "on"
    """Whether too many requests in a short time are refused; off is for tests alone."""
    kept_pages: Literal["on", "off"] = "on"
    """Whether the bytes of public pages are kept until something public changes; off is for tests alone."""
    redis_url: str = ""
    """Where requests are counted when several workers serve the site; while it is empty each counts its own."""
    proxies: int = 0
    """How many web servers stand in front of this one and name, each, the address a request came from."""
    web_concurrency: int = 1
    """How many workers serve the site: gunicorn's own variable, read to see whether they need to share anything."""
    motion_words_labour: int = 250
    """How many words a motion in Labour's style may have, without its title; 0 says nothing of a limit."""

    editions_key_file: Path | None = None
    """The private key that signs editions, made by `flask editions keygen`; without one none is published."""

    def __post_init__(self) -> None:
        """Bring what people write into one shape; raises `UnsafeSettings` naming each setting that is wrong."""
        for short in ("postgres://", "postgresql://"):
            if self.database_url.startswith(short):
                self.database_url = self.database_url.replace(short, "postgresql+psycopg://", 1)
        self.site_url = self.site_url.rstrip("/")
        if not self.secret_key and self.secret_key_file is not None and self.secret_key_file.is_file():
            self.secret_key = self.secret_key_file.read_text(encoding="utf-8", errors="ignore").strip()
        faults = [*_out_of_bounds(self), *_misshapen(self), *_unsafe(self)]
        if faults:
            raise UnsafeSettings("\n".join(["The settings need mending:", *(f"  {fault}" for fault in faults)]))

    def but(self, **changed: Any) -> "Settings":
        """The same with some changed, checked again."""
        return replace(self, **changed)

    @property
    def embedding_origins(self) -> list[str]:
        """The sites that may frame a plank's card, one by one."""
        return self.embed_origins.split()

    @property
    def is_https(self) -> bool:
        """Whether people reach the site over an encrypted connection."""
        return self.site_url.startswith("https://")

    @property
    def has_passkeys(self) -> bool:
        """Whether browsers use passkeys at the address of the site."""
        return works_at(urlsplit(self.site_url).hostname or "", self.is_https)

    @property
    def site_origin(self) -> str:
        """The address people use, as a browser names the origin of a page: without a path."""
        parts = urlsplit(self.site_url)
        return f"{parts.scheme}://{parts.netloc}".lower()


def read_settings(environment: Mapping[str, str] = os.environ, **chosen: Any) -> Settings:
    """The settings of this environment, and before them what is `chosen`; raises `UnsafeSettings`."""
    names = {setting.name.upper(): setting for setting in fields(Settings)}
    read = {names[name].name: _read(names[name].type, environment[name]) for name in names.keys() & environment.keys()}
    return Settings(**{**read, **chosen})


# How what stands in the environment is read where it is no text.
HOW_TO_READ: dict[Any, Callable[[str], Any]] = {int: int, float: float, Path: Path, Path | None: Path}


def _read(kind: Any, written: str) -> Any:
    """What is written, as a setting of this kind; a number that is none stays as it is, to be refused with the rest."""
    try:
        return HOW_TO_READ.get(kind, str)(written)
    except ValueError:
        return written


def _out_of_bounds(settings: Settings) -> Iterator[str]:
    """What is too small, too long, or none of the words there are."""
    for setting in fields(settings):
        value, words, name = getattr(settings, setting.name), get_args(setting.type), setting.name.upper()
        least, most = BOUNDS.get(setting.name, (0, inf))
        if setting.type is str and not least <= len(value) <= most:
            yield f"{name}: must have from {least} to {most} characters"
        if setting.type in {int, float} and (isinstance(value, str) or not least <= value <= most):
            yield f"{name}: must be a {'whole ' if setting.type is int else ''}number from {least} to {most}"
        if isinstance(value, str) and words and value not in words:
            yield f"{name}: must be one of {', '.join(words)}"


def _misshapen(settings: Settings) -> Iterator[str]:
    """What is no address, no sender or no origin."""
    if not settings.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        yield "DATABASE_URL: must begin with sqlite:/// or postgresql://"
    if not _is_whole_address(settings.site_url):
        yield "SITE_URL: must be an address such as https://platform.example"
    if settings.join_url and not _is_whole_address(settings.join_url):
        yield "JOIN_URL: must be an address such as https://compass.example/join, or empty"
    if not all(re.fullmatch(r"https://[a-z0-9.-]+(:\d{1,5})?", origin) for origin in settings.embedding_origins):
        yield "EMBED_ORIGINS: must be origins such as https://example.org, in small letters, with spaces between"
    if settings.redis_url and not settings.redis_url.startswith(("redis://", "rediss://", "redis+unix://")):
        yield "REDIS_URL: must begin with redis://, rediss:// or redis+unix://, or be empty"
    if "@" not in parseaddr(settings.mail_from)[1] or not settings.mail_from.isprintable():
        yield "MAIL_FROM: must be a sender such as Common Platform <platform@example.org>"


def _is_whole_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _unsafe(settings: Settings) -> Iterator[str]:
    """A secret that can be guessed, and mail that others can read on its way."""
    if settings.mail_server and settings.mail_security == "none" and settings.mail_server not in LOCAL:
        yield "MAIL_SECURITY may be none only where MAIL_SERVER is this machine; choose starttls or tls"
    secret, file = settings.secret_key, settings.secret_key_file
    if not secret and file is not None and not file.is_file():
        yield f"SECRET_KEY_FILE names {file}, which is not there"
    elif len(secret) < SHORTEST_SECRET or len(set(secret)) < 8:
        yield (
            f"SECRET_KEY must be a random text of at least {SHORTEST_SECRET} characters;"
            " make one with: python -c 'import secrets; print(secrets.token_hex(32))'"
        )


def flask_settings(settings: Settings) -> dict[str, object]:
    """What the libraries read from the application's configuration."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # A fault of the database is logged without the values of its statement: they can be a paper or a person's.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "MAX_CONTENT_LENGTH": 256 * 1024,
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "MAX_FORM_PARTS": 200,
        "PERMANENT_SESSION_LIFETIME": SIGNED_IN_FOR,
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_SSL_STRICT": settings.is_https,
        "WTF_CSRF_TIME_LIMIT": None,
        "MAIL_SERVER": settings.mail_server,
        "MAIL_PORT": settings.mail_port,
        "MAIL_USERNAME": settings.mail_username,
        "MAIL_PASSWORD": settings.mail_password,
        "MAIL_USE_TLS": settings.mail_security == "starttls",
        "MAIL_USE_SSL": settings.mail_security == "tls",
        "MAIL_TIMEOUT": MAIL_PATIENCE,
        "MAIL_DEFAULT_SENDER": settings.mail_from,
        "SETTINGS": settings,
    }
