"""Putting new words in the place of old ones so that spaces and signs stand as a printer would set them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policies.errors import RuleBroken
from policies.text.instructions.marking import crossed
from policies.text.instructions.pages import Page, is_whole, is_wordlike

_CLINGS_LEFT = frozenset(",.;:!?)]}%’”…/'°»")
_CLINGS_RIGHT = frozenset("([{/“‘«—£$€#")
_MARKS = "*_~`"
_EMPTY = frozenset(
    [
        *(one + other for one in ",;:–—" for other in ",;:.!?"),
        "––",
        "——",
        "()",
        "[]",
        "{}",
        "“”",
        "‘’",
        "«»",
        '""',
        "''",
    ]
)
_ONE_OF_TWO = frozenset([",,", ";;", *(f",{sign}" for sign in ";.!?"), ";."])
"""Signs of which the weaker one goes where nothing stands between them any more."""
_GLUE = "-/—"
_GONE = "x"
_STARTS_A_BLOCK = re.compile(r"(?:[-*+]|\d+[.)]|#{1,6}|>|\[\^[^\]\s]{1,100}\]:)\s")


@dataclass(frozen=True)
class Edit:
    """What stands from `start` to `end` is left out and `new` put there; `exact` sets it as it is."""

    start: int
    end: int
    new: str
    exact: bool = False
    is_order: bool = False
    """Whether it only puts paragraphs in another order."""


def spliced(page: Page, edits: Sequence[Edit]) -> str:
    """The text with all edits made; each is about the text as it was, and no two may touch the same words."""
    pieces, position = [], 0
    last: Edit | None = None
    for edit in sorted((_fitted(page, edit) for edit in edits), key=lambda edit: (edit.start, edit.end)):
        if last and _clash(last, edit):
            raise RuleBroken(
                f"Two parts of the instruction are about the same words, near {page.around((edit.start, edit.end))}. "
                "Join them into one."
            )
        pieces += [page.text[position : edit.start], edit.new]
        position, last = edit.end, edit
    return "".join([*pieces, page.text[position:]])


def _clash(earlier: Edit, later: Edit) -> bool:
    """Whether it is not clear what stands where two edits meet; what is inserted may stand before what is left out."""
    if later.start != earlier.end or later.exact:
        return later.start < earlier.end or later.start == earlier.start
    return bool(later.new)


def _fitted(page: Page, edit: Edit) -> Edit:
    """The edit with the spaces around it set right, all within the same paragraph."""
    if edit.exact:
        return edit
    old = page.text[edit.start : edit.end]
    index = page.unit_at(edit.start)
    low = page.contents[index][0] if index >= 0 else 0
    low = min(low, edit.start)
    is_plain = not any(mark in edit.new for mark in ("*", "[", "\n")) and "\n" not in old
    marks = crossed(page, low, edit.start, edit.end)
    if any(marks) and is_plain and (marked := _marked(page, edit, low, marks)):
        return marked
    if (any(marks) and is_whole(edit.new)) or (old.count("**") - edit.new.count("**")) % 2:
        raise RuleBroken(
            f"That would leave words in bold, or a link, without an end, at {page.around((edit.start, edit.end))}. "
            "Name that passage whole."
        )
    return _removed(page, edit, low) if not edit.new.strip() else _inserted(page, edit, low)


def _marked(page: Page, edit: Edit, low: int, marks: tuple[str, str]) -> Edit | None:
    """The edit of a passage that emphasis or a link goes into or out of, which stay on what is left of them."""
    text = page.text
    closed, opened = marks
    left = page.without_space(low, edit.start) if closed else edit.start
    right = edit.end + (len(text[edit.end :]) - len(text[edit.end :].lstrip(" ")) if opened else 0)
    if (closed and text[low:left][-1:] in {"", *_MARKS, "["}) or (
        opened and text[right : right + 1] in {"", *_MARKS, "]"}
    ):
        return None
    head = text[:left] + closed + text[left : edit.start]
    tail = text[edit.end : right] + opened
    other = Page(f"{head}{_GONE}{tail}{text[right:]}")
    plain = Edit(len(head), len(head) + len(_GONE), edit.new)
    made = _inserted(other, plain, low) if edit.new.strip() else _removed(other, plain, low)
    right += max(0, made.end - (len(other.text) - len(text[right:])))
    result = other.text[: made.start] + made.new + other.text[made.end :]
    return Edit(left, right, result[left : len(result) - len(text[right:])], exact=True)


def _removed(page: Page, edit: Edit, low: int) -> Edit:
    start, end = _with_empty_marks(page.text, edit.start, edit.end)
    end += _is_left_over(page.text[low:start], page.text[end : end + 2])
    before, after = page.text[low:start], page.text[end:]
    kept = before.rstrip()
    is_line = page.text[start - 1 : start] in {"", "\n"} and after.startswith("\n")
    if not kept and is_line and after[1:2] not in {"", "\n"}:
        return Edit(start, end + 1, "")
    if not kept or (kept == before and (_opens(kept) or kept[-1] in _CLINGS_RIGHT or _opens_quotation(kept))):
        end += len(after) - len(after.lstrip(" "))
        after = after.lstrip(" ")
    elif kept != before and (
        not after or after[0].isspace() or after[0] in _CLINGS_LEFT or _closes(after) or _closes_quotation(after)
    ):
        start = low + len(kept)
    pair = kept[-1:] + after.lstrip(" ")[:1]
    if pair in _ONE_OF_TWO:
        return _with_one_sign(page.text, start, end, low + len(kept))
    if pair in _EMPTY:
        raise RuleBroken(
            f"That would leave two signs with nothing between them at {page.around((start, end))}. "
            "Name the sign to be left out as well."
        )
    return Edit(start, end, "")


def _is_left_over(before: str, after: str) -> bool:
    """Whether only the full stop of a sentence would be left that is left out from its beginning."""
    return before.rstrip(f"{_MARKS} ")[-1:] in {"", *".!?…"} and after.rstrip() in {".", "!", "?"}


def _with_one_sign(text: str, start: int, end: int, kept: int) -> Edit:
    """Leave out the weaker of two signs as well, which stands before what is left out, or the second of the same."""
    following = end + len(text[end:]) - len(text[end:].lstrip(" "))
    if text[kept - 1] == text[following]:
        return Edit(kept, following + 1, "")
    return Edit(kept - 1, following, "")


def _with_empty_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage with the marks around it, where all that they mark is left out."""
    while start and text[start - 1] in _MARKS and text[end : end + 1] == text[start - 1]:
        start, end = start - 1, end + 1
    return start, end


