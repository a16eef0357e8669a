"""Reading the words of what can be found, as they stand in the database now."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload

from app import drawer
from app.extensions import db
from app.models import Amendment, LaunchStatement, Plank, Revision, Version
from app.search.documents import Document, Entry
from policies.groups import group_named
from policies.searching import Kind
from policies.text.render import plain
from policies.text.units import Unit


def documents(entries: Sequence[Entry]) -> list[Document]:
    """These entries with their words; whatever has gone meanwhile is left out."""
    found: list[Document] = []
    for kind in Kind:
        of_kind = {entry.row_id: entry for entry in entries if entry.kind is kind}
        if of_kind:
            rows = db.session.scalars(READ[kind](list(of_kind))).unique()
            found += [Document(of_kind[row.id], *_words_of(row)) for row in rows]
    return found


def planks(ids: Sequence[int]) -> Select[Plank]:
    """Planks with the two texts that are found as theirs."""
    unread = (defer(Version.rendered), defer(Version.lines))
    both = [joinedload(version).options(*unread) for version in (Plank.working_version, Plank.agreed_version)]
    return select(Plank).where(Plank.id.in_(ids)).options(*both)


def versions(ids: Sequence[int]) -> Select[Version]:
    """Versions with their planks."""
    return select(Version).where(Version.id.in_(ids)).options(joinedload(Version.plank))


def amendments(ids: Sequence[int]) -> Select[Amendment]:
    """Amendments with their words and the text they change."""
    words = joinedload(Amendment.revision).joinedload(Revision.base)
    return select(Amendment).where(Amendment.id.in_(ids)).options(words)


def statements(ids: Sequence[int]) -> Select[LaunchStatement]:
    """Launch statements."""
    return select(LaunchStatement).where(LaunchStatement.id.in_(ids))


def texts_of(plank: Plank) -> list[Version]:
    """The version shown and the working one, where they are two; without those that clerks have hidden."""
    both = dict.fromkeys(version for version in (plank.shown_version, plank.working_version) if version is not None)
    return [version for version in both if not drawer.is_hidden_version(version)]


def words_of(units: Iterable[Unit]) -> str:
    """The words of a text without its marks, a unit a line."""
    return "\n".join(plain(unit.markdown) for unit in units)


def changed_words(amendment: Amendment) -> str:
    """What an amendment would have the text say, and why: the units that are not in the text it changes."""
    revision = amendment.revision
    if revision is None:
        return ""
    before = {unit.markdown for unit in revision.base.units}
    changed = [unit for unit in revision.units if unit.markdown not in before]
    title = [revision.title] if revision.title != revision.base.title else []
    return "\n".join([*title, words_of(changed), revision.reason])


def statement_title(statement: LaunchStatement) -> str:
    """What a group's statement is called."""
    return f"{group_named(statement.group).title}: launch statement"


def _words_of(row: Plank | Version | Amendment | LaunchStatement) -> tuple[str, str]:
    """The title and the text of what can be found; a name such as "P12" is looked for in the title."""
    match row:
        case Plank():
            texts = texts_of(row)
            titles = "\n".join([row.name, *(version.title for version in texts)])
            return titles, "\n".join(words_of(version.units) for version in texts)
        case Version():
            return row.title, words_of(row.units)
        case Amendment():
            return row.name, changed_words(row)
        case LaunchStatement():
            return statement_title(row), words_of(row.units)


READ: dict[Kind, Callable[[Sequence[int]], Select[Any]]] = {
    Kind.PLANK: planks,
    Kind.VERSION: versions,
    Kind.AMENDMENT: amendments,
    Kind.STATEMENT: statements,
}
