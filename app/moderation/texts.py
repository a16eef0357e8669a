"""Every text that somebody has written here, as a case sees it: its words, whose they are, and where they are read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app import drawer
from app.amendments.wording import who
from app.arguments import presenters as arguments
from app.arguments import queries as argument_queries
from app.extensions import Base, db
from app.models import (
    Amendment,
    AppealVoice,
    Argument,
    GroupPage,
    JointWord,
    LaunchStatement,
    Model,
    Objection,
    Offer,
    OrdersChange,
    Plank,
    Position,
    ReferenceBack,
    RegisteredRuling,
    Revision,
    Round,
    Stance,
    Suspension,
    Version,
)
from policies.groups import group_named
from policies.moderation import Kind
from policies.permissions import Actor, Permission, may
from policies.text.canonical import digest

Words = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Text:
    """One text. `thing` is what has to be seen for the text to be seen; none for what everybody reads."""

    kind: Kind
    row: Model
    label: str
    words: Words
    where: Callable[[], str]
    """Where it is read; asked of a request, so that the clock's work can do without."""
    author_id: int | None = None
    voice: str | None = None
    thing: Plank | Amendment | Offer | None = None
    by: str = ""

    @property
    def url(self) -> str:
        """The page on which it is read."""
        return self.where()

    @property
    def ref(self) -> str:
        """What names it among the texts of a page, by its words: an id would tell how many things there are."""
        return f"{self.kind}-{self.row.key if isinstance(self.row, Argument) else self.fingerprint[:16]}"

    @property
    def subject(self) -> str:
        """The row it is stored in."""
        return f"{self.kind}:{self.row.__tablename__}:{drawer.key_of(self.row)}"

    @property
    def fingerprint(self) -> str:
        """The hash of its words as they are."""
        return digest(self.label, "\n".join(f"{label}: {words}" for label, words in self.words))

    def is_by(self, actor: Actor) -> bool:
        """Whether this person wrote it, or is a clerk of the group that speaks in it."""
        is_own = actor.person_id is not None and actor.person_id == self.author_id
        return is_own or (self.voice is not None and actor.is_clerk and actor.group == self.voice)

    def is_seen_by(self, actor: Actor) -> bool:
        """Whether this person may see the thing it belongs to."""
        if self.thing is None:
            return True
        return may(actor, _READING[type(self.thing)], self.thing.facts_for(actor))


_READING: Mapping[type[Model], Permission] = {
    Plank: Permission.PLANK_READ,
    Amendment: Permission.AMENDMENT_READ,
    Offer: Permission.OFFER_READ,
}


def text_of(kind: Kind, row: Any) -> Text:
    """The text in a row, with its true words even while they are hidden: for clerks, and for its author."""
    return _BUILT[kind](row)


def found(subject: str) -> Text | None:
    """The text that a case is about; none for a whole page, or where its row is gone."""
    kind, _, place = subject.partition(":")
    table, _, key = place.partition(":")
    model = _MODELS.get(table)
    if kind == Kind.PAGE or model is None:
        return None
    row = db.session.get(model, tuple(int(part) if part.isdigit() else part for part in key.split(",")))
    if row is None or getattr(row, "withdrawn_at", None) is not None:
        return None
    return text_of(Kind(kind), row)


def row_of(table: str, key: str) -> Model | None:
    """The row of a table with this written key."""
    for mapper in Base.registry.mappers:
        if mapper.class_.__tablename__ == table:
            parts = tuple(int(part) if part.isdigit() else part for part in key.split(","))
            found_row: Model | None = db.session.get(mapper.class_, parts)
            return found_row
    return None


def true(row: Model, name: str) -> str:
    """A row's own words, also while others stand in their place."""
    kept = drawer.words_of(row) or {}
    return str(kept.get(name, getattr(row, name)) or "")


def _version(row: Version) -> Text:
    name = f"{row.plank.name} version {row.name}" if row.plank.name else f"Version {row.name} of a plank"
    return Text(
        Kind.VERSION,
        row,
        f"The text: {name.strip()}",
        [("Title", true(row, "title")), ("Text", true(row, "text"))],
        _url("platform.version", ref=row.plank.ref, name=row.name),
        author_id=row.author_id,
        thing=row.plank,
        by=who(row.author_group) if row.author_group else "",
    )


def _reason(row: Plank) -> Text:
    words = [("Reason", true(row, "reason"))]
    return Text(Kind.REASON, row, "The mover’s reason", words, _plank_url(row), row.mover_id, thing=row)


def _amendment(row: Amendment) -> Text:
    revision = row.revision
    words = [(name.capitalize(), true(revision, name)) for name in ("title", "text", "reason")] if revision else []
    label = f"The amendment {row.name}".strip()
    url = _url("amendments.show", ref=row.ref)
    return Text(Kind.AMENDMENT, row, label, words, url, row.mover_id, thing=row, by=who(row.group))


def _objection(row: Objection) -> Text:
    amendment = db.session.get_one(Amendment, db.session.get_one(Revision, row.revision_id).amendment_id)
    url = _url("amendments.show", ref=amendment.ref, _anchor="objections-title")
    label = f"An objection of {who(row.group)}"
    return Text(Kind.OBJECTION, row, label, [("Objection", true(row, "reason"))], url, row.person_id, thing=amendment)


