"""Composites: which clauses of which planks they were put together from, and each mover's answer."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ENDED = sa.text("took_effect_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "composite_originals",
        sa.Column("composite_id", sa.Integer(), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "accepted", "refused", name="composite_answer", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("took_effect_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "took_effect_at IS NULL OR (answer IS NOT NULL AND answer = 'accepted')",
            name=op.f("ck_composite_originals_ends_by_consent"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_composite_originals_answer_has_moment")
        ),
        sa.CheckConstraint("composite_id <> plank_id", name=op.f("ck_composite_originals_not_of_itself")),
        sa.ForeignKeyConstraint(["composite_id"], ["planks.id"], name=op.f("fk_composite_originals_composite_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_composite_originals_plank_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_composite_originals_version_id")),
        sa.PrimaryKeyConstraint("composite_id", "plank_id", name=op.f("pk_composite_originals")),
        sa.UniqueConstraint("composite_id", "version_id", name=op.f("uq_composite_originals_composite_id_version_id")),
    )
    op.create_index("ix_composite_originals_plank_id", "composite_originals", ["plank_id"])
    op.create_index(
        "uq_composite_originals_end",
        "composite_originals",
        ["plank_id"],
        unique=True,
        sqlite_where=ENDED,
        postgresql_where=ENDED,
    )
    op.create_table(
        "composite_parts",
        sa.Column("composite_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("source_unit_id", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.String(length=40), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_composite_parts_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["composite_id", "version_id"],
            ["composite_originals.composite_id", "composite_originals.version_id"],
            name=op.f("fk_composite_parts_composite_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("composite_id", "place", name=op.f("pk_composite_parts")),
        sa.UniqueConstraint("composite_id", "unit_id", name=op.f("uq_composite_parts_composite_id_unit_id")),
        sa.UniqueConstraint(
            "composite_id",
            "version_id",
            "source_unit_id",
            name=op.f("uq_composite_parts_composite_id_version_id_source_unit_id"),
        ),
    )


def downgrade() -> None:
    op.drop_table("composite_parts")
    op.drop_table("composite_originals")
