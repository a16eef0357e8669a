"""Arguments for and against a text, reports of them, and how clerks ruled."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arguments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "version", "amendment", name="argument_about", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour",
                "lib_dem",
                "green",
                name="argument_group",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum("for", "against", name="argument_side", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_reason", sa.String(length=500), nullable=False),
        sa.Column("queued_since", sa.DateTime(), nullable=True),
        sa.Column("reports_beyond", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(about = 'amendment') = (amendment_id IS NOT NULL)", name=op.f("ck_arguments_amendment_named")
        ),
        sa.CheckConstraint("(about = 'version') = (version_id IS NOT NULL)", name=op.f("ck_arguments_version_named")),
        sa.CheckConstraint("(hidden_at IS NULL) = (hidden_reason = '')", name=op.f("ck_arguments_hidden_has_reason")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (words <> '')", name=op.f("ck_arguments_withdrawn_has_no_words")),
        sa.CheckConstraint(
            "about_id = coalesce(version_id, amendment_id)", name=op.f("ck_arguments_about_what_is_named")
        ),
        sa.CheckConstraint("hidden_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_arguments_hidden_stays")),
        sa.CheckConstraint(
            "queued_since IS NULL OR (hidden_at IS NULL AND withdrawn_at IS NULL)",
            name=op.f("ck_arguments_queued_can_be_read"),
        ),
        sa.CheckConstraint("sitting >= 1 AND reports_beyond >= 0", name=op.f("ck_arguments_counts")),
        sa.CheckConstraint("withdrawn_at IS NULL OR NOT shows_name", name=op.f("ck_arguments_withdrawn_shows_no_name")),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendments.id"], name=op.f("fk_arguments_amendment_id")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_arguments_author_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_arguments_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arguments")),
        sa.UniqueConstraint("about", "about_id", "author_id", "side", name="uq_arguments_one_a_side"),
        sa.UniqueConstraint("key", name=op.f("uq_arguments_key")),
    )
    op.create_index(op.f("ix_arguments_author_id"), "arguments", ["author_id"])
    op.create_index(op.f("ix_arguments_queued_since"), "arguments", ["queued_since"])
    op.create_index(op.f("ix_arguments_version_id"), "arguments", ["version_id"])

    op.create_table(
        "argument_rulings",
        sa.Column("argument_id", sa.Integer(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.Column(
            "group_key",
            sa.Enum(
                "labour",
                "lib_dem",
                "green",
                name="argument_ruling_group",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column(
            "verdict",
            sa.Enum("hide", "leave", name="argument_verdict", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("verdict = 'leave' OR reason <> ''", name=op.f("ck_argument_rulings_hiding_has_reason")),
        sa.ForeignKeyConstraint(["argument_id"], ["arguments.id"], name=op.f("fk_argument_rulings_argument_id")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_argument_rulings_clerk_id")),
        sa.PrimaryKeyConstraint("argument_id", "sitting", "group_key", name=op.f("pk_argument_rulings")),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("argument_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "personal",
                "abuse",
                "law",
                "off_topic",
                "other",
                name="report_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column(
            "settlement",
            sa.Enum(
                "hidden",
                "left",
                "withdrawn",
                name="report_settlement",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("kind <> 'other' OR words <> ''", name=op.f("ck_reports_other_is_said")),
        sa.CheckConstraint("(settled_at IS NULL) = (settlement IS NULL)", name=op.f("ck_reports_settled_has_outcome")),
        sa.ForeignKeyConstraint(["argument_id"], ["arguments.id"], name=op.f("fk_reports_argument_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("key", name=op.f("uq_reports_key")),
    )
    op.create_index(op.f("ix_reports_argument_id"), "reports", ["argument_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_reports_argument_id"), table_name="reports")
    op.drop_table("reports")
    op.drop_table("argument_rulings")
    op.drop_index(op.f("ix_arguments_version_id"), table_name="arguments")
    op.drop_index(op.f("ix_arguments_queued_since"), table_name="arguments")
    op.drop_index(op.f("ix_arguments_author_id"), table_name="arguments")
    op.drop_table("arguments")
