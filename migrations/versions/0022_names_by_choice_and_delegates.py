"""Whose name is shown to whom, thing by thing; and the delegates of MPs, with what they draft.

Names that were shown on arguments were shown to everybody who reads the argument, and stay so.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ACTS = sa.text("accepted_at IS NOT NULL AND ended_at IS NULL")
ROLES = ("plank", "plank-second", "amendment", "amendment-second", "argument", "offer")
CHOICES = ("as_in_general", "clerks", "own_group", "all_groups", "everybody")
REACHES = ("nobody", "clerks", "own_group", "all_groups", "everybody")
ENDS = ("by_mp", "by_delegate", "seat_vacated", "expired")
KINDS = ("supports", "reservation", "will_not", "considering")
NO_NAME, NO_NAME_SAID = "ck_arguments_withdrawn_shows_no_name", "withdrawn_at IS NULL OR NOT shows_name"
NAMED = (
    ("plank_named", "(plank_id IS NOT NULL) = (role IN ('plank', 'plank-second'))"),
    ("amendment_named", "(amendment_id IS NOT NULL) = (role IN ('amendment', 'amendment-second'))"),
    ("argument_named", "(argument_id IS NOT NULL) = (role = 'argument')"),
    ("offer_named", "(offer_id IS NOT NULL) = (role = 'offer')"),
    ("about_what_is_named", "thing_id = coalesce(plank_id, amendment_id, argument_id, offer_id)"),
)


def upgrade() -> None:
    _make_choices()
    _make_delegates()
    op.execute(
        "INSERT INTO name_choices (person_id, role, thing_id, argument_id, choice, chosen_at)"
        " SELECT author_id, 'argument', id, id, 'everybody', changed_at FROM arguments WHERE shows_name"
    )
    _say(lambda said: re.sub(rf",\s*CONSTRAINT {NO_NAME} CHECK \([^()]*\)", "", said), added=False)
    op.drop_column("arguments", "shows_name")


def downgrade() -> None:
    op.add_column("arguments", sa.Column("shows_name", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE arguments SET shows_name = true WHERE id IN"
        " (SELECT argument_id FROM name_choices WHERE choice = 'everybody' AND argument_id IS NOT NULL)"
    )
    check = f", CONSTRAINT {NO_NAME} CHECK ({NO_NAME_SAID})"
    _say(lambda said: re.sub(r"\)\s*$", lambda _end: f"{check})", said), added=True)
    op.drop_table("position_drafts")
    op.drop_table("delegacies")
    op.drop_table("general_reaches")
    op.drop_table("name_choices")


def _make_choices() -> None:
    things = ("plank", "amendment", "argument", "offer")
    op.create_table(
        "name_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", _one_of(ROLES, "name_role"), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        *(sa.Column(f"{thing}_id", sa.Integer(), nullable=True) for thing in things),
        sa.Column("choice", _one_of(CHOICES, "name_choice"), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        *(sa.CheckConstraint(said, name=op.f(f"ck_name_choices_{name}")) for name, said in NAMED),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_name_choices_person_id")),
        *(
            sa.ForeignKeyConstraint([f"{thing}_id"], [f"{thing}s.id"], name=op.f(f"fk_name_choices_{thing}_id"))
            for thing in things
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_choices")),
        sa.UniqueConstraint("role", "thing_id", "person_id", name=op.f("uq_name_choices_one_a_thing")),
    )
    op.create_index(op.f("ix_name_choices_person_id"), "name_choices", ["person_id"])
    op.create_table(
        "general_reaches",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reach", _one_of(REACHES, "general_reach"), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("reach <> 'nobody'", name=op.f("ck_general_reaches_clerks_may_know")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_general_reaches_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_general_reaches")),
    )


def _make_delegates() -> None:
    op.create_table(
        "delegacies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mp_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("wrong_addresses", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", _one_of(ENDS, "delegacy_end"), nullable=True),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_delegacies_whole_digest")),
        sa.CheckConstraint(
            "(person_id IS NULL) = (accepted_at IS NULL)", name=op.f("ck_delegacies_accepted_by_somebody")
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_delegacies_ended_in_some_way")),
        sa.CheckConstraint("ended_at IS NULL OR address = ''", name=op.f("ck_delegacies_ended_keeps_no_address")),
        sa.CheckConstraint("address = lower(address)", name=op.f("ck_delegacies_address_in_small_letters")),
        sa.CheckConstraint("wrong_addresses >= 0", name=op.f("ck_delegacies_counts")),
        sa.ForeignKeyConstraint(["mp_id"], ["mps.id"], name=op.f("fk_delegacies_mp_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_delegacies_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegacies")),
        sa.UniqueConstraint("digest", name=op.f("uq_delegacies_digest")),
    )
    op.create_index(op.f("ix_delegacies_mp_id"), "delegacies", ["mp_id"])
    op.create_index(
        "uq_delegacies_one_a_person",
        "delegacies",
        ["person_id"],
        unique=True,
        sqlite_where=ACTS,
        postgresql_where=ACTS,
    )
    op.create_table(
        "position_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mp_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(KINDS, "position_draft_kind"), nullable=False),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(), nullable=False),
        sa.Column("sitting", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reservation') = (statement <> '')", name=op.f("ck_position_drafts_reservation_has_statement")
        ),
        sa.CheckConstraint("sitting >= 1", name=op.f("ck_position_drafts_counts")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["people.id"], name=op.f("fk_position_drafts_drafted_by_id")),
        sa.ForeignKeyConstraint(["mp_id"], ["mps.id"], name=op.f("fk_position_drafts_mp_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_position_drafts_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_drafts")),
        sa.UniqueConstraint("mp_id", "version_id", name=op.f("uq_position_drafts_one_a_version")),
    )
    op.create_index(op.f("ix_position_drafts_version_id"), "position_drafts", ["version_id"])
    op.create_index(op.f("ix_position_drafts_drafted_by_id"), "position_drafts", ["drafted_by_id"])


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)


def _say(reworded, *, added: bool) -> None:
    """Take the check on `shows_name` out of the table of arguments, or put it back.

    SQLite cannot drop a check, and a table that others refer to cannot be made anew while it guards those references;
    its manual's way is to change the words of the table's definition.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        if added:
            op.create_check_constraint(op.f(NO_NAME), "arguments", NO_NAME_SAID)
        else:
            op.drop_constraint(op.f(NO_NAME), "arguments", type_="check")
        return
    where = "type = 'table' AND name = 'arguments'"
    said = str(connection.scalar(sa.text(f"SELECT sql FROM sqlite_master WHERE {where}")))
    assert (NO_NAME in said) is not added, "The table of arguments is not as the migration before left it."
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.execute(sa.text(f"UPDATE sqlite_master SET sql = :said WHERE {where}"), {"said": reworded(said)})
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
