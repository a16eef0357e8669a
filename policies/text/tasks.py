"""What the command line answers, as values that become JSON."""

import json
from collections.abc import Sequence
from typing import Any

from policies.text.graph import conflict_graph
from policies.text.merge import merge
from policies.text.units import Document
from policies.text.whole import accepted, hunks_of, rejected

__all__ = ["Answer", "diff_answer", "graph_answer", "merge_answer", "refusal", "task_of"]

Answer = dict[str, Any]


def diff_answer(old: str, new: str) -> Answer:
    """The hunks, and both texts as they are rebuilt from them."""
    hunks = hunks_of(old, new)
    listed = [{"op": hunk.op, "text": hunk.text} for hunk in hunks]
    return {"hunks": listed, "accepted": accepted(hunks), "rejected": rejected(hunks)}


def merge_answer(base: str, ours: str, theirs: str) -> Answer:
    """The verdict, and the merged text or the conflicts."""
    was = Document.read("", base)
    outcome = merge(was, Document.read("", ours, was.units), Document.read("", theirs, was.units))
    names = ("unit", "base", "ours", "theirs", "line")
    conflicts = [{name: getattr(conflict, name) for name in names} for conflict in outcome.conflicts]
    return {
        "verdict": outcome.verdict,
        "text": outcome.text,
        "conflicts": conflicts,
        "notes": list(outcome.notes),
    }


def graph_answer(base: str, names: Sequence[str], amended: Sequence[str]) -> Answer:
    """The choices, what can be adopted in any order, and what is identical, by name."""
    was = Document.read("", base)
    graph = conflict_graph(was, [Document.read("", text, was.units) for text in amended])
    return {
        "choices": [[names[number] for number in choice] for choice in graph.choices],
        "free": [names[number] for number in graph.free],
        "identical": [[names[number] for number in same] for same in graph.identical if len(same) > 1],
    }


def refusal(message: str) -> Answer:
    """There is no text, and why."""
    return {"text": None, "error": message}


def task_of(line: bytes, names: Sequence[str]) -> dict[str, str] | str:
    """One line of a batch as the texts it names, or what is wrong with it."""
    try:
        task = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return "This line is not UTF-8."
    except (ValueError, RecursionError):
        return "This line is not JSON."
    if not isinstance(task, dict) or not all(isinstance(task.get(name), str) for name in names):
        return f"This line needs texts named {', '.join(names)}."
    return {name: task[name] for name in names}
