"""Edits that insert: words within a paragraph, and new lines, items and paragraphs beside others."""

import re
from contextlib import suppress

from policies.errors import RuleBroken
from policies.text.instructions.anchoring import Anchoring
from policies.text.instructions.blocks import at_end, at_start, beside, is_line_by_line, new_line
from policies.text.instructions.lettering import labels_before
from policies.text.instructions.naming import inside
from policies.text.instructions.numerals import as_roman, roman
from policies.text.instructions.pages import Page, Span, folded
from policies.text.instructions.placing import Scope
from policies.text.instructions.saying import Anchor, Every, New, Part, Place, Where
from policies.text.instructions.splicing import Edit, starts_a_block
from policies.text.instructions.structure import Labelled, bullets, paragraphs, sections, sentences
from policies.text.model import Kind
from policies.text.words import tokens

_LABEL = re.compile(r"(\((?:\d{1,3}[A-Z]{0,2}|[A-Za-z]{1,2}|[ivxl]{2,6})\)|(?:\d{1,3}|[A-Za-z]|[ivxl]{2,6})[.)])\s")
_ITEMS = {"bullet", "item", "list"}
_END = frozenset(".!?…")


class Inserting(Anchoring):
    """Makes the edits that insert."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.scopes: list[Scope] = self.everywhere
        self.part = Part("", 0)

    def insertions(self, part: Part) -> list[Edit]:
        """The edit of a part that inserts."""
        words = part.words.strip(" ")
        if part.reads and not words:
            words = self._derived_words(part)
        self.must_say(words)
        where, new = part.where, part.new
        if not where or (where.side in {"end", "start"} and not where.at and new and (new.label or new.ordinal)):
            where, words = self._implied(part, words)
        match where.side:
            case "after" | "before":
                return [self._beside(part, where, words, where.side == "after")]
            case "between":
                return [self._between(part, where, words)]
            case "end" | "start":
                return [self._at_edge(part, where, words)]
            case _:
                kind = where.side.rsplit(" ", 1)[-1]
                raise RuleBroken(f"Say which {kind} is meant, as in “at end of the second {kind}”.")

    def must_say(self, words: str) -> None:
        """Refuse to insert nothing."""
        if not words.strip():
            raise RuleBroken("There is nothing in the quotation that should be inserted.")

    def scope_span(self, said: str) -> Span:
        """The one passage that was named before; the whole text where none was."""
        seen = {(scope[0][0], scope[-1][1]) for scope in self.scopes}
        if len(seen) > 1:
            raise RuleBroken(
                f"It is not clear of what “{said}” is said: {self.listed(seen)}. Quote words, or say of what."
            )
        return seen.pop()

    def around_of(self, kind: str, place: int) -> Span:
        """The sentence, paragraph, line or section that this place is in."""
        page = self.page
        if kind == "sentence":
            found = [span for span in sentences(page, (0, len(page.text))) if span[0] <= place < span[1]]
        elif kind == "line":
            found = [span for span in page.numberings[0] if span[0] <= place < span[1]]
        elif kind in {"label", "clause", "section", "item"}:
            found = self._numbered_around(kind, place)
        else:
            found = [span for span in (*paragraphs(page), *page.contents) if span[0] <= place < span[1]][:1]
        if not found:
            name = Place(kind).named()
            raise RuleBroken(f"There is no {name} at {page.around((place, place))}. Quote the words where it ends.")
        return found[0]

    def _numbered_around(self, kind: str, place: int) -> list[Span]:
        """The clause, section, subsection or item that this place is in; nothing where that is not clear."""
        around = [one for one in self.labels if one.start <= place < one.end and not one.is_heading]
        if kind == "item":
            listed = [one for each in bullets(self.page) for one in each if one[0] <= place < one[1]]
            return [one.span for one in around[-1:]] or listed
        if kind == "label":
            return [one.span for one in around if one.kind == "num()"][-1:]
        own = [one.span for one in around if not one.style.startswith("(") and one.kind == "num"][-1:]
        headed = [span for _, span in sections(self.page) if span[0] <= place < span[1]][-1:]
        return own if own and not headed else headed if not own else []

    def labelled_like(self, span: Span, words: str) -> str:
        """The new words of a numbered passage with its number, where they bring none."""
        one = next((one for one in self.labels if one.start == span[0] and not one.is_list_item), None)
        if not one or _LABEL.match(words) or words.lstrip("#* ").startswith(one.style):
            return words
        return self.page.text[one.start : one.content] + words

    # -- beside a place

    def scopes_of(self, said: Anchor | Every, scopes: list[Scope]) -> list[Scope]:
        """Where the words are to be looked for: a place said with them is counted in the one that was named before."""
        if said.within and scopes is self.scopes and self.part.scope and not self.part.is_loose:
            with suppress(RuleBroken):
                return self.readings(self.in_scope(said.within))
        return super().scopes_of(said, scopes)

    def in_scope(self, place: Place) -> Place:
        """The place within the one that was named before it, or beside it."""
        scope = self.part.scope
        if not scope or scope == place or self.part.is_loose:
            return place
        nested = inside(place, scope)
        if scope.kind != place.kind or self._is_there(nested):
            return nested
        return inside(place, scope.within) if scope.within else place

    def _beside(self, part: Part, where: Where, words: str, is_after: bool) -> Edit:
        new = part.new
        if isinstance(where.at, Anchor):
            return self._beside_words(where.at, words, new, is_after)
        place = self.in_scope(where.at or Place("paragraph"))
        scope = self.the_one(place)
        span = scope[-1] if is_after else scope[0]
        if place.kind == "quoted" or (place.kind == "sentence" and not (new and new.kind not in {"sentence", ""})):
            end = len(self.page.text[: span[1]].rstrip())
            return Edit(end, end, words) if is_after else Edit(span[0], span[0], words)
        if place.kind in {"section", "heading"} and not new:
            new = New("paragraph")
        one = self._plain_label(span)
        if one and place.kind != "line":
            return self._new_labelled(one, span, words, new, is_after)
        is_line = place.kind == "line" or (place.kind == "paragraph" and span not in self.page.blocks)
        if is_line and (edit := new_line(self.page, span, words, new.kind if new else "", is_after)):
            return edit
        kind = None if not new else new.kind or "block"
        return beside(self.page, span, self._without_label(words, new), kind, is_after, place.kind == "line")

    def _without_label(self, words: str, new: New | None) -> str:
        """The words of a new item without the number that the list gives it."""
        found = _LABEL.match(words)
        return (
            words[found.end() :] if found and new and new.label and found.group(1).strip("().") == new.label else words
        )

    def _plain_label(self, span: Span) -> Labelled | None:
        """The printed label of a passage that is no item of a list."""
        at = {one.start: one for one in self.labels if not one.is_list_item and not one.is_heading}
        return at.get(span[0])

    def _new_labelled(self, one: Labelled, span: Span, words: str, new: New | None, is_after: bool) -> Edit:
        """A new numbered line beside another one, with a number like the other's."""
        text = self.page.text
        if not _LABEL.match(words) and new:
            label = new.label or self._next_label(one, is_after)
            bare = one.style.strip("().")
            words = text[one.start : one.content].replace(one.style, one.style.replace(bare, label, 1), 1) + words
        elif _LABEL.match(words):
            words = text[one.start : one.label_start] + words
        end = len(text[: span[1]].rstrip())
        is_apart = text[end : end + 2] in {"\n\n", ""} and text[max(0, one.start - 2) : one.start] == "\n\n"
        gap = "\n\n" if is_apart else "\n"
        return (
            Edit(end, end, gap + words, exact=True) if is_after else Edit(one.start, one.start, words + gap, exact=True)
        )

    def _next_label(self, one: Labelled, is_after: bool) -> str:
        bare = one.style.strip("().")
        above, dot, last = bare.rpartition(".")
        if not is_after or last.isdecimal():
            return f"{above}{dot}{int(last) + 1}" if is_after else bare
        if one.kind.startswith("roman"):
            return as_roman(roman(bare) + 1) if bare.islower() else as_roman(roman(bare) + 1).upper()
        if len(bare) == 1 and bare.lower() != "z":
            return chr(ord(bare) + 1)
        raise RuleBroken(f"Say which number or letter the new words have after “{one.style}”.")

    def _beside_words(self, at: Anchor, words: str, new: New | None, is_after: bool) -> Edit:
        start, end = self.anchor(at, self.scopes, is_place=True)
        text = self.page.text
        if new and new.kind not in {"sentence", "line", ""} or starts_a_block(words) or (new and not new.kind):
            kind = new.kind if new and new.kind else "block"
            return beside(self.page, self._closed(start, end, is_after), words, kind, is_after, is_line=True)
        if "\n\n" in words.strip("\n") and is_after:
            return beside(self.page, self._closed(start, end, is_after), words, "block", is_after, is_line=True)
        high = self._closed(start, end, is_after)[1]
        if new and new.kind == "line" and is_after and is_line_by_line(self.page, high):
            return Edit(high, high, f"\n{words}", exact=True)
        is_sentence = bool(new and new.kind == "sentence")
        is_sentence = is_sentence or (words[:1].isupper() and words[-1:] in _END and len(words.split()) > 2)
        if is_after and is_sentence and text[end : end + 1] in _END and text[end - 1] not in _END:
            return Edit(end + 1, end + 1, words)
        if is_after and words[0] in ",;:" and text[end - 1] in _END:
            raise RuleBroken(f"“{words[0]}” cannot follow the end of a sentence, at {self.page.around((start, end))}.")
        if new and new.kind == "sentence":
            self._must_be_whole_sentence(start, end, is_after)
        return Edit(end, end, words) if is_after else Edit(start, start, words)

    def _closed(self, start: int, end: int, is_after: bool) -> Span:
        """The words with the sign that closes them."""
        text = self.page.text
        if is_after and text[end : end + 1] in {".", ";", ":", "!", "?", ","}:
            return start, end + 1
        return start, end

    def _must_be_whole_sentence(self, start: int, end: int, is_after: bool) -> None:
        edges = {span[1 if is_after else 0] for span in sentences(self.page, (0, len(self.page.text)))}
        if (end if is_after else start) not in edges:
            raise RuleBroken(
                f"No sentence {'ends' if is_after else 'begins'} at {self.page.around((start, end))}. "
                "Quote the words up to the end of a sentence."
            )

    def _between(self, part: Part, where: Where, words: str) -> Edit:
        first, second = self._edge_of(where.at, True), self._edge_of(where.other, False)
        if self.page.text[first[1] : second[0]].strip() or second[0] < first[1]:
            raise RuleBroken("The two places between which something is to be inserted are not next to each other.")
        if isinstance(where.at, Place):
            return self._beside(part, Where("after", where.at), words, is_after=True)
        if part.new and part.new.kind != "sentence":
            return beside(self.page, first, words, part.new.kind or "block", is_after=True, is_line=False)
        return Edit(first[1], first[1], words)

    def _edge_of(self, at: Anchor | Place | None, is_first: bool) -> Span:
        if isinstance(at, Anchor):
            return self.anchor(at, self.scopes, is_place=True)
        scope = self.the_one(self.in_scope(at or Place("paragraph")))
        return scope[-1 if is_first else 0]

    # -- at an end

    def _at_edge(self, part: Part, where: Where, words: str) -> Edit:
        page, new = self.page, part.new
        place = self.in_scope(where.at) if isinstance(where.at, Place) else None
        if place:
            scope = self.the_one(place)
            span = scope[0][0], scope[-1][1]
        elif part.scope and not part.is_loose:
            scope = self.the_one(part.scope)
            span = scope[0][0], scope[-1][1]
        else:
            span = self.scope_span("at end")
        kind = new.kind or "block" if new and new.kind != "sentence" else None
        named = place or (part.scope if not part.is_loose else None)
        kind = kind or ("bullet" if named and named.kind == "list" else None)
        if new and kind in _ITEMS and place and where.side == "end" and (child := self._last_inside(span[0])):
            return self._new_labelled(child, child.span, words, new, is_after=True)
        if where.side == "start":
            return at_start(page, self._content(span, named), words, kind)
        if kind in _ITEMS and not (named and named.kind in {"list", "bullet"}):
            span = self._last_item(span)
        if "\n\n" in words and not kind and not named:
            kind = "paragraph"
        return self._at_the_end(span, words, kind, named.kind if named else "")

    def _at_the_end(self, span: Span, words: str, kind: str | None, named: str) -> Edit:
        """At the end of a passage; what has a number or letter is a line of its own after the last one."""
        if not kind and _LABEL.match(words) and (last := self._last_labelled(span[1], words)):
            return self._new_labelled(last, last.span, words, None, is_after=True)
        end = self.page.without_space(*span)
        if not kind and words[:1].isupper() and named in {*_ITEMS, "label"} and self.page.text[end - 1] in _END:
            return Edit(end, end, words)
        if not kind and words[:1].isupper() and named == "section" and is_line_by_line(self.page, end):
            return Edit(end, end, f"\n{words}", exact=True)
        if not kind and words[:1].isupper() and named == "section":
            kind = "bullet" if self.page.units[self.page.unit_at(end - 1)].kind is Kind.LIST_ITEM else None
        return at_end(self.page, span, words, kind)

    def _last_inside(self, start: int) -> Labelled | None:
        """The last numbered passage within the one that begins here."""
        numbers = [number for number, one in enumerate(self.labels) if one.start == start]
        inner = [one for one in self.labels if one.parent in numbers]
        return inner[-1] if inner else None

    def _last_labelled(self, end: int, words: str) -> Labelled | None:
        """The numbered passage that ends here and has a number or letter like that of the new words."""
        stop = len(self.page.text[:end].rstrip())
        last = [one for one in self.labels if one.end == stop and not one.is_list_item and not one.is_heading]
        alike = [one for one in last if _shape(one.style) == _shape(words.split()[0])]
        if last and not alike:
            raise RuleBroken(f"Say after which point “{words.split()[0]}” stands, at {self.page.around((stop, stop))}.")
        return alike[-1] if alike else None

    def _content(self, span: Span, named: Place | None) -> Span:
        """The passage of a section without its heading, of a numbered one without its number."""
        one = self._plain_label(span) if named and named.kind != "line" else None
        if one and one.style.isdecimal():
            raise RuleBroken(f"A heading may stand at {self.page.around((one.start, one.content))}. Name a word there.")
        if one:
            return one.content, one.end
        if named and named.is_coded:
            text = self.page.text[span[0] : span[1]].removeprefix(named.words)
            return span[1] - len(text.lstrip()), span[1]
        index = self.page.unit_at(span[0])
        if named and named.kind in {"section", "quoted"} and index >= 0 and self.page.units[index].kind is Kind.HEADING:
            return self.page.blocks[index][1] + 1, span[1]
        return span

    def _last_item(self, span: Span) -> Span:
        lists = [each for each in bullets(self.page) if span[0] <= each[0][0] < span[1]]
        if lists and lists[-1][-1][1] >= len(self.page.text[: span[1]].rstrip()):
            return lists[-1][-1]
        if len(lists) != 1:
            places = self.listed(each[-1] for each in lists)
            raise RuleBroken(
                f"The text has several lists, which end at {places}. Say after which item."
                if lists
                else "There is no list there. Say after which words or paragraph the new item stands."
            )
        return lists[0][-1]

    # -- where nothing is said of the place

    def _implied(self, part: Part, words: str) -> tuple[Where, str]:
        """Where a new paragraph or item of a number stands, or a first or last one."""
        new = part.new
        if not new:
            return Where("end"), words
        if new.label:
            return self._by_label(new), words
        if new.ordinal and new.ordinal > 0:
            return self._by_number(new.kind, new.ordinal), words
        return Where("start" if new.ordinal == 1 else "end"), words

    def _by_label(self, new: New) -> Where:
        if new.label.isdecimal():
            return self._by_number(new.kind or "label", int(new.label), new.is_last)
        own = Place("label", (((new.label,), (new.label,)),))
        if found := self._found_place(own):
            return Where("before", found)
        for before in labels_before(new.label):
            if found := self._found_place(Place("label", (((before,), (before,)),))):
                return Where("after", found)
        raise RuleBroken(f"Say after which words or paragraph the new “{new.label}” stands.")

    def _by_number(self, kind: str, number: int, is_last: bool = False) -> Where:
        if is_last and self._found_place(Place(kind, (((str(number),), (str(number),)),))):
            raise RuleBroken(
                f"{kind.capitalize()} {number} stands there already. Say “insert new {kind} …”, or after which."
            )
        for candidate, side in ((number, "before"), (number - 1, "after")):
            place = Place(kind, (((str(candidate),), (str(candidate),)),))
            if candidate and (found := self._found_place(place)):
                return Where(side, found)
        raise RuleBroken(
            f"There is no {kind} {number} and no {kind} {number - 1} to stand beside. Say after which words."
        )

    def _found_place(self, place: Place) -> Place | None:
        return place if self._is_there(self.in_scope(place)) else None

    def _is_there(self, place: Place) -> bool:
        try:
            self.readings(place)
        except RuleBroken:
            return False
        return True

    # -- words that are only told by their outcome

    def _derived_words(self, part: Part) -> str:
        """“insert after ‘X’ so that it reads ‘X Y Z’”: what is between X and what follows it in the text."""
        at = part.where.at if part.where else None
        if not isinstance(at, Anchor) or not part.where or part.where.side not in {"after", "before"}:
            raise RuleBroken("Say which words are to be inserted, in quotation marks.")
        is_after = part.where.side == "after"
        start, end = self.anchor(at, self.scopes, is_place=True)
        known, reads = folded(at.words.strip()).text, folded(part.reads.strip()).text
        if reads.count(known) != 1:
            raise RuleBroken(f"“{part.reads[:60]}” does not have “{at.words[:60]}” once. Say which words are inserted.")
        place = reads.index(known)
        if is_after:
            return self._left_over(
                tokens(part.reads.strip()[place + len(known) :]), folded(self.page.text[end:]).text, 1
            )
        return self._left_over(tokens(part.reads.strip()[:place])[::-1], folded(self.page.text[:start]).text, -1)

    def _left_over(self, found: list[str], around: str, way: int) -> str:
        """The shortest beginning of these tokens after which they go on as the text does."""
        for size in range(1, len(found)):
            rest = "".join(found[size:][::way])
            rest = rest.lstrip(" …").rstrip(" .…") if way > 0 else rest.lstrip(" .…").rstrip(" …")
            fits = (
                around.strip().startswith(folded(rest).text) if way > 0 else around.strip().endswith(folded(rest).text)
            )
            if fits:
                return "".join(found[:size][::way]).strip()
        new = "".join(found[::way]).strip()
        if way < 0 and new[:1].isupper() and around.rstrip()[-1:] not in {"", *_END}:
            raise RuleBroken(f"It is not clear which of the words “{new[:60]}” are new. Say which words are inserted.")
        return new


def _shape(label: str) -> str:
    """A printed number or letter, without telling which one it is."""
    return re.sub(r"\d+", "1", re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", label)))
