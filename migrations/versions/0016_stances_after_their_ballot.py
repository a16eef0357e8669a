"""What happens to a stance after its ballot: mended punctuation, pauses, conditions that come true or lapse."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OPEN = sa.text("stage = 'open'")
GROUPS = ("labour", "lib_dem", "green")
AT_MOST_14_DAYS = {
    "sqlite": "until IS NULL OR julianday(until) <= julianday(starts_at, '+14 days')",
    "postgresql": "until IS NULL OR until <= starts_at + INTERVAL '14 days'",
}


def upgrade() -> None:
    _editorial_changes()
    op.create_table(
        "editorial_answers",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "editorial_answer_group", 16), nullable=False),
        sa.Column("says_yes", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("says_yes OR reason <> ''", name=op.f("ck_editorial_answers_refusal_has_reason")),
        sa.ForeignKeyConstraint(["change_id"], ["editorial_changes.id"], name=op.f("fk_editorial_answers_change_id")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_editorial_answers_clerk_id")),
        sa.PrimaryKeyConstraint("change_id", "group_key", name=op.f("pk_editorial_answers")),
    )
    op.create_table(
        "condition_ends",
        sa.Column("stance_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("became_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["became_id"], ["stances.id"], name=op.f("fk_condition_ends_became_id")),
        sa.ForeignKeyConstraint(["stance_id"], ["stances.id"], name=op.f("fk_condition_ends_stance_id")),
        sa.PrimaryKeyConstraint("stance_id", name=op.f("pk_condition_ends")),
    )
    _suspensions()


def downgrade() -> None:
    op.drop_index(op.f("ix_suspensions_until"), "suspensions")
    op.drop_table("suspensions")
    op.drop_table("condition_ends")
    op.drop_table("editorial_answers")
    op.drop_index("uq_editorial_changes_one_open", "editorial_changes")
    op.drop_index(op.f("ix_editorial_changes_plank_id"), "editorial_changes")
    op.drop_table("editorial_changes")


def _editorial_changes() -> None:
    stages = _one_of(("open", "made", "refused", "taken_back", "lapsed"), "editorial_stage")
    op.create_table(
        "editorial_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "editorial_group", 16), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("stage", stages, nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(stage = 'made') = (made_id IS NOT NULL)", name=op.f("ck_editorial_changes_made_has_version")
        ),
        sa.CheckConstraint("(stage = 'open') = (ended_at IS NULL)", name=op.f("ck_editorial_changes_ended_has_moment")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_editorial_changes_whole_hash")),
        sa.ForeignKeyConstraint(["base_id"], ["versions.id"], name=op.f("fk_editorial_changes_base_id")),
        sa.ForeignKeyConstraint(["made_id"], ["versions.id"], name=op.f("fk_editorial_changes_made_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_editorial_changes_plank_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_editorial_changes_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editorial_changes")),
        sa.UniqueConstraint("key", name=op.f("uq_editorial_changes_key")),
        sa.UniqueConstraint("made_id", name=op.f("uq_editorial_changes_made_id")),
    )
    op.create_index(op.f("ix_editorial_changes_plank_id"), "editorial_changes", ["plank_id"])
    op.create_index(
        "uq_editorial_changes_one_open",
        "editorial_changes",
        ["plank_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _suspensions() -> None:
    op.create_table(
        "suspensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stance_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("days BETWEEN 1 AND 14", name=op.f("ck_suspensions_days_of_a_pause")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_suspensions_has_reason")),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> asked_by_id", name=op.f("ck_suspensions_two_officers")
        ),
        sa.CheckConstraint(
            "(confirmed_by_id IS NULL) = (starts_at IS NULL) AND (starts_at IS NULL) = (until IS NULL)",
            name=op.f("ck_suspensions_confirmed_has_times"),
        ),
        sa.CheckConstraint("until IS NULL OR until > starts_at", name=op.f("ck_suspensions_ends_after_start")),
        sa.CheckConstraint("ended_at IS NULL OR starts_at IS NOT NULL", name=op.f("ck_suspensions_ended_had_started")),
        sa.CheckConstraint(AT_MOST_14_DAYS[op.get_bind().dialect.name], name=op.f("ck_suspensions_at_most_14_days")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_suspensions_asked_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["people.id"], name=op.f("fk_suspensions_confirmed_by_id")),
        sa.ForeignKeyConstraint(["stance_id"], ["stances.id"], name=op.f("fk_suspensions_stance_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
        sa.UniqueConstraint("stance_id", name=op.f("uq_suspensions_stance_id")),
    )
    op.create_index(op.f("ix_suspensions_until"), "suspensions", ["until"])


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)
