"""What became public of one theme, one plank or one group; when ballots close; and when words were hidden."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, select
from sqlalchemy.orm import joinedload, lazyload, load_only

from app.extensions import db
from app.models import (
    AuditRow,
    Ballot,
    Case,
    HiddenWords,
    Plank,
    ReferenceBack,
    RegisteredRuling,
    Round,
    Stance,
    Suspension,
    Version,
)
from app.planks import queries as planks
from app.platform import happenings
from app.platform.happenings import Happening, Kind
from policies.permissions import VISITOR, Actor

MOST_CLOSINGS = 200
Told = Select[int, int | None, str]
# Which acts in the record change what a calendar says of a round.
AGREED_TO = "round agreed to"
CHANGES = ("round opened", "round extended", "round cancelled", "round annulled")
# Which acts show hidden words again, and how many of them are looked at, the newest first.
SHOWN_AGAIN = ("text shown again", "held text shown again")
MOST_SHOWN = 200


@dataclass(frozen=True)
class Closing:
    """A round whose times are public, when that began, and each moment at which what is said of it changed."""

    round: Round
    announced_at: datetime
    changes: Sequence[datetime]


@dataclass(frozen=True)
class ShownAgain:
    """Words about a plank that can be read again, and since when."""

    number: int
    words: str
    at: datetime


def public_plank(_actor: Actor, ref: str) -> Plank:
    """The plank as everybody may read it, whoever asks: what leaves the site is the same for all. Raises `NotThere`."""
    return planks.visible(VISITOR, ref)


def about_planks(condition: ColumnElement[bool], length: int) -> Sequence[Happening]:
    """The newest of what became public of the planks for which this holds."""
    return happenings.newest(length, happenings.of_planks(condition))


def decisions_of(group: str, length: int) -> Sequence[Happening]:
    """The newest of what a group decided: its ballots once they are published, its pauses, the promises it kept."""
    about = happenings.of_stances(select(Stance.id).where(Stance.group == group))
    return happenings.newest(
        length, about | {Kind.ROUND_PUBLISHED: select(Ballot.round_id).where(Ballot.group == group)}
    )


def hidden_at(numbers: Collection[int]) -> datetime | None:
    """When words of the public planks with these numbers were last hidden, of those that still are."""
    query = (
        select(func.max(Case.hidden_at))
        .join(HiddenWords, HiddenWords.case_id == Case.id)
        .join(Version, cast(Version.id, String) == HiddenWords.row_key)
        .join(Plank, Plank.id == Version.plank_id)
        .where(HiddenWords.table_name == Version.__tablename__, Plank.number.in_(numbers))
    )
    return db.session.scalar(query)


def cases_hidden_at(keys: Collection[str]) -> dict[str, datetime]:
    """When each of these cases hid its words."""
    query = select(Case.key, Case.hidden_at).where(Case.key.in_(keys), Case.hidden_at.is_not(None))
    return {key: at for key, at in db.session.execute(query) if at is not None}


def shown_again() -> list[ShownAgain]:
    """Words about planks with a public number that clerks had hidden and showed again."""
    query = select(AuditRow.at, AuditRow.details).where(
        AuditRow.subject == Case.__tablename__, AuditRow.act.in_(SHOWN_AGAIN)
    )
    places: dict[str, dict[str, datetime]] = defaultdict(dict)
    for at, told in db.session.execute(query.order_by(AuditRow.id.desc()).limit(MOST_SHOWN)):
        for table, _, key in (place.partition(":") for place in told["rows"]):
            places[table].setdefault(key, at)
    return [
        ShownAgain(number, words, moments[str(row_id)])
        for table, moments in places.items()
        if table in _told()
        for row_id, number, words in db.session.execute(_rows(table, moments))
        if words and number is not None
    ]


@cache
def _told() -> dict[str, Told]:
    """The words that feeds tell, by table: their row, the number of the plank, and they themselves."""
    of_plank = select(RegisteredRuling.id, Plank.number, RegisteredRuling.reason)
    of_stance = select(Suspension.id, Plank.number, Suspension.reason)
    answers = select(ReferenceBack.ruling_id, Plank.number, ReferenceBack.answer)
    by_ruling = answers.join(RegisteredRuling, RegisteredRuling.id == ReferenceBack.ruling_id)
    return {
        "versions": select(Version.id, Plank.number, Version.title).join(Plank, Plank.id == Version.plank_id),
        "planks": select(Plank.id, Plank.number, Plank.end_reason),
        "suspensions": of_stance.join(Stance, Stance.id == Suspension.stance_id).join(
            Plank, Plank.id == Stance.plank_id
        ),
        "registered_rulings": of_plank.join(Plank, Plank.id == RegisteredRuling.plank_id),
        "references_back": by_ruling.join(Plank, Plank.id == RegisteredRuling.plank_id),
    }


def _rows(table: str, keys: Collection[str]) -> Told:
    query = _told()[table]
    row_id = query.selected_columns[0]
    return query.where(row_id.in_([int(key) for key in keys]), Plank.number.is_not(None))


def closings(since: datetime, plank: ColumnElement[bool] | None = None, group: str = "") -> list[Closing]:
    """The rounds that close or closed since then, the last first: what of them is announced, as everybody reads it."""
    query = select(Round).where(Round.opens_at.is_not(None), Round.closes_at >= since)
    if plank is not None:
        query = query.where(Round.plank_id.in_(select(Plank.id).where(plank)))
    if group:
        query = query.where(exists().where(Ballot.round_id == Round.id, Ballot.group == group))
    words = load_only(Version.number, Version.minor, Version.title, raiseload=True)
    alone = (lazyload(Round.ballots), lazyload(Round.openings), lazyload(Round.questions))
    query = query.options(joinedload(Round.version).options(words), *alone)
    rounds = db.session.scalars(query.order_by(Round.closes_at.desc(), Round.number.desc()).limit(MOST_CLOSINGS)).all()
    recorded = _recorded([one.id for one in rounds])
    return [_closing(one, recorded.get(one.id, ())) for one in rounds]


def _closing(of_round: Round, recorded: Sequence[tuple[datetime, str, Mapping[str, Any]]]) -> Closing:
    """It is announced once enough groups have agreed; a round held once more, as it is made."""
    announced = [at for at, act, told in recorded if act == AGREED_TO and told.get("opens_at")]
    changes = [at for at, act, _ in recorded if act in CHANGES]
    return Closing(of_round, announced[0] if announced else of_round.prepared_at, changes)


def _recorded(rounds: Collection[int]) -> dict[int, list[tuple[datetime, str, Mapping[str, Any]]]]:
    """What the record says of these rounds' times, oldest first."""
    query = select(AuditRow.subject_id, AuditRow.at, AuditRow.act, AuditRow.details).where(
        AuditRow.subject == Round.__tablename__,
        AuditRow.subject_id.in_(rounds),
        AuditRow.act.in_((AGREED_TO, *CHANGES)),
    )
    found: dict[int, list[tuple[datetime, str, Mapping[str, Any]]]] = defaultdict(list)
    for round_id, at, act, told in db.session.execute(query.order_by(AuditRow.id)):
        found[round_id].append((at, act, told))
    return found
