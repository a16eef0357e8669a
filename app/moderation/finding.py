"""The texts on a page, within what the person asking may see: what a report from there can be about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import current_app
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app import drawer
from app.amendments import queries as amendments
from app.arguments import queries as arguments
from app.ballots import queries as ballots
from app.extensions import db
from app.groups import queries as groups
from app.models import AppealVoice, Model, OrdersChange, Plank, Position, ReferenceBack, Stance
from app.moderation.texts import Text, text_of
from app.mps import queries as mps
from app.offers import queries as offers
from app.planks import queries as planks
from app.rulings import queries as rulings
from app.web.redirects import local_path
from policies.amendments import AmendmentStage
from policies.errors import NotThere
from policies.moderation import PAGE_CHARACTERS, Kind
from policies.orders_changes import ChangeStage
from policies.permissions import Actor
from policies.planks import Stage

Found = Iterator[tuple[Kind, Model]]
MOST = 40
# The capabilities whose pages show what somebody wrote to others.
READ_BY_MANY = frozenset({"amendments", "arguments", "ballots", "composites", "editorial", "groups", "mps", "offers"})
READ_BY_MANY |= {"negotiation", "orders", "planks", "platform", "record", "results", "rulings", "search", "suspensions"}


def page_asked(page: str) -> tuple[str, str, dict[str, Any]]:
    """A page of this site as it is kept, with its route and what its address names; raises `NotThere` for no page."""
    path = local_path(urlsplit(page).path, "")
    if not path or len(path) > PAGE_CHARACTERS:
        raise NotThere("There is no page of this site at that address. Open the page, then choose Report at its foot.")
    try:
        endpoint, values = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        raise NotThere("There is no such page. Open the page itself, then choose Report at its foot.") from None
    if endpoint.partition(".")[0] not in READ_BY_MANY:
        # Addresses of other pages can hold a key that is nobody else's business.
        return "/", "platform.home", {}
    return path, endpoint, dict(values)


def texts_on(actor: Actor, page: str, wanted: str = "") -> list[Text]:
    """The texts on a page that this person may see and report, at most `MOST`; `wanted` may name an argument on it."""
    _, endpoint, values = page_asked(page)
    query = {name: given[0] for name, given in parse_qs(urlsplit(page).query).items()}
    seen: dict[str, Text] = {}
    for kind, row in _argument(actor, wanted) or _rows(actor, endpoint, values, query):
        if drawer.is_hidden(row):
            continue
        text = text_of(kind, row)
        if text.is_seen_by(actor) and any(words for _, words in text.words):
            seen.setdefault(text.ref, text)
    return list(seen.values())[:MOST]


def _rows(actor: Actor, endpoint: str, values: Mapping[str, Any], query: Mapping[str, str]) -> Found:
    capability = endpoint.partition(".")[0]
    reading = _BY_ENDPOINT.get(endpoint) or _BY_CAPABILITY.get(capability)
    if reading is not None:
        yield from reading(actor, values, query)


def _argument(actor: Actor, wanted: str) -> Sequence[tuple[Kind, Model]]:
    kind, _, key = wanted.partition("-")
    return [(Kind.ARGUMENT, arguments.visible(actor, key))] if kind == Kind.ARGUMENT and key else []


def _of_plank(actor: Actor, values: Mapping[str, Any], query: Mapping[str, str]) -> Found:
    ref = str(values.get("ref", ""))
    if not ref:
        # A page on which something is begun: nothing of anybody's stands there yet.
        return
    if ref.startswith("P"):
        yield from _of_amendment(actor, values, query)
        return
    plank = planks.visible(actor, ref)
    if plank.stage is Stage.DRAFT:
        return
    named = [str(values[name]) for name in ("name", "old", "new") if name in values]
    named += [query[name] for name in ("from", "to", "old", "new") if name in query]
    yield from ((Kind.VERSION, version) for version in _versions(plank, named))
    yield Kind.REASON, plank
    yield from _decided(plank)
    for ruling in rulings.on_plank(plank):
        yield Kind.RULING, ruling
    for reference in rulings.references_of(plank):
        yield Kind.ANSWER, reference
    yield from ((Kind.POSITION, position) for position in _first(mps.positions_on(plank)))


def _versions(plank: Plank, named: Sequence[str]) -> Iterator[Model]:
    asked = [version for version in planks.versions(plank) if version.name in named]
    shown = [plank.shown_version, plank.working_version]
    yield from asked or [version for version in shown if version is not None]


def _decided(plank: Plank) -> Found:
    for stance in db.session.scalars(select(Stance).where(Stance.plank_id == plank.id).order_by(Stance.id.desc())):
        if stance.statement:
            yield Kind.RESERVATION, stance
        if stance.suspension is not None:
            yield Kind.PAUSE, stance.suspension


def _of_amendment(actor: Actor, values: Mapping[str, Any], query: Mapping[str, str]) -> Found:
    ref = str(values.get("ref", ""))
    if not ref or ref.isdigit():
        # Where an amendment is begun, the text of its plank is read.
        yield from _of_plank(actor, values, query)
        return
    amendment = amendments.visible(actor, ref)
    if amendment.stage is AmendmentStage.DRAFT:
        return
    yield Kind.AMENDMENT, amendment
    yield from ((Kind.OBJECTION, objection) for objection, _ in amendments.objections(amendment))
    yield from ((Kind.RULING, ruling) for ruling in rulings.on_amendment(amendment))
    if amendment.revision is not None:
        yield Kind.VERSION, amendment.revision.base


def _of_ruling(actor: Actor, values: Mapping[str, Any], _query: Mapping[str, str]) -> Found:
    if "key" not in values:
        yield from ((Kind.RULING, ruling) for ruling in _first(rulings.registered(actor)))
        return
    ruling = rulings.visible(actor, str(values["key"]))
    yield Kind.RULING, ruling
    voices = select(AppealVoice).where(AppealVoice.ruling_id == ruling.id).order_by(AppealVoice.raised_at)
    yield from ((Kind.APPEAL, voice) for voice in db.session.scalars(voices.limit(MOST)))
    reference = db.session.get(ReferenceBack, ruling.id)
    if reference is not None:
        yield Kind.ANSWER, reference


def _of_group(_actor: Actor, values: Mapping[str, Any], _query: Mapping[str, str]) -> Found:
    if "group" not in values:
        yield from ((Kind.STATEMENT, one) for one in groups.newest_of_all().values())
        return
    group = groups.asked(_actor, str(values["group"])).group
    number = values.get("number")
    statement = groups.statement(group, number) if number else groups.newest(group)
    if statement is not None:
        yield Kind.STATEMENT, statement
    page = groups.page(group)
    if page is not None:
        yield Kind.OFFICE, page


def _of_orders(_actor: Actor, values: Mapping[str, Any], _query: Mapping[str, str]) -> Found:
    query = select(OrdersChange).where(OrdersChange.stage == ChangeStage.CONFIRMED)
    query = query.where(OrdersChange.group == values.get("group")).order_by(OrdersChange.id.desc())
    yield from ((Kind.ORDERS, change) for change in db.session.scalars(query.limit(MOST)))


def _of_round(actor: Actor, values: Mapping[str, Any], _query: Mapping[str, str]) -> Found:
    if "number" not in values:
        return
    of_round = ballots.visible(actor, int(values["number"])).round
    yield Kind.VERSION, of_round.version
    for question in of_round.questions:
        yield Kind.AMENDMENT, question.revision.amendment
    stances = select(Stance).where(Stance.round_id == of_round.id, Stance.statement != "")
    yield from ((Kind.RESERVATION, stance) for stance in db.session.scalars(stances.order_by(Stance.id)))
    yield Kind.ROUND, of_round


def _of_mp(actor: Actor, values: Mapping[str, Any], _query: Mapping[str, str]) -> Found:
    if "number" in values:
        mp = mps.visible(actor, int(values["number"]))
        yield from ((Kind.POSITION, position) for position in _first(mps.positions_of(mp)))


def _of_offer(actor: Actor, values: Mapping[str, Any], _query: Mapping[str, str]) -> Found:
    if "key" in values:
        yield Kind.OFFER, offers.visible(actor, str(values["key"]))


def _first(query: Any) -> Sequence[Any]:
    return [
        one for one in db.session.scalars(query.limit(MOST)).unique() if not isinstance(one, Position) or one.statement
    ]


Reading = Callable[[Actor, Mapping[str, Any], Mapping[str, str]], Found]
_BY_CAPABILITY: Mapping[str, Reading] = {
    "planks": _of_plank,
    "negotiation": _of_plank,
    "suspensions": _of_plank,
    "composites": _of_plank,
    "amendments": _of_amendment,
    "groups": _of_group,
    "orders": _of_orders,
    "rulings": _of_ruling,
    "ballots": _of_round,
    "results": _of_round,
    "mps": _of_mp,
    "offers": _of_offer,
}
_BY_ENDPOINT: Mapping[str, Reading] = {
    "platform.plank": _of_plank,
    "platform.plank_by_name": _of_plank,
    "platform.version": _of_plank,
    "platform.unit": _of_plank,
    "platform.motion": _of_plank,
    "platform.amendment_motion": _of_amendment,
    "platform.compare": _of_plank,
}
