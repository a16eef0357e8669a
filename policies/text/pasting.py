"""Making plain what was pasted from a word processor: bullets become lists, and what nobody sees is taken out.

It is for words that are new. What stands in the text already is left as it is, to the sign: a paste must not turn into
an amendment of lines that its writer never touched.
"""

import re

from policies.text.canonical import normalise

__all__ = ["made_plain"]

# Spaces that only look alike, and signs of no width. The joiners are none of them: scripts and emoji need those.
_PLAIN: dict[str, str] = {
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
    **dict.fromkeys("\u00ad\u200b\u2060", ""),
}
_SPACE = "[ \t\u00a0\u2002\u2003\u2009\u202f]"
# What word processors put before a point; a dash, a letter o and the like are points only before a tab.
_BULLET = re.compile(
    f"{_SPACE}*(?:[•‣◦▪▫●○■□⁃∙\u00b7\uf0b7\uf0a7\uf0d8]{_SPACE}*|[–—*o§-]{_SPACE}*\t{_SPACE}*)(?P<words>.*)"
)
_NUMBER = re.compile(f"{_SPACE}*(?P<number>\\d{{1,3}})(?:\\){_SPACE}+|[.]{_SPACE}*\t{_SPACE}*)(?P<words>.*)")
_INNER = re.compile("[◦○▫□o]")


def made_plain(pasted: str, known: str = "") -> str:
    """The canonical form of what was typed or pasted, in plain Markdown; lines of `known` stay what they are."""
    stay = set(known.split("\n"))
    signs = str.maketrans({sign: plain for sign, plain in _PLAIN.items() if sign not in known})
    broken = pasted.replace("\r\n", "\n").replace("\r", "\n").translate({0x2028: "\n", 0x2029: "\n\n"})
    lines: list[str] = []
    was_point = False
    for line in broken.split("\n"):
        point = None if line in stay else _point(line)
        if was_point and point is None and line.strip():
            lines.append("")
        lines.append(line if line in stay else (point or line).translate(signs))
        was_point = point is not None
    return normalise("\n".join(lines))


def _point(line: str) -> str | None:
    """The line as a point of a list, if it begins as word processors begin one."""
    bullet = _BULLET.fullmatch(line)
    if bullet:
        is_inner = _INNER.search(line[: bullet.start("words")]) is not None
        return f"{'  ' if is_inner else ''}- {bullet['words']}"
    number = _NUMBER.fullmatch(line)
    return f"{number['number']}. {number['words']}" if number else None
