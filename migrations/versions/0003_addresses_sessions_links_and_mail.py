"""People get an address, sessions and mailed links; memberships can be asked for; mail waits in an outbox."""

import sqlalchemy as sa
from alembic import op

from app.models.base import new_key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADDRESS_IN_SMALL_LETTERS = "CONSTRAINT ck_people_address_in_small_letters CHECK (email IS NULL OR email = lower(email))"
LASTING = "stage IN ('applied', 'invited', 'verified', 'active', 'lapsed', 'suspended')"


def upgrade() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("letter", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("unsubscribe_url", sa.String(length=300), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "unknown",
                "failed",
                name="mail_stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("useless_after", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(stage = 'sending') = (claimed_at IS NOT NULL)", name=op.f("ck_mails_claimed_while_sending")
        ),
        sa.CheckConstraint("(stage = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_mails_sent_has_moment")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_mails_tries_counted")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mails_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mails_message_id")),
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mails_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_mails_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_mails_stage_next_try_at", ["stage", "next_try_at"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("browser", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_sign_ins_whole_digest")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_ins_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_ins_digest")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ins_person_id"), ["person_id"], unique=False)

    op.create_table(
        "mailed_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "sign_in",
                "invitation",
                "application",
                "interest",
                name="link_purpose",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=True),
        sa.Column("browser_digest", sa.String(length=64), nullable=False),
        sa.Column("wrong_addresses", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(membership_id IS NOT NULL) = (purpose IN ('invitation', 'application'))",
            name=op.f("ck_mailed_links_membership_as_needed"),
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_mailed_links_whole_digest")),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_mailed_links_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_links")),
        sa.UniqueConstraint("digest", name=op.f("uq_mailed_links_digest")),
    )
    with op.batch_alter_table("mailed_links", schema=None) as batch_op:
        batch_op.create_index("ix_mailed_links_address_created_at", ["address", "created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_mailed_links_membership_id"), ["membership_id"], unique=False)

    _ask_memberships_more()
    # Written out, since other tables point at people: SQLite could change it otherwise only by dropping it.
    op.execute("ALTER TABLE people ADD COLUMN email VARCHAR(254) " + ADDRESS_IN_SMALL_LETTERS)
    op.create_index("uq_people_email", "people", ["email"], unique=True)


def _ask_memberships_more() -> None:
    with op.batch_alter_table("memberships") as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("is_vouched", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("name", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("asked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("verified_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("decided_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(length=500), nullable=False, server_default=""))
    memberships = sa.table("memberships", sa.column("id", sa.Integer), sa.column("key", sa.String))
    for (membership_id,) in op.get_bind().execute(sa.select(memberships.c.id)).all():
        named = sa.update(memberships).where(memberships.c.id == membership_id).values(key=new_key())
        op.get_bind().execute(named)
    with op.batch_alter_table("memberships") as batch_op:
        batch_op.alter_column("key", existing_type=sa.String(length=12), nullable=False)
        for column in ("is_vouched", "name", "reason"):
            batch_op.alter_column(column, server_default=None)
        batch_op.create_index("ix_memberships_group_key_stage", ["group_key", "stage"])
        batch_op.create_unique_constraint("uq_memberships_key", ["key"])
        batch_op.create_index(
            "uq_memberships_one_in_a_group",
            ["person_id", "group_key"],
            unique=True,
            sqlite_where=sa.text(LASTING),
            postgresql_where=sa.text(LASTING),
        )
        batch_op.create_foreign_key("fk_memberships_decided_by", "people", ["decided_by"], ["id"])
        batch_op.create_check_constraint("active_since_some_day", "stage <> 'active' OR active_since IS NOT NULL")


def downgrade() -> None:
    op.drop_index("uq_people_email", "people")
    op.drop_column("people", "email")
    with op.batch_alter_table("mailed_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mailed_links_membership_id"))
        batch_op.drop_index("ix_mailed_links_address_created_at")

    op.drop_table("mailed_links")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ins_person_id"))

    op.drop_table("sign_ins")
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index("ix_mails_stage_next_try_at")
        batch_op.drop_index(batch_op.f("ix_mails_person_id"))
        batch_op.drop_index(batch_op.f("ix_mails_address"))

    op.drop_table("mails")
    with op.batch_alter_table("memberships") as batch_op:
        batch_op.drop_constraint("active_since_some_day", type_="check")
        batch_op.drop_constraint("fk_memberships_decided_by", type_="foreignkey")
        batch_op.drop_index("uq_memberships_one_in_a_group")
        batch_op.drop_constraint("uq_memberships_key", type_="unique")
        batch_op.drop_index("ix_memberships_group_key_stage")
        for column in ("reason", "decided_by", "verified_at", "asked_at", "name", "is_vouched", "key"):
            batch_op.drop_column(column)
