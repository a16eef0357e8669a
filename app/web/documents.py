"""A stored text as the document component shows it: nested nodes whose words a sanitiser has passed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from policies.text.model import Node
from policies.text.render import footnote_id
from policies.text.units import Unit, outline


@dataclass(frozen=True)
class ShownNode:
    """One heading, paragraph, quote, footnote, list or list item of a page; `html` is sanitised inline HTML."""

    kind: str
    unit_id: str = ""
    clause: str = ""
    level: int = 0
    html: Markup = Markup("")
    bracketed: bool = False
    label: str = ""
    anchor: str = ""
    ordered: bool = False
    start: int = 1
    children: tuple["ShownNode", ...] = ()


def shown_nodes(
    units: Sequence[Unit], rendered: Mapping[str, str], bracketed: Collection[str] = ()
) -> tuple[ShownNode, ...]:
    """The nodes of a text from its units and their stored HTML; `bracketed` holds the units not accepted by all."""
    return _without_leaps(tuple(_shown(node, rendered, bracketed) for node in outline(units)))


def _without_leaps(nodes: tuple[ShownNode, ...]) -> tuple[ShownNode, ...]:
    """The same nodes, headings ranked by what they stand under: a text may begin with `##`, a page may not."""
    above: list[int] = []
    ranked = []
    for node in nodes:
        if node.kind == "heading":
            above = [*(level for level in above if level < node.level), node.level]
        ranked.append(replace(node, level=len(above)) if node.kind == "heading" else node)
    return tuple(ranked)


def _shown(node: Node, rendered: Mapping[str, str], bracketed: Collection[str]) -> ShownNode:
    children = tuple(_shown(child, rendered, bracketed) for child in node.children)
    unit = node.unit
    if unit is None:
        return ShownNode(node.kind, ordered=node.ordered, start=node.start, children=children)
    # Only the first paragraph of a footnote carries its label: what is linked to is there once.
    label = "" if "-" in unit.clause else unit.label
    return ShownNode(
        kind=node.kind,
        unit_id=unit.unit_id,
        clause=unit.clause,
        level=unit.level,
        # Made by `app.web.markup.rendered` when the text was saved, which passed it through the sanitiser.
        html=Markup(rendered.get(unit.unit_id, "")),
        bracketed=unit.unit_id in bracketed,
        label=label,
        anchor=footnote_id(label) if label else "",
        ordered=node.ordered,
        start=node.start,
        children=children,
    )
