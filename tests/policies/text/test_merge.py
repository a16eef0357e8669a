"""Merging an open amendment into an adopted one: kinds of units, order, new units, footnotes and the title."""

from time import process_time

import pytest

from policies.text.merge import Merge, Verdict, merge
from policies.text.units import Document

RENTS, TRAINS, VOTES, TREES = "Rents must fall fast.", "Trains must be clean.", "Votes must count.", "Trees must grow."
PROSE = f"{RENTS}\n\n{TRAINS}\n\n{VOTES}\n\n{TREES}"
ONE = "Rents must fall in all towns of this land. Trains must be clean and run on time."
TWO = ONE.replace(". T", ".\n\nT")
NEW = "Something new is here."
TEN = "\n".join([*(f"{number}. thing{number} is good" for number in range(1, 10)), "   - and deep", "", "   and long"])
ELEVEN = "\n".join(
    ["1. brand new", *(f"{number + 1}. thing{number} is good" for number in range(1, 10)), "    - and deep"]
    + ["", "    and long"]
)


def merged(was: str, one: str, other: str, titles: tuple[str, str, str] = ("T", "T", "T")) -> Merge:
    base = Document.read(titles[0], was)
    return merge(base, Document.read(titles[1], one, base.units), Document.read(titles[2], other, base.units))


