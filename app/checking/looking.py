"""Looking around an installation: its database, its folders, its clock, its mail. Nothing is changed by it."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

from flask import current_app
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from app import clock
from app.checking.chosen import is_open
from app.config import ROOT, Settings
from app.desk import heartbeat
from app.extensions import db
from app.late import late
from app.mail import queries as mails
from app.web import pdf
from policies import standing_orders
from policies.checks import Found
from policies.errors import RuleBroken

# So much is written to see whether there is room: a full disk takes a file's name, but not its content.
A_LITTLE = b"\0" * 65536
PATIENCE = 2.0
# Only looking needs them.
migration, script, redis = late("alembic.migration"), late("alembic.script"), late("redis")


def look() -> Found:
    """What is found around the settings."""
    settings: Settings = current_app.config["SETTINGS"]
    answers = _answers()
    newest = answers and _has_newest_schema()
    return Found(
        database_answers=answers,
        schema_is_newest=newest if answers else None,
        is_demonstration=clock.is_demonstration() if newest else None,
        database_is_open=_is_open(settings.database_url),
        ticked_ago=heartbeat.ago(settings.jobs_file),
        mail_waits=_mail_waits(clock.now()) if newest else None,
        redis_answers=_redis_answers(settings.redis_url) if settings.redis_url else None,
        folders_not_writable=[str(folder) for folder in _folders(settings) if not _has_room(folder)],
        orders_fault=_fault_of_orders(),
        makes_pdfs=pdf.can_be_made(),
    )


def _answers() -> bool:
    try:
        with db.engine.connect():
            return True
    except DBAPIError:
        return False


def _has_newest_schema() -> bool:
    newest = script.ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    with db.engine.connect() as connection:
        return bool(migration.MigrationContext.configure(connection).get_current_revision() == newest)


def _is_open(database_url: str) -> bool:
    url = make_url(database_url)
    return url.get_backend_name() == "sqlite" and is_open(Path(url.database or ""))


def _mail_waits(now: datetime) -> timedelta | None:
    since = mails.due_since(now)
    return None if since is None else now - since


def _redis_answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE) as store:
            return bool(store.ping())
    except redis.RedisError:
        return False


def _folders(settings: Settings) -> list[Path]:
    return list(dict.fromkeys((settings.index_folder, settings.jobs_file.parent)))


def _has_room(folder: Path) -> bool:
    """Whether a file can be written there, or where the folder will be made."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    try:
        with TemporaryFile(dir=there) as file:
            file.write(A_LITTLE)
            file.flush()
        return True
    except OSError:
        return False


def _fault_of_orders() -> str:
    try:
        standing_orders.load()
        return ""
    except RuleBroken as fault:
        return str(fault)
