"""The printed lines of a version are stored with it, so that what is cited by line number stays where it was cited."""

import sqlalchemy as sa
from alembic import op

from app.models.units import LineList, UnitList
from policies.text.lines import printed_lines

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

VERSIONS = sa.table("versions", sa.column("id", sa.Integer), sa.column("units", UnitList), sa.column("lines", LineList))


def upgrade() -> None:
    op.add_column("versions", sa.Column("lines", sa.JSON(), nullable=True))
    connection = op.get_bind()
    for row in connection.execute(sa.select(VERSIONS.c.id, VERSIONS.c.units)).all():
        numbered = VERSIONS.update().where(VERSIONS.c.id == row.id)
        connection.execute(numbered.values(lines=printed_lines(row.units)))


def downgrade() -> None:
    op.drop_column("versions", "lines")
