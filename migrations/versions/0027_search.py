"""What waits to be taken into the search index, and the index itself where the database is PostgreSQL."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_changes")),
    )
    op.create_table(
        "search_documents",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("theme", sa.String(length=100), nullable=False),
        sa.Column("digest", sa.String(length=300), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_documents")),
    )
    op.create_index(op.f("ix_search_documents_subject"), "search_documents", ["subject"])
    op.create_index("ix_search_documents_words", "search_documents", ["words"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("ix_search_documents_words", table_name="search_documents")
    op.drop_index(op.f("ix_search_documents_subject"), table_name="search_documents")
    op.drop_table("search_documents")
    op.drop_table("search_changes")
