"""Taking a register in: what it would change, and doing exactly that, in the caller's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app import clock
from app.audit import service as audit
from app.extensions import db
from app.models import Mp, RegisterImport
from app.mps import queries, service
from app.mps.register import Register
from app.numbers import next_number
from policies.errors import RuleBroken
from policies.mps import Change, Difference, Known, differences

# These take somebody's seat, or give one up: old seats are free before new ones are taken.
MOVES = frozenset({Change.SEAT, Change.RETURNED})


@dataclass(frozen=True)
class Plan:
    """What an import would change, person by person; nothing is changed by making one."""

    differences: tuple[Difference, ...]
    known_before: int
    """How many of the file's persons the service knew already."""


def plan(register: Register) -> Plan:
    """Compare a register with what the service has. Demonstration MPs are no part of it."""
    known = [_known(mp) for mp in queries.registered()]
    ids = {entry.register_id for entry in register.entries}
    return Plan(
        tuple(differences(known, register.entries)),
        sum(one.entry.register_id in ids for one in known if one.is_sitting),
    )


def take_in(register: Register, agreed: Plan) -> None:
    """Do what `agreed` shows; raises `RuleBroken` where it would no longer be the same."""
    number = next_number("register")
    if plan(register) != agreed:
        raise RuleBroken("Another import has changed the MPs meanwhile. Start again to see what is left to change.")
    if not agreed.differences:
        return
    people = {mp.register_id or "": mp for mp in queries.registered()}
    _free_seats(agreed.differences, people)
    for difference in agreed.differences:
        _apply(difference, people)
    new = RegisterImport(id=number, imported_at=clock.now(), rows=len(register.entries), sha256=register.sha256)
    db.session.add(new)
    audit.record("register imported", new, by=None, rows=new.rows, sha256=new.sha256, **_counts(agreed.differences))


def _free_seats(changed: Sequence[Difference], people: Mapping[str, Mp]) -> None:
    for one in changed:
        if one.before is not None and one.now is not None and MOVES & set(one.changes):
            service.give_up_seat(people[one.before.register_id])
    db.session.flush()


def _apply(one: Difference, people: Mapping[str, Mp]) -> None:
    if one.now is None:
        service.leave(people[one.before.register_id if one.before else ""])
        db.session.flush()
    elif one.before is None:
        service.come(one.now)
    else:
        service.change(people[one.before.register_id], one.now, one.changes)


def _counts(changed: Sequence[Difference]) -> dict[str, int]:
    met = [change for one in changed for change in one.changes]
    return {str(change): met.count(change) for change in Change}


def _known(mp: Mp) -> Known:
    return Known(service.entry_of(mp), mp.party_group, mp.is_sitting)
