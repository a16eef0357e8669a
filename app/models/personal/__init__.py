"""What each table tells of people, beside the tables: the privacy page, archives and a test read it here.

A new column is declared in the module of its table, as personal with its purpose or as plain; a test says what is
missing. A column that names a person is personal by that.
"""

from app.models.personal import access, offices, people, reports, texts, voting
from policies.personal import Held

HELD: dict[str, Held] = {**people.HELD, **texts.HELD, **voting.HELD, **offices.HELD, **access.HELD, **reports.HELD}
