"""Real MPs come to an account: an address of Parliament's, and the word of clerks of two groups."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

GROUPS = ("labour", "lib_dem", "green")
NONE, NONE_SAID = "ck_mps_only_the_made_up_sign_in", "is_demonstration OR person_id IS NULL"
TWO = "ck_mps_two_vouched_for_a_real_one"
TWO_SAID = (
    "is_demonstration OR person_id IS NULL OR (vouched_by_id IS NOT NULL AND vouched_too_id IS NOT NULL"
    " AND vouched_by_id <> vouched_too_id)"
)
CLERKS = ("vouched_by_id", "vouched_too_id")


def upgrade() -> None:
    op.create_table(
        "mp_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("mp_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("wrong_addresses", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("proven_at", sa.DateTime(), nullable=True),
        sa.Column("vouched_group", _group("mp_request_group"), nullable=True),
        sa.Column("vouched_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_mp_requests_whole_digest")),
        sa.CheckConstraint(
            "address = lower(address) AND address <> ''", name=op.f("ck_mp_requests_address_in_small_letters")
        ),
        sa.CheckConstraint("wrong_addresses BETWEEN 0 AND 5", name=op.f("ck_mp_requests_wrong_addresses_counted")),
        sa.CheckConstraint(
            "(vouched_group IS NULL) = (vouched_by_id IS NULL)", name=op.f("ck_mp_requests_vouched_for_a_group")
        ),
        sa.CheckConstraint(
            "vouched_by_id IS NULL OR proven_at IS NOT NULL", name=op.f("ck_mp_requests_vouched_once_proven")
        ),
        sa.ForeignKeyConstraint(["mp_id"], ["mps.id"], name=op.f("fk_mp_requests_mp_id")),
        sa.ForeignKeyConstraint(["vouched_by_id"], ["people.id"], name=op.f("fk_mp_requests_vouched_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mp_requests")),
        sa.UniqueConstraint("key", name=op.f("uq_mp_requests_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_mp_requests_digest")),
    )
    op.create_index(op.f("ix_mp_requests_mp_id"), "mp_requests", ["mp_id"])
    op.create_index(op.f("ix_mp_requests_vouched_by_id"), "mp_requests", ["vouched_by_id"])
    for column in CLERKS:
        named = f"fk_mps_{column}"
        op.execute(f"ALTER TABLE mps ADD COLUMN {column} INTEGER CONSTRAINT {named} REFERENCES people (id)")
    _say((NONE, NONE_SAID), (TWO, TWO_SAID))


def downgrade() -> None:
    op.execute("UPDATE mps SET person_id = NULL WHERE NOT is_demonstration")
    _say((TWO, TWO_SAID), (NONE, NONE_SAID))
    for column in CLERKS:
        op.drop_column("mps", column)
    op.drop_table("mp_requests")


def _group(name: str) -> sa.Enum:
    return sa.Enum(*GROUPS, name=name, native_enum=False, create_constraint=True, length=16)


def _say(old: tuple[str, str], new: tuple[str, str]) -> None:
    """Put one check of the table of MPs in place of another.

    SQLite cannot change a check, and a table that others refer to cannot be made anew while it guards those
    references; its manual's way is to change the words of the table's definition.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f(old[0]), "mps", type_="check")
        op.create_check_constraint(op.f(new[0]), "mps", new[1])
        return
    where = "type = 'table' AND name = 'mps'"
    said = str(connection.scalar(sa.text(f"SELECT sql FROM sqlite_master WHERE {where}")))
    check = "CONSTRAINT {} CHECK ({})"
    assert check.format(*old) in said, "The table of MPs is not as the migration before left it."
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    reworded = said.replace(check.format(*old), check.format(*new))
    connection.execute(sa.text(f"UPDATE sqlite_master SET sql = :said WHERE {where}"), {"said": reworded})
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
