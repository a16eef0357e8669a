"""What an installation must be like before real people's names go into it, and what had better be mended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum

# The clock's process looks every few seconds, and the worker every second; past this they do not run.
LONGEST_SILENCE = timedelta(minutes=10)


class Environment(StrEnum):
    """What an installation is for. The values are those of the setting ENVIRONMENT."""

    PRODUCTION = "production"
    """For real people."""
    DEMONSTRATION = "demonstration"
    """For trying out, with made-up people."""
    DEVELOPMENT = "development"
    """For those who write the service."""


class Level(IntEnum):
    """How much a fault weighs; the worst one is the exit code of `flask check`."""

    FINE = 0
    """Nothing to mend."""
    WARN = 1
    """The service runs, and something had better be mended."""
    REFUSE = 2
    """Not fit for real people: production does not start on such settings."""


@dataclass(frozen=True)
class Chosen:
    """The settings, as far as they can be unsafe."""

    environment: Environment = Environment.PRODUCTION
    is_https: bool = True
    is_local: bool = False
    """Whether SITE_URL names this machine alone."""
    is_debug: bool = False
    limits_are_on: bool = True
    workers: int = 1
    is_sqlite: bool = False
    has_redis: bool = False
    proxies: int = 1
    has_mail_server: bool = True
    mail_is_encrypted: bool = True
    """Or goes to a server on this machine."""
    has_sender: bool = True
    """Whether MAIL_FROM is an address that answers can be sent to."""
    has_imprint: bool = True
    secret_is_open: bool = False
    """Whether others on this machine can read the file of the secret."""
    has_editions_key: bool = True
    editions_key_is_open: bool = False
    """Whether others on this machine can read the key that signs editions."""
    secret_is_known: bool = False
    """Whether the secret is one that stands in instructions or examples."""


@dataclass(frozen=True)
class Found:
    """What is found around the settings; None where it could not be looked at."""

    database_answers: bool = True
    schema_is_newest: bool | None = True
    is_demonstration: bool | None = False
    database_is_open: bool = False
    """Whether others on this machine can read the file of the database."""
    ticked_ago: timedelta | None = timedelta(0)
    """How long ago the clock's process last did what was due; None where it never did."""
    mail_waits: timedelta | None = None
    """How long the longest waiting mail that is due has waited."""
    redis_answers: bool | None = None
    folders_not_writable: Sequence[str] = ()
    orders_fault: str = ""
    makes_pdfs: bool = True
    """Whether this machine has the library with which PDFs are laid out."""


@dataclass(frozen=True)
class Finding:
    """One thing to mend."""

    level: Level
    what: str
    mend: str


Check = Callable[[Chosen, Found], Finding | None]


def _unless(holds: bool, level: Level, what: str, mend: str) -> Finding | None:
    return None if holds else Finding(level, what, mend)


def is_encrypted(chosen: Chosen, _found: Found) -> Finding | None:
    """Off this machine the site is reached over an encrypted connection, or sessions can be read on the way."""
    mend = "Put a web server that speaks TLS in front, and begin SITE_URL with https://."
    holds = chosen.is_https or chosen.is_local
    return _unless(holds, Level.REFUSE, "SITE_URL begins with http://, so sessions and votes travel in the open.", mend)


def is_not_debugging(chosen: Chosen, _found: Found) -> Finding | None:
    """Debugging shows the inside of the service to whoever finds a fault."""
    mend = "Take FLASK_DEBUG out of the environment."
    return _unless(not chosen.is_debug, Level.REFUSE, "Debugging is on.", mend)


def has_limits(chosen: Chosen, _found: Found) -> Finding | None:
    """Requests are limited, or keys can be guessed and people flooded with mail."""
    return _unless(chosen.limits_are_on, Level.REFUSE, "LIMITS is off.", "Take LIMITS out of the environment.")


def mail_is_encrypted(chosen: Chosen, _found: Found) -> Finding | None:
    """Mail leaves this machine encrypted: it holds links that sign people in."""
    mend = "Set MAIL_SECURITY to starttls or tls."
    holds = chosen.mail_is_encrypted or not chosen.has_mail_server
    return _unless(holds, Level.REFUSE, "MAIL_SECURITY is none.", mend)


def secret_is_kept(chosen: Chosen, _found: Found) -> Finding | None:
    """Nobody but the service reads its secret."""
    mend = "Make it readable by the service's own user alone: chmod 600 FILE."
    return _unless(not chosen.secret_is_open, Level.REFUSE, "Others on this machine can read SECRET_KEY_FILE.", mend)


