"""Numbering a list on after something was inserted in it, taken from it or moved."""

from itertools import pairwise

from policies.errors import RuleBroken
from policies.text.instructions.numerals import as_roman, roman
from policies.text.instructions.pages import Page
from policies.text.instructions.structure import Labelled, labels


def lettered_on(before: Page, text: str, is_asked: bool) -> str:
    """The text with its lists numbered on where the instruction asks for it, or where a number would stand twice."""
    after = Page(text)
    known = runs(before)
    edits: list[tuple[int, int, str]] = []
    for run in runs(after):
        if not all(map(_is_countable, run)) or _is_right(run, known, is_asked) or not _was_in_order(known, run):
            continue
        values = [value(one) for one in run]
        if not is_asked and not _is_list(run):
            if values == sorted(set(values)):
                continue
            odd = next(other for one, other in pairwise(run) if value(other) <= value(one))
            raise RuleBroken(
                f"“{odd.style}” would not stand in order, at {after.around((odd.start, odd.content))}. "
                "Add “and re-letter accordingly”, or give the new words another letter or number."
            )
        if not is_asked and values == sorted(set(values)):
            continue
        start = 1 if min(values) <= 2 else min(values)
        edits += [_relabelled(one, number) for number, one in enumerate(run, start=start)]
    for low, high, label in sorted(edits, reverse=True):
        text = text[:low] + label + text[high:]
    return text


def _is_right(run: list[Labelled], known: list[list[Labelled]], is_asked: bool) -> bool:
    """Whether a list is numbered as it was, or numbered on."""
    styles, values = [one.style for one in run], [value(one) for one in run]
    is_in_order = all(other == one + 1 for one, other in pairwise(values)) and (values[0] == 1 or not is_asked)
    return is_in_order or styles in [[one.style for one in other] for other in known]


def runs(page: Page) -> list[list[Labelled]]:
    """The numbered passages that stand in one list, each list by itself."""
    found: dict[tuple[object, ...], list[Labelled]] = {}
    for one in labels(page):
        key = (one.group, one.parent, one.kind)
        found.setdefault(key, []).append(one)
    return list(found.values())


def _is_list(run: list[Labelled]) -> bool:
    return all(one.is_list_item for one in run)


def _is_countable(one: Labelled) -> bool:
    """Whether a label is a number or letter that others follow, and not one put between two, as 2A or aa."""
    bare = one.style.strip("().")
    return bare.isdigit() or len(bare) == 1 or one.kind.startswith("roman")


def _was_in_order(known: list[list[Labelled]], run: list[Labelled]) -> bool:
    """Whether the lists of this kind were numbered on before; one that was not is left as it is."""
    alike = [[value(one) for one in other] for other in known if other[0].kind == run[0].kind]
    return bool(alike) and all(other == one + 1 for values in alike for one, other in pairwise(values))


def value(one: Labelled) -> int:
    """The number that a label stands for in its list."""
    bare = one.style.strip("().")
    if bare.isdigit():
        return int(bare)
    if one.kind.startswith("roman"):
        return roman(bare)
    return ord(bare.lower()[0]) - 96


def _relabelled(one: Labelled, number: int) -> tuple[int, int, str]:
    bare = one.style.strip("().")
    if bare.isdigit():
        new = str(number)
    elif one.kind.startswith("roman"):
        new = as_roman(number) if bare.islower() else as_roman(number).upper()
    else:
        new = chr(96 + number) if bare.islower() else chr(64 + number)
    return one.label_start, one.label_start + len(one.style), one.style.replace(bare, new, 1)
