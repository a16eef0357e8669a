"""Revisions hold what they do to their base, and which of them were carried over; settlements are remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CHOICES = ("now", "mine", "both", "own", "vote")


def upgrade() -> None:
    op.create_table(
        "settlements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("engine", sa.Integer(), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(*CHOICES, name="settlement_choice", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_settlements_whole_fingerprint")),
        sa.CheckConstraint("length(words) <= 25000", name=op.f("ck_settlements_words_fit")),
        sa.ForeignKeyConstraint(["amendment_id"], ["amendments.id"], name=op.f("fk_settlements_amendment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_settlements_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlements")),
        sa.UniqueConstraint("amendment_id", "fingerprint", name=op.f("uq_settlements_amendment_id_fingerprint")),
    )
    op.create_index("ix_settlements_person_id", "settlements", ["person_id"])
    op.add_column("revisions", sa.Column("operations", sa.JSON(), nullable=True))
    # Other tables refer to revisions, so that SQLite cannot make the table anew to add a constraint to it.
    op.execute(
        "ALTER TABLE revisions ADD COLUMN carried_from_id INTEGER"
        " CONSTRAINT fk_revisions_carried_from_id REFERENCES revisions (id)"
        " CONSTRAINT ck_revisions_carried_over_from_an_earlier_one"
        " CHECK (carried_from_id IS NULL OR (number > 1 AND carried_from_id <> id))"
    )


def downgrade() -> None:
    op.drop_column("revisions", "carried_from_id")
    op.drop_column("revisions", "operations")
    op.drop_index("ix_settlements_person_id", "settlements")
    op.drop_table("settlements")
