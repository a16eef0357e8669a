"""What is offered while somebody types: titles of planks and statements that begin so, as they stand at this moment."""

from collections.abc import Sequence

from flask import url_for

from app.extensions import db
from app.models import LaunchStatement, Plank
from app.platform.addresses import plank_url
from app.search import texts
from app.search.engine import Engine, IndexNotReady, TookTooLong, Within
from app.search.finding import Search, straight_to
from policies.permissions import Actor
from policies.searching import MOST_SUGGESTED, Kind, beginnings, begins_with, whole_words

_PROPOSED = {Kind.PLANK: 2 * MOST_SUGGESTED, Kind.STATEMENT: 3}


def suggestions(engine: Engine, typed: str, actor: Actor) -> list[dict[str, str]]:
    """At most eight, each with its title, what it is, and where it leads; none while there is no index."""
    named = straight_to(typed, actor)
    found = [_of_plank(named)] if isinstance(named, Plank) else []
    complete, beginning = beginnings(typed)
    if not beginning and complete:
        *complete_before, beginning = complete
        complete = tuple(complete_before)
    if beginning:
        for one in _beginning(Search(engine, actor), complete, beginning):
            if one not in found:
                found.append(one)
    return found[:MOST_SUGGESTED]


def _beginning(search: Search, complete: Sequence[str], beginning: str) -> list[dict[str, str]]:
    try:
        hits = [
            hit
            for kind, limit in _PROPOSED.items()
            for hit in search.engine.beginning(complete, beginning, Within(search.audiences, kind), limit)
        ]
    except (IndexNotReady, TookTooLong):
        return []
    entries = search.standing(hits, None)
    ids = {kind: [entry.row_id for entry in entries if entry.kind is kind] for kind in _PROPOSED}
    planks = {row.id: row for row in db.session.scalars(texts.planks(ids[Kind.PLANK])).unique()}
    statements = {row.id: row for row in db.session.scalars(texts.statements(ids[Kind.STATEMENT]))}
    offered = [_of_plank(planks[row_id]) for row_id in ids[Kind.PLANK] if row_id in planks]
    offered += [_of_statement(statements[row_id]) for row_id in ids[Kind.STATEMENT] if row_id in statements]
    return [one for one in offered if begins_with(whole_words(f"{one['what']} {one['title']}"), complete, beginning)]


def _of_plank(plank: Plank) -> dict[str, str]:
    what = f"{plank.name}, {plank.theme.name}" if plank.name else f"{plank.theme.name}, not open yet"
    return {"title": plank.title, "what": what, "url": plank_url(plank)}


def _of_statement(statement: LaunchStatement) -> dict[str, str]:
    url = url_for("groups.show", group=statement.group)
    return {"title": texts.statement_title(statement), "what": "What the group says of itself", "url": url}
