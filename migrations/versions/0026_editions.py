"""Editions: proposals and answers, what is published and signed, its PDFs; nothing published is ever changed."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

OPEN = sa.text("stage = 'open'")
GROUPS = ("labour", "lib_dem", "green")
STAGES = ("open", "published", "refused", "taken_back", "lapsed", "void")
STAYS = "What an edition holds stays as it was published."
TABLES = (
    "edition_papers",
    "edition_reservations",
    "edition_planks",
    "edition_answers",
    "edition_proposals",
    "editions",
)
# Each immutable table, and the columns that never change; the words of a reservation can be hidden, and shown again.
KEPT = {
    "editions": "",
    "edition_planks": "",
    "edition_papers": "",
    "edition_reservations": " OF id, edition_id, plank_id, group_key",
}


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.CheckConstraint("id >= 1", name=op.f("ck_editions_counts_from_one")),
        sa.CheckConstraint("length(sha256) = 64 AND length(fingerprint) = 64", name=op.f("ck_editions_whole_hashes")),
        sa.CheckConstraint(
            "length(public_key) = 64 AND length(signature) = 128", name=op.f("ck_editions_whole_signature")
        ),
        sa.CheckConstraint("(id = 1) = (before_id IS NULL)", name=op.f("ck_editions_follows_another")),
        sa.ForeignKeyConstraint(["before_id"], ["editions.id"], name=op.f("fk_editions_before_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("before_id", name=op.f("uq_editions_before_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_editions_sha256")),
    )
    _proposals()
    _published()
    _stays()
    counters = sa.table("counters", sa.column("name", sa.String), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": "edition", "value": 0}])


def _proposals() -> None:
    op.create_table(
        "edition_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "edition_group", 16), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("stage", _one_of(STAGES, "edition_stage", 32), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(stage = 'open') = (ended_at IS NULL)", name=op.f("ck_edition_proposals_ended_has_moment")),
        sa.CheckConstraint(
            "(stage = 'published') = (edition_id IS NOT NULL)", name=op.f("ck_edition_proposals_published_has_edition")
        ),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_edition_proposals_edition_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_edition_proposals_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_proposals")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_edition_proposals_edition_id")),
        sa.UniqueConstraint("key", name=op.f("uq_edition_proposals_key")),
    )
    op.create_index(
        "uq_edition_proposals_one_open",
        "edition_proposals",
        ["stage"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "edition_answers",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "edition_answer_group", 16), nullable=False),
        sa.Column("says_yes", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("says_yes OR reason <> ''", name=op.f("ck_edition_answers_refusal_has_reason")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_edition_answers_clerk_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["edition_proposals.id"], name=op.f("fk_edition_answers_proposal_id")),
        sa.PrimaryKeyConstraint("proposal_id", "group_key", name=op.f("pk_edition_answers")),
    )


def _published() -> None:
    op.create_table(
        "edition_planks",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_edition_planks_edition_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_edition_planks_plank_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_edition_planks_version_id")),
        sa.PrimaryKeyConstraint("edition_id", "plank_id", name=op.f("pk_edition_planks")),
    )
    op.create_table(
        "edition_reservations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "edition_reservation_group", 16), nullable=False),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.CheckConstraint("statement <> ''", name=op.f("ck_edition_reservations_has_words")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_edition_reservations_edition_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_edition_reservations_plank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_reservations")),
    )
    op.create_index(op.f("ix_edition_reservations_edition_id"), "edition_reservations", ["edition_id"])
    op.create_table(
        "edition_papers",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("covered", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_edition_papers_whole_hash")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_edition_papers_edition_id")),
        sa.PrimaryKeyConstraint("edition_id", "covered", name=op.f("pk_edition_papers")),
    )


def _stays() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        op.execute(
            f"""CREATE FUNCTION editions_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION '{STAYS}' USING ERRCODE = 'check_violation'; END $$"""
        )
    does = "EXECUTE FUNCTION editions_stay()" if is_postgresql else f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
    for table, columns in KEPT.items():
        for act, what in ((f"UPDATE{columns}", "update"), ("DELETE", "delete")):
            op.execute(f"CREATE TRIGGER {table}_no_{what} BEFORE {act} ON {table} FOR EACH ROW {does}")


def downgrade() -> None:
    op.execute("DELETE FROM counters WHERE name = 'edition'")
    for table in KEPT:
        for what in ("update", "delete"):
            where = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
            op.execute(f"DROP TRIGGER {table}_no_{what}{where}")
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION editions_stay()")


def _one_of(words: tuple[str, ...], name: str, length: int) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)