def secret_is_own(chosen: Chosen, _found: Found) -> Finding | None:
    """The secret is this installation's own, not one out of instructions."""
    mend = "Make one with: python -c 'import secrets; print(secrets.token_hex(32))'"
    return _unless(not chosen.secret_is_known, Level.REFUSE, "SECRET_KEY is an example's.", mend)


def database_fits_workers(chosen: Chosen, _found: Found) -> Finding | None:
    """SQLite has one writer at a time: several workers wait for one another."""
    mend = "Use PostgreSQL, or one worker with threads (WEB_CONCURRENCY=1)."
    holds = chosen.workers == 1 or not chosen.is_sqlite
    return _unless(holds, Level.WARN, f"{chosen.workers} workers share one SQLite file.", mend)


def workers_count_together(chosen: Chosen, _found: Found) -> Finding | None:
    """Several workers count requests together, or each allows the whole amount."""
    mend = "Set REDIS_URL, or use one worker with threads."
    holds = chosen.workers == 1 or chosen.has_redis
    what = f"{chosen.workers} workers count requests each by itself, so the limits are {chosen.workers} times as high."
    return _unless(holds, Level.WARN, what, mend)


def address_is_known(chosen: Chosen, _found: Found) -> Finding | None:
    """Behind a web server that speaks TLS, the address of a visitor is what that server says."""
    what = "PROXIES is 0, but https means that a web server stands in front: all visitors count as one address."
    mend = "Set PROXIES to how many servers stand in front, and let each set X-Forwarded-For."
    return _unless(not chosen.is_https or chosen.proxies > 0, Level.WARN, what, mend)


def has_mail(chosen: Chosen, _found: Found) -> Finding | None:
    """Without mail nobody can sign in or join."""
    return _unless(chosen.has_mail_server, Level.WARN, "No mail leaves: MAIL_SERVER is empty.", "Set MAIL_SERVER.")


def has_sender(chosen: Chosen, _found: Found) -> Finding | None:
    """Mail comes from an address that people can answer."""
    mend = "Set MAIL_FROM to an address of your own."
    return _unless(chosen.has_sender, Level.WARN, "MAIL_FROM is an address of this machine.", mend)


def has_imprint(chosen: Chosen, _found: Found) -> Finding | None:
    """Political material says who publishes it."""
    mend = "Set IMPRINT to the name and postal address of the promoter (docs/operations.md)."
    return _unless(chosen.has_imprint, Level.WARN, "IMPRINT is empty.", mend)


def can_sign_editions(chosen: Chosen, _found: Found) -> Finding | None:
    """Without a key no edition can be published."""
    mend = "Set EDITIONS_KEY_FILE to a path outside the release, and run: flask editions keygen"
    return _unless(chosen.has_editions_key, Level.WARN, "There is no key to sign editions with.", mend)


def editions_key_is_kept(chosen: Chosen, _found: Found) -> Finding | None:
    """Nobody but the service reads the key that signs editions."""
    mend = "chmod 600 the file. If somebody may have read it, make a new key: docs/operations.md says how."
    what = "Others on this machine can read EDITIONS_KEY_FILE."
    return _unless(not chosen.editions_key_is_open, Level.WARN, what, mend)


def is_what_it_is_for(chosen: Chosen, found: Found) -> Finding | None:
    """Made-up people and real ones never share a database."""
    what = "This database is a demonstration: anybody can sign in as its made-up clerks."
    mend = "Set ENVIRONMENT=demonstration, or name a new database in DATABASE_URL."
    holds = not found.is_demonstration or chosen.environment is not Environment.PRODUCTION
    return _unless(holds, Level.REFUSE, what, mend)


def is_said_to_be_real(chosen: Chosen, found: Found) -> Finding | None:
    """A site that others reach, with no made-up people in it, is in production, and says so."""
    mend = "Take ENVIRONMENT out of the environment."
    holds = chosen.environment is Environment.PRODUCTION or chosen.is_local or found.is_demonstration is not False
    return _unless(holds, Level.WARN, "This looks like a site for real people, but ENVIRONMENT says otherwise.", mend)


def database_answers(_chosen: Chosen, found: Found) -> Finding | None:
    """The database is there."""
    mend = "Look at DATABASE_URL, and whether the server runs."
    return _unless(found.database_answers, Level.REFUSE, "The database does not answer.", mend)


def schema_is_newest(_chosen: Chosen, found: Found) -> Finding | None:
    """The database has the tables of this release."""
    mend = "Make a backup, then: flask db upgrade"
    what = "The database is older or newer than the service."
    return _unless(found.schema_is_newest is not False, Level.REFUSE, what, mend)


