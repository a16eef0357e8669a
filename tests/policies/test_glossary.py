"""The glossary says what `docs/words.md` says, and stands still for those who link to it."""

import re
from pathlib import Path

from policies.glossary import TERMS, Term

ROOT = Path(__file__).parents[2]
LINKED = re.compile(r"\bterm\(\s*[\"']([^\"']+)[\"']")


def written_for_builders() -> list[tuple[str, str]]:
    rows = [
        line.split(" | ", 1) for line in (ROOT / "docs" / "words.md").read_text("utf-8").splitlines() if " | " in line
    ]
    plain = re.compile(r"[`*]|\[([^]]+)\]\([^)]+\)")
    return [(word.removeprefix("| "), plain.sub(r"\1", means).removesuffix(" |")) for word, means in rows]


def test_each_word_means_the_same_to_readers_and_to_builders() -> None:
    known = written_for_builders()
    for term in TERMS:
        assert [means for word, means in known if word == term.word] == [term.means], term.word


def test_the_words_stand_in_the_order_of_the_alphabet_each_once() -> None:
    words = [term.word for term in TERMS]
    assert words == sorted(set(words))
    assert Term("minority position", "").key == "minority-position"


def test_every_word_that_a_page_links_is_explained() -> None:
    pages = (ROOT / "app" / "templates").rglob("*.html")
    linked = {key for page in pages if page.name != "term.html" for key in LINKED.findall(page.read_text("utf-8"))}
    assert linked
    assert linked <= {term.key for term in TERMS}