def put(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def numbered(*added: int | str) -> str:
    """Eight items, the last one with others inside, and further ones at the places named."""
    points = [f"thing{number} is good" for number in range(1, 9)]
    for place, point in zip(added[::2], added[1::2], strict=True):
        points.insert(int(place), str(point))
    lines = [f"{number}. {point}" for number, point in enumerate(points, start=1)]
    indent = " " * len(f"{len(points)}. ")
    return "\n".join([*lines, f"{indent}- and deep", "", f"{indent}and long", "", "The end."])


EIGHT = numbered()


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "text", "verdict"),
    [
        (PROSE, put(RENTS, TREES), put(RENTS, TRAINS, VOTES, NEW, TREES), put(RENTS, NEW, TREES), Verdict.NEAR),
        (PROSE, put(RENTS, VOTES, TREES), put(RENTS, VOTES), put(RENTS, VOTES), Verdict.REDUNDANT),
        (ONE, TWO, ONE.replace("clean", "cheap"), TWO.replace("clean", "cheap"), Verdict.NEAR),
        (TWO, ONE, TWO.replace("clean", "cheap"), ONE.replace("clean", "cheap"), Verdict.NEAR),
        (ONE, TWO, TWO.replace("clean", "cheap"), TWO.replace("clean", "cheap"), Verdict.REDUNDANT),
        (TWO, ONE, ONE.replace("clean", "cheap"), ONE.replace("clean", "cheap"), Verdict.REDUNDANT),
        (VOTES, f"- {VOTES}", "Votes must count now.", "- Votes must count now.", Verdict.NEAR),
        ("- a b c\n- d e f", "1. a b c\n2. d e f", "- a b c\n- d e g", "1. a b c\n2. d e g", Verdict.NEAR),
        ("9. a b c", "8. a b d e", "9. x a b c", "8. x a b d e", Verdict.NEAR),
        ("- a b\n- c d\n- e f", "- a b\n- e f", "- a b\n- c d\n- e f\n- g", "- a b\n- e f\n- g", Verdict.UNTOUCHED),
        (TEN, ELEVEN, TEN + " indeed", ELEVEN + " indeed", Verdict.UNTOUCHED),
        (
            PROSE,
            put(VOTES, RENTS, TRAINS, TREES),
            put(VOTES, RENTS, TRAINS),
            put(VOTES, RENTS, TRAINS),
            Verdict.REDUNDANT,
        ),
        (
            PROSE,
            put(TRAINS, RENTS, VOTES, TREES),
            put(RENTS, TRAINS, TREES, VOTES),
            put(TRAINS, RENTS, TREES, VOTES),
            Verdict.NEAR,
        ),
        (
            PROSE,
            put(RENTS, TRAINS, NEW, VOTES, TREES),
            put(RENTS, VOTES, TREES, TRAINS),
            put(RENTS, NEW, VOTES, TREES, TRAINS),
            Verdict.NEAR,
        ),
        (
            RENTS,
            put(RENTS, "Alpha.", NEW),
            put(RENTS, NEW, "Omega."),
            put(RENTS, "Alpha.", NEW, "Omega."),
            Verdict.NEAR,
        ),
        (RENTS, put("Alpha.", RENTS), put("Omega.", RENTS), put("Alpha.", "Omega.", RENTS), Verdict.NEAR),
        ("> a b x\n> c", "> a b d x\n> c", "> a b x\n> e c", "> a b d x\n> e c", Verdict.NEAR),
        ("one two three", "**one** two three", "one two *three*", "**one** two *three*", Verdict.NEAR),
        ("go go a b c", "go go go a b c", "go go a b now c", "go go go a b now c", Verdict.NEAR),
        ("go go a b c", "go a b c", "go go a b c now", "go a b c now", Verdict.NEAR),
        (PROSE, PROSE, put(RENTS, TREES), put(RENTS, TREES), Verdict.UNTOUCHED),
        (PROSE, put(RENTS, TREES), PROSE, put(RENTS, TREES), Verdict.UNTOUCHED),
        (
            EIGHT,
            numbered(0, "brand new"),
            numbered(1, "fresh"),
            numbered(0, "brand new", 2, "fresh"),
            Verdict.UNTOUCHED,
        ),
        (TWO, ONE, TWO.replace("\n\n", "\n\n# Heading\n\n"), f"{ONE}\n\n# Heading", Verdict.NEAR),
        (
            put(RENTS, TRAINS, VOTES),
            put(TRAINS, VOTES, RENTS),
            put(RENTS, VOTES, TRAINS),
            put(VOTES, TRAINS, RENTS),
            Verdict.NEAR,
        ),
        (
            "- cap the rents\n\n# The head",
            "- cap the rents\n\n# Alpha\n\n# The head",
            "- cap the rents\n\n  and homes\n\n# The head",
            "- cap the rents\n\n  and homes\n\n# Alpha\n\n# The head",
            Verdict.NEAR,
        ),
        (
            PROSE,
            put(TRAINS, VOTES, TREES, "The rents must fall fast."),
            put("Rents must fall now.", TRAINS, VOTES, TREES),
            put(TRAINS, VOTES, TREES, "The rents must fall now."),
            Verdict.NEAR,
        ),
        ("", "One.", "Two.", "One.\n\nTwo.", Verdict.NEAR),
        (RENTS, put(RENTS, f" {NEW}"), put(RENTS, NEW), put(RENTS, NEW), Verdict.REDUNDANT),
        (RENTS, put(RENTS, NEW), put(RENTS, f" {NEW}"), put(RENTS, NEW), Verdict.REDUNDANT),
    ],
)
def test_changes_that_leave_each_other_alone_are_merged(
    base: str, ours: str, theirs: str, text: str, verdict: Verdict
) -> None:
    outcome = merged(base, ours, theirs)
    assert (outcome.text, outcome.verdict) == (text, verdict)
    assert bool(outcome.notes) == (verdict is Verdict.NEAR)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "conflicts"),
    [
        (PROSE, put(RENTS, VOTES, TREES), PROSE.replace("clean", "cheap"), [(TRAINS, "", "Trains must be cheap.", 2)]),
        (PROSE, put(TRAINS, VOTES, TREES), put(TRAINS, VOTES, TREES, RENTS), [(RENTS, "", RENTS, 1)]),
        (PROSE, put(TRAINS, VOTES, TREES, RENTS), put(TRAINS, RENTS, VOTES, TREES), [(RENTS, RENTS, RENTS, 1)]),
        (put(RENTS, TRAINS, VOTES), put(TRAINS, RENTS, VOTES), put(RENTS, VOTES, TRAINS), None),
        (PROSE, put(RENTS, NEW, TRAINS, VOTES, TREES), put(VOTES, TREES, TRAINS, RENTS), [("", NEW, "", 1)]),
        (put(RENTS, VOTES), put("One else", VOTES), put("Two instead", VOTES), [(RENTS, "One else", "Two instead", 1)]),
        (VOTES, f"# {VOTES}", f"- {VOTES}", [(VOTES, f"# {VOTES}", f"- {VOTES}", 1)]),
        ("a b c d e", "**a b c** d e", "a b **c d e**", [("a b c d e", "**a b c** d e", "a b **c d e**", 1)]),
        (TWO, ONE, TWO.replace("\n\n", f"\n\n{NEW}\n\n"), None),
        (TWO, ONE, put(*TWO.split("\n\n")[::-1]), None),
        (f"{TWO}\n\n{VOTES}", put(ONE, VOTES), put(*TWO.split("\n\n")[:1], VOTES), None),
        (f"{TWO}\n\n{VOTES}", put(ONE, VOTES), TWO.replace("\n\n", f"\n\n{VOTES}\n\n"), None),
        (
            "Fair votes. Count",
            "Fair polls. Count",
            "Fair votes. Sum",
            [("votes. Count", "polls. Count", "votes. Sum", 1)],
        ),
        (
            "Rents.[^a]\n\n[^a]: A report",
            "Rents.[^a] More[^b]\n\n[^a]: A report\n\n[^b]: Alpha",
            "Rents.[^a]\n\nYes[^b]\n\n[^a]: A report\n\n[^b]: Omega",
            [("", "Alpha", "Omega", 2)],
        ),
        (
            f"Rents fall.[^a]\n\n{TRAINS}\n\n[^a]: A report",
            f"Rents fall.\n\n{TRAINS}",
            f"Rents fall.[^a]\n\n{TRAINS}[^a]\n\n[^a]: A report",
            [("A report", "", "A report", 3)],
        ),
        (
            "words\n\n- tax land\n\n- build homes\n\n  - near stations\n- plant trees",
            "words\n\n- build homes\n\n  - near stations\n- plant trees",
            "words\n\n- tax land\n\n  - near stations\n- plant trees",
            None,
        ),
    ],
)
def test_changes_that_touch_each_other_are_left_to_a_person(
    base: str, ours: str, theirs: str, conflicts: list[tuple[str, str, str, int]] | None
) -> None:
    outcome = merged(base, ours, theirs)
    assert (outcome.verdict, outcome.document, outcome.text) == (Verdict.CONFLICT, None, None)
    found = [(each.base, each.ours, each.theirs, each.line) for each in outcome.conflicts]
    assert found == conflicts or (conflicts is None and found)