def database_is_kept(_chosen: Chosen, found: Found) -> Finding | None:
    """Nobody but the service reads the file of the database."""
    mend = "chmod 600 the file, and 700 its folder."
    what = "Others on this machine can read the file of the database."
    return _unless(not found.database_is_open, Level.WARN, what, mend)


def clock_runs(_chosen: Chosen, found: Found) -> Finding | None:
    """The clock's process runs: without it nothing opens, closes or is counted."""
    mend = "Start flask scheduler, under something that starts it again."
    if found.ticked_ago is None:
        return Finding(Level.WARN, "The clock's process has never run here.", mend)
    ago = int(found.ticked_ago.total_seconds() // 60)
    what = f"The clock's process last ran {ago} minutes ago."
    return _unless(found.ticked_ago <= LONGEST_SILENCE, Level.WARN, what, mend)


def worker_runs(chosen: Chosen, found: Found) -> Finding | None:
    """The worker runs: without it no mail leaves."""
    waits = found.mail_waits or timedelta(0)
    holds = not chosen.has_mail_server or waits <= LONGEST_SILENCE
    what = f"Mail has waited for {int(waits.total_seconds() // 60)} minutes."
    return _unless(holds, Level.WARN, what, "Start flask worker; if it runs, look at its log for the mail server.")


def redis_answers(_chosen: Chosen, found: Found) -> Finding | None:
    """Where requests are counted in Redis, it is there."""
    what = "Redis does not answer, so each worker counts requests by itself."
    return _unless(found.redis_answers is not False, Level.WARN, what, "Look at REDIS_URL, and whether Redis runs.")


def folders_are_writable(_chosen: Chosen, found: Found) -> Finding | None:
    """The service can write its index and its jobs."""
    what = f"Cannot be written: {', '.join(found.folders_not_writable)}."
    mend = "Give the folders to the service's user; look whether the disk is full."
    return _unless(not found.folders_not_writable, Level.REFUSE, what, mend)


def orders_are_sound(_chosen: Chosen, found: Found) -> Finding | None:
    """Every group's standing orders can be read."""
    return _unless(not found.orders_fault, Level.REFUSE, found.orders_fault, "See: flask orders check FOLDER")


def makes_pdfs(_chosen: Chosen, found: Found) -> Finding | None:
    """PDFs can be made; without them pages offer other files and say why."""
    mend = "Install Debian's libpangoft2-1.0-0 and libharfbuzz-subset0, then start web and worker again."
    return _unless(found.makes_pdfs, Level.WARN, "No PDF can be made: Pango is not on this machine.", mend)


# What the settings alone show: production refuses to start on these.
OF_SETTINGS: tuple[Check, ...] = (
    is_encrypted,
    is_not_debugging,
    has_limits,
    mail_is_encrypted,
    secret_is_kept,
    secret_is_own,
    database_fits_workers,
    workers_count_together,
    address_is_known,
    has_mail,
    has_sender,
    has_imprint,
    can_sign_editions,
    editions_key_is_kept,
)
# What has to be looked at.
OF_SURROUNDINGS: tuple[Check, ...] = (
    database_answers,
    schema_is_newest,
    is_what_it_is_for,
    is_said_to_be_real,
    database_is_kept,
    clock_runs,
    worker_runs,
    redis_answers,
    folders_are_writable,
    orders_are_sound,
    makes_pdfs,
)


def findings_of_settings(chosen: Chosen) -> list[Finding]:
    """What is to be mended in the settings, the worst first; outside production nothing of it is refused."""
    found = (check(chosen, Found()) for check in OF_SETTINGS)
    return _worst_first([_eased(finding, chosen) for finding in found if finding])


def findings(chosen: Chosen, surroundings: Found) -> list[Finding]:
    """Everything there is to mend, the worst first."""
    around = (check(chosen, surroundings) for check in OF_SURROUNDINGS)
    return _worst_first([*findings_of_settings(chosen), *(finding for finding in around if finding)])


def worst(found: Sequence[Finding]) -> Level:
    """The level of the worst of these; fine where there are none."""
    return max((finding.level for finding in found), default=Level.FINE)


def refuses_to_start(found: Sequence[Finding]) -> list[Finding]:
    """Those on which production does not start."""
    return [finding for finding in found if finding.level is Level.REFUSE]


def _eased(finding: Finding, chosen: Chosen) -> Finding:
    if chosen.environment is Environment.PRODUCTION:
        return finding
    return Finding(Level.WARN, finding.what, finding.mend)


def _worst_first(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: -finding.level)
