"""The settings as the rules of safety see them, and the refusal to start on unsafe ones."""

import stat
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from flask.helpers import get_debug_flag

from app.config import LOCAL, Settings, UnsafeSettings
from policies.checks import Chosen, Environment, findings_of_settings, refuses_to_start

# Words that stand in secrets nobody made for this installation.
OF_EXAMPLES = ("changeme", "change-me", "example", "insecure", "for tests", "password")


def refuse_unsafe(settings: Settings) -> None:
    """Raise `UnsafeSettings` with everything to mend, where this is for real people and not safe for them."""
    refused = refuses_to_start(findings_of_settings(chosen_of(settings)))
    if refused:
        lines = [f"  {finding.what} {finding.mend}" for finding in refused]
        ending = "For a demonstration or development, say so in ENVIRONMENT (docs/operations.md)."
        raise UnsafeSettings("\n".join(["These settings are not safe for real people:", *lines, ending]))


def chosen_of(settings: Settings) -> Chosen:
    """What of the settings can be unsafe."""
    host = urlsplit(settings.site_url).hostname or ""
    sender = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    return Chosen(
        environment=Environment(settings.environment),
        is_https=settings.is_https,
        is_local=host in LOCAL,
        is_debug=get_debug_flag(),
        limits_are_on=settings.limits == "on",
        workers=settings.web_concurrency,
        is_sqlite=settings.database_url.startswith("sqlite"),
        has_redis=bool(settings.redis_url),
        proxies=settings.proxies,
        has_mail_server=bool(settings.mail_server),
        mail_is_encrypted=settings.mail_security != "none" or settings.mail_server in LOCAL,
        has_sender=sender not in LOCAL,
        has_imprint=bool(settings.imprint.strip()),
        has_editions_key=_has_editions_key(settings),
        editions_key_is_open=settings.editions_key_file is not None and is_open(settings.editions_key_file),
        secret_is_open=settings.secret_key_file is not None and is_open(settings.secret_key_file),
        secret_is_known=any(words in settings.secret_key.lower() for words in OF_EXAMPLES),
    )


def _has_editions_key(settings: Settings) -> bool:
    """A demonstration makes its own."""
    if settings.editions_key_file is None:
        return settings.environment == "demonstration"
    return settings.editions_key_file.is_file()


def is_open(file: Path) -> bool:
    """Whether others on this machine, neither the owner nor the group, can read a file."""
    return file.is_file() and bool(file.stat().st_mode & stat.S_IROTH)
