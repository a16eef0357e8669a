"""What of the database can be found, and by whom: entries without words, for the index and for reading again."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, literal, select
from sqlalchemy.orm import aliased

from app import drawer
from app.endorsements.finding import holding
from app.endorsements.levels import shown_level, shown_version_id
from app.extensions import db
from app.models import Amendment, LaunchStatement, Plank, Revision, SearchChange, Theme, Version
from app.planks import queries as planks
from app.search.documents import Entry, row_of, subject_of_group, subject_of_plank
from policies.amendments import AmendmentStage
from policies.planks import ENDED_STAGES, GROUP_STAGES, PUBLIC_STAGES
from policies.searching import Audience, Kind

BATCH = 200
PUBLIC = PUBLIC_STAGES - ENDED_STAGES
# What was withdrawn, ruled out or overtaken is read at its address and found by nobody.
FOUND_AMENDMENTS = frozenset(
    {
        AmendmentStage.OPEN,
        AmendmentStage.BALLOTING,
        AmendmentStage.CARRIED,
        AmendmentStage.NOT_CARRIED,
        AmendmentStage.MINORITY_POSITION,
        AmendmentStage.NO_QUORUM,
    }
)

Shown = aliased(Version, name="shown")
Working = aliased(Version, name="working")


def all_entries() -> list[Entry]:
    """Everything that can be found by anybody."""
    return [entry for kind in Kind for entry in _entries(kind, _QUERIES[kind]())]


def entries_of(subjects: Collection[str]) -> list[Entry]:
    """What can be found of these planks and groups."""
    ids = [int(subject.partition(":")[2]) for subject in subjects if subject.startswith("plank:")]
    groups = [subject.partition(":")[2] for subject in subjects if subject.startswith("group:")]
    found = [
        entry
        for kind in (Kind.PLANK, Kind.VERSION, Kind.AMENDMENT)
        for entry in _entries(kind, _QUERIES[kind]().where(Plank.id.in_(ids)))
    ]
    return found + _entries(Kind.STATEMENT, _statements().where(LaunchStatement.group.in_(groups)))


def standing(keys: Iterable[str], audiences: Collection[Audience]) -> dict[str, Entry]:
    """Those of these keys that stand in the database at this moment and that these audiences may see."""
    by_kind: dict[Kind, list[int]] = {kind: [] for kind in Kind}
    for key in keys:
        kind, row_id = row_of(key)
        by_kind[kind].append(row_id)
    found: dict[str, Entry] = {}
    for kind, ids in by_kind.items():
        if not ids:
            continue
        for entry in _entries(kind, _QUERIES[kind]().where(_IDS[kind].in_(ids))):
            if entry.audience in audiences:
                found[entry.key] = entry
    return found


def narrowed(plank_ids: Collection[int], level: str | None, backings: Mapping[str, Any]) -> set[int]:
    """Those of these public planks of which the level and the groups' decisions are those asked for."""
    query = select(Plank.id).where(Plank.id.in_(plank_ids), planks.is_public(), holding(backings))
    return set(db.session.scalars(query if level is None else query.where(shown_level() == level)))


def titles(audiences: Collection[Audience], limit: int) -> Sequence[tuple[int, str]]:
    """The ids and shown titles of planks, by number: what is searched while there is no index."""
    query = select(Plank.id, Version.title).join(Version, Version.id == shown_version_id())
    query = query.where(Plank.stage.in_(_stages(audiences))).order_by(Plank.number.nulls_last(), Plank.id).limit(limit)
    return [(row[0], row[1]) for row in db.session.execute(query)]


def themes_with_planks() -> Sequence[Theme]:
    """The themes in which something is public, by name; of each, one plank is enough to know."""
    public = select(Plank.id).where(Plank.theme_id == Theme.id, Plank.stage.in_(PUBLIC)).exists()
    return db.session.scalars(select(Theme).where(public).order_by(Theme.name)).all()


def waiting(limit: int) -> Sequence[SearchChange]:
    """What the index has not been told yet, the oldest first."""
    return db.session.scalars(select(SearchChange).order_by(SearchChange.id).limit(limit)).all()


