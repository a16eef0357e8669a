"""Migrations: one line of them, from nothing to the tables, and back."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from app.extensions import db
from policies.groups import GROUP_KEYS
from policies.planks import Stage
from tests import builders

pytestmark = pytest.mark.both

ROOT = Path(__file__).parent.parent


@pytest.fixture
def script() -> ScriptDirectory:
    """The folder of migrations."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return ScriptDirectory.from_config(config)


def test_there_is_one_head_and_the_numbers_have_no_gap(script: ScriptDirectory) -> None:
    revisions = sorted(revision.revision for revision in script.walk_revisions())
    assert len(script.get_heads()) == 1
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]


def test_upgrading_from_nothing_gives_the_tables_of_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_database_checks_the_words_the_rules_know(app: Flask) -> None:
    with db.engine.connect() as connection:
        checks = sa.inspect(connection).get_check_constraints("planks")
    text = " ".join(str(check["sqltext"]) for check in checks)
    for word in [*Stage, *GROUP_KEYS]:
        assert f"'{word}'" in text


def test_versions_that_were_there_before_get_their_printed_lines(bare_app: Flask) -> None:
    with bare_app.app_context():
        plank_id = builders.open_plank()
        version = builders.plank(plank_id).working_version
        assert version is not None
        numbered = version.lines
        assert numbered
        db.session.remove()
        downgrade(revision="0008")
        upgrade()
        version = builders.plank(plank_id).working_version
        assert version is not None
        assert version.lines == numbered


def test_every_migration_can_be_taken_back_and_done_again(bare_app: Flask) -> None:
    with bare_app.app_context():
        db.session.remove()
        downgrade(revision="base")
        assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert "planks" in sa.inspect(db.engine).get_table_names()
