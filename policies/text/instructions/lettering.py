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
    numbers: dict[int, int] = {}
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
        is_from_one = all(value(other[0]) == 1 for other in known if other[0].kind == run[0].kind)
        start = 1 if min(values) <= 2 or is_from_one else min(values)
        numbers.update({one.label_start: number for number, one in enumerate(run, start=start)})
    return _relabelled(text, labels(after), numbers) if numbers else text


def _is_right(run: list[Labelled], known: list[list[Labelled]], is_asked: bool) -> bool:
    """Whether a list is numbered as it was, or numbered on."""
    styles, values = [one.style for one in run], [value(one) for one in run]
    is_in_order = all(other == one + 1 for one, other in pairwise(values)) and (values[0] == 1 or not is_asked)
    return is_in_order or styles in [[one.style for one in other] for other in known]


def runs(page: Page) -> list[list[Labelled]]:
    """The numbered passages that stand in one list, each list by itself."""
    found: dict[tuple[object, ...], list[Labelled]] = {}
    for one in labels(page):
        key = (one.group, one.parent, one.kind, one.path[:-1])
        found.setdefault(key, []).append(one)
    return list(found.values())


def _is_list(run: list[Labelled]) -> bool:
    return all(one.is_list_item for one in run)


def _is_countable(one: Labelled) -> bool:
    """Whether a label is a number or letter that others follow, and not one put between two, as 2A or aa."""
    bare = _last(one)
    return bare.isdecimal() or len(bare) == 1 or one.kind.startswith("roman")


def _was_in_order(known: list[list[Labelled]], run: list[Labelled]) -> bool:
    """Whether the lists of this kind were numbered on before; one that was not is left as it is."""
    alike = [[value(one) for one in other] for other in known if other[0].kind == run[0].kind]
    return bool(alike) and all(other == one + 1 for values in alike for one, other in pairwise(values))


def value(one: Labelled) -> int:
    """The number that a label stands for in its list."""
    bare = _last(one)
    if bare.isdecimal():
        return int(bare)
    if one.kind.startswith("roman"):
        return roman(bare)
    return ord(bare.lower()[0]) - 96


def _last(one: Labelled) -> str:
    """The number or letter of a label, without those of what it stands in: the 1 of 2.1."""
    return one.style.strip("().").rsplit(".", 1)[-1]


def _relabelled(text: str, known: list[Labelled], numbers: dict[int, int]) -> str:
    """The text with these numbers, and with those of what stands below them: 3.1 below 3 is 2.1 where that is 2."""
    pieces: list[str] = []
    place = 0
    said: dict[int, str] = {}
    for index, one in enumerate(known):
        bare = one.style.strip("().")
        before, dot, last = bare.rpartition(".")
        new = _as_label(last, one, numbers[one.label_start]) if one.label_start in numbers else last
        said[index] = (said.get(one.parent, before) if dot else before) + dot + new
        if said[index] != bare:
            pieces += [text[place : one.label_start], one.style.replace(bare, said[index], 1)]
            place = one.label_start + len(one.style)
    return "".join([*pieces, text[place:]])


def _as_label(bare: str, one: Labelled, number: int) -> str:
    if bare.isdecimal():
        return str(number)
    if one.kind.startswith("roman"):
        return as_roman(number) if bare.islower() else as_roman(number).upper()
    return chr(96 + number) if bare.islower() else chr(64 + number)


def labels_before(label: str) -> list[str]:
    """The letter before a letter, and the Roman figure before one."""
    above, dot, last = label.rpartition(".")
    if dot:
        return [f"{above}.{int(last) - 1}"] if last.isdecimal() and int(last) > 1 else []
    letters = [chr(ord(label) - 1)] if len(label) == 1 and label.lower() != "a" else []
    earlier = as_roman(roman(label) - 1) if roman(label) > 1 else ""
    return [*([earlier if label.islower() else earlier.upper()] if earlier else []), *letters]
