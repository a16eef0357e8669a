"""A draft amendment keeps what was written for each part of the text, so that it opens again as it was left.

Drafts begun before are kept whole: they open as the whole text. The table is altered in place: others refer to it.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

HAS_BASE = "CONSTRAINT ck_amendments_draft_parts_with_base CHECK (draft_parts IS NULL OR draft_base_id IS NOT NULL)"


def upgrade() -> None:
    op.execute(f"ALTER TABLE amendments ADD COLUMN draft_parts JSON {HAS_BASE}")
    op.execute("ALTER TABLE amendments DROP COLUMN draft_unit")


def downgrade() -> None:
    op.execute("ALTER TABLE amendments ADD COLUMN draft_unit VARCHAR(40)")
    op.execute("ALTER TABLE amendments DROP COLUMN draft_parts")
