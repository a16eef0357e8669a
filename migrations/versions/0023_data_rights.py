"""Archives of one's own data, erased accounts, officers' reads, and since when somebody belongs to no group."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OFFICES = ("clerk", "operator")
SEEN = ("members_list", "application", "roll", "deputies", "offices", "removal", "beside", "interest")
SHELL = "erased_at IS NULL OR (email IS NULL AND name = '' AND NOT is_offered)"
NAME = "ck_people_erased_is_an_empty_shell"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # A check written with its column can be added and goes with it, and the table is not made anew.
        op.execute(f"ALTER TABLE people ADD COLUMN erased_at DATETIME CONSTRAINT {NAME} CHECK ({SHELL})")
    else:
        op.add_column("people", sa.Column("erased_at", sa.DateTime(), nullable=True))
        op.create_check_constraint(op.f(NAME), "people", SHELL)
    op.create_table(
        "data_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_data_exports_whole_digest")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_data_exports_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_exports")),
        sa.UniqueConstraint("digest", name=op.f("uq_data_exports_digest")),
    )
    op.create_index("ix_data_exports_person_id", "data_exports", ["person_id"])
    op.create_index("ix_data_exports_asked_at", "data_exports", ["asked_at"])
    op.create_table(
        "record_reads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("office", _one_of(OFFICES, "reader_office"), nullable=False),
        sa.Column("group_key", _one_of(("labour", "lib_dem", "green"), "reader_group", 16), nullable=True),
        sa.Column("what", _one_of(SEEN, "record_seen"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times >= 1", name=op.f("ck_record_reads_counted")),
        sa.CheckConstraint("person_id <> reader_id", name=op.f("ck_record_reads_of_somebody_else")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_record_reads_person_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["people.id"], name=op.f("fk_record_reads_reader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_reads")),
        sa.UniqueConstraint(
            "person_id", "reader_id", "what", "day", name=op.f("uq_record_reads_person_id_reader_id_what_day")
        ),
    )
    op.create_index("ix_record_reads_reader_id", "record_reads", ["reader_id"])
    op.create_index("ix_record_reads_day", "record_reads", ["day"])
    op.create_table(
        "dormancies",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_dormancies_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_dormancies")),
    )
    op.create_index("ix_dormancies_since", "dormancies", ["since"])


def downgrade() -> None:
    op.drop_table("dormancies")
    op.drop_table("record_reads")
    op.drop_table("data_exports")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(NAME), "people", type_="check")
    op.execute("ALTER TABLE people DROP COLUMN erased_at")


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)