def test_titles_are_merged_word_by_word() -> None:
    outcome = merged(RENTS, RENTS, RENTS, ("Fair rents in towns", "Fair rents in cities", "Low rents in towns"))
    assert outcome.document
    assert (outcome.document.title, outcome.verdict) == ("Low rents in cities", Verdict.NEAR)
    assert outcome.notes == ("Title: both change it.",)
    (conflict,) = merged(RENTS, RENTS, RENTS, ("Rents", "Low rents", "High rents")).conflicts
    assert (conflict.unit, conflict.line) == ("title", 0)


def test_a_unit_keeps_its_id_and_a_new_one_gets_one_of_its_own() -> None:
    base = Document.read("T", ONE)
    theirs = Document.read("T", ONE.replace("clean", "cheap"), base.units)
    outcome = merge(base, Document.read("T", TWO, base.units), theirs)
    assert outcome.document
    first, second = outcome.document.units
    assert first.unit_id == base.units[0].unit_id != second.unit_id


def test_a_conflict_names_the_printed_line() -> None:
    base = f"# Heading\n\n{'many words ' * 20}will end here"
    (conflict,) = merged(base, base.replace("will", "must"), base.replace("will", "may")).conflicts
    assert (conflict.line, conflict.context) == (4, base.split("\n\n")[1])


def test_a_conflict_in_a_paragraph_that_one_side_joined_to_another_names_the_line_it_is_on() -> None:
    base = put("Rents must fall in towns", "Trains must be clean and on time")
    joined = base.replace("\n\n", " ").replace("clean", "fast")
    (conflict,) = merged(base, joined, base.replace("clean", "cheap")).conflicts
    assert (conflict.base, conflict.line) == ("clean", 2)


def test_the_lines_of_many_conflicts_are_counted_once() -> None:
    base = put(*(f"Clause {number} says something of its own here." for number in range(400)))
    conflicts = merged(base, base.replace("says", "means"), base.replace("says", "asks")).conflicts
    assert [conflict.line for conflict in conflicts] == list(range(1, 401))


def test_hundreds_of_conflicts_in_one_paragraph_take_time_in_step_with_their_number() -> None:
    words = [f"word{number}" for number in range(12_000)]
    sides = [" ".join(f"{word}{mark}" if at % 10 == 0 else word for at, word in enumerate(words)) for mark in "xy"]
    started = process_time()
    conflicts = merged(" ".join(words), *sides).conflicts
    assert process_time() - started < 3
    assert [conflict.base for conflict in conflicts] == words[::10]
    lines = [conflict.line for conflict in conflicts]
    assert lines == sorted(lines)
    assert lines[-1] > 1300


def test_of_hundreds_of_new_units_those_that_both_have_are_there_once() -> None:
    new = [f"Clause {number} is new here." for number in range(210)]
    ours, theirs = put(RENTS, TRAINS, *new, VOTES), put(RENTS, *new[:99], TREES, *new[99:], VOTES)
    assert merged(put(RENTS, VOTES), ours, theirs).text == put(RENTS, TRAINS, *new[:99], TREES, *new[99:], VOTES)
