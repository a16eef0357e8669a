"""A dump of the database after publication, with the order of rows and their transactions, joins nobody to a paper.

The test is the thief: it knows who voted in which order, and tries every order of every table as a key to the papers.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.models import Person
from policies.ballots import Choice
from policies.groups import GROUP_KEYS
from tests import builders

pytestmark = pytest.mark.both

VOTERS = 24
PAPERS = ("counted_papers", "counted_receipts")


def dumped(table: sa.Table) -> list[dict[str, Any]]:
    """All rows of a table as they lie, with what the database knows of each."""
    ordered = f'SELECT * FROM "{table.name}"'
    if db.engine.dialect.name == "postgresql":
        ordered = f'SELECT xmin::text AS xmin, * FROM "{table.name}" ORDER BY ctid'
    elif table.dialect_options["sqlite"]["with_rowid"]:
        ordered = f'SELECT rowid AS row_number, * FROM "{table.name}" ORDER BY rowid'
    with db.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.text(ordered)).mappings()]


def orders_of_people(dump: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, list[int]]]:
    """The order in which people come up in each table that speaks of people, and the same backwards."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            points = any(key.column.table is Person.__table__ for key in column.foreign_keys)
            if points or column.name == "person_id":
                people = list(dict.fromkeys(row[column.name] for row in dump[table.name] if row[column.name]))
                yield table.name, people
                yield table.name, people[::-1]


def right_guesses(people: Sequence[int], papers: Sequence[str], truth: dict[int, str]) -> int:
    """How often the thief is right who lays the people beside the papers, one by one."""
    voted = [person for person in people if person in truth]
    return sum(truth[person] == paper for person, paper in zip(voted, papers, strict=False))


def test_no_order_and_no_transaction_of_any_table_leads_from_a_voter_to_a_paper(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    round_id = builders.open_round(builders.open_plank(), members=VOTERS)
    choices: dict[str, dict[int, str]] = {key: {} for key in GROUP_KEYS}
    receipts: dict[str, dict[int, str]] = {key: {} for key in GROUP_KEYS}
    # Each in a transaction of its own, signed in right before it: the first half says yes, the second no.
    for key in GROUP_KEYS:
        for place, voter in enumerate(builders.voters(round_id, key)[:VOTERS]):
            assert voter.person_id is not None
            choice = Choice.YES if place < VOTERS // 2 else Choice.NO
            builders.sign_in(app.test_client(), voter)
            (receipts[key][voter.person_id],) = builders.vote(round_id, [voter], {"text": choice})
            choices[key][voter.person_id] = choice.value
    builders.pass_time(days=7, minutes=1)
    db.session.remove()
    dump = {table.name: dumped(table) for table in db.metadata.sorted_tables}
    assert dump["open_papers"] == []
    no_value_leads_further(dump)
    one_transaction_wrote_all_papers(dump)
    group_of = {row["id"]: row["group_key"] for row in dump["ballots"]}
    orders = list(orders_of_people(dump))
    assert {"participations", "roll_entries", "sign_ins", "memberships"} <= {name for name, _people in orders}
    voters = {person for of_group in choices.values() for person in of_group}
    for table, people in orders:
        if not voters <= set(people):
            continue
        papers, found = 0, 0
        for key in GROUP_KEYS:
            of_group = {name: [row for row in dump[name] if group_of[row["ballot_id"]] == key] for name in PAPERS}
            papers += right_guesses(people, [row["choice"] for row in of_group["counted_papers"]], choices[key])
            found += right_guesses(people, [row["receipt"] for row in of_group["counted_receipts"]], receipts[key])
        # 72 guesses between two choices: 36 by chance, give or take 4.3. Of 72 receipts 3 by chance, give or take 1.7.
        assert 10 <= papers <= 62, (table, papers)
        assert found <= 14, (table, found)


def no_value_leads_further(dump: dict[str, list[dict[str, Any]]]) -> None:
    """No mark and no receipt stands anywhere but in its own row, and that row speaks of its ballot alone."""
    told = {"counted_papers": {"mark", "ballot_id", "question", "choice"}, "counted_receipts": {"receipt", "ballot_id"}}
    everything = [str(value) for rows in dump.values() for row in rows for value in row.values()]
    for name, columns in told.items():
        assert {column for row in dump[name] for column in row} <= {*columns, "xmin"}
        key = "mark" if name == "counted_papers" else "receipt"
        for row in dump[name][:: VOTERS // 2]:
            assert sum(row[key] in value for value in everything) == 1


def one_transaction_wrote_all_papers(dump: dict[str, list[dict[str, Any]]]) -> None:
    """The count wrote them all at once, and in the transaction of the count nobody voted."""
    if db.engine.dialect.name != "postgresql":
        assert all("row_number" not in row for name in (*PAPERS, "participations") for row in dump[name])
        return
    written = {row["xmin"] for name in PAPERS for row in dump[name]}
    assert len(written) == 1
    assert not written & {row["xmin"] for row in dump["participations"]}
