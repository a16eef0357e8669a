"""What applicants declare, what clerks ask them, when they were refused, and lists of addresses to know them by."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

GROUPS = ("labour", "lib_dem", "green")
DECLARED = "CONSTRAINT ck_memberships_declared_some_day CHECK ((declared_words IS NULL) = (declared_at IS NULL))"


def upgrade() -> None:
    op.add_column("memberships", sa.Column("refused_at", sa.DateTime(), nullable=True))
    op.add_column("memberships", sa.Column("declared_words", sa.Integer(), nullable=True))
    # Other tables refer to memberships, so that SQLite cannot make the table anew to add a constraint to it.
    moment = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP"
    op.execute(f"ALTER TABLE memberships ADD COLUMN declared_at {moment} {DECLARED}")
    # Until now only applicants were removed. What is kept of them has its end from now on.
    op.execute(
        "UPDATE memberships SET refused_at = COALESCE(verified_at, asked_at, CURRENT_TIMESTAMP)"
        " WHERE stage = 'removed' AND active_since IS NULL"
    )
    op.create_table(
        "enquiries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("wrong_addresses", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 3", name=op.f("ck_enquiries_asked_so_often")),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f("ck_enquiries_answered_some_day")),
        sa.CheckConstraint("question <> ''", name=op.f("ck_enquiries_asks_something")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_enquiries_whole_digest")),
        sa.CheckConstraint("wrong_addresses BETWEEN 0 AND 5", name=op.f("ck_enquiries_wrong_addresses_counted")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_enquiries_asked_by")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_enquiries_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiries")),
        sa.UniqueConstraint("digest", name=op.f("uq_enquiries_digest")),
        sa.UniqueConstraint("membership_id", "number", name=op.f("uq_enquiries_membership_id_number")),
    )
    op.create_index(op.f("ix_enquiries_asked_by"), "enquiries", ["asked_by"])
    op.create_table(
        "address_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "list_group", 16), nullable=False),
        sa.Column("salt", sa.String(length=43), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 5000", name=op.f("ck_address_lists_addresses_counted")),
        sa.CheckConstraint("length(salt) = 43", name=op.f("ck_address_lists_whole_salt")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["people.id"], name=op.f("fk_address_lists_uploaded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_lists")),
        sa.UniqueConstraint("group_key", name=op.f("uq_address_lists_group_key")),
    )
    op.create_index(op.f("ix_address_lists_uploaded_by"), "address_lists", ["uploaded_by"])
    op.create_table(
        "listed_digests",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_listed_digests_whole_digest")),
        sa.ForeignKeyConstraint(["list_id"], ["address_lists.id"], name=op.f("fk_listed_digests_list_id")),
        sa.PrimaryKeyConstraint("list_id", "digest", name=op.f("pk_listed_digests")),
    )


def downgrade() -> None:
    op.drop_table("listed_digests")
    op.drop_table("address_lists")
    op.drop_table("enquiries")
    op.execute("ALTER TABLE memberships DROP COLUMN declared_at")
    op.execute("ALTER TABLE memberships DROP COLUMN declared_words")
    op.execute("ALTER TABLE memberships DROP COLUMN refused_at")


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)
