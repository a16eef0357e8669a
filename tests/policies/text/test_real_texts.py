"""The text engine on real texts: a manifesto's sections, its edits, and rival parties' amendments."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from policies.text.adoption import adopted_in_turn
from policies.text.canonical import normalise, word_count
from policies.text.diff import Hunk, Op, changed_tokens, exact, readable
from policies.text.operations import apply_operations, operations
from policies.text.redline import Change, is_editorial, redline
from policies.text.render import inline_html
from policies.text.touch import touched
from policies.text.units import Document, outline, read_units, replace_unit
from policies.text.words import words

SHARED = Path(__file__).parents[4] / "shared" / "data"
PLANKS = sorted((SHARED / "manifesto" / "planks").glob("*/*.md"))
AMENDMENTS = [SHARED / "amendments" / name for name in ("manifesto_revisions.jsonl", "scottish_amendments.jsonl")]

needs_planks = pytest.mark.skipif(not PLANKS, reason="the real planks are not beside this repository")
needs_amendments = pytest.mark.skipif(
    not all(path.exists() for path in AMENDMENTS), reason="the real amendments are not beside this repository"
)


# Where the real texts are not, coverage has to be whole all the same.
pytestmark = pytest.mark.no_cover


@cache
def planks() -> list[Document]:
    texts = (path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in PLANKS)
    return [Document.read("Title", text) for text in texts]


@cache
def amendments() -> list[tuple[Document, Document]]:
    pairs = []
    for path in AMENDMENTS:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            base = Document.read("Title", record["base"])
            pairs.append((base, Document.read("Title", record["amended"], base.units)))
    return pairs


@needs_planks
def test_all_178_real_planks_are_read_and_no_word_of_them_is_lost() -> None:
    documents = planks()
    assert len(documents) == 178
    for document in documents:
        of_units = {word for unit in document.units for word in (*words(unit.markdown), *words(unit.label))}
        assert set(words(document.text)) == of_units
        assert normalise(document.text) == document.text
        assert read_units(document.text) == document.units
        assert 0 < word_count(document.text) <= 600
        assert outline(document.units)


@needs_planks
def test_real_links_quotes_and_footnotes_are_rendered() -> None:
    html = [inline_html(unit.markdown) for document in planks() for unit in document.units]
    assert sum('<a href="http' in piece for piece in html) > 20
    assert sum('<sup><a href="#fn-' in piece for piece in html) > 20
    assert not any(".html)" in piece for piece in html), "a relative link is shown by its words"


@needs_planks
def test_every_unit_of_every_real_plank_can_be_reworded_alone() -> None:
    for document in planks():
        for index, unit in enumerate(document.units):
            changed = replace_unit(document.text, document.units, unit.unit_id, "Entirely new words")
            expected = [each.markdown for each in document.units]
            expected[index] = "Entirely new words"
            assert [each.markdown for each in read_units(changed)] == expected


@needs_amendments
@pytest.mark.parametrize("compare", [exact, readable])
def test_the_differences_of_real_amendments_round_trip(compare: Callable[[str, str], tuple[Hunk, ...]]) -> None:
    for base, amended in amendments():
        for old, new in zip(base.units, amended.units, strict=False):
            hunks = compare(old.markdown, new.markdown)
            assert "".join(hunk.text for hunk in hunks if hunk.op is not Op.INSERT) == old.markdown
            assert "".join(hunk.text for hunk in hunks if hunk.op is not Op.DELETE) == new.markdown


@needs_amendments
def test_most_units_of_real_amendments_keep_their_ids() -> None:
    entries = [entry for base, amended in amendments() for entry in redline(base.units, amended.units)]
    same = sum(entry.change is Change.SAME for entry in entries)
    assert all(entry.hunks for entry in entries)
    assert same / len(entries) > 0.85


@needs_amendments
def test_a_real_amendment_alone_is_adopted_as_it_is_and_stored_as_what_makes_it() -> None:
    for base, amended in amendments():
        assert adopted_in_turn(base, [amended, base]) == (amended, amended)
        assert apply_operations(base, operations(base, amended)) == amended


@needs_amendments
def test_an_editorial_real_amendment_changes_no_word() -> None:
    for base, amended in amendments():
        is_same_words = changed_tokens(base.units, amended.units) == 0
        assert is_same_words or not is_editorial(base.title, base.text, amended.title, amended.text)
        assert touched(base, amended).units or touched(base, amended).gaps or base.text == amended.text