def _argument(row: Argument) -> Text:
    place = argument_queries.place_of(row)
    label = f"An argument {row.side.value} {arguments.place_words(place)}"
    words = [("Argument", row.words)]
    thing = row.amendment or row.plank
    return Text(
        Kind.ARGUMENT,
        row,
        label,
        words,
        lambda: arguments.place_url(place),
        row.author_id,
        thing=thing,
        by=who(row.group),
    )


def _offer(row: Offer) -> Text:
    words = [(name.capitalize(), true(row, name)) for name in ("title", "text", "reason")]
    url = _url("offers.show", key=row.key)
    return Text(Kind.OFFER, row, "The offered wording", words, url, row.offerer_id, thing=row, by=who(row.group))


def _statement(row: LaunchStatement) -> Text:
    label = f"Launch statement {row.number} of the {group_named(row.group).title}"
    url = _url("groups.statement", group=row.group, number=row.number)
    return Text(Kind.STATEMENT, row, label, [("Statement", true(row, "text"))], url, voice=row.group)


def _office(row: GroupPage) -> Text:
    label = f"Where the clerks of the {group_named(row.group).title} are reached"
    url = _url("groups.show", group=row.group)
    return Text(Kind.OFFICE, row, label, [("Address", true(row, "office"))], url, voice=row.group)


def _reservation(row: Stance) -> Text:
    label = f"The reservation of the {group_named(row.group).title} on version {row.version.name}"
    plank = row.version.plank
    return Text(
        Kind.RESERVATION, row, label, [("Reservation", true(row, "statement"))], _plank_url(plank), voice=row.group
    )


def _pause(row: Suspension) -> Text:
    group = row.stance.group
    label = f"Why the {group_named(group).title} paused its backing of version {row.stance.version.name}"
    url = _plank_url(row.stance.version.plank)
    return Text(Kind.PAUSE, row, label, [("Reason", true(row, "reason"))], url, row.asked_by_id, voice=group)


def _ruling(row: RegisteredRuling) -> Text:
    label = f"The clerks’ reason for a ruling ({row.verdict.words.lower()})"
    url = _url("rulings.show", key=row.key)
    return Text(Kind.RULING, row, label, [("Reason", true(row, "reason"))], url, thing=row.amendment or row.plank)


def _appeal(row: AppealVoice) -> Text:
    ruling = db.session.get_one(RegisteredRuling, row.ruling_id)
    url, thing = _url("rulings.show", key=ruling.key), ruling.amendment or ruling.plank
    label = f"A reason for an appeal, of {who(row.group)}"
    return Text(Kind.APPEAL, row, label, [("Reason", true(row, "reason"))], url, row.person_id, thing=thing)


def _answer(row: ReferenceBack) -> Text:
    words = [("Answer", true(row, "answer"))]
    plank = row.plank
    return Text(Kind.ANSWER, row, "The mover’s answer", words, _plank_url(plank), plank.mover_id, thing=plank)


def _position(row: Position) -> Text:
    label = f"The words of {row.mp.name} on version {row.version.name} of {row.version.plank.name}"
    url = _url("mps.show", number=row.mp_id)
    return Text(Kind.POSITION, row, label, [("Words", true(row, "statement"))], url, row.mp.person_id)


def _round(row: Round) -> Text:
    said = db.session.query(JointWord).filter_by(round_id=row.id).order_by(JointWord.said_at)
    given = [true(row, "ended_reason"), *(true(word, "reason") for word in said)]
    words = [("Reason", one) for one in given if one]
    label = f"The reasons given in round {row.name}"
    return Text(Kind.ROUND, row, label, words, _url("ballots.show", number=row.number))


def _orders(row: OrdersChange) -> Text:
    label = f"The reason for a change of the standing orders of the {group_named(row.group).title}"
    url = _url("orders.history", group=row.group)
    return Text(Kind.ORDERS, row, label, [("Reason", true(row, "reason"))], url, row.proposed_by_id, voice=row.group)


def _url(endpoint: str, **values: Any) -> Callable[[], str]:
    return lambda: url_for(endpoint, **values)


def _plank_url(plank: Plank) -> Callable[[], str]:
    return _url("platform.plank", ref=plank.ref)


_BUILT: Mapping[Kind, Callable[[Any], Text]] = {
    Kind.VERSION: _version,
    Kind.REASON: _reason,
    Kind.AMENDMENT: _amendment,
    Kind.OBJECTION: _objection,
    Kind.ARGUMENT: _argument,
    Kind.OFFER: _offer,
    Kind.STATEMENT: _statement,
    Kind.OFFICE: _office,
    Kind.RESERVATION: _reservation,
    Kind.PAUSE: _pause,
    Kind.RULING: _ruling,
    Kind.APPEAL: _appeal,
    Kind.ANSWER: _answer,
    Kind.POSITION: _position,
    Kind.ROUND: _round,
    Kind.ORDERS: _orders,
}
_MODELS: Mapping[str, type[Model]] = {
    model.__tablename__: model
    for model in (
        Version,
        Plank,
        Amendment,
        Objection,
        Argument,
        Offer,
        LaunchStatement,
        GroupPage,
        Stance,
        Suspension,
        RegisteredRuling,
        AppealVoice,
        ReferenceBack,
        Position,
        Round,
        OrdersChange,
    )
}
