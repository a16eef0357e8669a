"""A mark that changes with what the public may see, so that pages can be kept as bytes and never be stale."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    marks = op.create_table(
        "public_marks",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_public_marks_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_marks")),
    )
    op.bulk_insert(marks, [{"id": 1, "mark": secrets.token_hex(16)}])


def downgrade() -> None:
    op.drop_table("public_marks")
