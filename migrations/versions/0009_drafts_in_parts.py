"""A draft amendment keeps what was written for each part of the text, so that it opens again as it was left.

Drafts begun before are kept whole: they open as the whole text.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft_parts", sa.JSON(none_as_null=True), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_amendments_draft_parts_with_base"), "draft_parts IS NULL OR draft_base_id IS NOT NULL"
        )
        batch_op.drop_column("draft_unit")


def downgrade() -> None:
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft_unit", sa.String(length=40), nullable=True))
        batch_op.drop_constraint(op.f("ck_amendments_draft_parts_with_base"), type_="check")
        batch_op.drop_column("draft_parts")
