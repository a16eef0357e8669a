"""Members are told of what concerns them, choose how, and follow planks."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = (
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
CHANNELS = ("off", "site", "digest", "at_once")


def _one_of(words: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "mail_stops",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(KINDS, "mail_stop_kind"), nullable=True),
        sa.CheckConstraint("length(address_digest) = 64", name=op.f("ck_mail_stops_whole_address_digest")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_mail_stops_whole_digest")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mail_stops_person_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_mail_stops")),
    )
    with op.batch_alter_table("mail_stops", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_stops_person_id"), ["person_id"], unique=False)

    op.create_table(
        "notice_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(KINDS, "notice_choice_kind"), nullable=False),
        sa.Column("channel", _one_of(CHANNELS, "notice_choice_channel"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notice_choices_person_id")),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_notice_choices")),
    )
    op.create_table(
        "follows",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_follows_person_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_follows_plank_id")),
        sa.PrimaryKeyConstraint("person_id", "plank_id", name=op.f("pk_follows")),
    )
    with op.batch_alter_table("follows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follows_plank_id"), ["plank_id"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(KINDS, "notice_kind"), nullable=False),
        sa.Column("thing", sa.String(length=60), nullable=False),
        sa.Column("word", sa.String(length=32), nullable=False),
        sa.Column("plank_id", sa.Integer(), nullable=True),
        sa.Column("amendment_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("channel", _one_of(CHANNELS, "notice_channel"), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(), nullable=True),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("channel <> 'off'", name=op.f("ck_notices_nobody_is_told_who_wants_not")),
        sa.CheckConstraint(
            "mailed_at IS NULL OR channel IN ('digest', 'at_once')", name=op.f("ck_notices_mailed_as_chosen")
        ),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendments.id"], name=op.f("fk_notices_amendment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.ForeignKeyConstraint(["plank_id"], ["planks.id"], name=op.f("fk_notices_plank_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_notices_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("person_id", "kind", "thing", name=op.f("uq_notices_person_id_kind_thing")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notices_amendment_id"), ["amendment_id"], unique=False)
        batch_op.create_index("ix_notices_channel_mailed_at", ["channel", "mailed_at"], unique=False)
        batch_op.create_index("ix_notices_person_id_read_at", ["person_id", "read_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_plank_id"), ["plank_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_round_id"), ["round_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_told_at"), ["told_at"], unique=False)

    op.add_column("rounds", sa.Column("reminded_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("rounds", "reminded_at")

    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_told_at"))
        batch_op.drop_index(batch_op.f("ix_notices_round_id"))
        batch_op.drop_index(batch_op.f("ix_notices_plank_id"))
        batch_op.drop_index("ix_notices_person_id_read_at")
        batch_op.drop_index("ix_notices_channel_mailed_at")
        batch_op.drop_index(batch_op.f("ix_notices_amendment_id"))

    op.drop_table("notices")
    with op.batch_alter_table("follows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follows_plank_id"))

    op.drop_table("follows")
    op.drop_table("notice_choices")
    with op.batch_alter_table("mail_stops", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_stops_person_id"))

    op.drop_table("mail_stops")
