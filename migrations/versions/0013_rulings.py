"""Rulings in a register, appeals against them, reference back, deputies, takeover, and the notices of all that."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

GROUPS = ("labour", "lib_dem", "green")
NEW_KINDS = ("ruling", "can_take_over", "clerk_wanted")
# Each table with a column of kinds of notices, and the name of the check that lists them.
CHECKS = (
    ("notices", "ck_notices_notice_kind"),
    ("notice_choices", "ck_notice_choices_notice_choice_kind"),
    ("mail_stops", "ck_mail_stops_mail_stop_kind"),
)
NEW_TABLES = (
    "appeal_voices",
    "appeal_answers",
    "references_back",
    "appeals",
    "amendment_rulings",
    "withdrawals",
    "registered_rulings",
    "reference_words",
    "deputy_namings",
)


def upgrade() -> None:
    op.create_table(
        "deputy_namings",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_deputy_namings_clerk_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_deputy_namings_membership_id")),
        sa.PrimaryKeyConstraint("membership_id", "clerk_id", name=op.f("pk_deputy_namings")),
    )
    op.create_table(
        "reference_words",
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "reference_word_group", 16), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_reference_words_has_reason")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_reference_words_clerk_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_reference_words_plank_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_reference_words_version_id")),
        sa.PrimaryKeyConstraint("plank_id", "group_key", name=op.f("pk_reference_words")),
    )
    op.create_table(
        "registered_rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column(
            "verdict", _one_of(("in_order", "out_of_order", "archive", "refer"), "registered_verdict"), nullable=False
        ),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("deputies", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("stage_before", sa.String(length=16), nullable=True),
        sa.Column("ruled_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "amendment_id IS NULL OR verdict = 'out_of_order'",
            name=op.f("ck_registered_rulings_amendments_are_only_ruled_out"),
        ),
        sa.CheckConstraint(
            "stage_before IS NULL OR stage_before IN ('submitted', 'open')",
            name=op.f("ck_registered_rulings_amendment_was_before_the_members"),
        ),
        sa.CheckConstraint(
            "verdict = 'in_order' OR reason <> ''", name=op.f("ck_registered_rulings_refusal_has_reason")
        ),
        sa.CheckConstraint(
            "(amendment_id IS NULL) = (stage_before IS NULL)",
            name=op.f("ck_registered_rulings_amendment_was_in_a_stage"),
        ),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendments.id"], name=op.f("fk_registered_rulings_amendment_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_registered_rulings_plank_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_registered_rulings_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registered_rulings")),
        sa.UniqueConstraint("key", name=op.f("uq_registered_rulings_key")),
    )
    op.create_index(op.f("ix_registered_rulings_amendment_id"), "registered_rulings", ["amendment_id"])
    op.create_index(op.f("ix_registered_rulings_plank_id"), "registered_rulings", ["plank_id"])
    op.create_index("ix_registered_rulings_ruled_at", "registered_rulings", ["ruled_at"])

    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("stage_before", sa.String(length=32), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("taken_over_at", sa.DateTime(), nullable=True),
        sa.Column("taker_group", _one_of(GROUPS, "withdrawal_taker_group", 16), nullable=True),
        sa.CheckConstraint(
            "(amendment_id IS NULL AND stage_before IN ('seeking_seconders', 'checking', 'open')) OR (amendment_id IS NOT NULL AND stage_before IN ('submitted', 'open'))",
            name=op.f("ck_withdrawals_was_before_the_members"),
        ),
        sa.CheckConstraint(
            "(taken_over_at IS NULL) = (taker_group IS NULL)", name=op.f("ck_withdrawals_taker_has_group")
        ),
        sa.CheckConstraint("until >= withdrawn_at", name=op.f("ck_withdrawals_waits_forward")),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendments.id"], name=op.f("fk_withdrawals_amendment_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_withdrawals_plank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawals")),
    )
    op.create_index(op.f("ix_withdrawals_amendment_id"), "withdrawals", ["amendment_id"])
    op.create_index("ix_withdrawals_plank_id_amendment_id", "withdrawals", ["plank_id", "amendment_id"])

    op.create_table(
        "amendment_rulings",
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "amendment_ruling_group", 16), nullable=False),
        sa.Column("words_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_amendment_rulings_has_reason")),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendments.id"], name=op.f("fk_amendment_rulings_amendment_id")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_amendment_rulings_clerk_id")),
        sa.ForeignKeyConstraint(["words_id"], ["revisions.id"], name=op.f("fk_amendment_rulings_words_id")),
        sa.PrimaryKeyConstraint("amendment_id", "group_key", name=op.f("pk_amendment_rulings")),
    )
    op.create_table(
        "appeals",
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage", _one_of(("gathering", "open", "upheld", "overturned", "lapsed"), "appeal_stage"), nullable=False
        ),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(stage IN ('gathering', 'lapsed')) = (opened_at IS NULL)", name=op.f("ck_appeals_before_clerks_since")
        ),
        sa.CheckConstraint(
            "(stage IN ('gathering', 'open')) = (ended_at IS NULL)", name=op.f("ck_appeals_decided_has_moment")
        ),
        sa.ForeignKeyConstraint(["ruling_id"], ["registered_rulings.id"], name=op.f("fk_appeals_ruling_id")),
        sa.PrimaryKeyConstraint("ruling_id", name=op.f("pk_appeals")),
    )
    op.create_table(
        "references_back",
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("ended_by", _one_of(("version", "answer", "ended"), "reference_end"), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(answer <> '') = (coalesce(ended_by, '') = 'answer')", name=op.f("ck_references_back_answer_ends_it")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_references_back_ended_by_something")
        ),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_references_back_plank_id")),
        sa.ForeignKeyConstraint(["ruling_id"], ["registered_rulings.id"], name=op.f("fk_references_back_ruling_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_references_back_version_id")),
        sa.PrimaryKeyConstraint("ruling_id", name=op.f("pk_references_back")),
    )
    op.create_index(
        "uq_references_back_one",
        "references_back",
        ["plank_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "appeal_answers",
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "appeal_answer_group", 16), nullable=False),
        sa.Column("answer", _one_of(("uphold", "overturn"), "appeal_answer"), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("answer = 'uphold' OR reason <> ''", name=op.f("ck_appeal_answers_overturning_has_reason")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_appeal_answers_clerk_id")),
        sa.ForeignKeyConstraint(["ruling_id"], ["appeals.ruling_id"], name=op.f("fk_appeal_answers_ruling_id")),
        sa.PrimaryKeyConstraint("ruling_id", "group_key", name=op.f("pk_appeal_answers")),
    )
    op.create_table(
        "appeal_voices",
        sa.Column("ruling_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "appeal_voice_group", 16), nullable=False),
        sa.Column("is_clerk", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_appeal_voices_has_reason")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_appeal_voices_person_id")),
        sa.ForeignKeyConstraint(["ruling_id"], ["appeals.ruling_id"], name=op.f("fk_appeal_voices_ruling_id")),
        sa.PrimaryKeyConstraint("ruling_id", "person_id", name=op.f("pk_appeal_voices")),
    )
    op.create_index(op.f("ix_appeal_voices_person_id"), "appeal_voices", ["person_id"])

    op.add_column("memberships", sa.Column("is_deputy", sa.Boolean(), nullable=False, server_default=sa.false()))

    op.add_column("rulings", sa.Column("is_deputy", sa.Boolean(), nullable=False, server_default=sa.false()))
    _reword_kinds(with_new=True)


def downgrade() -> None:
    for table, _name in CHECKS:
        listed = ", ".join(f"'{kind}'" for kind in NEW_KINDS)
        op.execute(f"DELETE FROM {table} WHERE kind IN ({listed})")
    _reword_kinds(with_new=False)
    op.drop_column("rulings", "is_deputy")
    op.drop_column("memberships", "is_deputy")
    for table in NEW_TABLES:
        op.drop_table(table)


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)


def _reword_kinds(*, with_new: bool) -> None:
    """Put the kinds of notices that there are now, with the new ones or without them, into the checks of the tables."""
    for table, name in CHECKS:
        checks = sa.inspect(op.get_bind()).get_check_constraints(table)
        said = next(str(check["sqltext"]) for check in checks if check["name"] == name)
        old = re.findall(r"'(\w+)'", said)
        kept = [kind for kind in old if kind not in NEW_KINDS]
        _reword(table, name, _kinds(old), _kinds([*kept, *NEW_KINDS] if with_new else kept))


def _kinds(kinds: list[str]) -> str:
    return "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))


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