def _opens(before: str) -> bool:
    """Whether marks that stand here begin a format."""
    left = before.rstrip(_MARKS)
    return left != before and (not left or left[-1].isspace() or left[-1] in _CLINGS_RIGHT)


def _closes(after: str) -> bool:
    """Whether marks that stand here end a format."""
    right = after.lstrip(_MARKS)
    return right != after and (not right or right[0].isspace() or _clings(right))


def _opens_quotation(before: str) -> bool:
    """Whether a straight quotation mark that stands here opens what it quotes."""
    return before[-1:] in {'"', "'"} and (before[-2:-1].isspace() or before[-2:-1] in {"", *_CLINGS_RIGHT})


def _closes_quotation(after: str) -> bool:
    """Whether a straight quotation mark that stands here ends what it quotes."""
    return after[:1] == '"' and (after[1:2].isspace() or after[1:2] in {"", *_CLINGS_LEFT})


def _inserted(page: Page, edit: Edit, low: int) -> Edit:
    start, end, text = edit.start, edit.end, page.text
    new = edit.new.strip(" ")
    if start > low and text[start - 1].isspace() and _clings(new) and new[0] not in "'’":
        start = low + len(text[low:start].rstrip())
    before, after = text[low:start], text[end:]
    if before[-1:] == new[0] and new[0] in ",;:":
        new = new[1:].lstrip(" ")
    if not new or (new in {".", "!", "?"} and before[-1:] in {".", "!", "?"}):
        raise RuleBroken(f"“{edit.new.strip()}” stands there already, at {page.around((start, end))}.")
    if len(new) > 1 and after[:1] == new[-1] and new[-1] in ",;:." and after[:2] != "..":
        new = new[:-1]
    if (new == "." or new[-1] in ",;:") and after[:1] in {*",;:."}:
        raise RuleBroken(
            f"That would put two signs next to each other, at {page.around((start, end))}. Leave one of them out."
        )
    lead = " " if _needs_space(before, new) else ""
    tail = " " if _needs_space(new, after) else ""
    return Edit(start, end, f"{lead}{new}{tail}")


def _clings(words: str) -> bool:
    """Whether these words begin with a sign that follows a word without a space."""
    return words[0] in _CLINGS_LEFT and (words[0] != "." or words[1:2] in {"", " ", "\n", *_CLINGS_LEFT})


def _needs_space(before: str, after: str) -> bool:
    """Whether a space belongs between these two."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return False
    if _opens(before) or _closes(after) or _opens_quotation(before) or _closes_quotation(after):
        return False
    left, right = before.rstrip(_MARKS), after.lstrip(_MARKS)
    if left[-1] in _CLINGS_RIGHT or _clings(right) or left[-1] in _GLUE:
        return False
    if right[0] in _GLUE:
        return right[1:2].isspace()
    return is_wordlike(left[-1]) or is_wordlike(right[0]) or not (left[-1].isalnum() or right[0].isalnum())


def starts_a_block(words: str) -> bool:
    """Whether these words begin a list item, a heading or a quote of their own."""
    return bool(_STARTS_A_BLOCK.match(words))
