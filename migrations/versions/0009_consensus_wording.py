"""Consensus wordings offered to the movers of amendments, and the versions that come of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN = sa.text("stage = 'open'")
BEFORE = (
    "ballot_opens",
    "ballot_closes",
    "result",
    "amendment_needs_me",
    "amendment_seconded",
    "amendment_decided",
    "offer_awaits",
    "plank_ruled",
    "followed_text",
    "followed_round",
    "member_waits",
    "mail_failed",
)
AFTER = (*BEFORE[:7], "offer_answered", *BEFORE[7:])
KINDS = tuple("kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds)) for kinds in (BEFORE, AFTER))
CAUSES = (
    "(amendment_id IS NOT NULL) = (cause = 'amendment')",
    "(amendment_id IS NOT NULL) = (cause IN ('amendment', 'consensus wording'))",
)
# Each table, its check, and what that says before and after.
CHECKS = (
    ("versions", "ck_versions_cause_names_amendment", *CAUSES),
    ("notices", "ck_notices_notice_kind", *KINDS),
    ("notice_choices", "ck_notice_choices_notice_choice_kind", *KINDS),
    ("mail_stops", "ck_mail_stops_mail_stop_kind", *KINDS),
)


def upgrade() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("offerer_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(("labour", "lib_dem", "green"), "offer_group", 16), nullable=False),
        sa.Column(
            "stage", _one_of(("open", "accepted", "refused", "taken_back", "lapsed"), "offer_stage"), nullable=False
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_reason", sa.String(length=1000), nullable=False),
        sa.Column("became_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(stage = 'open') = (ended_at IS NULL)", name=op.f("ck_offers_ended_has_moment")),
        sa.CheckConstraint(
            "(stage = 'accepted') = (became_id IS NOT NULL)", name=op.f("ck_offers_accepted_became_amendment")
        ),
        sa.CheckConstraint(
            "became_id IS NULL OR became_id <> amendment_id", name=op.f("ck_offers_not_in_place_of_itself")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_offers_whole_hash")),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendments.id"], name=op.f("fk_offers_amendment_id")),
        sa.ForeignKeyConstraint(["base_id"], ["versions.id"], name=op.f("fk_offers_base_id")),
        sa.ForeignKeyConstraint(["became_id"], ["amendments.id"], name=op.f("fk_offers_became_id")),
        sa.ForeignKeyConstraint(["offerer_id"], ["people.id"], name=op.f("fk_offers_offerer_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revisions.id"], name=op.f("fk_offers_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("became_id", name=op.f("uq_offers_became_id")),
        sa.UniqueConstraint("key", name=op.f("uq_offers_key")),
    )
    op.create_index(op.f("ix_offers_amendment_id"), "offers", ["amendment_id"])
    op.create_index(op.f("ix_offers_offerer_id"), "offers", ["offerer_id"])
    op.create_index(
        "uq_offers_one_open",
        "offers",
        ["amendment_id", "offerer_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.add_column("amendments", sa.Column("is_consensus", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table, name, before, after in CHECKS:
        _reword(table, name, before, after)


def downgrade() -> None:
    op.execute("UPDATE versions SET cause = 'amendment' WHERE cause = 'consensus wording' AND amendment_id IS NOT NULL")
    for table in ("notices", "notice_choices", "mail_stops"):
        op.execute(f"DELETE FROM {table} WHERE kind = 'offer_answered'")
    for table, name, before, after in CHECKS:
        _reword(table, name, after, before)
    op.drop_column("amendments", "is_consensus")
    op.drop_table("offers")


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)


def _reword(table: str, name: str, before: str, after: str) -> None:
    """Put another check in the place of one. SQLite cannot drop a check, and a table that others refer to cannot be
    made anew while it guards those references; its manual's way is to change the words of the table's definition.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, after)
        return
    said = connection.scalar(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table"), {"table": table}
    )
    assert str(said).count(before) == 1, f"{table} does not say {before}"
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(
        sa.text("UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE type = 'table' AND name = :table"),
        {"before": before, "after": after, "table": table},
    )
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
