"""Numbers and ordinals as an instruction writes them: in figures, in words, and counted from the end."""

import re

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
_UNITS += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_FIRST = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"]
_FIRST += ["twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"]
_FIRST += ["twentieth"]

NUMBERS = {
    **{word: number for number, word in enumerate(_UNITS, start=1)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
    **{
        f"{ten}-{unit}": 10 * number + digit
        for number, ten in enumerate(_TENS, start=2)
        for digit, unit in enumerate(_UNITS[:9], start=1)
    },
}
ORDINALS = {
    **{word: number for number, word in enumerate(_FIRST, start=1)},
    **dict.fromkeys(["last", "final", "closing"], -1),
    "opening": 1,
    **dict.fromkeys(["penultimate", "second-last", "second-to-last"], -2),
}
_FIGURES = re.compile(r"(\d{1,6})(?:st|nd|rd|th)")


def ordinal(said: str) -> int | None:
    """3 for “third” or “3rd”, -1 for “last”; None for another word."""
    figures = _FIGURES.fullmatch(said)
    return int(figures.group(1)) if figures else ORDINALS.get(said)


def roman(label: str) -> int:
    """What Roman figures stand for; 0 for what are none."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    small = label.lower()
    if not re.fullmatch(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", small) or not small:
        return 0
    found = [values[sign] for sign in small]
    return sum(-one if one < other else one for one, other in zip(found, [*found[1:], 0], strict=True))


def as_roman(number: int) -> str:
    """The number in small Roman figures."""
    said = ""
    for value, sign in [
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ]:
        said += sign * (number // value)
        number %= value
    return said
