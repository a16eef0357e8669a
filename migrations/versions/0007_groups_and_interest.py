"""Groups get a page with a versioned launch statement; people of no party can register interest."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _group(name: str) -> sa.Enum:
    return sa.Enum("labour", "lib_dem", "green", name=name, native_enum=False, create_constraint=True, length=16)


def upgrade() -> None:
    op.create_table(
        "group_pages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_key", _group("page_group"), nullable=False),
        sa.Column("office", sa.String(length=300), nullable=False),
        sa.Column("office_changes", sa.Integer(), nullable=False),
        sa.CheckConstraint("office_changes >= 0", name=op.f("ck_group_pages_changes_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_pages")),
        sa.UniqueConstraint("group_key", name=op.f("uq_group_pages_group_key")),
    )
    op.create_table(
        "launch_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_key", _group("statement_group"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("rendered", sa.JSON(), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_launch_statements_counts_from_one")),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 8000", name=op.f("ck_launch_statements_text_fits")),
        sa.ForeignKeyConstraint(["published_by"], ["people.id"], name=op.f("fk_launch_statements_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_launch_statements")),
        sa.UniqueConstraint("group_key", "number", name=op.f("uq_launch_statements_group_key_number")),
    )
    _interest()


def _interest() -> None:
    op.create_table(
        "supporters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_supporters_address_in_small_letters")),
        sa.CheckConstraint("length(key) = 43", name=op.f("ck_supporters_whole_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supporters")),
        sa.UniqueConstraint("email", name=op.f("uq_supporters_email")),
        sa.UniqueConstraint("key", name=op.f("uq_supporters_key")),
    )
    op.create_index("ix_supporters_confirmed_at", "supporters", ["confirmed_at"], unique=False)
    purposes = sa.Enum("contact", "news", name="consent_purpose", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("supporter_id", sa.Integer(), nullable=False),
        sa.Column("purpose", purposes, nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("words >= 1", name=op.f("ck_consents_words_numbered")),
        sa.ForeignKeyConstraint(["supporter_id"], ["supporters.id"], name=op.f("fk_consents_supporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("supporter_id", "purpose", name=op.f("uq_consents_supporter_id_purpose")),
    )
    op.create_table(
        "interest_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("contact_words", sa.Integer(), nullable=True),
        sa.Column("news_words", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "contact_words IS NOT NULL OR news_words IS NOT NULL",
            name=op.f("ck_interest_requests_asks_for_something"),
        ),
        sa.ForeignKeyConstraint(["link_id"], ["mailed_links.id"], name=op.f("fk_interest_requests_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest_requests")),
        sa.UniqueConstraint("link_id", name=op.f("uq_interest_requests_link_id")),
    )
    op.create_index("ix_interest_requests_asked_at", "interest_requests", ["asked_at"], unique=False)


def downgrade() -> None:
    op.drop_table("interest_requests")
    op.drop_table("consents")
    op.drop_table("supporters")
    op.drop_table("launch_statements")
    op.drop_table("group_pages")
