"""The head of a plank's file: a few named lines between two rules of three hyphens, each with its place in the file."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

RULE = "---"
LONGEST_HEAD = 16_000
_LINE_END = re.compile(r"\r\n|\r|\n")
# YAML would take these for the ends of lines, and the places of the lines after them would be wrong.
_OTHER_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")}
_NULL_TAG = "tag:yaml.org,2002:null"
# What JSON writes as it is, though YAML refuses it or takes it for the end of a line.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Unreadable(Exception):
    """A head cannot be read; `line` says where."""

    def __init__(self, line: int, sentence: str) -> None:
        """Keep the line beside the sentence."""
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True)
class Entry:
    """The value of a key, and the line of the file that holds the key."""

    value: str
    line: int


@dataclass(frozen=True)
class Parts:
    """A file in two: the lines of its head, not yet read, and the text with the line it begins in."""

    head: str
    body: str
    body_line: int


def split(text: str) -> Parts:
    """Part head and text; raises `Unreadable` where there is no whole head."""
    lines = _LINE_END.split(text)
    if lines[0].rstrip() != RULE:
        raise Unreadable(1, "Begin the file with its front matter: a line of three hyphens, then title and theme.")
    for position, line in enumerate(lines[1:], start=1):
        if line.rstrip() == RULE:
            first = _first_with_words(lines, position + 1)
            return Parts("\n".join(lines[1:position]), "\n".join(lines[position + 1 :]), first + 1)
    raise Unreadable(1, "Close the front matter with a second line of three hyphens.")


def entries(head: str) -> tuple[dict[str, Entry], list[tuple[int, str]]]:
    """The values by key, and what is wrong with single lines; raises `Unreadable` where it is no list of values."""
    root = _composed(head)
    if root is None:
        return {}, []
    if not isinstance(root, yaml.MappingNode):
        raise Unreadable(2, 'Write the front matter as lines such as: title: "Fair votes".')
    found: dict[str, Entry] = {}
    faults: list[tuple[int, str]] = []
    for key_node, value_node in root.value:
        line = key_node.start_mark.line + 2
        key = str(key_node.value)
        if not _is_plain(key_node) or not _is_plain(value_node):
            faults.append((line, "Write one key and one line of text, nothing nested."))
        elif key in found:
            faults.append((line, f"{key} stands here a second time. Keep one of the two."))
        else:
            found[key] = Entry("" if value_node.tag == _NULL_TAG else value_node.value, line)
    return found, faults


def written(values: Mapping[str, str]) -> str:
    """A head with these values, rules included, in their order; `entries` reads back the same values."""
    lines = [f"{key}: {_quoted(value)}" for key, value in values.items()]
    return "\n".join([RULE, *lines, RULE, ""])


def _composed(head: str) -> yaml.Node | None:
    if len(head) > LONGEST_HEAD:
        raise Unreadable(2, f"Shorten the front matter to {LONGEST_HEAD:,} characters.")
    try:
        return yaml.compose(_OTHER_LINE_ENDS.sub(" ", head), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        # What was never closed is noticed only at the end; the line to mend is the one where it began.
        began = error.context_mark if "end of stream" in (error.problem or "") else None
        mark = began or error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 2
        raise Unreadable(line, f"This front matter is no valid YAML: {error.problem or error.context}.") from None
    except yaml.reader.ReaderError as error:
        line = head.count("\n", 0, error.position) + 2
        raise Unreadable(line, "The front matter holds a character that YAML does not allow. Take it out.") from None
    except RecursionError:
        raise Unreadable(2, "The front matter is nested too deeply. Write one key and one line of text.") from None


def _is_plain(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag in _PLAIN_TAGS


def _quoted(value: str) -> str:
    """A value as JSON writes it, which is YAML too once a few characters are written by their numbers."""
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


def _first_with_words(lines: list[str], after: int) -> int:
    """The first line from `after` on that is not blank; `after` itself where all are."""
    return next((number for number in range(after, len(lines)) if lines[number].strip()), min(after, len(lines) - 1))
