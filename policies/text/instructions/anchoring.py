"""Finding the one place of quoted words that an instruction means, or refusing with all the places it could mean."""

import re
from collections.abc import Sequence

from policies.errors import RuleBroken
from policies.text.instructions.pages import Span, folded
from policies.text.instructions.placing import Placing, Scope
from policies.text.instructions.quotations import shortened
from policies.text.instructions.saying import AT_END, Anchor, Every

_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*")


class Anchoring(Placing):
    """Finds quoted words in one page."""

    def scopes_of(self, said: Anchor | Every, scopes: list[Scope]) -> list[Scope]:
        """Where the words are to be looked for: the place that is said with them, within that said before."""
        if not said.within:
            return scopes
        own = self.readings(said.within)
        inner = [scope for scope in own if any(_is_within(scope, outer) for outer in scopes)]
        outer = [scope for scope in scopes if any(_is_within(scope, one) for one in own)]
        if not inner and not outer:
            raise RuleBroken(f"There is no {said.within.named()} in the place that was named before it.")
        return inner or outer

    def anchor(self, said: Anchor, scopes: list[Scope], is_place: bool = False) -> Span:
        """The one place of quoted words; where they only say a place, a capital at their beginning does not matter."""
        words = said.words.strip()
        if not words:
            raise RuleBroken("A place cannot be named by quoting nothing; quote the words that stand there.")
        whole, parts = self._found(words)
        scopes = self.scopes_of(said, scopes)
        if said.beside:
            return self._next_to(said, said.beside, whole, scopes)
        if not whole and not parts and (span := self._with_gap(said, scopes)):
            return span
        if not whole and not parts and is_place:
            whole, parts = self._found(words[0].swapcase() + words[1:])
        return self._one_of(said, whole, parts, scopes)

    def _one_of(self, said: Anchor, whole: list[Span], parts: list[Span], scopes: list[Scope]) -> Span:
        """The one place of these that lies in what is meant."""
        words = said.words.strip()
        picked: set[Span] = set()
        nearby: list[Span] = []
        refusal: RuleBroken | None = None
        for scope in scopes:
            here = [span for span in whole if _holds(scope, span)]
            cut = [span for span in parts if _holds(scope, span)]
            nearby += here + cut
            if said.which == AT_END:
                here = [span for span in here if not self.page.text[span[1] : scope[-1][1]].strip(" \n,;:.—–")]
            if here:
                try:
                    picked |= self._picked(said, here, [span for span in cut if self._is_possessive(span)])
                except RuleBroken as problem:
                    refusal = refusal or problem
        if len(picked) == 1:
            return picked.pop()
        if refusal and not picked:
            raise refusal
        raise self._several(words, sorted(picked)) if picked else self._absent(words, nearby)

    def _next_to(self, said: Anchor, other: Anchor, whole: list[Span], scopes: list[Scope]) -> Span:
        """The words right after, or before, other ones; else the only ones on that side of the only place of those."""
        here = [span for span in whole if any(_holds(scope, span) for scope in scopes)]
        others = [span for span in self._found(other.words.strip())[0] if any(_holds(scope, span) for scope in scopes)]
        joined = self._joined_to(here, others, said.is_before)
        if len(joined) == 1 and other.ordinal is None:
            return joined[0]
        low, high = self.anchor(other, scopes, is_place=True)
        near = self._joined_to(here, [(low, high)], said.is_before)
        right = near or [
            span
            for span in here
            if (span[1] <= low if said.is_before else span[0] >= high)
            and self.page.unit_at(span[0]) == self.page.unit_at(low)
        ]
        if len(right) != 1:
            raise self._several(said.words, right) if right else self._absent(said.words, here)
        return right[0]

    def _joined_to(self, here: list[Span], others: list[Span], is_before: bool) -> list[Span]:
        """Those of these places between which and one of the others stands nothing but space."""
        if is_before:
            starts = {self.page.without_space(0, start) for start, _ in others}
            return [span for span in here if span[1] in starts]
        ends = {end for _, end in others}
        return [span for span in here if self.page.without_space(0, span[0]) in ends]

    def every(self, said: Every, scopes: list[Scope]) -> list[Span]:
        """All places of quoted words within the one passage that is meant."""
        words = said.words.strip()
        whole, parts = self._found(words)
        scopes = self.scopes_of(said, scopes)
        if len(scopes) > 1 or not whole or any(map(self._is_possessive, parts)):
            raise self._absent(words, [*whole, *parts])
        found = [span for span in whole if _holds(scopes[0], span)]
        if not found or (said.count and len(found) != said.count):
            raise self._several(words, found) if found else self._absent(words, whole)
        return self._some_of(said, found) if said.ordinals else found

    def _some_of(self, said: Every, found: list[Span]) -> list[Span]:
        """The first and third of the places, or the last two."""
        if any(abs(number) > len(found) for number in said.ordinals):
            raise RuleBroken(f"“{shortened(said.words)}” does not occur so often: only {self.listed(found)}.")
        return sorted({found[_index(number)] for number in said.ordinals})

    def _found(self, words: str) -> tuple[list[Span], list[Span]]:
        whole, parts = self.page.find(words)
        cut = [span for span in whole if self._is_possessive_plural(span)]
        return [span for span in whole if span not in cut], sorted([*parts, *cut])

    def _with_gap(self, said: Anchor, scopes: list[Scope]) -> Span | None:
        """Words quoted with “…” between them: from the one place of the first to the only end after it."""
        pieces = [piece for piece in _ELLIPSIS.split(said.words) if piece.strip(" .,;")]
        if not _ELLIPSIS.search(said.words) or len(pieces) > 2 or not pieces:
            return None
        if said.ordinal is None and len(pieces) == 2 and (only := self._only_pair(pieces, scopes)):
            return only
        first = self.anchor(Anchor(pieces[0], said.ordinal), scopes)
        if len(pieces) == 1:
            raise RuleBroken(
                f"“{shortened(said.words)}” does not say where the words end. "
                f"Write: from “{shortened(pieces[0])}” to “…”."
            )
        rest: list[Scope] = [
            tuple((max(low, first[1]), high) for low, high in scope if high > first[1]) for scope in scopes
        ]
        last = self.anchor(Anchor(pieces[1]), [scope for scope in rest if scope])
        return first[0], last[1]

    def _only_pair(self, pieces: list[str], scopes: list[Scope]) -> Span | None:
        """The one passage that begins and ends so; nothing where there is another, or none."""
        first, last = ([span for span in self._found(piece)[0] if _in_any(scopes, span)] for piece in pieces)
        pairs = [(one, other) for one in first[:20] for other in last[:20] if one[1] <= other[0]]
        is_one = len(pairs) == 1 and max(len(first), len(last)) <= 20
        return (pairs[0][0][0], pairs[0][1][1]) if is_one else None

    def _is_possessive(self, span: Span) -> bool:
        """Whether a whole word stands here and only its apostrophe, and what follows it, has been left out."""
        text = self.page.text
        return text[span[1] : span[1] + 1] in {"'", "’"} and not text[max(0, span[0] - 1) : span[0]].isalnum()

    def _is_possessive_plural(self, span: Span) -> bool:
        """Whether an apostrophe that belongs to the last word has been left out of the quotation."""
        text = self.page.text
        ends = text[span[1] - 1 : span[1] + 1].lower() in {"s'", "s’"}
        before = text[max(0, span[0] - 1) : span[0]]
        return ends and not text[span[1] + 1 : span[1] + 2].isalnum() and before not in {"'", "‘"}

    def _picked(self, said: Anchor, here: list[Span], possessive: list[Span]) -> set[Span]:
        if possessive and said.ordinal is None and len(here) == 1:
            raise self._several(said.words, sorted([*here, *possessive]))
        if said.ordinal is None:
            return set(here)
        both = sorted([*here, *possessive])
        found = {spans[_index(said.ordinal)] for spans in (here, both) if 0 < abs(said.ordinal) <= len(spans)}
        if len(found) > 1 or not found <= set(here):
            raise self._several(said.words, both)
        if not found:
            raise RuleBroken(f"“{shortened(said.words)}” does not occur so often: only {self.listed(here)}.")
        return found

    def _several(self, words: str, spans: Sequence[Span]) -> RuleBroken:
        example = f"“second ‘{shortened(words)}’”" if len(words) < 30 else "“second ‘…’”"
        return RuleBroken(
            f"“{shortened(words)}” occurs {len(spans)} times: {self.listed(spans)}. "
            f"Say which one, as in {example}, or quote more words."
        )

    def _absent(self, words: str, nearby: Sequence[Span]) -> RuleBroken:
        known = nearby or self._like(words)
        hint = (
            f" Did you mean {self.listed(known)}?" if known else " Quote the words exactly as they stand in the text."
        )
        return RuleBroken(f"“{shortened(words)}” does not occur where the instruction says.{hint}")

    def _like(self, words: str) -> list[Span]:
        """Places that say the same in other letters or elsewhere, only ever to be suggested."""
        whole, parts = self.page.find(words.strip())
        if whole or parts:
            return whole or parts
        lower = folded(self.page.text.lower())
        sought = re.escape(folded(words.strip().lower()).text)
        if not sought:
            return []
        spans = [(lower.starts[one.start()], lower.ends[one.end() - 1]) for one in re.finditer(sought, lower.text)]
        is_same = len(self.page.text.lower()) == len(self.page.text)
        return [span for span in spans if is_same and all(map(self.page.is_between_words, span))]


def _index(ordinal: int) -> int:
    return ordinal - 1 if ordinal > 0 else ordinal


def _holds(scope: Scope, span: Span) -> bool:
    return any(start <= span[0] < end for start, end in scope)


def _in_any(scopes: Sequence[Scope], span: Span) -> bool:
    return any(_holds(scope, span) for scope in scopes)


def _is_within(inner: Scope, outer: Scope) -> bool:
    return all(any(low <= start < high for low, high in outer) for start, _ in inner)


__all__ = ["Anchoring", "folded"]
