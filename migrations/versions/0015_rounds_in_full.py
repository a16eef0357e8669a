"""Rounds are extended and annulled by clerks of all groups; conditions on other texts, and votes on named parts."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

GROUPS = ("labour", "lib_dem", "green")
# Each table, its check, the column, and the word that is allowed from now on.
WORDS = (
    ("rounds", "ck_rounds_round_stage", "stage", "annulled"),
    ("round_openings", "ck_round_openings_opening_form", "form", "conditional"),
    ("ballots", "ck_ballots_ballot_form", "form", "conditional"),
    ("notices", "ck_notices_notice_kind", "kind", "ballot_changed"),
    ("notice_choices", "ck_notice_choices_notice_choice_kind", "kind", "ballot_changed"),
    ("mail_stops", "ck_mail_stops_mail_stop_kind", "kind", "ballot_changed"),
)


def upgrade() -> None:
    op.create_table(
        "form_conditions",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "condition_group", 16), nullable=False),
        *_text_by_a_day(),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_form_conditions_whole_hash")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_form_conditions_round_id")),
        sa.PrimaryKeyConstraint("round_id", "group_key", name=op.f("pk_form_conditions")),
    )
    op.create_table(
        "separate_votes",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "separate_vote_group", 16), nullable=False),
        sa.Column("unit_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_separate_votes_places_from_one")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_separate_votes_round_id")),
        sa.PrimaryKeyConstraint("round_id", "group_key", "unit_id", name=op.f("pk_separate_votes")),
        sa.UniqueConstraint("round_id", "group_key", "place", name=op.f("uq_separate_votes_round_id_group_key_place")),
    )
    op.create_table(
        "joint_words",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("act", _one_of(("extend", "annul"), "joint_act"), nullable=False),
        sa.Column("group_key", _one_of(GROUPS, "joint_group", 16), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "(act = 'extend') = (closes_at IS NOT NULL)", name=op.f("ck_joint_words_extension_names_close")
        ),
        sa.CheckConstraint("(act = 'annul') = (reason <> '')", name=op.f("ck_joint_words_annulment_has_reason")),
        sa.ForeignKeyConstraint(["clerk_id"], ["people.id"], name=op.f("fk_joint_words_clerk_id")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_joint_words_round_id")),
        sa.PrimaryKeyConstraint("round_id", "act", "group_key", name=op.f("pk_joint_words")),
    )
    op.create_table(
        "stance_conditions",
        sa.Column("stance_id", sa.Integer(), nullable=False),
        *_text_by_a_day(),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_stance_conditions_whole_hash")),
        sa.ForeignKeyConstraint(["stance_id"], ["stances.id"], name=op.f("fk_stance_conditions_stance_id")),
        sa.PrimaryKeyConstraint("stance_id", name=op.f("pk_stance_conditions")),
    )
    op.create_index(op.f("ix_stance_conditions_sha256"), "stance_conditions", ["sha256"])
    for table, name, column, word in WORDS:
        _reword(table, name, column, lambda words, word=word: [*words, word])


def downgrade() -> None:
    for table in ("notices", "notice_choices", "mail_stops"):
        op.execute(f"DELETE FROM {table} WHERE kind = 'ballot_changed'")
    op.execute("UPDATE rounds SET stage = 'cancelled' WHERE stage = 'annulled'")
    op.execute("UPDATE round_openings SET form = 'endorse' WHERE form = 'conditional'")
    op.execute("UPDATE ballots SET form = 'endorse' WHERE form = 'conditional'")
    for table, name, column, word in WORDS:
        _reword(table, name, column, lambda words, word=word: [one for one in words if one != word])
    for table in ("stance_conditions", "joint_words", "separate_votes", "form_conditions"):
        op.drop_table(table)


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)


def _text_by_a_day() -> list[sa.Column]:
    return [
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=12000), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by_date", sa.Date(), nullable=False),
    ]


def _reword(table, name, column, changed) -> None:
    """Change the words that a check allows, whatever others it allows by now.

    SQLite cannot drop a check, and a table that others refer to cannot be made anew while it guards those references;
    its manual's way is to change the words of the table's definition.
    """
    connection = op.get_bind()
    checks = {check["name"]: str(check["sqltext"]) for check in sa.inspect(connection).get_check_constraints(table)}
    words = re.findall(r"'([a-z_]+)'", checks[name])
    before, after = _says(column, words), _says(column, changed(words))
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


def _says(column: str, words: list[str]) -> str:
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words))
