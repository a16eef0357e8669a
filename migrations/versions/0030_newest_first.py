"""What is read newest first is found by its moment: planks opened and ended, newer versions, published rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NEWER = sa.text("NOT (number = 1 AND minor = 0)")


def upgrade() -> None:
    op.create_index("ix_planks_opened_at", "planks", ["opened_at"])
    op.create_index("ix_planks_ended_at", "planks", ["ended_at"])
    op.create_index("ix_versions_newer", "versions", ["created_at"], sqlite_where=NEWER, postgresql_where=NEWER)
    op.create_index(op.f("ix_rounds_published_at"), "rounds", ["published_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_rounds_published_at"), table_name="rounds")
    op.drop_index("ix_versions_newer", table_name="versions")
    op.drop_index("ix_planks_ended_at", table_name="planks")
    op.drop_index("ix_planks_opened_at", table_name="planks")
