"""Groups, MPs and their positions, what is new and the record of changes, as answers have them."""

from collections.abc import Sequence

from app.api import naming
from app.api.naming import Told, moment
from app.groups import queries as groups_said
from app.models import Amendment, AuditRow, Model, Mp, Plank, Position, Round, Stance, Version
from app.models.orders import figures_of
from app.orders import queries as standing_orders
from app.platform import news
from app.platform.happenings import Happening
from app.record import queries as record
from app.record.presenters import by_whom, done_in_words
from policies.groups import GROUPS, Group
from policies.positions import POSITION_WORDS
from policies.standing_orders import StandingOrders


def groups() -> list[Told]:
    """Every Compass group, with the standing orders that hold for it today."""
    statements, orders = groups_said.newest_of_all(), standing_orders.current()
    told = []
    for group in GROUPS:
        statement, page = statements.get(group.key), groups_said.page(group)
        said = {
            "statement": "" if statement is None else statement.text,
            "statement_at": None if statement is None else moment(statement.published_at),
            "office": [] if page is None else page.office.splitlines(),
        }
        told.append({**_group(group), **said, "standing_orders": _orders(orders[group.key])})
    return told


def mps(found: Sequence[Mp]) -> list[Told]:
    """MPs as the register has them."""
    return [mp(one) for one in found]


def mp(found: Mp) -> Told:
    """One of them."""
    return {
        **naming.mp(found),
        "register_id": found.register_id,
        "seat": found.seat,
        "gss": found.gss,
        "party": found.party,
        "group": None if found.party_group is None else naming.group(found.party_group),
        "is_sitting": found.is_sitting,
        "is_made_up": found.is_demonstration,
        "api": naming.url_of("api.mp", number=found.id),
    }


def positions(found: Sequence[Position]) -> list[Told]:
    """What MPs said of exact words."""
    return [
        {
            "mp": naming.mp(one.mp),
            "plank": naming.plank(one.version.plank),
            "version": one.version.name,
            "kind": one.kind.value,
            "words": POSITION_WORDS[one.kind],
            "statement": one.statement,
            "state": one.state.value,
            "party": one.party,
            "recorded_at": moment(one.recorded_at),
            "ended_at": moment(one.ended_at),
        }
        for one in found
    ]


def events(found: Sequence[Happening]) -> list[Told]:
    """What became public, in the words of the page and the feed."""
    return [
        {"name": one.name, "at": moment(one.at), "what": one.what, "detail": one.detail, "url": naming.whole(one.url)}
        for _, one in news.told(found)
    ]


def record_rows(found: Sequence[AuditRow]) -> list[Told]:
    """Rows of the record; one query for each kind of thing they are about."""
    subjects = record.subjects_of(found)
    return [
        {
            "at": moment(row.at),
            "act": row.act,
            "words": done_in_words(row),
            "subject": _subject(subjects.of(row)),
            "by": by_whom(row),
        }
        for row in found
    ]


def _group(group: Group) -> Told:
    url = naming.url_of("groups.show", group=group.key)
    return {**naming.named(group), "letter": group.letter, "url": url}


def _orders(orders: StandingOrders) -> Told:
    figures = figures_of(orders)
    shares = {name: str(figures[name]) for name in ("quorum", "threshold", "minority")}
    words = {"effect": orders.effect.value, "quorum_mode": orders.quorum_mode.value}
    return {**figures, **shares, **words, "version": orders.version}


def _subject(found: Model | None) -> Told | None:
    """What a row is about, by its public name; what has none yet is not named."""
    if isinstance(found, Version | Stance):
        version = found if isinstance(found, Version) else found.version
        kind = "version" if isinstance(found, Version) else "stance"
        return {"kind": kind, "name": f"{version.plank.name} version {version.name}"}
    if isinstance(found, Position):
        version = found.version
        return {"kind": "position", "name": f"{found.mp.name}: {version.plank.name} version {version.name}"}
    kinds = {Plank: "plank", Amendment: "amendment", Round: "round", Mp: "mp"}
    return (
        {"kind": kinds[type(found)], "name": found.name} if isinstance(found, Plank | Amendment | Round | Mp) else None
    )
