"""Nesting the units of a text for a page: lists hold their items, items hold the lists inside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from policies.text.model import Kind, Node, NodeKind, Unit


@dataclass
class _Draft:
    """A node being built; nodes themselves do not change."""

    kind: NodeKind
    unit: Unit | None = None
    ordered: bool = False
    ordinal: int = 1
    children: list["_Draft"] = field(default_factory=list)

    def node(self) -> Node:
        start = self.children[0].ordinal if self.kind == "list" else 1
        return Node(self.kind, self.unit, self.ordered, start, tuple(child.node() for child in self.children))


def outline(units: Sequence[Unit]) -> tuple[Node, ...]:
    """The units as nested nodes, in reading order.

    A heading, paragraph, quote or footnote is a node of its own. A list node holds list items; a list item node has its
    unit and, as children, its further paragraphs and the lists inside it. An item that holds only another list has no
    unit.
    """
    page = _Draft("list_item")
    previous: tuple[int, ...] = ()
    for unit in units:
        if unit.path:
            _place(page, unit, previous)
        else:
            page.children.append(_Draft(_leaf_kind(unit), unit))
        previous = unit.path
    return page.node().children


def _leaf_kind(unit: Unit) -> NodeKind:
    match unit.kind:
        case Kind.HEADING:
            return "heading"
        case Kind.QUOTE:
            return "quote"
        case Kind.FOOTNOTE:
            return "footnote"
        case _:
            return "paragraph"


def _place(page: _Draft, unit: Unit, previous: tuple[int, ...]) -> None:
    """Walk down the unit's path, opening the lists and items that are not open yet."""
    holder = page
    for depth, ordinal in enumerate(unit.path):
        is_own_item = unit.kind is Kind.LIST_ITEM and depth == len(unit.path) - 1
        open_list = _open_list(holder, ordinal, is_own_item, unit, continues=len(previous) > depth)
        if is_own_item or not open_list.children or open_list.children[-1].ordinal != ordinal:
            open_list.children.append(_Draft("list_item", unit if is_own_item else None, ordinal=ordinal))
            previous = ()
        holder = open_list.children[-1]
    if unit.kind is not Kind.LIST_ITEM:
        holder.children.append(_Draft("paragraph", unit))


def _open_list(holder: _Draft, ordinal: int, is_own_item: bool, unit: Unit, continues: bool) -> _Draft:
    """The list at the end of the holder, or a new one where the numbers start again or the kind of list changes."""
    last = holder.children[-1] if holder.children else None
    if last and last.kind == "list" and continues:
        latest = last.children[-1].ordinal
        if not is_own_item and latest <= ordinal:
            return last
        if is_own_item and latest < ordinal and last.ordered == unit.ordered:
            return last
    holder.children.append(_Draft("list", ordered=is_own_item and unit.ordered))
    return holder.children[-1]
