"""A stored text as the document component shows it: nested nodes whose words a sanitiser has passed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from policies.text.line_marks import lines_named, marked_html
from policies.text.lines import Line
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
    lines: str = ""
    """Its printed lines in words, where they are numbered: "lines 4 to 7"."""
    children: tuple["ShownNode", ...] = ()


def shown_nodes(
    units: Sequence[Unit],
    rendered: Mapping[str, str],
    bracketed: Collection[str] = (),
    lines: Sequence[Line] = (),
) -> tuple[ShownNode, ...]:
    """The nodes of a text from its units and their stored HTML; `bracketed` holds the units not accepted by all.

    Where the stored `lines` are given, the HTML has a mark at the words with which each begins.
    """
    stored = _Stored(rendered, bracketed, lines)
    return _without_leaps(tuple(_shown(node, stored) for node in outline(units)))


class _Stored:
    """What is stored of a text's units, by their ids."""

    def __init__(self, rendered: Mapping[str, str], bracketed: Collection[str], lines: Sequence[Line]) -> None:
        self.rendered, self.bracketed = rendered, bracketed
        self._lines: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            self._lines[line.unit_id].append(line)

    def html(self, unit: Unit) -> Markup:
        """Made by `app.web.markup.rendered` when the text was saved, which passed it through the sanitiser."""
        return Markup(marked_html(self.rendered.get(unit.unit_id, ""), self._lines[unit.unit_id]))

    def lines(self, unit: Unit) -> str:
        return lines_named(self._lines[unit.unit_id])


def _without_leaps(nodes: tuple[ShownNode, ...]) -> tuple[ShownNode, ...]:
    """The same nodes, headings ranked by what they stand under: a text may begin with `##`, a page may not."""
    above: list[int] = []
    ranked = []
    for node in nodes:
        if node.kind == "heading":
            above = [*(level for level in above if level < node.level), node.level]
        ranked.append(replace(node, level=len(above)) if node.kind == "heading" else node)
    return tuple(ranked)


def _shown(node: Node, stored: _Stored) -> ShownNode:
    children = tuple(_shown(child, stored) for child in node.children)
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
        html=stored.html(unit),
        bracketed=unit.unit_id in stored.bracketed,
        label=label,
        anchor=footnote_id(label) if label else "",
        ordered=node.ordered,
        start=node.start,
        lines=stored.lines(unit),
        children=children,
    )
