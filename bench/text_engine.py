"""What the text engine costs: `python -m bench.text_engine`.

Every figure stands beside a reference of the same run, so that a slow or busy machine changes both: plain word-level
`diff_main` on the same strings, and `git merge-file` as a process. Growth is the exponent of time over size.
"""

import gc
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from diff_match_patch import diff_match_patch

from policies.text.diff import Op
from policies.text.graph import conflict_graph
from policies.text.merge import merge
from policies.text.redline import redline
from policies.text.similarity import bag_of, similarity
from policies.text.units import Document
from policies.text.weave import edits
from policies.text.whole import hunks_of
from policies.text.words import folded_words

_CHANCE = Random(1832)
_WORDS = [
    f"{stem}{ending}" for stem in ("land", "rent", "tax", "vote", "home", "train") for ending in "abcdefghijklmno"
]


def main() -> None:
    """Measure and print."""
    _say("what", "ms", "reference", "ratio")
    _plank()
    _long_text()
    _rebase()
    units = [50, 100, 200, 400, 800, 1600]
    _growth("diff, 50 to 1600 units", units, _diff_of)
    _growth("redline, 50 to 1600 units", units, _redline_of)
    _growth("merge, 50 to 1600 units", units, _merge_of)
    _growth("graph, 50 to 1600 units", units, _graph_of_units)
    amendments = [10, 25, 50, 100, 200, 400]
    _growth("graph, 10 to 400 amendments", amendments, _graph_of)
    _growth("graph, 10 to 400 amendments of one unit", amendments, _graph_of_one_unit)
    _growth("graph, 10 to 400 amendments of one word", amendments, _graph_of_one_word)
    _growth("rebase, 10 to 400 amendments", amendments, _rebase_of)
    lengths = [2_000, 4_000, 8_000, 16_000, 32_000]
    _growth("merge, one paragraph of 2000 to 32000 words", lengths, _paragraph_of)
    _growth("merge, one word 2000 to 32000 times", lengths, _repetition_of)
    _growth("merge, 250 to 2000 identical list items", [250, 500, 1000, 2000], _items_of)


def _say(*cells: str) -> None:
    first, *rest = cells
    sys.stdout.write(first.ljust(44) + "".join(cell.rjust(14) for cell in rest) + "\n")


def _text(units: int, words: int) -> str:
    return "\n\n".join(" ".join(_CHANCE.choices(_WORDS, k=words)) for _ in range(units))


def _edited(base: Document, units: range, place: int, word: str) -> Document:
    """The base with one word of each of these units changed."""
    parts = base.text.split("\n\n")
    for unit in units:
        words = parts[unit].split(" ")
        words[place] = word
        parts[unit] = " ".join(words)
    return Document.read(base.title, "\n\n".join(parts), base.units)


