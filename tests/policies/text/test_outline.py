"""Nesting units for a page."""

from hypothesis import given

from policies.text.units import Document, Node, outline, read_units
from tests.policies.text.strategies import ANY_TEXT, PLANK_TEXTS


def drawn(nodes: tuple[Node, ...]) -> list[object]:
    """Each node as its words, or for a list as its sign and what it holds."""
    drawing: list[object] = []
    for node in nodes:
        if node.kind == "list":
            drawing.append((f"{node.start}." if node.ordered else "-", drawn(node.children)))
        elif node.kind == "list_item":
            drawing.append([node.unit.markdown if node.unit else None, *drawn(node.children)])
        else:
            drawing.append(f"{node.kind}: {node.unit.markdown if node.unit else None}")
    return drawing


def of(text: str) -> list[object]:
    return drawn(outline(read_units(text)))


def test_every_kind_has_its_node() -> None:
    assert of("# a\n\nb\n\n> c\n\n[^d]: e") == ["heading: a", "paragraph: b", "quote: c", "footnote: e"]


def test_lists_nest_and_hold_further_paragraphs() -> None:
    assert of("- a\n  - b\n    1. c\n    2. d\n\n  e\n- f\n\ng") == [
        ("-", [["a", ("-", [["b", ("1.", [["c"], ["d"]])]]), "paragraph: e"], ["f"]]),
        "paragraph: g",
    ]


def test_a_numbered_list_starts_where_it_says() -> None:
    assert of("7. a\n8. b") == [("7.", [["a"], ["b"]])]


def test_two_lists_with_nothing_between_stay_two() -> None:
    assert of("- a\n- b\n\n* c") == [("-", [["a"], ["b"]]), ("-", [["c"]])]
    assert of("- a\n\n2. b") == [("-", [["a"]]), ("2.", [["b"]])]


def test_lists_parted_by_a_paragraph_are_two() -> None:
    assert of("- a\n\nb\n\n- c") == [("-", [["a"]]), "paragraph: b", ("-", [["c"]])]


def test_an_inner_list_after_another_in_the_same_item_is_a_new_one() -> None:
    assert of("- a\n  - b\n\n  * c") == [("-", [["a", ("-", [["b"]]), ("-", [["c"]])]])]


def test_an_item_that_holds_only_a_list_has_no_words() -> None:
    assert of("- - a\n  - b\n- c") == [("-", [[None, ("-", [["a"], ["b"]])], ["c"]])]


def units_of(nodes: tuple[Node, ...]) -> list[str]:
    found = []
    for node in nodes:
        found += [node.unit.unit_id] if node.unit else []
        found += units_of(node.children)
    return found


@given(ANY_TEXT | PLANK_TEXTS)
def test_every_unit_is_in_the_outline_once_and_in_order(text: str) -> None:
    units = Document.read("", text).units
    assert units_of(outline(units)) == [unit.unit_id for unit in units]
