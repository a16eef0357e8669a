"""A group's launch statement being written, and its versions beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.amendments.presenters import Comparison, compared
from app.groups import queries
from app.groups.presenters import ShownStatement, shown_statement
from app.models import LaunchStatement
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import day
from app.web.markup import rendered
from app.web.redlines import Reading, View, reading
from policies.errors import NotThere
from policies.groups import Group
from policies.text.canonical import word_count
from policies.text.units import Document


@dataclass(frozen=True)
class Preview:
    """A statement as readers would see it, and what it changes in the one that stands."""

    nodes: Sequence[ShownNode]
    words: int
    comparison: Comparison | None


@dataclass(frozen=True)
class StatementPage:
    """One version of a statement, with the neighbours it has."""

    group: Group
    shown: ShownStatement
    is_newest: bool
    before_url: str
    after_url: str
    changes_url: str


@dataclass(frozen=True)
class ComparePage:
    """Two versions of a statement beside each other, and those one can choose from."""

    group: Group
    before: int
    after: int
    comparison: Comparison
    reading: Reading
    choices: Sequence[tuple[int, str]]
    swapped_url: str


def preview_of(group: Group, text: str) -> Preview:
    """What would be published."""
    document, comparison = _written(group, text)
    nodes = shown_nodes(document.units, rendered(document.units))
    return Preview(nodes, word_count(document.text), comparison)


def against_what_stands(group: Group, text: str) -> Comparison | None:
    """What a text changes in the statement that stands; None before there is one."""
    return _written(group, text)[1]


def statement_page(group: Group, statement: LaunchStatement) -> StatementPage:
    """One version at its own address, for ever."""
    number, newest = statement.number, queries.newest_number(group)
    return StatementPage(
        group=group,
        shown=shown_statement(statement),
        is_newest=number == newest,
        before_url=_url(group, number - 1) if number > 1 else "",
        after_url=_url(group, number + 1) if number < newest else "",
        changes_url=_compare_url(group, number - 1, number) if number > 1 else "",
    )


def compare_page(group: Group, before: str | None, after: str | None) -> ComparePage:
    """The comparison asked for; without numbers, the newest with the one before it. Raises `NotThere`."""
    newest = queries.newest_number(group)
    if not newest:
        raise NotThere("This group has published no launch statement yet.")
    new = queries.statement(group, _asked(after, newest))
    old = queries.statement(group, _asked(before, max(1, new.number - 1)))
    return ComparePage(
        group=group,
        before=old.number,
        after=new.number,
        comparison=compared(old.document, new.document),
        reading=reading(_compare_url(group, old.number, new.number), View.SIDES),
        choices=[(one.number, f"{one.number}, of {day(one.published_at)}") for one in queries.to_choose_from(group)],
        swapped_url=_compare_url(group, new.number, old.number),
    )


def _written(group: Group, text: str) -> tuple[Document, Comparison | None]:
    stands = queries.newest(group)
    document = Document.read("", text, stands.units if stands else ())
    return document, compared(stands.document, document) if stands else None


def _asked(number: str | None, otherwise: int) -> int:
    if number is None:
        return otherwise
    if not number.isascii() or not number.isdigit() or number.startswith("0") or len(number) > 6:
        raise NotThere("This group has published no such statement. Its list of statements names those there are.")
    return int(number)


def _url(group: Group, number: int) -> str:
    return url_for("groups.statement", group=group.key, number=number)


def _compare_url(group: Group, before: int, after: int) -> str:
    return url_for("groups.compare", group=group.key, **{"from": str(before), "to": str(after)})  # type: ignore[arg-type]
