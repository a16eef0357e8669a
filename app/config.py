"""Settings from the environment, checked at start, so that a wrong one is a sentence and not a surprise."""

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from policies.links import SIGNED_IN_FOR
from policies.passkeys import works_at

ROOT = Path(__file__).parent.parent
INSTANCE = ROOT / "instance"
SHORTEST_SECRET = 32
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
MAIL_PATIENCE = 20


class UnsafeSettings(Exception):
    """A setting is missing, wrong or unsafe; the message says which and what to do."""


class Settings(BaseSettings):
    """What can be set. Each name is that of the environment variable, in capitals."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore")

    database_url: str = Field(default=f"sqlite:///{INSTANCE / 'platform.db'}")
    """Where the data lies: sqlite:///path or postgresql://user:password@host/name."""
    secret_key: str = ""
    """Signs sessions and forms; at least 32 characters. There is no default."""
    secret_key_file: Path | None = None
    """A file that holds the secret, instead of SECRET_KEY."""
    site_url: str = "http://localhost:5000"
    """The address people use. https:// turns on secure cookies and strict transport."""
    index_folder: Path = INSTANCE / "search"
    """Where the search index lies; it can be deleted at any time."""
    imprint: str = Field(default="", max_length=500)
    """Who is responsible for the site in law; printed on every page when set."""
    content_licence: str = Field(default="CC BY 4.0", min_length=1, max_length=100)
    """Under which licence everybody may use what is public here; printed with what leaves the site."""
    seconds_between_ticks: float = Field(default=5.0, gt=0, le=3600)
    """How often the scheduler does what the clock brings about."""

    jobs_file: Path = INSTANCE / "jobs.db"
    """Where the jobs wait that no page waits for; it can be deleted while no worker runs."""
    mail_server: str = Field(default="", max_length=253)
    """The name of the mail server. While it is empty, mail waits in the outbox."""
    mail_port: int = Field(default=587, ge=1, le=65535)
    """Its port."""
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is encrypted: starttls (usually port 587), tls (465), or none, on this machine alone."""
    mail_username: str = ""
    """Who signs in there; empty where nobody has to."""
    mail_password: str = ""
    """The password for it."""
    mail_from: str = Field(default="Common Platform <platform@localhost>", max_length=200)
    """From whom mail comes."""
    embed_origins: str = Field(default="", max_length=2000)
    """Which other sites may frame a plank's card: origins such as https://example.org, with spaces between."""
    join_url: str = Field(default="", max_length=300)
    """Where one joins Compass itself; the link stands on the pages for joining when set."""
    environment: Literal["production", "demonstration", "development"] = "production"
    """What this installation is for. Production refuses to start on settings that are not safe for real people."""
    limits: Literal["on", "off"] = "on"
    """Whether too many requests in a short time are refused; off is for tests alone."""
    kept_pages: Literal["on", "off"] = "on"
    """Whether the bytes of public pages are kept until something public changes; off is for tests alone."""
    redis_url: str = Field(default="", max_length=500)
    """Where requests are counted when several workers serve the site; while it is empty each counts its own."""
    proxies: int = Field(default=0, ge=0, le=5)
    """How many web servers stand in front of this one and name, each, the address a request came from."""
    web_concurrency: int = Field(default=1, ge=1, le=256)
    """How many workers serve the site: gunicorn's own variable, read to see whether they need to share anything."""
    motion_words_labour: int = Field(default=250, ge=0, le=10_000)
    """How many words a motion in Labour's style may have, without its title; 0 says nothing of a limit."""

    editions_key_file: Path | None = None
    """The private key that signs editions, made by `flask editions keygen`; without one none is published."""

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        for short in ("postgres://", "postgresql://"):
            if url.startswith(short):
                return url.replace(short, "postgresql+psycopg://", 1)
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return url

    @field_validator("site_url")
    @classmethod
    def _whole_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("must be an address such as https://platform.example")
        return url.rstrip("/")

    @field_validator("join_url")
    @classmethod
    def _address_or_nothing(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in {"http", "https"} or not parts.netloc):
            raise ValueError("must be an address such as https://compass.example/join, or empty")
        return url

    @field_validator("embed_origins")
    @classmethod
    def _origins_alone(cls, origins: str) -> str:
        if not all(re.fullmatch(r"https://[a-z0-9.-]+(:\d{1,5})?", origin) for origin in origins.split()):
            raise ValueError("must be origins such as https://example.org, in small letters, with spaces between")
        return origins

    @field_validator("redis_url")
    @classmethod
    def _redis_or_nothing(cls, url: str) -> str:
        if url and not url.startswith(("redis://", "rediss://", "redis+unix://")):
            raise ValueError("must begin with redis://, rediss:// or redis+unix://, or be empty")
        return url

    @field_validator("mail_from")
    @classmethod
    def _one_sender(cls, sender: str) -> str:
        if "@" not in parseaddr(sender)[1] or not sender.isprintable():
            raise ValueError("must be a sender such as Common Platform <platform@example.org>")
        return sender

    @model_validator(mode="after")
    def _encrypted_abroad(self) -> "Settings":
        if self.mail_server and self.mail_security == "none" and self.mail_server not in LOCAL:
            raise ValueError("MAIL_SECURITY may be none only where MAIL_SERVER is this machine; choose starttls or tls")
        return self

    @model_validator(mode="after")
    def _good_secret(self) -> "Settings":
        if not self.secret_key and self.secret_key_file is not None:
            if not self.secret_key_file.is_file():
                raise ValueError(f"SECRET_KEY_FILE names {self.secret_key_file}, which is not there")
            self.secret_key = self.secret_key_file.read_text(encoding="utf-8").strip()
        if len(self.secret_key) < SHORTEST_SECRET or len(set(self.secret_key)) < 8:
            raise ValueError(
                f"SECRET_KEY must be a random text of at least {SHORTEST_SECRET} characters;"
                " make one with: python -c 'import secrets; print(secrets.token_hex(32))'"
            )
        return self

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


def read_settings() -> Settings:
    """The settings of this environment; raises `UnsafeSettings` naming each one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [_in_words(fault["loc"], fault["msg"]) for fault in error.errors()]
        raise UnsafeSettings("The settings need mending:\n" + "\n".join(faults)) from None


def _in_words(where: tuple[int | str, ...], message: str) -> str:
    sentence = message.removeprefix("Value error, ")
    return f"  {str(where[0]).upper()}: {sentence}" if where else f"  {sentence}"


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
        # A session ends so long after signing in, however much it is used: its cookie need not be set with every page.
        "SESSION_REFRESH_EACH_REQUEST": False,
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
