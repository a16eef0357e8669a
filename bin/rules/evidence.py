"""Where a rule is tested: the tests whose source mentions it, read without running them."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from enum import EnumType, StrEnum
from functools import cached_property
from inspect import isfunction
from pathlib import Path
from typing import Any, TypeGuard

from bin.rules.rulebook import Module, Rulebook, name_of


@dataclass(frozen=True)
class Proof:
    """One test function, and the full names of what it mentions, itself or in what it uses of its own file."""

    path: Path
    name: str
    mentions: frozenset[str]

    @property
    def sentence(self) -> str:
        """Its name as it is read."""
        return self.name.removeprefix("test_").replace("_", " ")


class Evidence:
    """All tests below a folder, beside the rulebook they are about."""

    def __init__(self, rulebook: Rulebook, folder: Path) -> None:
        """No file is read until it is asked for."""
        self.rulebook = rulebook
        self.folder = folder
        self.files = sorted(folder.rglob("test_*.py"))
        self._read: dict[Path, list[Proof]] = {}

    def mirror(self, module: Module) -> Path:
        """Where the tests of a module belong."""
        return self.folder / self.rulebook.folder.name / f"test_{module.path.name}"

    def of(self, module: Module, *names: str) -> list[Proof]:
        """The tests that mention all of these: those where they belong, else those of the next file that has any."""
        for path in self._files(module):
            found = [test for test in self._tests_in(path) if test.mentions.issuperset(names)]
            if found:
                return found
        return []

    def _files(self, module: Module) -> Iterable[Path]:
        """The file where they belong, those beside and below it, and all others, each by name."""
        mirror = self.mirror(module)
        return sorted(self.files, key=lambda path: (path != mirror, not path.is_relative_to(mirror.parent)))

    def _tests_in(self, path: Path) -> list[Proof]:
        if path not in self._read:
            self._read[path] = list(_TestFile(path, self.parts).tests())
        return self._read[path]

    @cached_property
    def parts(self) -> dict[str, Any]:
        """Every public part of the rulebook by the names under which a test can import it."""
        found: dict[str, Any] = {}
        for module in self.rulebook.modules:
            found[module.loaded.__name__] = module.loaded
            for name, part in vars(module.loaded).items():
                found[f"{module.loaded.__name__}.{name}"] = part
        return found


class _TestFile:
    """One file of tests: what its names stand for, and what each test mentions."""

    def __init__(self, path: Path, parts: dict[str, Any]) -> None:
        self.path = path
        self.parts = parts
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.known = {name: full for node in ast.walk(self.tree) for name, full in _imported(node)}
        self.own = {name: node for node in self.tree.body for name in _defined(node)}
        for name, node in self.own.items():
            # `S = Stage`: another name for the same thing.
            if isinstance(node, ast.Assign) and (full := self._full(node.value)):
                self.known[name] = full

    def tests(self) -> Iterable[Proof]:
        """Every test in it, in order."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield Proof(self.path, node.name, self._mentions(self._used_by(node)))

    def _used_by(self, test: ast.AST) -> list[ast.AST]:
        """The test, and the constants, functions and fixtures of this file that it leads to."""
        used, waiting = [], [test]
        while waiting:
            node = waiting.pop()
            used.append(node)
            for name in {part.id if isinstance(part, ast.Name) else part.arg for part in _names_in(node)}:
                if name in self.own and self.own[name] not in [*used, *waiting]:
                    waiting.append(self.own[name])
        return used

    def _mentions(self, nodes: list[ast.AST]) -> frozenset[str]:
        inside = [part for node in nodes for part in ast.walk(node)]
        named = {full for part in inside for full in self._named(part)}
        typed = {part.value for part in inside if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        # Tests write states by the words that are stored; that counts where the test names the states' enum too.
        holders = named | {full.rpartition(".")[0] for full in named}
        enums = [part for part in map(self.parts.get, holders) if _is_enum(part)]
        return frozenset(named | {name_of(state) for enum in enums for state in enum if state.value in typed})

    def _named(self, part: ast.AST) -> Iterable[str]:
        """The full name that a name or dotted name stands for, where it was defined rather than imported from."""
        full = self._full(part)
        if not full:
            return
        found = self.parts.get(full)
        yield name_of(found) if isinstance(found, type) or isfunction(found) else full
        holder, _dot, member = full.rpartition(".")
        enum = self.parts.get(holder)
        if _is_enum(enum) and member in enum.__members__:
            yield f"{name_of(enum)}.{member}"

    def _full(self, part: ast.AST) -> str:
        if isinstance(part, ast.Attribute):
            holder = self._full(part.value)
            return f"{holder}.{part.attr}" if holder else ""
        return self.known.get(part.id, "") if isinstance(part, ast.Name) else ""


def _is_enum(part: object) -> TypeGuard[type[StrEnum]]:
    return isinstance(part, EnumType) and issubclass(part, StrEnum)


def _imported(node: ast.AST) -> Iterable[tuple[str, str]]:
    match node:
        case ast.ImportFrom(module=str(module)):
            return [(alias.asname or alias.name, f"{module}.{alias.name}") for alias in node.names]
        case ast.Import():
            tops = [alias.name if alias.asname else alias.name.split(".")[0] for alias in node.names]
            return [(alias.asname or top, top) for alias, top in zip(node.names, tops, strict=True)]
        case _:
            return []


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def _names_in(node: ast.AST) -> Iterable[ast.Name | ast.arg]:
    return [part for part in ast.walk(node) if isinstance(part, ast.Name | ast.arg)]
