"""The papers in docs/privacy name tables that are there, figures that are the code's, and statements that run."""

import importlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.extensions import db
from app.models.personal import HELD

FOLDER = Path(__file__).parent.parent / "docs" / "privacy"
PAPERS = sorted(FOLDER.glob("*.md"))
FIGURE = re.compile(r"(\d+) (minute|hour|day|month)s? \(`policies\.(\w+)\.(\w+)`\)")
SPANS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


def name_of(path: Path) -> str:
    """How a paper is called."""
    return path.name


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_every_table_a_paper_names_is_there(path: Path) -> None:
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", path.read_text(encoding="utf-8")))
    assert named - set(db.metadata.tables) == set()


@pytest.mark.parametrize("path", PAPERS, ids=name_of)
def test_every_figure_of_retention_is_that_of_the_rulebook(path: Path) -> None:
    for number, unit, module, name in FIGURE.findall(path.read_text(encoding="utf-8")):
        held = getattr(importlib.import_module(f"policies.{module}"), name)
        spans = list(held.values()) if isinstance(held, dict) else [held]
        assert int(number) * SPANS[unit] in spans, f"{module}.{name} is {held}"


def test_the_papers_name_the_figures_that_the_rulebook_has() -> None:
    assert len(FIGURE.findall((FOLDER / "record-of-processing.md").read_text(encoding="utf-8"))) >= 7


def test_every_table_that_tells_of_people_is_in_the_record_of_processing() -> None:
    paper = (FOLDER / "record-of-processing.md").read_text(encoding="utf-8")
    assert [table for table, held in HELD.items() if held.personal and f"`{table}`" not in paper] == []


def test_every_statement_runs_and_changes_nothing_but_what_it_says(app: Flask) -> None:
    blocks = re.findall(r"```sql\n(.*?)```", (FOLDER / "breach-notice.md").read_text(encoding="utf-8"), re.DOTALL)
    statements = [line for block in blocks for line in block.splitlines() if line]
    assert len(statements) >= 10
    assert {statement.partition(" ")[0] for statement in statements} == {"SELECT"}
    stopping = re.findall(r"`((?:DELETE|UPDATE) [^`]+;)`", (FOLDER / "breach-notice.md").read_text(encoding="utf-8"))
    assert len(stopping) == 3
    with db.engine.connect() as connection:
        for statement in (*statements, *stopping):
            connection.execute(text(statement))
        connection.rollback()


@pytest.mark.parametrize("path", [path for path in PAPERS if path.name != "README.md"], ids=name_of)
def test_what_only_the_operator_knows_is_left_blank(path: Path) -> None:
    assert "**[OPERATOR" in path.read_text(encoding="utf-8")
