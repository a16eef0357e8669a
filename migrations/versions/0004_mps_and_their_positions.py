"""MPs as the public register has them, their positions on exact versions, and the readings of the register."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

GROUPS = ("labour", "lib_dem", "green")
KINDS = ("supports", "reservation", "will_not", "considering")
STATES = ("drafted", "confirmed", "replaced", "withdrawn", "historical")


def upgrade() -> None:
    op.create_table(
        "register_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_register_imports_whole_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_imports")),
    )
    op.create_table(
        "mps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.String(length=80), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("party", sa.String(length=80), nullable=False),
        sa.Column("party_group", _words(GROUPS, "mp_party_group", 16), nullable=True),
        sa.Column("seat", sa.String(length=80), nullable=False),
        sa.Column("gss", sa.String(length=9), nullable=True),
        sa.Column("sought", sa.String(length=320), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("looked_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("is_demonstration = (register_id IS NULL)", name=op.f("ck_mps_real_ones_are_registered")),
        sa.CheckConstraint("is_demonstration = (gss IS NULL)", name=op.f("ck_mps_real_ones_have_a_real_seat")),
        sa.CheckConstraint("is_demonstration OR person_id IS NULL", name=op.f("ck_mps_only_the_made_up_sign_in")),
        sa.CheckConstraint("name <> '' AND seat <> '' AND party <> ''", name=op.f("ck_mps_nothing_empty")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mps_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mps")),
        sa.UniqueConstraint("person_id", name=op.f("uq_mps_person_id")),
        sa.UniqueConstraint("register_id", name=op.f("uq_mps_register_id")),
    )
    op.create_index(op.f("ix_mps_party_group"), "mps", ["party_group"])
    _index_of_some("uq_mps_one_a_seat", "mps", ["gss"], "left_at IS NULL")
    op.create_table(
        "positions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mp_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words(KINDS, "position_kind", 32), nullable=False),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("state", _words(STATES, "position_state", 32), nullable=False),
        sa.Column("party", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'reservation') = (statement <> '')", name=op.f("ck_positions_reservation_has_statement")
        ),
        sa.CheckConstraint(
            "(state = 'confirmed') = (ended_at IS NULL)", name=op.f("ck_positions_confirmed_has_no_end")
        ),
        sa.CheckConstraint("state <> 'drafted'", name=op.f("ck_positions_drafts_are_kept_nowhere")),
        sa.ForeignKeyConstraint(["mp_id"], ["mps.id"], name=op.f("fk_positions_mp_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_positions_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
    )
    op.create_index(op.f("ix_positions_mp_id"), "positions", ["mp_id"])
    op.create_index(op.f("ix_positions_version_id"), "positions", ["version_id"])
    _index_of_some("uq_positions_one_confirmed", "positions", ["mp_id", "version_id"], "state = 'confirmed'")
    counters = sa.table("counters", sa.column("name", sa.String), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": "register", "value": 0}])


def downgrade() -> None:
    op.execute("DELETE FROM counters WHERE name = 'register'")
    op.drop_table("positions")
    op.drop_table("mps")
    op.drop_table("register_imports")


def _words(words: tuple[str, ...], name: str, length: int) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)


def _index_of_some(name: str, table: str, columns: list[str], where: str) -> None:
    """A unique index over the rows of which `where` is true."""
    rows = sa.text(where)
    op.create_index(name, table, columns, unique=True, sqlite_where=rows, postgresql_where=rows)
