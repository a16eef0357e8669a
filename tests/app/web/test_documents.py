"""A stored text as a page shows it: headings step down one by one, whatever marks their author chose."""

import pytest

from app.web.documents import shown_nodes
from app.web.markup import rendered
from policies.text.units import Document


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# One\n\n## Two\n\n# Three", [1, 2, 1]),
        ("## Begins below\n\n## Goes on", [1, 1]),
        ("# One\n\n### Leaps\n\n## Comes back\n\n#### Leaps again", [1, 2, 2, 3]),
        ("### Deep\n\n# High", [1, 1]),
        ("No heading.", []),
    ],
)
def test_no_heading_leaps_over_a_level(text: str, levels: list[int]) -> None:
    units = Document.read("A title", text).units
    nodes = shown_nodes(units, rendered(units))
    assert [node.level for node in nodes if node.kind == "heading"] == levels


def test_what_stands_under_the_headings_stays_as_it_is() -> None:
    units = Document.read("A title", "## One\n\n- a\n  - b\n\n> Said.").units
    nodes = shown_nodes(units, rendered(units))
    assert [node.kind for node in nodes] == ["heading", "list", "quote"]
    assert nodes[2].level == 1
