"""The privacy page lists every column with personal data, and no column is kept that says neither yes nor no."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Table

from app.extensions import Base
from app.models.personal import HELD
from policies.personal import undeclared
from policies.privacy import Basis, Kept, Kind, Purpose


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_is_declared_personal_or_plain(table: Table) -> None:
    assert undeclared(table.name, [column.name for column in table.columns], HELD.get(table.name)) == ""


def test_no_table_is_declared_that_is_not_there() -> None:
    assert set(HELD) == set(Base.metadata.tables)


def test_a_key_to_people_or_an_address_is_personal_by_that() -> None:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            leads = {key.column.table.name for key in column.foreign_keys} & {"people", "supporters"}
            if leads or column.name in {"email", "address"}:
                assert column.name in HELD[table.name].purposes, f"{table.name}.{column.name} is personal"


def test_the_page_lists_every_personal_column_under_its_purpose_with_ground_and_time(client: FlaskClient) -> None:
    page = client.get("/privacy").text
    for purpose in Purpose:
        part = page.split(f'id="for-{purpose}"')[1].split("</section>")[0]
        expected = {
            f"{table}.{name}" for table, held in HELD.items() for name in held.personal.get(purpose, "").split()
        }
        assert set(re.findall(r"<code>([a-z_.]+)</code>", part)) == expected
        meaning = purpose.meaning
        for words in (meaning.why, meaning.basis.in_short, *(kept.words for kept in meaning.kept)):
            assert words in part
    assert all(kind.words in page for kind in Kind)
    assert all(basis.words in page for basis in Basis)
    assert Kept.ACCESS_LOGS.words in page


def test_every_page_leads_there(client: FlaskClient) -> None:
    assert '<a href="/privacy">Privacy</a>' in client.get("/").text
