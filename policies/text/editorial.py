"""Whether two wordings differ in case, punctuation, quotation marks, dashes or spacing only.

Such a change is *editorial*: the groups' stances on the older version count for the newer one too. So in doubt the
answer is no. Signs that carry meaning count as words here: currencies, per cent, minus, what joins two numbers.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from policies.text.model import Unit
from policies.text.parser import inline_tokens
from policies.text.reading import units_without_ids
from policies.text.render import target, token_text
from policies.text.words import is_word, tokens

Mark = tuple[str, ...]

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\\-"
_NUMBER_JOINTS = re.compile(f"(?<=\\d)\\s?[{_DASHES}:]\\s?(?=\\d)|(?<![\\w{_DASHES}])[{_DASHES}](?=[\\d£€$])")
# What else can change the value of a number: a point before its first digit or raised between two, brackets around it
# alone (so are losses written), and the space before three digits.
_POINTS = re.compile("(?<![\\w.,·])[.,](?=\\d)|(?<=\\d)[·‧∙⋅](?=\\d)")
_IN_BRACKETS = re.compile(r"\(\s*(?=[£$€]?\d[\d.,\s]*%?\s*\))")
_BEFORE_THOUSANDS = re.compile(r"(?<=\d)\s+(?=\d{3}(?!\d))")
# The category of punctuation holds some signs that are read aloud, and the signs of feet, inches, minutes and seconds.
_READ_ALOUD = set("%‰‱&@#*/\\§†‡٪′″‴")


def is_editorial(old_title: str, old_text: str, new_title: str, new_text: str) -> bool:
    """Whether the words, digits and letters of title and text are the same, in the same units with the same emphasis.

    A changed link target, footnote mark, emphasis, kind of unit, list number or order is material, as is every letter.
    Two identical versions differ in nothing, so the answer is yes.
    """
    if list(_material(old_title)) != list(_material(new_title)):
        return False
    old_units, new_units = units_without_ids(old_text), units_without_ids(new_text)
    return [_unit_material(unit) for unit in old_units] == [_unit_material(unit) for unit in new_units]


def material_words(title: str, text: str) -> list[str]:
    """Everything of a version that is no matter of punctuation, in its order: for naming what differs."""
    units = units_without_ids(text)
    marks = chain(_material(title), chain.from_iterable(_unit_material(unit) for unit in units))
    return [" ".join(mark) for mark in marks]


def _unit_material(unit: Unit) -> list[Mark]:
    place: Mark = (unit.kind, str(unit.level), str(unit.path), str(unit.ordered), unit.label)
    marks: list[Mark] = [place]
    pending = ""
    for token in inline_tokens(unit.markdown):
        if token.type in {"text", "softbreak", "hardbreak"}:
            pending += token_text(token)
        else:
            marks += [*_material(pending), (token.type, target(token), str(token.meta.get("label")))]
            pending = ""
    return [*marks, *_material(pending)]


def _material(text: str) -> Iterator[Mark]:
    """The words, without case, and the signs that carry meaning."""
    joined = _NUMBER_JOINTS.sub(_as_sign, text)
    for pattern, sign in ((_POINTS, " \u22c5 "), (_IN_BRACKETS, " \u229f "), (_BEFORE_THOUSANDS, " \u2423 ")):
        joined = pattern.sub(sign, joined)
    for token in tokens(joined):
        if is_word(token) or any(_carries_meaning(sign) for sign in token):
            yield (token.replace("\u2019", "'").casefold(),)


def _as_sign(joint: re.Match[str]) -> str:
    """A minus or a ratio: signs no reader takes for punctuation."""
    return " \u2236 " if ":" in joint.group() else " \u2212 "


def _carries_meaning(sign: str) -> bool:
    if sign in _READ_ALOUD:
        return True
    return not sign.isspace() and not unicodedata.category(sign).startswith("P")
