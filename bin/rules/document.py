"""The document: the rulebook as pages a clerk can read, in Markdown."""

import ast
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from os.path import relpath
from pathlib import Path
from typing import Any

from bin.rules.evidence import Evidence, Proof
from bin.rules.markdown import capital, contents, in_sentence, inside, table
from bin.rules.rulebook import Module, Rulebook, Table, explained, first_paragraph, name_of

OPENING = """\
# The rules

What the rulebook in [`policies/`](../policies) holds, and where each rule is tested. `make rules` writes this page from
the code, and the tests fail where it differs from the code or where a rule is tested nowhere. So nobody edits it by
hand: change the rule. The words are those of [words.md](words.md).

One sentence decides every doubt: **no group is ever shown as backing words it did not back.**"""
DOOR = "Each page and each act asks for one permission, all in {door}. They say *who*; the rules below say *when*."
ORDERS = "Each group decides by its own figures. A ballot keeps the version it ran under."
ENGINE = "How texts are read, compared and put together. These parts say nothing about who decides what."
# So many tests are named beside a rule: the most telling.
NAMED = 2


class Untested(Exception):
    """Rules that no test mentions; the message names each of them and says where its test belongs."""


class Document:
    """The pages for one rulebook, its tests, and the folder the document lies in, from which it links."""

    def __init__(self, rulebook: Rulebook, tests: Path, folder: Path) -> None:
        """Nothing is read until it is written."""
        self.rulebook = rulebook
        self.say = rulebook.words_of
        self.evidence = Evidence(rulebook, tests)
        self.folder = folder
        self.untested: list[str] = []
        (self.door,) = [module for module in rulebook.modules if "ALLOWED" in module.own]
        self.allowed: dict[StrEnum, Any] = self.door.own["ALLOWED"]

    def written(self) -> str:
        """The whole document; raises `Untested` where a rule, state, step or permission is mentioned by no test."""
        parts = {
            "Who may do what": self.permissions(),
            "How things move": self.machines(),
            "What things can be": self.kinds(),
            "Figures": [*self.figures(), *self.standing_orders()],
            "Rules": self.rules(),
            "Below the rules": self.engines(),
        }
        if self.untested:
            raise Untested("No test mentions these rules. Write one for each:\n" + "\n".join(self.untested))
        pages = "\n\n".join(f"## {title}\n\n" + "\n\n".join(filter(None, blocks)) for title, blocks in parts.items())
        return "\n\n".join([OPENING, contents(pages), pages]) + "\n"

    # Who

    def permissions(self) -> list[str]:
        """Each permission: what it is, and who has it."""
        (enum,) = {type(permission) for permission in self.allowed}
        meanings = explained(enum)
        rows = [(f"`{each}`", meanings[each], _who(self.allowed[each])) for each in enum]
        proofs = [proof for each in enum for proof in self.proofs(self.door, name_of(each))]
        opening = DOOR.format(door=self.link(self.door.path))
        return [opening, table(("permission", "to", "who has it"), rows), self.tested_by(proofs)]

    # When

    def machines(self) -> list[str]:
        """Each table of steps: from where, by what, to where."""
        found = [(module, steps) for module in self.rulebook.modules for steps in module.tables if steps.is_of_steps]
        return [block for module, steps in found for block in self.machine(module, steps)]

    def machine(self, module: Module, steps: Table) -> list[str]:
        """One such table, with its ends and the sets of its states."""
        say, states = self.say, list(steps.begins_with)
        rows = sorted(steps.rows.items(), key=lambda row: states.index(row[0][0]))
        ends = [say(state) for state in states if all(start is not state for start, _step in steps.rows)]
        together = [(name_of(start), name_of(step)) for start, step in steps.rows]
        alone = [(name_of(state),) for enum in module.enums if enum in steps.enums for state in enum]
        return [
            f"### {_heading(steps.begins_with)}",
            table(("from", "step", "to"), [(say(start), say(step), say(end)) for (start, step), end in rows]),
            f"No step leads on from: {in_sentence(ends)}." if ends else "",
            self.sets_of(module, steps.begins_with),
            self.tested_by([proof for names in [*together, *alone] for proof in self.proofs(module, *names)]),
        ]

    def sets_of(self, module: Module, *enums: type[StrEnum]) -> str:
        """The named sets of these enums' members, each with the reason written above it."""
        lines = [
            f"- *{_spoken(name)}*: {in_sentence(map(self.say, states))}. {module.reason(name)}".rstrip()
            for name, states in module.sets.items()
            if {type(state) for state in states} <= set(enums)
        ]
        return "\n".join(lines)

    def kinds(self) -> list[str]:
        """Everything else that can be one of several things, and what follows from what."""
        tables = [each for module in self.rulebook.modules for each in module.tables]
        moving = {enum for each in tables if each.is_of_steps for enum in each.enums}
        known = {type(permission) for permission in self.allowed} | moving
        found = [(module, enum) for module in self.rulebook.modules for enum in module.enums if enum not in known]
        sets = [self.sets_of(module, enum) for module, enum in found]
        following = [self.following(each) for each in tables if not each.is_of_steps]
        return [
            table(("what", "one of", "tests"), [self.kind(module, enum) for module, enum in found]),
            "\n".join(filter(None, sets)),
            *following,
        ]

    def kind(self, module: Module, enum: type[StrEnum]) -> tuple[str, str, str]:
        """One enum as a row."""
        proofs = [proof for each in enum for proof in self.proofs(module, name_of(each))]
        one_of = in_sentence(map(self.say, enum))
        return f"{self.link(module.path, module.title)}: {inside(_heading(enum))}", one_of, self.in_words(proofs)

    def following(self, found: Table) -> str:
        """What follows from each of some states."""
        rows = [(self.say(state), self.say(other)) for state, other in found.rows.items()]
        return table((inside(_heading(found.begins_with)), _spoken(found.name).lower()), rows)

    # How much

    def figures(self) -> list[str]:
        """The numbers that rules keep."""
        rows = [
            (self.link(module.path, module.title), figure.name, figure.amount, figure.reason)
            for module in self.rulebook.modules
            for figure in module.figures
        ]
        return ["### The same for every group", table(("of", "figure", "how much", "why"), rows)]

    def standing_orders(self) -> list[str]:
        """Each group's own figures beside those of the others."""
        paths = sorted((self.rulebook.folder / "standing_orders").glob("*.toml"))
        orders = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
        keys = list(dict.fromkeys(key for order in orders for key in order))
        rows = [(key.replace("_", " "), *[str(order.get(key, "")) for order in orders]) for key in keys]
        heads = [self.link(path, path.stem.replace("_", " ").title()) for path in paths]
        return ["### Each group's own", ORDERS, table(("figure", *heads), rows)]

    # What

    def rules(self) -> list[str]:
        """Every module's rules, each with its tests; what decides about permissions stands with those."""
        predicates = {holds for lines in self.allowed.values() for line in lines for holds in line}
        blocks = []
        for module in self.rulebook.modules:
            rows = [self.rule(module, rule) for rule in module.rules if rule not in predicates]
            if rows:
                opening = f"{first_paragraph(module.loaded)} In {self.link(module.path)}."
                blocks += [f"### {module.title}", opening, table(("rule", "what it says", "tests"), rows)]
        return blocks

    def rule(self, module: Module, rule: Callable[..., Any]) -> tuple[str, str, str]:
        """One rule as a row."""
        return f"`{rule.__name__}`", first_paragraph(rule), self.in_words(self.proofs(module, name_of(rule)))

    def engines(self) -> list[str]:
        """What stands below the rules, module by module."""
        blocks = [ENGINE]
        for folder in self.rulebook.engines:
            tests = self.evidence.folder / self.rulebook.folder.name / folder.name
            paths = sorted(folder.glob("[!_]*.py"))
            rows = [(self.link(path, path.stem), _opening(path), self.mirror_of(path, tests)) for path in paths]
            blocks.append(table((folder.name, "what for", "tests"), rows))
        return blocks

    def mirror_of(self, path: Path, tests: Path) -> str:
        """The link to an engine module's own tests; without, it is tested through those that use it."""
        mirror = tests / f"test_{path.name}"
        return self.link(mirror, mirror.stem) if mirror.is_file() else "through the others"

    # Where tested

    def proofs(self, module: Module, *names: str) -> list[Proof]:
        """The tests that mention all these names; noted where there are none."""
        found = self.evidence.of(module, *names)
        if not found:
            mirror = relpath(self.evidence.mirror(module), self.evidence.folder.parent)
            self.untested.append(f"- {' with '.join(names)}, in {mirror}")
        return found

    def tested_by(self, proofs: Iterable[Proof]) -> str:
        """The line below a table."""
        return f"Tested by {self.in_words(proofs)}."

    def in_words(self, proofs: Iterable[Proof]) -> str:
        """How many tests in which files, and what those say that prove the most and are about little else."""
        times = Counter(proofs)
        files = Counter(proof.path for proof in times)
        links = [self.link(path, f"{many} test{'s' * (many > 1)}") for path, many in files.items()]
        telling = sorted(times, key=lambda proof: (-times[proof], len(proof.mentions)))[:NAMED]
        return f"{in_sentence(links)}: {'; '.join(f'*{proof.sentence}*' for proof in telling)}"

    def link(self, path: Path, words: str = "") -> str:
        """A link from the document to a file of this repository."""
        return f"[{words or f'`{path.name}`'}]({Path(relpath(path, self.folder)).as_posix()})"


def _who(lines: Iterable[Iterable[Any]]) -> str:
    """Who has a permission, in words: every predicate of any one line."""
    ways = [" *and* ".join(inside(first_paragraph(holds)) for holds in line) for line in lines]
    return capital("; *or* ".join(ways)) + "."


def _heading(enum: type[StrEnum]) -> str:
    """What an enum is about: its first sentence."""
    return first_paragraph(enum).split(". ")[0].rstrip(".")


def _spoken(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _opening(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0].replace("\n", " ")
