"""Public numbers start, keys close their circle, and a database becomes a demonstration only at its creation."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ONLY_AT_CREATION = "A database becomes a demonstration only when it is created."
STAYS = "A demonstration stays a demonstration."

SQLITE = (
    f"""CREATE TRIGGER demonstrations_at_creation BEFORE INSERT ON demonstrations
    WHEN EXISTS (SELECT 1 FROM people) OR EXISTS (SELECT 1 FROM planks) OR EXISTS (SELECT 1 FROM audit_rows)
    BEGIN SELECT RAISE(ABORT, '{ONLY_AT_CREATION}'); END""",
    f"""CREATE TRIGGER demonstrations_stay BEFORE DELETE ON demonstrations
    BEGIN SELECT RAISE(ABORT, '{STAYS}'); END""",
)

POSTGRESQL = (
    f"""CREATE FUNCTION demonstrations_at_creation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM people) OR EXISTS (SELECT 1 FROM planks) OR EXISTS (SELECT 1 FROM audit_rows) THEN
        RAISE EXCEPTION '{ONLY_AT_CREATION}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW; END $$""",
    f"""CREATE FUNCTION demonstrations_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '{STAYS}' USING ERRCODE = 'check_violation'; END $$""",
    """CREATE TRIGGER demonstrations_at_creation BEFORE INSERT ON demonstrations
    FOR EACH ROW EXECUTE FUNCTION demonstrations_at_creation()""",
    """CREATE TRIGGER demonstrations_stay BEFORE DELETE ON demonstrations
    FOR EACH ROW EXECUTE FUNCTION demonstrations_stay()""",
)

# Tables that point at one another: SQLite writes these keys with the table, PostgreSQL when both are there.
KEYS_IN_A_CIRCLE = (
    ("planks", "working_version_id", "versions"),
    ("planks", "agreed_version_id", "versions"),
    ("versions", "amendment_id", "amendments"),
    ("amendments", "revision_id", "revisions"),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, other in KEYS_IN_A_CIRCLE:
            op.create_foreign_key(f"fk_{table}_{column}", table, other, [column], ["id"])
    counters = sa.table("counters", sa.column("name", sa.String), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": "plank", "value": 0}, {"name": "round", "value": 0}])
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER demonstrations_at_creation" + _on_table())
    op.execute("DROP TRIGGER demonstrations_stay" + _on_table())
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION demonstrations_at_creation()")
        op.execute("DROP FUNCTION demonstrations_stay()")
        for table, column, _other in KEYS_IN_A_CIRCLE:
            op.drop_constraint(f"fk_{table}_{column}", table, type_="foreignkey")
    op.execute("DELETE FROM counters")


def _on_table() -> str:
    return " ON demonstrations" if op.get_bind().dialect.name == "postgresql" else ""
