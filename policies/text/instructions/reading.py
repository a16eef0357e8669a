"""From the sentences of an instruction to edits of the text, every one of them resolved in the text as it was."""

import re

from policies.errors import RuleBroken
from policies.text.instructions.blocks import at_end, at_start, beside, removed, replaced
from policies.text.instructions.grammar import ACTIONS, JOINTS, SCOPE
from policies.text.instructions.pages import Page, Span
from policies.text.instructions.quotations import Instruction, shortened
from policies.text.instructions.resolving import Pointer, Said
from policies.text.instructions.splicing import Edit, starts_a_block

MOST_PARTS = 300


def edits_of(page: Page, instruction: Instruction) -> list[Edit]:
    """The edits that an instruction asks for; a part that is not understood refuses the whole."""
    reader = _Reader(page, instruction)
    edits: list[Edit] = []
    parts = 0
    while not reader.is_done():
        edits += reader.next_part()
        parts += 1
        if parts > MOST_PARTS:
            raise RuleBroken(f"An instruction may have at most {MOST_PARTS} parts. Divide it into several.")
    return edits


class _Reader:
    """Reads one part of an instruction after another."""

    def __init__(self, page: Page, instruction: Instruction) -> None:
        self._page = page
        self._instruction = instruction
        self._position = 0
        self._everywhere = [(0, len(page.text))]
        self._scopes = self._everywhere
        self._is_scope_for_list = False
        self._pointer = Pointer(page, instruction.quotations)
        self._skip_joints()

    def is_done(self) -> bool:
        return self._position >= len(self._instruction.shape)

    def _skip_joints(self) -> None:
        skipped = JOINTS.match(self._instruction.shape, self._position)
        joints = skipped.group() if skipped else ""
        if not self._is_scope_for_list and (";" in joints or "#" in joints):
            self._scopes = self._everywhere
        self._position += len(joints)

    def next_part(self) -> list[Edit]:
        """Read one part: perhaps a line or paragraph, then what is to be done there."""
        part_start = self._position
        for is_scoped in (False, True):
            self._position = part_start
            if is_scoped and not self._read_scope():
                break
            for pattern in ACTIONS:
                if found := pattern.match(self._instruction.shape, self._position):
                    edits = self._edits(found.groupdict())
                    self._position = found.end()
                    self._skip_joints()
                    return edits
        raise RuleBroken(
            f"This was not understood: “{self._instruction.shown_from(self._position)}”. "
            "Write for example: In line 14, delete “X” and insert “Y”."
        )

    def _read_scope(self) -> bool:
        found = SCOPE.match(self._instruction.shape, self._position)
        if not found:
            return False
        self._scopes = self._pointer.scopes(found.groupdict(), "scope")
        self._position = found.end()
        rest = re.compile(r"(?: ;| and)?(?: #)").match(self._instruction.shape, self._position)
        self._is_scope_for_list = bool(rest)
        self._position = rest.end() if rest else self._position
        self._position += self._instruction.shape[self._position : self._position + 1] == " "
        return True

    def _edits(self, said: Said) -> list[Edit]:
        words = self._pointer.words(said, "words").strip(" ") if said.get("words") else ""
        if said.get("words") and not words.strip():
            raise RuleBroken("There is nothing in the quotation that should be inserted.")
        if "target" not in said:
            return [self._insertion(said, words)]
        if said["all"]:
            self._must_be_everywhere("all")
            return [Edit(0, len(self._page.text), words.strip("\n"), exact=True)]
        spans = self._targets(said)
        is_line = (said["end_of_kind"] or "").startswith("line")
        is_end = bool(said["rest"] or (said["first"] and not said["second"] and not is_line))
        if words:
            return [replaced(self._page, span, words) for span in spans]
        return [removed(self._page, span, is_end) for span in spans]

    def _targets(self, said: Said) -> list[Span]:
        pointer, scopes = self._pointer, self._scopes
        if said["every"]:
            return pointer.every(said, "each", scopes)
        if said["throughout"]:
            return pointer.every(said, "target", scopes)
        if said["target"]:
            return [pointer.anchor(said, "target", scopes)]
        if said["first"]:
            return [self._stretch(said)]
        if said["head"]:
            self._must_be_everywhere("from the beginning")
            return [(self._page.contents[0][0], pointer.anchor(said, "head", scopes)[1])]
        if said["rest"]:
            self._must_be_everywhere("all after")
            return [(self._gap_after(pointer.anchor(said, "rest", scopes)[1]), len(self._page.text))]
        return [pointer.block(said, "block")]

    def _gap_after(self, place: int) -> int:
        text = self._page.text
        return place + len(text[place:]) - len(text[place:].lstrip())

    def _stretch(self, said: Said) -> Span:
        """From one place to another, both included where the instruction does not say otherwise."""
        first = self._pointer.anchor(said, "first", self._scopes)
        start = self._gap_after(first[1]) if said["after"] else first[0]
        if not said["second"]:
            end = self._end(said)
        else:
            following = [(max(first[1], low), high) for low, high in self._scopes if high > start]
            last = self._pointer.anchor(said, "second", following)
            if said["second_which"] and last != self._pointer.anchor(said, "second", self._scopes):
                raise RuleBroken(
                    f"“{said['second_which']}” can be counted from the beginning or from “"
                    f"{shortened(self._pointer.words(said, 'first'))}”. Quote more words."
                )
            end = last[0] if "to before" in (said["upto"] or "") or "not" in (said["upto"] or "") else last[1]
        if end <= start:
            raise RuleBroken("The passage to be left out ends before it begins.")
        return start, end

    def _end(self, said: Said) -> int:
        if not self._pointer.has(said, "end_of"):
            if not said["end_whole"]:
                self._must_be_everywhere("to end")
            return len(self._page.text)
        return self._pointer.block(said, "end_of")[1]

    def _insertion(self, said: Said, words: str) -> Edit:
        page, pointer = self._page, self._pointer
        new = said.get("new")
        if said["top"]:
            return at_start(page, self._top(said), words, new)
        if said["left"]:
            left, right = pointer.anchor(said, "left", self._scopes), pointer.anchor(said, "right", self._scopes)
            if page.text[left[1] : right[0]].strip() or right[0] < left[1]:
                raise RuleBroken("The two places between which something is to be inserted are not next to each other.")
            return Edit(left[1], left[1], words)
        if not said["side"]:
            return self._at_end(said, words, new)
        is_after = said["side"] == "after"
        if pointer.has(said, "by"):
            return beside(page, pointer.block(said, "by"), words, new, is_after, self._is_line(said))
        start, end = pointer.anchor(said, "beside", self._scopes)
        if new or starts_a_block(words):
            return beside(page, (start, end), words, new or "block", is_after, is_line=True)
        return Edit(end, end, words) if is_after else Edit(start, start, words)

    def _top(self, said: Said) -> Span:
        if self._pointer.has(said, "top_of"):
            return self._pointer.block(said, "top_of")
        return self._the_scope()

    def _the_scope(self) -> Span:
        if len(self._scopes) > 1:
            raise RuleBroken("That line is not the same where lines are counted as typed and as printed. Quote words.")
        return self._scopes[0]

    def _must_be_everywhere(self, said: str) -> None:
        """Within a line or paragraph these words could mean its end or the end of the text."""
        if any(end < len(self._page.text) for _, end in self._scopes) or self._scopes[0][0]:
            raise RuleBroken(
                f"After a line or paragraph, “{said}” could be about that or about the whole text. "
                "Say for example “to end of paragraph 2”, or leave the line out."
            )

    def _is_line(self, said: Said) -> bool:
        return (said["by_kind"] or "").startswith("line")

    def _at_end(self, said: Said, words: str, new: str | None) -> Edit:
        if self._pointer.has(said, "end_of"):
            return at_end(self._page, self._pointer.block(said, "end_of"), words, new)
        span = self._everywhere[0] if said["end_whole"] else self._the_scope()
        return at_end(self._page, span, words, new)
