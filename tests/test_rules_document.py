"""docs/rules.md: it is what the rulebook and its tests say today, it can be read, and it leaves nothing untested."""

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bin.rules.document import Document, Untested
from bin.rules.rulebook import Rulebook
from tests.conftest import ROOT

WRITTEN = ROOT / "docs" / "rules.md"
PARTIES = '''"""Inviting neighbours to a party."""

from datetime import timedelta
from enum import StrEnum

# Whoever is asked later cannot plan.
NOTICE = timedelta(hours=72)


class PartyStage(StrEnum):
    """Where a party stands. The values are stored."""

    PLANNED = "planned"
    HELD = "held"


class PartyStep(StrEnum):
    """What can happen to a party."""

    HOLD = "hold"


NEXT_STAGE = {(PartyStage.PLANNED, PartyStep.HOLD): PartyStage.HELD}


def is_loud(guests: int) -> bool:
    """More than ten guests are loud."""
    return guests > 10
'''
PERMISSIONS = '''"""Who may do what at a party."""

from enum import StrEnum


class Permission(StrEnum):
    """`noun:verb`, each with its meaning."""

    PARTY_JOIN = "party:join"
    """Join a party."""


def is_invited(_actor, _facts):
    """Somebody invited."""


def is_neighbour(_actor, _facts):
    """A neighbour."""


ALLOWED = {Permission.PARTY_JOIN: ((is_invited,), (is_neighbour, is_neighbour))}
'''
TESTS = '''"""Parties."""

from neighbours.parties import PartyStage, PartyStep, is_loud
from neighbours.permissions import Permission

STEPS = {("planned", "hold"): "held"}


def test_a_party_is_held():
    assert [PartyStage, PartyStep] and STEPS


def test_whoever_is_asked_may_join():
    assert Permission("party:join")
'''
LOUD = """

def test_eleven_guests_are_loud():
    assert is_loud(11)
"""


@pytest.fixture(scope="module")
def rules() -> str:
    """The document as it would be written now."""
    return Document(Rulebook("policies", ROOT / "policies"), ROOT / "tests", ROOT / "docs").written()


@pytest.fixture
def neighbours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Document:
    """A small rulebook of neighbours, with tests that leave one rule out."""
    for path, source in {
        "neighbours/parties.py": PARTIES,
        "neighbours/permissions.py": PERMISSIONS,
        "tests/neighbours/test_parties.py": TESTS,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return Document(Rulebook("neighbours", tmp_path / "neighbours"), tmp_path / "tests", tmp_path / "docs")


def test_the_rules_in_docs_are_those_of_the_rulebook(rules: str) -> None:
    is_up_to_date = WRITTEN.read_text(encoding="utf-8") == rules
    assert is_up_to_date, "docs/rules.md is out of date: run `make rules`, read what it changed, and commit it."


def test_every_table_heading_and_link_reads_as_markdown(rules: str) -> None:
    page = MarkdownIt("commonmark").enable("table").render(rules)
    assert page.count("<table>") == rules.count("\n| --- |")
    assert "| --- |" not in page
    links = re.findall(r'href="([^"]+)"', page)
    assert [link for link in links if not link.startswith("#") and not (ROOT / "docs" / link).exists()] == []
    headings = re.findall(r"<h[23]>(.+)</h[23]>", page)
    assert len([link for link in links if link.startswith("#")]) == len(headings) == len(set(headings))


def test_a_rule_that_no_test_mentions_is_named_with_where_its_test_belongs(neighbours: Document) -> None:
    with pytest.raises(Untested) as refusal:
        neighbours.written()
    assert str(refusal.value).splitlines() == [
        "No test mentions these rules. Write one for each:",
        "- neighbours.parties.is_loud, in tests/neighbours/test_parties.py",
    ]


def test_states_steps_figures_rules_and_permissions_are_found_wherever_they_are_written(neighbours: Document) -> None:
    tests = neighbours.evidence.folder / "neighbours" / "test_parties.py"
    tests.write_text(TESTS + LOUD, encoding="utf-8")
    page = neighbours.written()
    where = "../tests/neighbours/test_parties.py"
    assert "| `party:join` | Join a party. | Somebody invited; *or* a neighbour *and* a neighbour. |" in page
    assert f"Tested by [1 test]({where}): *whoever is asked may join*." in page
    assert "### Where a party stands\n\n| from | step | to |\n| --- | --- | --- |\n| planned | hold | held |" in page
    assert f"No step leads on from: held.\n\nTested by [1 test]({where}): *a party is held*." in page
    assert "| [Parties](../neighbours/parties.py) | notice | 72 hours | Whoever is asked later cannot plan. |" in page
    assert f"| `is_loud` | More than ten guests are loud. | [1 test]({where}): *eleven guests are loud* |" in page
