"""Recounts of published rounds, which clerks of two groups ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WAITING = sa.text("answer IS NULL")


def one_of(*words: str, name: str, length: int) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)


def group(name: str) -> sa.Enum:
    return one_of("labour", "lib_dem", "green", name=name, length=16)


def upgrade() -> None:
    op.create_table(
        "recounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_group", group("recount_asked_group"), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_group", group("recount_confirmed_group"), nullable=True),
        sa.Column("answer", one_of("agrees", "differs", name="recount_answer", length=32), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (confirmed_at IS NULL) AND (answer IS NULL) = (confirmed_group IS NULL)"
            " AND (answer IS NULL) = (confirmed_by_id IS NULL)",
            name=op.f("ck_recounts_answered_when_confirmed"),
        ),
        sa.CheckConstraint(
            "confirmed_group IS NULL OR confirmed_group <> asked_group", name=op.f("ck_recounts_two_groups")
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_recounts_asked_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["people.id"], name=op.f("fk_recounts_confirmed_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_recounts_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recounts")),
    )
    op.create_index(op.f("ix_recounts_round_id"), "recounts", ["round_id"])
    op.create_index(
        "uq_recounts_one_waiting",
        "recounts",
        ["round_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_table("recounts")
