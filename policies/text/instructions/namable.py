"""What an instruction that is written calls the parts of a text, and paragraphs that only stand elsewhere."""

from policies.text.instructions.pages import Page
from policies.text.instructions.quotations import Sort, Source
from policies.text.model import Kind
from policies.text.reading import units_without_ids

_MARKS = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"))


def quoted(words: str) -> str:
    """The words in the first marks that do not clash with them; nothing where all do, which no instruction may say."""
    return next((said for opening, closing in _MARKS if _holds(said := f"{opening}{words}{closing}", words)), "")


def _holds(said: str, words: str) -> bool:
    token = Source(said).token(0)
    return token.sort is Sort.QUOTATION and token.end == len(said) and token.said == words


def name_of(page: Page, index: int) -> str:
    """A heading by its words, any other paragraph by its clause; nothing for one that cannot be called anything."""
    unit = page.units[index]
    if unit.kind is not Kind.HEADING:
        return f"clause {unit.clause}"
    said = quoted(unit.markdown)
    return f"the heading {said}" if said and unit.markdown.strip() else ""


def moved(page: Page, new: str) -> str:
    """One run of paragraphs moved to another place; nothing where something else has changed."""
    before = [(unit.kind, unit.level, unit.markdown) for unit in page.units]
    after = [(unit.kind, unit.level, unit.markdown) for unit in units_without_ids(new)]
    if len(before) != len(after) or before == after:
        return ""
    start = next(place for place, (one, other) in enumerate(zip(before, after, strict=True)) if one != other)
    end = len(before)
    while before[end - 1] == after[end - 1]:
        end -= 1
    middle, turned = before[start:end], after[start:end]
    cut = next((size for size in range(1, len(middle)) if middle[size:] + middle[:size] == turned), 0)
    if not cut:
        return ""
    first, last, place, side = start, start + cut - 1, end - 1, "after"
    if cut > len(middle) // 2:
        first, last, place, side = start + cut, end - 1, start, "before"
    names = [name_of(page, index) for index in (first, last, place)]
    if not all(names):
        return ""
    passage = names[0] if first == last else f"from {names[0]} to {names[1]}"
    return f"Move {passage} to {side} {names[2]}."
