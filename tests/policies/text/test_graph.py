"""The choices among many amendments of one text."""

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from policies.text.graph import Graph, conflict_graph, rival_pairs
from policies.text.merge import Verdict, merge
from policies.text.units import Document
from tests.policies.text.strategies import rivals

BASE = Document.read(
    "Title", "Rents must fall in all towns.[^a]\n\nTrains must be clean.\n\nVotes must count twice.\n\n[^a]: A report"
)

TWICE = "Trains must be clean and run on time in every town."


def amend(*changes: tuple[str, str], title: str = "Title") -> Document:
    text = BASE.text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return Document.read(title, text, BASE.units)


def test_what_conflicts_is_one_choice_and_the_rest_is_free() -> None:
    rise, sink = amend(("fall", "rise")), amend(("fall", "sink"))
    cities, both = amend(("towns", "cities")), amend(("fall in all towns", "stay in our cities"))
    cheap, gone = amend(("clean", "cheap")), amend(("Trains must be clean.\n\n", ""))
    added, again = amend(("twice.", "twice.\n\nSo be it.")), amend(("fall", "rise"))
    graph = conflict_graph(BASE, [rise, cheap, sink, cities, both, gone, added, again, BASE])
    assert graph.choices == ((0, 2, 4), (1, 5))
    assert graph.free == (3, 6, 8)
    assert (0, 7) in graph.identical
    assert graph.conflicts[0] == (0, 2)
    assert rival_pairs(BASE, [rise, cheap, sink, again]) == {(0, 2), (2, 3)}


def test_titles_and_footnotes_are_places_too() -> None:
    titles = [amend(title="Low rents"), amend(title="No rents"), amend(("clean", "cheap"))]
    assert conflict_graph(BASE, titles).choices == ((0, 1),)
    notes = [
        amend(("clean", "clean[^a]")),
        amend(("[^a]\n", "\n"), ("\n\n[^a]: A report", "")),
        amend(("fall", "rise")),
    ]
    assert conflict_graph(BASE, notes).choices == ((0, 1),)


def test_words_with_marks_are_compared_in_pairs() -> None:
    cheap, dear = amend(("clean", "**cheap**")), amend(("clean", "*dear*"))
    buses, free = amend(("Trains", "*Buses*")), amend(("twice", "*once*"))
    assert rival_pairs(BASE, [cheap, buses, dear, free]) == {(0, 2)}
    assert conflict_graph(BASE, [buses, cheap, free, dear]).choices == ((1, 3),)


@given(rivals(3))
def test_the_order_of_the_amendments_makes_no_difference(documents: list[Document]) -> None:
    base, *amendments = documents

    def named(order: tuple[Document, ...]) -> tuple[set[frozenset[str]], set[str]]:
        graph: Graph = conflict_graph(base, order)
        texts = [f"{document.title}\n{document.text}" for document in order]
        choices = {frozenset(texts[number] for number in choice) for choice in graph.choices}
        return choices, {texts[number] for number in graph.free}

    one, *others = (named(order) for order in list(permutations(amendments))[::2])
    assert all(other == one for other in others)


WORDS = st.sampled_from(["rents must fall", "rents", "must", "not", "a", ", a", ". ", "fall", "", "地", "地土"])


@st.composite
def rewordings(draw: st.DrawFn) -> list[Document]:
    """One paragraph of few words that come again and again, and what several make of it."""
    parts = draw(st.lists(WORDS, min_size=3, max_size=7))
    base = Document.read("Title", f"{' '.join(parts)}\n\n{TWICE}")
    amendments = []
    for _ in range(draw(st.integers(2, 5))):
        changed = list(parts)
        for _ in range(draw(st.integers(1, 2))):
            changed[draw(st.integers(0, len(parts) - 1))] = draw(WORDS)
        text = base.text.replace(" ".join(parts), " ".join(changed), 1)
        extra = draw(st.sampled_from(["", "", "\n\nMore of it.", "\n\nMore of that."]))
        amendments.append(Document.read("Title", text + extra, base.units))
    return [base, *amendments]


@given(st.one_of(rivals(3), rewordings(), rewordings()))
def test_rivals_are_exactly_those_that_cannot_be_merged(documents: list[Document]) -> None:
    base, *amendments = documents
    naive = {
        (one, other)
        for (one, ours), (other, theirs) in combinations(enumerate(amendments), 2)
        if merge(base, ours, theirs).verdict is Verdict.CONFLICT
    }
    assert rival_pairs(base, amendments) == naive
    graph = conflict_graph(base, amendments)
    assert {pair for choice in graph.choices for pair in combinations(choice, 2)} == _joined(graph, naive)
    assert set(graph.conflicts) <= naive


def _joined(graph: Graph, rivals: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those that hang together by these pairs, one of identical ones standing for all."""
    firsts = {number: same[0] for same in graph.identical for number in same}
    found = {(firsts[one], firsts[other]) for one, other in rivals}
    found |= {(other, one) for one, other in found}
    while more := {(one, end) for one, other in found for start, end in found if other == start and one != end} - found:
        found |= more
    return {(one, other) for one, other in found if one < other}


def test_hard_wrapped_rewordings_are_swept_and_said_the_same_of_as_of_each_pair() -> None:
    wrapped = "Rents must fall in all\ntowns of this land and\nhomes must be built there."
    base = Document.read("Title", f"{wrapped}\n\n- a point\n  of two lines")
    changed = [("fall", "sink"), ("fall", "rise"), ("land", "country"), ("all\ntowns", "every\ntown"), ("be", "- be")]
    texts = [base.text.replace(*change) for change in changed] + [base.text.replace("two", "three")]
    known = [Document.read("Title", text, base.units) for text in texts]
    wanted = {
        (one, other)
        for one, other in combinations(range(len(known)), 2)
        if merge(base, known[one], known[other]).verdict is Verdict.CONFLICT
    }
    assert rival_pairs(base, known) == wanted == {(0, 1)}
