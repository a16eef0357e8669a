"""Temperature checks, and clerks' agreement to show the public where a text stands between the groups."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

GROUPS = ("labour", "lib_dem", "green")
READINGS = ("back", "live_with", "need_change", "stand_aside", "cannot")


def upgrade() -> None:
    op.create_table(
        "temperature_readings",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "reading_group", 16), nullable=False),
        sa.Column("reading", _one_of(READINGS, "temperature_reading"), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_temperature_readings_version_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_temperature_readings_person_id")),
        sa.PrimaryKeyConstraint("version_id", "person_id", name=op.f("pk_temperature_readings")),
    )
    op.create_index("ix_temperature_readings_person_id", "temperature_readings", ["person_id"])
    op.create_table(
        "bracket_releases",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "release_group", 16), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_bracket_releases_version_id")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_bracket_releases_clerk_id")),
        sa.PrimaryKeyConstraint("version_id", "group_key", name=op.f("pk_bracket_releases")),
    )


def downgrade() -> None:
    op.drop_table("bracket_releases")
    op.drop_index("ix_temperature_readings_person_id", "temperature_readings")
    op.drop_table("temperature_readings")


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)
