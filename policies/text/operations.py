"""What an amendment does to its base, written down once: units inserted, deleted, moved and retagged, words changed.

Every place is named by the id of a unit of the base and by signs counted from the unit's beginning, never by a number
of a line or of a unit. What is written names the version of the engine that wrote it, and says which words it takes
away, so that it can be put on no other text than its base.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from policies.errors import RuleBroken
from policies.text import ENGINE_VERSION
from policies.text.align import align
from policies.text.diff import Op, exact
from policies.text.layout import Lines, joined, layout
from policies.text.model import Unit
from policies.text.reading import units_without_ids
from policies.text.touch import tag
from policies.text.units import Document

__all__ = ["apply_operations", "operations"]

Stored = Mapping[str, Any]
_BLANK: Lines = ("",)


def operations(base: Document, amended: Document) -> dict[str, Any]:
    """What makes the amended text of the base, as plain values that JSON can hold."""
    return {
        "engine": ENGINE_VERSION,
        "title": list(_hunks(base.title, amended.title)),
        "units": [*_of_units(base, amended), *_of_gaps(base, amended)],
    }


def apply_operations(base: Document, stored: Stored) -> Document:
    """The amended text again; raises RuleBroken where it was written by a newer engine, or for another base."""
    engine = stored.get("engine")
    if not isinstance(engine, int) or not 1 <= engine <= ENGINE_VERSION:
        raise RuleBroken(
            f"This amendment was stored by version {engine} of the text engine; this is version {ENGINE_VERSION}."
            " Bring the service up to date to read it."
        )
    return _READERS[max(version for version in _READERS if version <= engine)](base, stored)


def _hunks(old: str, new: str) -> Iterator[dict[str, Any]]:
    """The changed words, each with its place in the old wording in signs."""
    place = 0
    gone = come = ""
    for hunk in [*exact(old, new), None]:
        if hunk is None or hunk.op is Op.EQUAL:
            if gone or come:
                yield {"at": place, "delete": gone, "insert": come}
            place += len(gone) + (len(hunk.text) if hunk else 0)
            gone = come = ""
        elif hunk.op is Op.DELETE:
            gone += hunk.text
        else:
            come += hunk.text


def _of_units(base: Document, amended: Document) -> Iterator[dict[str, Any]]:
    """What happens to each unit, in the order of the amended text; deletions first."""
    was, now = layout(base.text, base.units), layout(amended.text, amended.units)
    twins = {
        pair.new: (pair.old, pair.moved)
        for pair in align(base.units, amended.units)
        if pair.old is not None and pair.new is not None
        if base.units[pair.old].unit_id == amended.units[pair.new].unit_id
    }
    kept = {old for old, _ in twins.values()}
    yield from ({"op": "delete", "unit": unit.unit_id} for index, unit in enumerate(base.units) if index not in kept)
    before: str | None = None
    for index, unit in enumerate(amended.units):
        lines, name = "\n".join(now.blocks[index]), unit.unit_id
        if index not in twins:
            yield {"op": "insert", "unit": name, "after": before, "tag": _tag(unit), "text": lines}
        else:
            old, is_moved = twins[index]
            if is_moved:
                yield {"op": "move", "unit": name, "after": before}
            if tag(base.units[old]) != tag(unit):
                yield {"op": "retag", "unit": name, "from": _tag(base.units[old]), "to": _tag(unit)}
            if now.blocks[index] != was.blocks[old]:
                yield {"op": "edit", "unit": name, "hunks": list(_hunks("\n".join(was.blocks[old]), lines))}
        before = name


def _tag(unit: Unit) -> dict[str, Any]:
    return {"kind": unit.kind.value, "level": unit.level, "ordered": unit.ordered, "label": unit.label}


def _of_gaps(base: Document, amended: Document) -> Iterator[dict[str, Any]]:
    """The lines between units where they are not those of the base, nor one blank line between new neighbours."""
    usual = _usual_gaps(base)
    names = [None, *(unit.unit_id for unit in amended.units), None]
    for place, lines in enumerate(layout(amended.text, amended.units).gaps):
        if lines != _usual(usual, names[place], names[place + 1]):
            yield {"op": "gap", "after": names[place], "lines": list(lines)}


def _usual_gaps(base: Document) -> dict[tuple[str | None, str | None], Lines]:
    names = [None, *(unit.unit_id for unit in base.units), None]
    return dict(zip(zip(names, names[1:], strict=False), layout(base.text, base.units).gaps, strict=True))


def _usual(gaps: Mapping[tuple[str | None, str | None], Lines], before: str | None, after: str | None) -> Lines:
    if (before, after) in gaps:
        return gaps[before, after]
    return () if before is None or after is None else _BLANK


def _read_first(base: Document, stored: Stored) -> Document:
    """What version 1 wrote."""
    title = _with_hunks(base.title, stored["title"])
    blocks = {
        unit.unit_id: "\n".join(block)
        for unit, block in zip(base.units, layout(base.text, base.units).blocks, strict=True)
    }
    order = _ordered([unit.unit_id for unit in base.units], stored["units"], blocks)
    gaps: dict[str | None, Lines] = {}
    for step in stored["units"]:
        if step["op"] == "edit":
            if step["unit"] not in order:
                raise _misfit()
            blocks[step["unit"]] = _with_hunks(blocks[step["unit"]], step["hunks"])
        elif step["op"] == "gap":
            gaps[step["after"]] = tuple(step["lines"])
    return _read(title, _written(base, order, blocks, gaps), order)


def _ordered(names: list[str], steps: Sequence[Stored], blocks: dict[str, str]) -> list[str]:
    """The names of the amended text's units in order; the words of new ones are put among the blocks."""
    moving = {step["unit"] for step in steps if step["op"] in {"delete", "move"}}
    if not moving <= set(names):
        raise _misfit()
    order = [name for name in names if name not in moving]
    for step in steps:
        if step["op"] not in {"insert", "move"}:
            continue
        if step["after"] is not None and step["after"] not in order:
            raise _misfit()
        order.insert(0 if step["after"] is None else order.index(step["after"]) + 1, step["unit"])
        if step["op"] == "insert":
            blocks[step["unit"]] = step["text"]
    return order


def _written(base: Document, order: Sequence[str], blocks: Mapping[str, str], gaps: Mapping[str | None, Lines]) -> str:
    usual = _usual_gaps(base)
    names = [None, *order, None]
    pieces: list[Lines] = []
    for place, name in enumerate(names[:-1]):
        if name is not None:
            pieces.append(tuple(blocks[name].split("\n")))
        pieces.append(gaps.get(name, _usual(usual, name, names[place + 1])))
    return joined(pieces)


def _with_hunks(words: str, hunks: Sequence[Stored]) -> str:
    pieces: list[str] = []
    end = 0
    for hunk in hunks:
        start = hunk["at"]
        if words[start : start + len(hunk["delete"])] != hunk["delete"]:
            raise _misfit()
        pieces += [words[end:start], hunk["insert"]]
        end = start + len(hunk["delete"])
    return "".join([*pieces, words[end:]])


def _read(title: str, text: str, order: Sequence[str]) -> Document:
    units = units_without_ids(text)
    if len(units) != len(order):
        raise _misfit()
    named = (replace(unit, unit_id=name) for unit, name in zip(units, order, strict=True))
    return Document(title, text, tuple(named))


def _misfit() -> RuleBroken:
    return RuleBroken("These changes were not made to this text, so they cannot be put on it.")


_READERS: dict[int, Callable[[Document, Stored], Document]] = {1: _read_first}
