"""Compiled templates are kept and used again, and never in the place of a template that changed."""

import re
import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from app.web import filters
from app.web.compiled import Compiled

TEMPLATES = Path(filters.__file__).parent.parent / "templates"
OF_OURS = r"[\"'\d]\s*\|\s*(day|minute|span|summary|group)\b"


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python may keep what it compiles."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def shown(tmp_path: Path, kept: str = "kept") -> str:
    """A page as an application that has just started shows it."""
    environment = Environment(loader=FileSystemLoader(tmp_path), autoescape=True)
    environment.bytecode_cache = Compiled(tmp_path / kept)
    return environment.get_template("page.html").render(name="<Jo>")


@pytest.mark.usefixtures("writing")
def test_what_is_kept_is_used_until_the_template_changes(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("Good day, {{ name }}")
    first, again = shown(tmp_path), shown(tmp_path)
    assert first == again == "Good day, &lt;Jo&gt;"
    assert len(list((tmp_path / "kept").iterdir())) == 1
    (tmp_path / "page.html").write_text("Good night, {{ name }}")
    assert shown(tmp_path) == "Good night, &lt;Jo&gt;"


@pytest.mark.usefixtures("writing")
def test_where_nothing_can_be_kept_pages_are_shown_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("Good day, {{ name }}")
    assert shown(tmp_path, "no folder/kept") == "Good day, &lt;Jo&gt;"


def test_no_template_has_a_filter_of_ours_worked_out_while_it_is_compiled() -> None:
    assert re.search(OF_OURS, "{{ 'labour' | group }}")
    assert [path.name for path in TEMPLATES.rglob("*.html") if re.search(OF_OURS, path.read_text("utf-8"))] == []
