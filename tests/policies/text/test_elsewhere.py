"""Clauses and short units that an amendment has in another place of the text."""

import pytest

from policies.text.elsewhere import doubled, elsewhere
from policies.text.graph import conflict_graph, rival_pairs
from policies.text.merge import Verdict, merge
from policies.text.units import Document, Unit

POINTS = "- rents fall now\n- trains run\n- fair votes\n- green\n- homes"
CLAUSE = "Rents must fall, from the first of May, in towns.\n\nTrains must be clean.\n\nVotes must count."
GONE = CLAUSE.replace(", from the first of May,", "")
LAST = GONE.replace("count.", "count from the first of May.")
MIDDLE = GONE.replace("clean.", "clean from the first of May.")


def units_of(base: str, *texts: str) -> list[tuple[Unit, ...]]:
    was = Document.read("Title", base)
    return [was.units, *(Document.read("Title", text, was.units).units for text in texts)]


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (POINTS, POINTS.replace("\n- green", "").replace("now", "now\n  - green"), POINTS.replace("\n- green", "")),
        (
            POINTS,
            POINTS.replace("\n- green", "").replace("now", "now\n  - green"),
            f"{POINTS}\n  - green".replace("\n- green", "", 1),
        ),
        (CLAUSE, LAST, GONE),
        (CLAUSE, LAST, MIDDLE),
    ],
)
def test_what_one_side_puts_elsewhere_in_the_text_and_the_other_takes_out_is_left_to_a_person(
    base: str, ours: str, theirs: str
) -> None:
    was = Document.read("Title", base)
    known = [Document.read("Title", text, was.units) for text in (ours, theirs, f"{base}\n\nSo be it.")]
    assert merge(was, *known[:2]).verdict is merge(was, known[1], known[0]).verdict is Verdict.CONFLICT
    assert rival_pairs(was, known[:2]) == {(0, 1)}
    assert (0, 1) in conflict_graph(was, known).conflicts


def test_what_both_put_in_one_place_is_there_once() -> None:
    was = Document.read("Title", CLAUSE)
    ours, theirs = (Document.read("Title", text, was.units) for text in (LAST, LAST.replace("clean", "cheap")))
    assert merge(was, ours, theirs).text == theirs.text


def test_what_is_taken_out_is_there_again_where_it_stands_no_fewer_times() -> None:
    base, last, gone, points = units_of(CLAUSE, LAST, GONE, "Rents must fall.")
    phrase = ("from", "the", "first", "of", "may")
    assert elsewhere(base, last).again == {phrase}
    assert (list(elsewhere(base, gone).out.values()), elsewhere(base, gone).again) == ([phrase], frozenset())
    assert list(elsewhere(base, points).out.values())[1:] == [
        ("trains", "must", "be", "clean"),
        ("votes", "must", "count"),
    ]
    assert not elsewhere(base, base).out
    assert not elsewhere(*units_of(f"{CLAUSE}\n\n---", CLAUSE)).out


def test_only_what_stands_there_too_often_is_named() -> None:
    sides = units_of(CLAUSE, LAST, GONE)
    words = "from the first of may"
    assert list(doubled(sides, sides[1])) == [(sides[0][0].unit_id, words)]
    assert not list(doubled(sides, sides[2]))
    assert not list(doubled([sides[0], sides[2], sides[2]], sides[1]))
    more = units_of(CLAUSE, LAST, LAST.replace("clean.", "clean from the first of May."))
    assert not list(doubled(more, more[2]))
