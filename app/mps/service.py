"""What happens to MPs and what they do: coming, leaving, changing; recording a position, and reading the brief."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from app import clock, drawer
from app.audit import service as audit
from app.extensions import db
from app.models import Mp, Person, Position, Version, locked
from app.mps import accounts, delegates, queries
from app.mps.offices import sitting_mp
from policies import positions as rules
from policies.errors import RuleBroken
from policies.mps import NAME_CHARACTERS, SEAT_CHARACTERS, Change, Entry
from policies.parties import group_of
from policies.permissions import Actor
from policies.positions import PositionKind, PositionState, PositionStep

# Titles come and go, and a list is looked through by the names behind them.
TITLES = frozenset({"dame", "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "professor", "rev", "reverend", "sir"})
DEMONSTRATION_NAME = "Demonstration MP, {seat}"


def add_demonstration_mp(seat: str, party: str) -> Mp:
    """Make an MP one can sign in as, plainly made up by name; raises `RuleBroken` outside a demonstration."""
    if not clock.is_demonstration():
        raise RuleBroken("Only a demonstration has made-up MPs. Import the register to have the real ones.")
    name = DEMONSTRATION_NAME.format(seat=seat)
    person = Person(name=name, is_demonstration=True, is_offered=True, created_at=clock.now())
    mp = Mp(is_demonstration=True, person=person, came_at=clock.now())
    db.session.add(mp)
    _describe(mp, name, party, seat, None)
    audit.record("MP came", mp, by=None, party_group=mp.party_group)
    return mp


def come(entry: Entry) -> Mp:
    """Somebody new in the register takes a seat, with no position."""
    mp = Mp(register_id=entry.register_id, came_at=clock.now())
    _describe(mp, entry.name, entry.party, entry.seat, entry.gss)
    db.session.add(mp)
    audit.record("MP came", mp, by=None, party_group=mp.party_group, gss=mp.gss)
    return mp


def leave(mp: Mp) -> None:
    """Vacate a seat: the person stays on record, and the positions become historical."""
    locked(mp)
    if not mp.is_sitting:
        return
    give_up_seat(mp)
    closed = queries.confirmed_of(mp)
    for position in closed:
        _end(position, PositionStep.VACATE, "position became historical", by=None)
    delegates.close_office(mp)
    accounts.close(mp)
    audit.record("MP left", mp, by=None, positions=[position.id for position in closed])


def give_up_seat(mp: Mp) -> None:
    """Free a seat for its next holder; whoever only moves takes another at once."""
    mp.left_at = clock.now()


def change(mp: Mp, entry: Entry, changes: Sequence[Change]) -> None:
    """Take over what the register says of somebody now. Positions stay as they are; only their label follows."""
    mp.left_at = None
    _describe(mp, entry.name, entry.party, entry.seat, entry.gss)
    act = "MP returned" if Change.RETURNED in changes else "MP changed"
    audit.record(act, mp, by=None, changes=[str(one) for one in changes], party_group=mp.party_group, gss=mp.gss)


def record(version: Version, kind: PositionKind, statement: str, *, by: Actor) -> Position:
    """Record an MP's position on one exact version, in place of an earlier one on the same words.

    The same said twice, as by a double click, is said once.
    """
    plank = version.plank
    locked(plank)
    mp = sitting_mp(by)
    rules.require_sound(kind, statement)
    drawer.require_shown(version)
    rules.require_recordable(plank.stage, version.id, plank.agreed_version_id, plank.working_version_id)
    before = queries.confirmed(mp, version)
    delegates.discard_on(mp, version, by=by)
    if before is not None and (before.kind, before.statement) == (kind, statement):
        return before
    if before is not None:
        _end(before, PositionStep.REPLACE, "position replaced", by=by)
        db.session.flush()
    new = Position(
        mp=mp,
        version=version,
        kind=kind,
        statement=statement,
        state=rules.next_state(PositionState.DRAFTED, PositionStep.CONFIRM),
        party=mp.party,
        recorded_at=clock.now(),
    )
    db.session.add(new)
    audit.record("position recorded", new, by=by, mp=mp.id, version=version.id, kind=kind, after=new.state)
    return new


def withdraw(version: Version, *, by: Actor) -> None:
    """Take a position back. It is kept for the MP alone, with its dates."""
    mp = sitting_mp(by)
    position = queries.confirmed(mp, version)
    if position is None:
        raise RuleBroken("You have no position on these words, so there is none to withdraw. Your brief shows yours.")
    _end(position, PositionStep.WITHDRAW, "position withdrawn", by=by)


def read_brief(shown_at: datetime, *, by: Actor) -> None:
    """Note up to when an MP has read the brief: the moment it was shown."""
    mp = sitting_mp(by)
    mp.looked_at = rules.looked_until(shown_at, mp.looked_at, clock.now())
    audit.record("brief read", mp, by=by)


def entry_of(mp: Mp) -> Entry:
    """What the register last said of an MP."""
    return Entry(mp.register_id or "", mp.name, mp.party, mp.gss or "", mp.seat)


def folded(words: str) -> str:
    """Words without case and accents: "Ynys Môn" is found as "ynys mon"."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return plain.encode("ascii", "ignore").decode()


def _describe(mp: Mp, name: str, party: str, seat: str, gss: str | None) -> None:
    mp.name, mp.party, mp.seat, mp.gss = name, party, seat, gss or None
    mp.party_group = group_of(party, gss or "")
    mp.sought = _sought(name, seat)


def _sought(name: str, seat: str) -> str:
    """Name and seat as they are looked for and sorted: titles last."""
    words = folded(name).split()
    title = list(takewhile(lambda word: word.strip(".") in TITLES, words[:-1]))
    return " ".join([*words[len(title) :], folded(seat), *title])[: 2 * (NAME_CHARACTERS + SEAT_CHARACTERS)]


def _end(position: Position, step: PositionStep, act: str, *, by: Actor | None) -> None:
    before, position.state = position.state, rules.next_state(position.state, step)
    position.ended_at = clock.now()
    audit.record(act, position, by=by, before=before, after=position.state)
