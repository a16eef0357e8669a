"""The text engine on the command line: `python -m policies.text`. Described in docs/text-engine.md.

Other programs call this: its messages, exit statuses and JSON stay as they are. 0 is a clean outcome, 1 a conflict or
a refusal, 2 something that cannot be used, such as a file that is not there.
"""

import json
import os
from argparse import ArgumentParser, Namespace
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from policies.errors import RuleBroken
from policies.text import tasks
from policies.text.diff import Hunk
from policies.text.instructions import apply_instruction, instruct
from policies.text.lines import printed_lines
from policies.text.redline import redline
from policies.text.showing import FORMATS, marked_up, shown
from policies.text.tasks import Answer
from policies.text.telling import changes_in_words
from policies.text.units import Document

__all__ = ["CLEAN", "CONFLICT", "UNUSABLE", "main"]

CLEAN, CONFLICT, UNUSABLE = 0, 1, 2


class _Unusable(Exception):
    """Something that was given cannot be read; the message says what to do."""


def main(arguments: Sequence[str], out: IO[str], errors: IO[str]) -> int:
    """Do what the arguments say; the result is the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _Command(options, out, errors).run()
    except _Unusable as problem:
        errors.write(f"{problem}\n")
        return UNUSABLE


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m policies.text", description="Compare, merge and amend texts.")
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, summary: str, *files: str, flags: Sequence[str] = ()) -> ArgumentParser:
        added = commands.add_parser(name, help=summary)
        for file in files:
            added.add_argument(file, nargs="?" if "--batch" in flags else None)
        if "--json" in flags:
            added.add_argument("--json", action="store_true", help="answer in JSON")
        if "--batch" in flags:
            added.add_argument("--batch", metavar="FILE", help="one JSON object a line in, one a line out")
        return added

    command("diff", "The exact difference of two texts.", "a", "b", flags=["--json", "--batch"])
    redline_command = command("redline", "Two texts as one, with what changed.", "a", "b")
    redline_command.add_argument("--format", choices=sorted(FORMATS), default="ansi")
    command("words", "The changes in words.", "a", "b")
    command("lines", "A text with its line numbers.", "file")
    command(
        "merge", "Merge an open amendment into an adopted one.", "base", "ours", "theirs", flags=["--json", "--batch"]
    )
    graph = command("graph", "The choices among amendments of one text.", "base", flags=["--json"])
    graph.add_argument("amended", nargs="+")
    command("apply", "Amend a text by an instruction in words.", "base", "instruction", flags=["--json", "--batch"])
    command("instruct", "An amendment as an instruction in words.", "base", "amended")
    return parser


class _Command:
    """One call of the command line."""

    def __init__(self, options: Namespace, out: IO[str], errors: IO[str]) -> None:
        self.options = options
        self.out = out
        self.errors = errors

    def run(self) -> int:
        if getattr(self.options, "batch", None):
            return self._batch()
        steps: dict[str, Callable[[], int]] = {
            "diff": self._diff,
            "redline": self._redline,
            "words": self._words,
            "lines": self._lines,
            "merge": self._merge,
            "graph": self._graph,
            "apply": self._apply,
            "instruct": self._instruct,
        }
        return steps[self.options.command]()

    # -- in and out

    def _text(self, name: str) -> str:
        """The text in the file named in that place of the arguments."""
        path = getattr(self.options, name)
        if path is None:
            raise _Unusable(f"{self.options.command} needs a file for {name.upper()}, or --batch FILE.")
        return _read(path)

    def _document(self, name: str, known: Document | None = None) -> Document:
        return Document.read("", self._text(name), known.units if known else ())

    def _say(self, text: str) -> None:
        self.out.write(f"{text}\n" if text else "")

    def _answer(self, answer: Answer) -> None:
        self.out.write(f"{json.dumps(answer)}\n")

    # -- commands

    def _diff(self) -> int:
        answer = tasks.diff_answer(self._text("a"), self._text("b"))
        if self.options.json:
            self._answer(answer)
        else:
            self._say(marked_up(Hunk(**hunk) for hunk in answer["hunks"]).removesuffix("\n"))
        return CLEAN

    def _redline(self) -> int:
        old = self._document("a")
        new = self._document("b", old)
        self._say(shown(redline(old.units, new.units), self.options.format))
        return CLEAN

    def _words(self) -> int:
        old = self._document("a")
        new = self._document("b", old)
        told = changes_in_words((), redline(old.units, new.units))
        self._say("\n".join(told) or "Changes nothing.")
        return CLEAN

    def _lines(self) -> int:
        lines = printed_lines(self._document("file").units)
        self._say("\n".join(f"{line.number:>4}  {line.text}" for line in lines))
        return CLEAN

    def _merge(self) -> int:
        answer = tasks.merge_answer(self._text("base"), self._text("ours"), self._text("theirs"))
        if self.options.json:
            self._answer(answer)
        elif answer["conflicts"]:
            self._say("\n\n".join(map(_conflict_shown, answer["conflicts"])))
        else:
            self._say(answer["text"])
        if not self.options.json:
            self.errors.writelines(f"{note}\n" for note in [f"Verdict: {answer['verdict']}.", *answer["notes"]])
        return CONFLICT if answer["text"] is None else CLEAN

    def _graph(self) -> int:
        base = self._text("base")
        answer = tasks.graph_answer(base, self.options.amended, [_read(path) for path in self.options.amended])
        if self.options.json:
            self._answer(answer)
            return CLEAN
        for number, choice in enumerate(answer["choices"], start=1):
            self._say(f"Choice {number}: {', '.join(choice)}")
        self._say(f"In any order: {', '.join(answer['free']) or 'none'}")
        for same in answer["identical"]:
            self._say(f"Identical: {', '.join(same)}")
        return CLEAN

    def _apply(self) -> int:
        base, given = self._text("base"), self.options.instruction
        if given is None:
            raise _Unusable("apply needs an INSTRUCTION, or --batch FILE.")
        instruction = _read(given) if os.path.isfile(given) else given
        answer = self._applied({"base": base, "instruction": instruction})
        if self.options.json:
            self._answer(answer)
        elif answer["text"] is None:
            self.errors.write(f"{answer['error']}\n")
        else:
            self._say(answer["text"])
        return CONFLICT if answer["text"] is None else CLEAN

    def _instruct(self) -> int:
        try:
            self._say(instruct(self._text("base"), self._text("amended")))
        except RuleBroken as refusal:
            self.errors.write(f"{refusal}\n")
            return CONFLICT
        return CLEAN

    def _applied(self, task: dict[str, str]) -> Answer:
        try:
            return {"text": apply_instruction(task["base"], task["instruction"])}
        except RuleBroken as refusal:
            return tasks.refusal(str(refusal))

    # -- many at once

    def _batch(self) -> int:
        """One answer for each line, in order; a line that cannot be used gets a refusal."""
        steps: dict[str, tuple[tuple[str, ...], Callable[[dict[str, str]], Answer]]] = {
            "diff": (("a", "b"), lambda task: tasks.diff_answer(task["a"], task["b"])),
            "merge": (
                ("base", "ours", "theirs"),
                lambda task: tasks.merge_answer(task["base"], task["ours"], task["theirs"]),
            ),
            "apply": (("base", "instruction"), self._applied),
        }
        names, step = steps[self.options.command]
        for line in _read_bytes(self.options.batch).removeprefix(BOM_UTF8).split(b"\n"):
            if line.strip():
                task = tasks.task_of(line, names)
                self._answer(tasks.refusal(task) if isinstance(task, str) else step(task))
        return CLEAN


def _conflict_shown(conflict: dict[str, str | int]) -> str:
    where = "Title" if conflict["unit"] == "title" else f"Line {conflict['line']}"
    return f"{where}\n  base:   {conflict['base']}\n  ours:   {conflict['ours']}\n  theirs: {conflict['theirs']}"


def _read_bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        raise _Unusable(f"{path}: cannot be read ({problem.strerror}). Name a file that is there.") from problem


def _read(path: str) -> str:
    try:
        return _read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as problem:
        raise _Unusable(f"{path}: is not UTF-8. Save it as UTF-8 text.") from problem
