"""Reading the rulebook: its modules, and in them the states, tables, figures and rules, found and not enumerated."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import EnumType, StrEnum
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

Words = Callable[[StrEnum], str]
ABBREVIATED = {"mps": "MPs"}


def name_of(part: Any) -> str:
    """The full name of an enum, one of its members, or a function: how tests and rulebook speak of the same thing."""
    if isinstance(part, StrEnum):
        return f"{name_of(type(part))}.{part.name}"
    return f"{part.__module__}.{part.__qualname__}"


def first_paragraph(part: Any) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((inspect.getdoc(part) or "").split("\n\n")[0].split())


@dataclass(frozen=True)
class Figure:
    """A number that a rule keeps: how it is called, how much, and the reason written above it."""

    name: str
    amount: str
    reason: str


@dataclass(frozen=True)
class Table:
    """A table from states to states."""

    name: str
    rows: Mapping[Any, StrEnum]

    @property
    def is_of_steps(self) -> bool:
        """Whether a state and a step give the next state."""
        return isinstance(next(iter(self.rows)), tuple)

    @property
    def begins_with(self) -> type[StrEnum]:
        """The enum of the states that the rows start from."""
        first = next(iter(self.rows))
        return type(first[0] if self.is_of_steps else first)

    @property
    def enums(self) -> set[type[StrEnum]]:
        """Every enum in it."""
        keys = [part for key in self.rows for part in (key if self.is_of_steps else (key,))]
        return {type(part) for part in [*keys, *self.rows.values()]}


@dataclass(frozen=True)
class Module:
    """One file of the rulebook."""

    path: Path
    source: str
    loaded: ModuleType

    @property
    def title(self) -> str:
        """Its name as a heading has it."""
        words = self.path.stem.replace("_", " ")
        return ABBREVIATED.get(words, words.capitalize())

    @cached_property
    def own(self) -> dict[str, Any]:
        """What it defines itself under a public name, in the order of the file."""
        names = [name for node in ast.parse(self.source).body for name in _names(node)]
        return {name: vars(self.loaded)[name] for name in names if not name.startswith("_")}

    @property
    def imported(self) -> set[str]:
        """The modules that it builds on, by the last part of their names."""
        nodes = [node for node in ast.walk(ast.parse(self.source)) if isinstance(node, ast.ImportFrom)]
        return {str(node.module).rpartition(".")[2] for node in nodes}

    @property
    def enums(self) -> list[type[StrEnum]]:
        """What things can be."""
        return [part for part in self.own.values() if isinstance(part, EnumType) and issubclass(part, StrEnum)]

    @property
    def rules(self) -> list[Callable[..., Any]]:
        """The public functions."""
        return [part for part in self.own.values() if inspect.isfunction(part)]

    @property
    def tables(self) -> list[Table]:
        """From states to states."""
        return [Table(name, part) for name, part in self.own.items() if _is_table(part)]

    @property
    def sets(self) -> dict[str, list[StrEnum]]:
        """States that belong together, in the order of their enum."""
        return {name: in_order(part) for name, part in self.own.items() if _is_set(part)}

    @property
    def figures(self) -> list[Figure]:
        """The numbers that rules keep."""
        kinds = (int, float, Fraction, timedelta)
        return [
            Figure(name.replace("_", " ").lower(), self._amount(name, part), self.reason(name))
            for name, part in self.own.items()
            if isinstance(part, kinds) and not isinstance(part, bool)
        ]

    def reason(self, name: str) -> str:
        """The comment right above a constant."""
        lines = self.source.splitlines()
        place = self._assigned[name].lineno - 2
        found: list[str] = []
        while place >= 0 and lines[place].startswith("#"):
            found.insert(0, lines[place].lstrip("# "))
            place -= 1
        return " ".join(found)

    @cached_property
    def _assigned(self) -> dict[str, ast.stmt]:
        return {name: node for node in ast.parse(self.source).body for name in _names(node)}

    def _amount(self, name: str, part: Any) -> str:
        value = getattr(self._assigned[name], "value", None)
        if isinstance(part, timedelta) and isinstance(value, ast.Call) and len(value.keywords) == 1:
            # As it is written, since 72 hours are meant so and not as three days.
            (span,) = value.keywords
            number = ast.unparse(span.value)
            return f"{number} {span.arg if number != '1' else str(span.arg).rstrip('s')}"
        return f"{part:,}" if isinstance(part, int) else str(part)


@dataclass(frozen=True)
class Rulebook:
    """All of it: the modules a clerk reads, and the engines below them by folder."""

    package: str
    folder: Path

    @cached_property
    def modules(self) -> list[Module]:
        """The files at the top, each after those that it builds on."""
        found = {path.stem: self._module(path) for path in sorted(self.folder.glob("[!_]*.py"))}
        return sorted(found.values(), key=lambda module: (self._storey(module, found), module.path.stem))

    def _storey(self, module: Module, found: Mapping[str, Module]) -> int:
        below = [found[name] for name in module.imported if name in found]
        return 1 + max([self._storey(other, found) for other in below], default=0)

    @property
    def engines(self) -> list[Path]:
        """Folders with modules of their own."""
        return sorted(path.parent for path in self.folder.glob("*/__init__.py"))

    @cached_property
    def words_of(self) -> Words:
        """How a state is called: its own words, those of a table of words, or the value that is stored."""
        written: dict[str, str] = {}
        for module in self.modules:
            for part in module.own.values():
                if _is_mapping_of_states(part):
                    written.update({name_of(state): _wording(words) for state, words in part.items()})
        return lambda state: getattr(state, "words", None) or written.get(name_of(state)) or state.replace("_", " ")

    def _module(self, path: Path) -> Module:
        return Module(path, path.read_text(encoding="utf-8"), importlib.import_module(f"{self.package}.{path.stem}"))


def in_order(states: Iterable[StrEnum]) -> list[StrEnum]:
    """States in the order in which their enum has them."""
    return sorted(states, key=lambda state: (type(state).__name__, list(type(state).__members__).index(state.name)))


def explained(enum: type[StrEnum]) -> dict[StrEnum, str]:
    """The members that have their meaning written below them, and that meaning."""
    (node,) = ast.parse(inspect.getsource(enum)).body
    body = node.body if isinstance(node, ast.ClassDef) else []
    return {
        enum[name]: ast.literal_eval(after.value)
        for before, after in zip(body, body[1:], strict=False)
        if isinstance(after, ast.Expr)
        for name in _names(before)
    }


def _names(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id for target in targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)) if node.value:
            return [name]
        case _:
            return []


def _is_state(part: object) -> bool:
    return isinstance(part, StrEnum)


def _is_mapping_of_states(part: object) -> bool:
    return isinstance(part, Mapping) and bool(part) and all(map(_is_state, part))


def _is_table(part: object) -> bool:
    if not isinstance(part, Mapping) or not part or not all(map(_is_state, part.values())):
        return False
    return all(
        _is_state(key) or (isinstance(key, tuple) and len(key) == 2 and all(map(_is_state, key))) for key in part
    )


def _is_set(part: object) -> bool:
    return isinstance(part, frozenset) and bool(part) and all(map(_is_state, part))


def _wording(words: object) -> str:
    """The words in a table of words, which may have a sign before them."""
    if isinstance(words, tuple) and words and all(isinstance(word, str) for word in words):
        return str(words[-1])
    return words if isinstance(words, str) and not isinstance(words, StrEnum) else ""
