"""The document: each promise with the tests that prove it, in Markdown. A promise without one is never left unsaid."""

import ast
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from bin.promises.registry import Promise
from bin.rules.markdown import table

OPENING = """\
# What is promised, and what proves it

Political opinion is data of a special kind, and people can lose their party card for what they do here. So the service
makes these promises, and each has tests that try to break it. `make promises` writes this page from
[the words](../bin/promises/registry.py) and the tests in [`tests/promises/`](../tests/promises); the tests fail where
it differs from them, or where a promise has no test and is not listed as such. "Tested" means: these tests run with
every submission, and nothing is submitted while one fails."""
TESTED, NOT_TESTED = "tested", "**not yet**"


class Unproven(Exception):
    """Promises whose tests and the list of those still to be written do not agree; the message names each."""


class Document:
    """The page about these promises, from the tests below `root`."""

    def __init__(self, root: Path, promises: Sequence[Promise], not_yet: Iterable[str]) -> None:
        """Nothing is read until it is written."""
        self.root = root
        self.promises = promises
        self.not_yet = frozenset(not_yet)

    def written(self) -> str:
        """The whole page; raises `Unproven` where a promise is without a test, or is said to be so wrongly."""
        proofs = {promise.key: self.proofs_of(promise) for promise in self.promises}
        faults = [*self._unproven(proofs), *self._gone(), *self._of_no_promise()]
        if faults:
            raise Unproven("\n".join(faults))
        rows = [self._row(promise, proofs[promise.key]) for promise in self.promises]
        blocks = [self._block(promise, proofs[promise.key]) for promise in self.promises if proofs[promise.key]]
        overview = table(("promise", "in words", "tests", "status"), rows)
        return "\n\n".join([OPENING, overview, "## What each test says", *blocks]) + "\n"

    def proofs_of(self, promise: Promise) -> dict[Path, list[str]]:
        """The files that prove a promise, its own first, each with what its tests say."""
        own = sorted(self._folder.glob(f"test_{prefix_of(promise)}_*.py"))
        beside = [path for name in promise.beside if (path := self.root / name).is_file()]
        return {path: sentences_in(path) for path in [*own, *beside]}

    @property
    def _folder(self) -> Path:
        return self.root / "tests" / "promises"

    def _unproven(self, proofs: dict[str, dict[Path, list[str]]]) -> Iterable[str]:
        for key, files in proofs.items():
            if not any(files.values()) and key not in self.not_yet:
                yield f"{key} has no test: write tests/promises/test_{key[0].lower()}{int(key[1:]):02}_….py"
            if files and key in self.not_yet:
                yield f"{key} is tested by now: take it out of NOT_YET in bin/promises/registry.py"
        yield from (f"{key} in NOT_YET is no promise" for key in sorted(self.not_yet - proofs.keys()))

    def _gone(self) -> Iterable[str]:
        for promise in self.promises:
            gone = [name for name in promise.beside if not (self.root / name).is_file()]
            yield from (f"{promise.key} names {name}, which is not there" for name in gone)

    def _of_no_promise(self) -> Iterable[str]:
        known = {prefix_of(promise) for promise in self.promises}
        for path in sorted(self._folder.glob("test_*.py")):
            found = re.match(r"test_([a-z]\d\d)_", path.name)
            if found is None or found[1] not in known:
                yield f"{path.name} names no promise: begin its name with one, such as test_s04_"

    def _row(self, promise: Promise, proofs: dict[Path, list[str]]) -> tuple[str, str, str, str]:
        links = ", ".join(self._link(path) for path in proofs)
        return promise.key, promise.words, links or "–", TESTED if proofs else NOT_TESTED

    def _block(self, promise: Promise, proofs: dict[Path, list[str]]) -> str:
        lines = [f"- {sentence} ({self._link(path)})" for path, said in proofs.items() for sentence in said]
        own = [line for line in lines if "/promises/" in line] or lines
        further = len(lines) - len(own)
        more = f"\n- and {further} more beside the code" if further else ""
        removed = f" Seen to fail without {promise.removed}." if promise.removed else ""
        return f"### {promise.key}: {promise.words}\n\n{promise.tried}{removed}\n\n" + "\n".join(own) + more

    def _link(self, path: Path) -> str:
        return f"[{path.stem}](../{path.relative_to(self.root).as_posix()})"


def prefix_of(promise: Promise) -> str:
    """How the names of a promise's own tests begin, after `test_`: `s04`."""
    return f"{promise.key[0].lower()}{int(promise.key[1:]):02}"


def sentences_in(path: Path) -> list[str]:
    """What the tests of a file say, as they are read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [name.removeprefix("test_").replace("_", " ") for name in names if name.startswith("test_")]
