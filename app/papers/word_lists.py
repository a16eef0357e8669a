"""Real lists of Word: each list of a text is one of its own, so that its numbers begin where the text's do."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.papers.paper import Block
from policies.text.model import Kind

_LEVELS = 9
_SIGNS = "•◦▪"


class Lists:
    """The lists of one document, and those that are open at a place in it."""

    def __init__(self, document: Any) -> None:
        """Add two kinds of list: with points and with numbers."""
        self._numbering = document.part.numbering_part.element
        self._kinds = {is_ordered: self._add_kind(is_ordered) for is_ordered in (False, True)}
        self._open: list[tuple[bool, int]] = []

    def end(self) -> None:
        """Nothing that follows belongs to a list."""
        self._open = []

    def place(self, paragraph: Any, block: Block) -> None:
        """Put a paragraph into its list, or indent it inside one."""
        if block.kind is Kind.LIST_ITEM:
            depth = max(1, len(block.path))
            _number(paragraph, self._list_at(block, depth), min(depth, _LEVELS) - 1)
        elif block.path:
            self._open = self._open[: len(block.path)]
            paragraph.paragraph_format.left_indent = 360000 * len(block.path) * 7 // 10
        else:
            self.end()

    def _list_at(self, block: Block, depth: int) -> int:
        """The list that an entry of this depth continues, or a new one."""
        self._open = self._open[:depth]
        while len(self._open) < depth - 1:
            self._open.append((False, self._kinds[False]))
        if len(self._open) == depth and self._open[-1][0] == block.ordered:
            return self._open[-1][1]
        start = block.path[-1] if block.path else 1
        number = self._begin(block.ordered, min(depth, _LEVELS) - 1, start)
        self._open[depth - 1 :] = [(block.ordered, number)]
        return number

    def _begin(self, is_ordered: bool, level: int, start: int) -> int:
        number = self._numbering.add_num(self._kinds[is_ordered])
        if is_ordered:
            number.add_lvlOverride(ilvl=level).add_startOverride(max(0, start))
        return int(number.numId)

    def _add_kind(self, is_ordered: bool) -> int:
        """A kind of list, as Word keeps them: before all the lists there are."""
        kind = OxmlElement("w:abstractNum")
        taken = [int(one.get(qn("w:abstractNumId"))) for one in self._numbering.findall(qn("w:abstractNum"))]
        kind_id = max(taken, default=-1) + 1
        kind.set(qn("w:abstractNumId"), str(kind_id))
        kind.append(_element("w:multiLevelType", "multilevel"))
        kind.extend([_level(level, is_ordered) for level in range(_LEVELS)])
        lists = self._numbering.findall(qn("w:num"))
        if lists:
            lists[0].addprevious(kind)
        else:
            self._numbering.append(kind)
        return kind_id


def _level(level: int, is_ordered: bool) -> Any:
    made = OxmlElement("w:lvl")
    made.set(qn("w:ilvl"), str(level))
    made.append(_element("w:start", "1"))
    made.append(_element("w:numFmt", "decimal" if is_ordered else "bullet"))
    made.append(_element("w:lvlText", f"%{level + 1}." if is_ordered else _SIGNS[level % len(_SIGNS)]))
    made.append(_element("w:lvlJc", "left"))
    around = OxmlElement("w:pPr")
    indent = OxmlElement("w:ind")
    indent.set(qn("w:left"), str(400 * (level + 1)))
    indent.set(qn("w:hanging"), "400")
    around.append(indent)
    made.append(around)
    return made


def _element(tag: str, value: str) -> Any:
    made = OxmlElement(tag)
    made.set(qn("w:val"), value)
    return made


def _number(paragraph: Any, number: int, level: int) -> None:
    of_list = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    of_list.get_or_add_ilvl().val = level
    of_list.get_or_add_numId().val = number
