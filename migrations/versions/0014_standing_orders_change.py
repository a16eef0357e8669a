"""Standing orders are changed by two clerks, version by version; a round keeps the version it was prepared under."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SHARES = ("quorum", "threshold", "minority")
DAYS = {
    "ballot_days": 1,
    "notice_days": 0,
    "qualifying_days": 0,
    "rerun_after_days": 0,
    "retabling_after_days": 0,
}


def _one_of(words: tuple[str, ...], name: str, length: int = 32) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=length)


def _figures() -> list[sa.Column]:
    return [
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("effect", _one_of(("binding", "consultative"), "orders_effect"), nullable=False),
        sa.Column("quorum_mode", _one_of(("approval", "participation"), "orders_quorum_mode"), nullable=False),
        *[sa.Column(name, sa.String(length=20), nullable=False) for name in SHARES],
        sa.Column("threshold_is_strict", sa.Boolean(), nullable=False),
        *[sa.Column(name, sa.Integer(), nullable=False) for name in DAYS],
    ]


def _possible(table: str) -> list[sa.CheckConstraint]:
    checks = {
        **{
            f"{one}_is_a_share": f"{one} = '1' OR (replace({one}, '/', '') <> {one} AND substr({one}, 1, 1) BETWEEN '1' AND '9')"
            for one in SHARES
        },
        **{f"{one}_in_range": f"{one} BETWEEN {least} AND 366" for one, least in DAYS.items()},
        "no_tie_carries": "threshold_is_strict OR threshold <> '1/2'",
        "threshold_within_reach": "NOT threshold_is_strict OR threshold <> '1'",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in checks.items()]


def _group(name: str) -> sa.Column:
    return sa.Column("group_key", _one_of(("labour", "lib_dem", "green"), name, 16), nullable=False)


def upgrade() -> None:
    stages = ("waiting", "confirmed", "turned_down", "taken_back")
    rules = {
        "confirmed_has_version": "(stage = 'confirmed') = (version IS NOT NULL)",
        "decided_has_moment": "(stage = 'waiting') = (decided_at IS NULL)",
        "decided_by_somebody": "(decided_at IS NULL) = (decided_by_id IS NULL)",
        "decided_by_another_clerk": (
            "decided_by_id IS NULL OR (decided_by_id = proposed_by_id) = (stage = 'taken_back')"
        ),
        "follows_the_first": "version IS NULL OR version >= 2",
        "has_reason": "length(reason) BETWEEN 1 AND 1000",
    }
    op.create_table(
        "orders_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        _group("orders_change_group"),
        sa.Column("stage", _one_of(stages, "orders_change_stage"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        *_figures(),
        *[sa.CheckConstraint(rule, name=op.f(f"ck_orders_changes_{name}")) for name, rule in rules.items()],
        *_possible("orders_changes"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_orders_changes_decided_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_orders_changes_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders_changes")),
        sa.UniqueConstraint("group_key", "version", name=op.f("uq_orders_changes_group_key_version")),
    )
    waiting = sa.text("stage = 'waiting'")
    op.create_index(
        "uq_orders_changes_one_waiting",
        "orders_changes",
        ["group_key"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "round_orders",
        sa.Column("round_id", sa.Integer(), nullable=False),
        _group("round_orders_group"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_figures(),
        sa.CheckConstraint("version >= 1", name=op.f("ck_round_orders_counts_from_one")),
        *_possible("round_orders"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_orders_round_id")),
        sa.PrimaryKeyConstraint("round_id", "group_key", name=op.f("pk_round_orders")),
    )


def downgrade() -> None:
    op.drop_table("round_orders")
    op.drop_index("uq_orders_changes_one_waiting", table_name="orders_changes")
    op.drop_table("orders_changes")
