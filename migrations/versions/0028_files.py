"""Files of public words that take a while to make, kept for some hours."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KINDS = ("platform", "meeting")
STAGES = ("waiting", "making", "ready", "failed")


def upgrade() -> None:
    op.create_table(
        "made_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("kind", _one_of(KINDS, "made_file_kind"), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("stage", _one_of(STAGES, "made_file_stage"), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(kind = 'platform') = (ref = '')", name=op.f("ck_made_files_named_unless_it_is_the_whole")),
        sa.CheckConstraint("(stage = 'ready') = (content IS NOT NULL)", name=op.f("ck_made_files_ready_has_content")),
        sa.CheckConstraint(
            "(stage = 'making') = (claimed_at IS NOT NULL)", name=op.f("ck_made_files_claimed_while_made")
        ),
        sa.CheckConstraint("length(state) = 64", name=op.f("ck_made_files_whole_state")),
        sa.CheckConstraint("done >= 0 AND total >= 0 AND tries >= 0", name=op.f("ck_made_files_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_files")),
        sa.UniqueConstraint("key", name=op.f("uq_made_files_key")),
        sa.UniqueConstraint("kind", "ref", "form", "state", name=op.f("uq_made_files_kind_ref_form_state")),
    )
    op.create_index("ix_made_files_stage_asked_at", "made_files", ["stage", "asked_at"])


def downgrade() -> None:
    op.drop_table("made_files")


def _one_of(words: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