def _seconds(step: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The best of several runs, each with nothing remembered from the one before."""
    best = math.inf
    until = time.perf_counter() + 0.3
    while best == math.inf or time.perf_counter() < until:
        for remembered in (edits, folded_words, bag_of, similarity):
            remembered.cache_clear()
        gc.collect()
        start = clock()
        step()
        best = min(best, clock() - start)
    return best


def _plain_diff(old: str, new: str) -> None:
    """The library's own documented way to compare word by word."""
    library = diff_match_patch()
    library.Diff_Timeout = 0
    points: dict[str, str] = {}
    spelled = [
        "".join(points.setdefault(word, chr(0x20000 + len(points))) for word in text.split(" ")) for text in (old, new)
    ]
    library.diff_main(spelled[0], spelled[1], False)


def _merge_file(base: Document, ours: Document, theirs: Document) -> Callable[[], object]:
    folder = Path(tempfile.mkdtemp())
    for name, document in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(document.text, encoding="utf-8")
    command = ["git", "merge-file", "-p", "--quiet", *(str(folder / name) for name in ("ours", "base", "theirs"))]
    return lambda: subprocess.run(command, capture_output=True, check=False)


def _row(what: str, step: Callable[[], object], reference: str, other: Callable[[], object]) -> None:
    cost, against = _seconds(step), _seconds(other)
    _say(what, f"{cost * 1000:.2f}", reference, f"{cost / against:.2f}")


def _plank() -> None:
    base = Document.read("Title", _text(5, 50))
    ours, theirs = _edited(base, range(1, 4), 10, "ours"), _edited(base, range(2, 5), 30, "theirs")

    def plain() -> None:
        _plain_diff(base.text, ours.text)

    _row("diff of a plank of 250 words", lambda: hunks_of(base.text, ours.text), "diff_main", plain)
    _row("redline of a plank of 250 words", lambda: redline(base.units, ours.units), "diff_main", plain)
    _row(
        "merge of a plank of 250 words",
        lambda: merge(base, ours, theirs),
        "merge-file",
        _merge_file(base, ours, theirs),
    )


def _long_text() -> None:
    base = Document.read("Title", _text(400, 80))
    edited = _edited(base, range(400), 10, "edited")
    parts = edited.text.split("\n\n")
    kept = Document.read("Title", "\n\n".join(part for number, part in enumerate(parts) if number % 57), base.units)
    plain = base.text, kept.text
    _row("diff of 400 units, 8 removed", lambda: hunks_of(*plain), "diff_main", lambda: _plain_diff(*plain))
    changed = sum(len(hunk.text) for hunk in hunks_of(*plain) if hunk.op is not Op.EQUAL)
    _say("  of these 32,000 words shown as changed", f"{100 * changed / len(base.text):.1f} %", "", "")
    _row(
        "redline of 400 units, 8 removed",
        lambda: redline(base.units, kept.units),
        "diff_main",
        lambda: _plain_diff(*plain),
    )


def _rebase() -> None:
    base = Document.read("Title", _text(20, 60))
    adopted = _edited(base, range(3, 4), 10, "adopted")
    _row("rebase of 200 amendments", _rebase_of(200), "a merge-file", _merge_file(base, adopted, adopted))


def _rebase_of(amendments: int) -> Callable[[], object]:
    base = Document.read("Title", _text(20, 60))
    adopted = _edited(base, range(3, 4), 10, "adopted")
    open_ones = [_edited(base, range(each % 20, each % 20 + 1), 40, f"w{each}") for each in range(amendments)]

    def rebase() -> None:
        for amendment in open_ones:
            merge(base, adopted, amendment)

    return rebase


def _merge_of(units: int) -> Callable[[], object]:
    base = Document.read("Title", _text(units, 40))
    ours, theirs = _edited(base, range(0, units, 2), 5, "ours"), _edited(base, range(0, units, 3), 30, "theirs")
    return lambda: merge(base, ours, theirs)


def _diff_of(units: int) -> Callable[[], object]:
    base = Document.read("Title", _text(units, 40))
    amended = _edited(base, range(units), 5, "ours")
    return lambda: hunks_of(base.text, amended.text)


def _graph_of(amendments: int) -> Callable[[], object]:
    base = Document.read("Title", _text(50, 40))
    numbers = range(amendments)
    edited = [_edited(base, range(number % 50, number % 50 + 1), number % 40, f"w{number}") for number in numbers]
    return lambda: conflict_graph(base, edited)


def _redline_of(units: int) -> Callable[[], object]:
    base = Document.read("Title", _text(units, 40))
    amended = _edited(base, range(units), 5, "ours")
    return lambda: redline(base.units, amended.units)


def _graph_of_units(units: int) -> Callable[[], object]:
    base = Document.read("Title", _text(units, 40))
    edited = [_edited(base, range(each, units, 10), each, f"w{each}") for each in range(10)]
    return lambda: conflict_graph(base, edited)


def _graph_of_one_unit(amendments: int) -> Callable[[], object]:
    base = Document.read("Title", _text(5, 400))
    edited = [_edited(base, range(2, 3), each, f"w{each}") for each in range(amendments)]
    return lambda: conflict_graph(base, edited)


def _graph_of_one_word(amendments: int) -> Callable[[], object]:
    base = Document.read("Title", _text(5, 40))
    edited = [_edited(base, range(2, 3), 7, f"w{each}") for each in range(amendments)]
    return lambda: conflict_graph(base, edited)


def _both_edit(text: str, first: str, second: str) -> Callable[[], object]:
    """A merge of two that each replace one word in fifty, counted from different ones."""
    base = Document.read("Title", text)
    sides = []
    for start, word in ((10, first), (35, second)):
        pieces = text.split(" ")
        pieces[start::50] = [word] * len(pieces[start::50])
        sides.append(Document.read("Title", " ".join(pieces), base.units))
    return lambda: merge(base, *sides)


def _paragraph_of(words: int) -> Callable[[], object]:
    return _both_edit(_text(1, words), "ours", "theirs")


def _repetition_of(words: int) -> Callable[[], object]:
    return _both_edit(" ".join(["again"] * words), "ours", "theirs")


def _items_of(items: int) -> Callable[[], object]:
    lines = ["- the same again"] * items
    base = Document.read("Title", "\n".join(lines))
    ours = Document.read("Title", "\n".join([*lines, "- one more"]), base.units)
    theirs = Document.read("Title", "\n".join(lines[: items // 2]), base.units)
    return lambda: merge(base, ours, theirs)


def _growth(what: str, sizes: list[int], step_of: Callable[[int], Callable[[], object]]) -> None:
    """The slope of the logarithms, by least squares; in the processor's time, which nobody else's work lengthens."""
    points = [(math.log(size), math.log(_seconds(step_of(size), time.process_time))) for size in sizes]
    middle = [sum(values) / len(points) for values in zip(*points, strict=True)]
    over = sum((size - middle[0]) * (cost - middle[1]) for size, cost in points)
    under = sum((size - middle[0]) ** 2 for size, _ in points)
    _say(what, f"{math.exp(points[-1][1]) * 1000:.2f}", "exponent", f"{over / under:.2f}")


if __name__ == "__main__":
    main()