def something_waits() -> bool:
    """Whether there is anything the index has not been told."""
    return db.session.scalar(select(SearchChange.id).limit(1)) is not None


def all_waiting() -> Sequence[int]:
    """All of it, by id."""
    return db.session.scalars(select(SearchChange.id)).all()


def batches(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """A few at a time, so that no text of many is held at once."""
    for start in range(0, len(entries), BATCH):
        yield entries[start : start + BATCH]


def _stages(audiences: Collection[Audience]) -> frozenset[Any]:
    return PUBLIC | GROUP_STAGES if Audience.MEMBERS in audiences else PUBLIC


def _entries(kind: Kind, query: Select[Any]) -> list[Entry]:
    """The rows of one of the queries below as entries: id, subject, audience, theme, and what the digest is made of."""
    made = []
    for row_id, subject, is_public, theme, *parts in db.session.execute(query):
        named = subject_of_group(subject) if kind is Kind.STATEMENT else subject_of_plank(subject)
        audience = Audience.PUBLIC if is_public else Audience.MEMBERS
        digest = ":".join([audience, theme, *(str(part) for part in parts)])
        made.append(Entry(kind, row_id, named, audience, theme, digest))
    return made


def _planks() -> Select[Any]:
    hidden = (drawer.hidden_rows(Version, Shown.id), drawer.hidden_rows(Version, Working.id))
    words = (Plank.number, Shown.sha256, Working.sha256, *hidden)
    return (
        _of_planks(Plank.id, words)
        .join(Shown, Shown.id == shown_version_id())
        .join(Working, Working.id == Plank.working_version_id)
        .where(Plank.stage.in_(PUBLIC | GROUP_STAGES))
    )


def _versions() -> Select[Any]:
    """Earlier texts of public planks: neither the one shown nor the working one, which are found as the plank."""
    stands = and_(Version.id != Plank.working_version_id, Version.id != shown_version_id())
    query = _of_planks(Version.id, (Version.sha256,)).join(Version, Version.plank_id == Plank.id)
    return query.where(Plank.stage.in_(PUBLIC), stands, ~drawer.hidden_rows(Version, Version.id))


def _amendments() -> Select[Any]:
    query = _of_planks(Amendment.id, (Revision.id,), is_public=Amendment.number.is_not(None))
    query = query.join(Amendment, Amendment.plank_id == Plank.id).join(Revision, Revision.id == Amendment.revision_id)
    query = query.where(Plank.stage.in_(PUBLIC), ~drawer.hidden_rows(Revision, Revision.id))
    return query.where(Amendment.stage.in_(FOUND_AMENDMENTS | {AmendmentStage.SUBMITTED}))


def _of_planks(row_id: Any, words: Collection[Any], is_public: Any = None) -> Select[Any]:
    """What stands in planks: its id, the plank's, whether it is public, the theme, and what tells its words apart."""
    public = Plank.stage.in_(PUBLIC) if is_public is None else is_public
    columns: tuple[Any, ...] = (row_id, Plank.id, public, Theme.slug, *words)
    return select(*columns).select_from(Plank).join(Theme, Theme.id == Plank.theme_id)


def _statements() -> Select[Any]:
    """The statement of each group that stands."""
    newest = select(LaunchStatement.group, func.max(LaunchStatement.number))
    last = newest.group_by(LaunchStatement.group).subquery()
    is_last = and_(LaunchStatement.group == last.c[0], LaunchStatement.number == last.c[1])
    columns: tuple[Any, ...] = (LaunchStatement.id, LaunchStatement.group, literal(True), literal(""), last.c[1])
    return select(*columns).join(last, is_last).where(~drawer.hidden_rows(LaunchStatement, LaunchStatement.id))


_QUERIES = {
    Kind.PLANK: _planks,
    Kind.AMENDMENT: _amendments,
    Kind.STATEMENT: _statements,
    Kind.VERSION: _versions,
}
_IDS: dict[Kind, Any] = {
    Kind.PLANK: Plank.id,
    Kind.AMENDMENT: Amendment.id,
    Kind.STATEMENT: LaunchStatement.id,
    Kind.VERSION: Version.id,
}
