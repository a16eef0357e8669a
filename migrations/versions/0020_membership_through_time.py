"""Memberships and offices with an end, removals with appeals, and offices given by two persons."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

GROUPS = ("labour", "lib_dem", "green")
REMOVAL = ("proposed", "dropped", "confirmed", "appealed", "upheld", "overturned")
PROPOSAL = ("proposed", "confirmed", "done", "refused", "dropped")
YEAR = timedelta(days=365)


def upgrade() -> None:
    op.add_column("memberships", sa.Column("runs_until", sa.DateTime(), nullable=True))
    op.add_column("memberships", sa.Column("clerk_until", sa.DateTime(), nullable=True))
    _begin_terms()
    _removals()
    _offices()


def downgrade() -> None:
    op.drop_table("reminders")
    op.drop_table("office_proposals")
    op.drop_table("removal_words")
    op.drop_table("removals")
    op.drop_column("memberships", "clerk_until")
    op.drop_column("memberships", "runs_until")


def _begin_terms() -> None:
    """Who is a member or a clerk already is so for a year from now; the made-up voters have no end."""
    columns = ("id", "person_id", "stage", "is_clerk", "verified_at", "runs_until", "clerk_until")
    memberships = sa.table("memberships", *(sa.column(name) for name in columns))
    people = sa.table("people", *(sa.column(name) for name in ("id", "is_demonstration", "is_offered")))
    until = sa.literal(datetime.now(UTC).replace(tzinfo=None) + YEAR, sa.DateTime())
    active = memberships.c.stage == "active"
    made_up = sa.select(people.c.id).where(
        people.c.is_demonstration.is_(sa.true()), people.c.is_offered.is_(sa.false())
    )
    ends = sa.or_(memberships.c.person_id.not_in(made_up), memberships.c.verified_at.is_not(None))
    op.execute(memberships.update().where(active, ends).values(runs_until=until))
    op.execute(memberships.update().where(active, memberships.c.is_clerk.is_(sa.true())).values(clerk_until=until))


def _removals() -> None:
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("stage", _one_of(REMOVAL, "removal_stage"), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("appeal", sa.String(length=4000), nullable=False),
        sa.Column("appealed_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_removals_has_reason")),
        sa.CheckConstraint("confirmed_by_id <> proposed_by_id", name=op.f("ck_removals_by_two_persons")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name=op.f("ck_removals_confirmed_by_somebody")
        ),
        sa.CheckConstraint(
            "stage IN ('proposed', 'dropped') OR confirmed_at IS NOT NULL",
            name=op.f("ck_removals_confirmed_before_it_counts"),
        ),
        sa.CheckConstraint("(appealed_at IS NULL) = (appeal = '')", name=op.f("ck_removals_appeal_has_words")),
        sa.CheckConstraint(
            "stage NOT IN ('appealed', 'overturned') OR appealed_at IS NOT NULL",
            name=op.f("ck_removals_appealed_at_some_time"),
        ),
        sa.CheckConstraint(
            "(stage IN ('proposed', 'confirmed', 'appealed')) = (ended_at IS NULL)",
            name=op.f("ck_removals_ended_has_moment"),
        ),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_removals_membership_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_removals_proposed_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["people.id"], name=op.f("fk_removals_confirmed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removals")),
        sa.UniqueConstraint("key", name=op.f("uq_removals_key")),
    )
    op.create_index("ix_removals_membership_id", "removals", ["membership_id"])
    _one_at_a_time("uq_removals_one_runs", "removals")
    op.create_table(
        "removal_words",
        sa.Column("removal_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "removal_word_group", 16), nullable=False),
        sa.Column("word", _one_of(("uphold", "overturn"), "removal_word"), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_removal_words_has_reason")),
        sa.ForeignKeyConstraint(["removal_id"], ["removals.id"], name=op.f("fk_removal_words_removal_id")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_removal_words_clerk_id")),
        sa.PrimaryKeyConstraint("removal_id", "group_key", name=op.f("pk_removal_words")),
    )


def _offices() -> None:
    op.create_table(
        "office_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("change", _one_of(("appoint", "next_term", "end"), "office_change"), nullable=False),
        sa.Column("stage", _one_of(PROPOSAL, "proposal_stage"), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("change <> 'end' OR reason <> ''", name=op.f("ck_office_proposals_end_has_reason")),
        sa.CheckConstraint("confirmed_by_id <> proposed_by_id", name=op.f("ck_office_proposals_by_two_persons")),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_at IS NOT NULL", name=op.f("ck_office_proposals_confirmed_has_moment")
        ),
        sa.CheckConstraint(
            "stage IN ('proposed', 'dropped') OR confirmed_at IS NOT NULL",
            name=op.f("ck_office_proposals_confirmed_before_it_counts"),
        ),
        sa.CheckConstraint(
            "(stage IN ('proposed', 'confirmed')) = (ended_at IS NULL)",
            name=op.f("ck_office_proposals_ended_has_moment"),
        ),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_office_proposals_membership_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_office_proposals_proposed_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["people.id"], name=op.f("fk_office_proposals_confirmed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_proposals")),
        sa.UniqueConstraint("key", name=op.f("uq_office_proposals_key")),
    )
    op.create_index("ix_office_proposals_membership_id", "office_proposals", ["membership_id"])
    _one_at_a_time("uq_office_proposals_one_waits", "office_proposals")
    op.create_table(
        "reminders",
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("is_of_office", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False, autoincrement=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_reminders_before_the_end")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_reminders_membership_id")),
        sa.PrimaryKeyConstraint("membership_id", "is_of_office", "ends_at", "days", name=op.f("pk_reminders")),
    )


def _one_at_a_time(name: str, table: str) -> None:
    runs = sa.text("ended_at IS NULL")
    op.create_index(name, table, ["membership_id"], unique=True, sqlite_where=runs, postgresql_where=runs)


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)
