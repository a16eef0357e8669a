"""What is shown of each text that was found: what it is, where it stands, and the words around what was asked for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from app.endorsements import queries as endorsements
from app.endorsements.presenters import PlankCard, plank_card
from app.extensions import db
from app.models import Amendment, LaunchStatement, Plank, Stance, Version
from app.platform.addresses import plank_url, version_url
from app.search import texts
from app.search.documents import Entry
from app.search.snippets import Piece, marked, opening, snippet
from policies.groups import group_named
from policies.planks import PUBLIC_STAGES, Stage
from policies.searching import Kind

Terms = Collection[str]
Stances = Mapping[int, Mapping[str, Stance]]

KIND_WORDS = {
    Kind.PLANK: "Plank",
    Kind.AMENDMENT: "Amendment",
    Kind.STATEMENT: "Launch statement",
    Kind.VERSION: "Earlier version",
}


@dataclass(frozen=True)
class Result:
    """A text that was found. Decisions stand only beside the very words they were about: on the card of a plank."""

    kind: Kind
    kind_words: str
    title: Sequence[Piece]
    url: str
    about: str
    snippet: Sequence[Piece]
    lead: str = ""
    """What the snippet is of, where that is not the text shown: "In the working text"."""
    card: PlankCard | None = None


def results_of(entries: Sequence[Entry], terms: Terms) -> list[Result]:
    """What is shown of these, in their order; a few queries, however many they are."""
    rows: dict[tuple[Kind, int], Any] = {}
    for kind, read in texts.READ.items():
        ids = [entry.row_id for entry in entries if entry.kind is kind]
        if ids:
            rows |= {(kind, row.id): row for row in db.session.scalars(read(ids)).unique()}
    shown = [text for row in rows.values() if isinstance(row, Plank) for text in texts.texts_of(row)]
    stances = endorsements.on_versions({version.id for version in shown})
    found = [rows[entry.kind, entry.row_id] for entry in entries if (entry.kind, entry.row_id) in rows]
    return [_result(row, stances, terms) for row in found]


def _result(row: Any, stances: Stances, terms: Terms) -> Result:
    match row:
        case Version():
            return _of_version(row, terms)
        case Amendment():
            return _of_amendment(row, terms)
        case LaunchStatement():
            return _of_statement(row, terms)
    return _of_plank(row, stances, terms)


def _of_plank(plank: Plank, stances: Stances, terms: Terms) -> Result:
    """The tag, the strip and the link are those of the version whose words stand beside them."""
    if plank.stage not in PUBLIC_STAGES:
        return _of_waiting_plank(plank, terms)
    shown, working = plank.shown_version, plank.working_version
    if shown is None or working is None:
        raise ValueError("A public plank has words.")
    text = texts.words_of(shown.units)
    pieces = snippet(text, terms)
    newer = [] if pieces or working is shown else snippet(texts.words_of(working.units), terms)
    version = working if newer else shown
    card = plank_card(plank, version, stances.get(version.id, {}))
    found = Result(
        kind=Kind.PLANK,
        kind_words=KIND_WORDS[Kind.PLANK],
        title=marked(card.title, terms),
        url=card.url,
        about=f"{card.number}, {card.theme}",
        snippet=newer or pieces or opening(text),
        card=card,
    )
    if not newer:
        return found
    return replace(found, url=plank_url(plank, text="working"), lead="In the working text: ")


def _of_waiting_plank(plank: Plank, terms: Terms) -> Result:
    """What members of every group read before a plank is open."""
    waits = "seeking seconders" if plank.stage is Stage.SEEKING_SECONDERS else "being checked by clerks"
    units = plank.working_version.units if plank.working_version else ()
    return _other(
        Kind.PLANK,
        title=plank.title,
        url=plank_url(plank),
        about=f"{plank.theme.name}; {waits}, for members of the groups alone",
        text=texts.words_of(units),
        terms=terms,
    )


def _of_version(version: Version, terms: Terms) -> Result:
    plank = version.plank
    return _other(
        Kind.VERSION,
        title=version.title,
        url=version_url(plank, version.name),
        about=f"{plank.name}, version {version.name}; newer words stand in its place",
        text=texts.words_of(version.units),
        terms=terms,
    )


def _of_amendment(amendment: Amendment, terms: Terms) -> Result:
    name = amendment.name or "An amendment"
    return _other(
        Kind.AMENDMENT,
        title=f"{name} to “{amendment.plank.title}”",
        url=url_for("amendments.show", ref=amendment.ref),
        about=f"{amendment.plank.name}, {amendment.plank.theme.name}; {amendment.stage.words}",
        text=texts.changed_words(amendment),
        terms=terms,
        lead="It would say: ",
    )


def _of_statement(statement: LaunchStatement, terms: Terms) -> Result:
    group = group_named(statement.group)
    return _other(
        Kind.STATEMENT,
        title=texts.statement_title(statement),
        url=url_for("groups.show", group=group.key),
        about=f"{group.full_title}; what the group says of itself",
        text=texts.words_of(statement.units),
        terms=terms,
    )


def _other(kind: Kind, *, title: str, url: str, about: str, text: str, terms: Terms, lead: str = "") -> Result:
    shown = snippet(text, terms) or opening(text)
    return Result(kind, KIND_WORDS[kind], marked(title, terms), url, about, shown, lead)
