"""docs/promises.md: every promise is there with what proves it, and none is silently without."""

from pathlib import Path

import pytest

from bin.promises.document import Document, Unproven
from bin.promises.registry import NOT_YET, PROMISES, Promise
from tests.conftest import ROOT

A_TEST = '"""Seconds."""\n\n\ndef test_one_second_a_person() -> None:\n    assert True\n'
S4 = Promise("S4", "One row a person.", "Many at once.")
S5 = Promise("S5", "Text is text.", "Hostile words.")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in which one promise has a test."""
    (tmp_path / "tests" / "promises").mkdir(parents=True)
    (tmp_path / "tests" / "promises" / "test_s04_one_row.py").write_text(A_TEST, encoding="utf-8")
    return tmp_path


def test_the_promises_in_docs_are_those_that_are_tested() -> None:
    written = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    is_up_to_date = written == Document(ROOT, PROMISES, NOT_YET).written()
    assert is_up_to_date, "docs/promises.md is out of date: run `make promises`, read what it changed, and commit it."


def test_the_promises_are_18_of_safety_and_8_of_data_each_once() -> None:
    expected = [f"S{number}" for number in range(1, 19)] + [f"D{number}" for number in range(1, 9)]
    assert [promise.key for promise in PROMISES] == expected


def test_a_promise_without_a_test_is_refused_unless_it_is_listed(root: Path) -> None:
    with pytest.raises(Unproven, match=r"^S5 has no test: write tests/promises/test_s05_….py$"):
        Document(root, (S4, S5), ()).written()
    page = Document(root, (S4, S5), ["S5"]).written()
    assert "| S4 | One row a person. | [test_s04_one_row](../tests/promises/test_s04_one_row.py) | tested |" in page
    assert "| S5 | Text is text. | – | **not yet** |" in page
    assert "- one second a person ([test_s04_one_row]" in page


def test_a_list_that_is_wrong_and_a_test_of_no_promise_are_refused(root: Path) -> None:
    with pytest.raises(Unproven, match="S4 is tested by now"):
        Document(root, (S4,), ["S4"]).written()
    with pytest.raises(Unproven, match="S6 in NOT_YET is no promise"):
        Document(root, (S4,), ["S6"]).written()
    with pytest.raises(Unproven, match=r"S4 names tests/app/test_gone\.py, which is not there"):
        Document(root, (Promise("S4", "One row.", "Many.", ("tests/app/test_gone.py",)),), ()).written()
    with pytest.raises(Unproven, match=r"test_s04_one_row\.py names no promise"):
        Document(root, (S5,), ["S5"]).written()
