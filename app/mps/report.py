"""What an import of the register met and would change, in sentences for the person who is asked to confirm it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from app.mps.importing import Plan
from app.mps.register import Register
from policies.groups import GROUPS
from policies.mps import SEATS, Change, Difference, Entry
from policies.parties import PARTIES, Party, party_of

# A first import brings 650 persons: the numbers say it, a few names show that the columns were read rightly.
MOST_SHOWN = 25
HEADINGS: dict[Change, str] = {
    Change.LEFT: "no longer in the register: the seat is vacated, positions become historical",
    Change.CAME: "new",
    Change.RETURNED: "back in the House, with no position yet",
    Change.PARTY: "with another party: the label changes, positions stay",
    Change.SEAT: "with another seat",
    Change.NAME: "with another name",
    Change.GROUP: "whose party is counted anew",
}


def met(register: Register) -> str:
    """ "650 rows: 403 Labour (of whom 42 Labour and Co-operative), 72 Liberal Democrats, …"."""
    seated = [entry for entry in register.entries if not entry.is_vacant]
    by_group = Counter(entry.party_group for entry in seated)
    shares = [_share(group.key, by_group[group.key], seated) for group in GROUPS]
    others = Counter(entry.party for entry in seated if entry.party_group is None)
    listed = ", ".join(f"{party} {number}" for party, number in sorted(others.items(), key=lambda one: (-one[1], one)))
    of_none = f"{by_group[None]} of no group’s party" + (f" ({listed})" if listed else "")
    return f"{_counted(len(register.entries), 'row')}: {', '.join([*shares, of_none])}."


def oddities(register: Register, plan: Plan) -> list[str]:
    """What a person should know before confirming: unknown parties, vacant seats, a number that is not 650."""
    return [
        *_unknown_parties(register.entries),
        *(f"Vacant seat: {entry.seat} ({entry.gss})." for entry in register.entries if entry.is_vacant),
        *_greens_elsewhere(register.entries),
        *_twins(plan.differences),
        *_other_register(plan),
        *_wrong_number(len(register.entries)),
    ]


def changes(plan: Plan) -> list[str]:
    """The changes by kind, each person on a line; long lists are cut and say so."""
    lines: list[str] = []
    for change, heading in HEADINGS.items():
        found = [one for one in plan.differences if change in one.changes]
        if found:
            lines.append(f"{len(found)} {heading}:")
            lines += [f"  {SAID[change](one)}" for one in found[:MOST_SHOWN]]
            lines += [f"  and {len(found) - MOST_SHOWN} more"] if len(found) > MOST_SHOWN else []
    return lines


def _share(group: str, number: int, seated: Sequence[Entry]) -> str:
    party = next(party for party in PARTIES if party.group == group)
    found = [party_of(entry.party, entry.gss) for entry in seated if entry.party_group == group]
    both = sum(one is not None and one.is_co_operative for one in found)
    return f"{number} {party.name}" + (f" (of whom {both} Labour and Co-operative)" if both else "")


def _unknown_parties(entries: Sequence[Entry]) -> Iterator[str]:
    unknown = Counter(entry.party for entry in entries if entry.party and party_of(entry.party, entry.gss) is None)
    for party, number in sorted(unknown.items()):
        yield f"Unknown party: “{party}” ({number}). It is kept as written and counts for no group."


def _greens_elsewhere(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        found, named = party_of(entry.party, entry.gss), party_of(entry.party)
        if isinstance(found, Party) and found is not named:
            yield f"{entry.name} ({entry.seat}), “{entry.party}”, is taken for {found.name}, a party of its own."


def _twins(changed: Sequence[Difference]) -> Iterator[str]:
    left = {(one.before.name, one.before.seat) for one in changed if one.before is not None and one.now is None}
    for one in changed:
        if one.before is None and one.now is not None and (one.now.name, one.now.seat) in left:
            yield f"{one.now.name} ({one.now.seat}) has another person_id: taken for another person without positions."


def _other_register(plan: Plan) -> Iterator[str]:
    if any(Change.LEFT in one.changes for one in plan.differences) and not plan.known_before:
        yield "Nobody in this file is known by the person_id it gives. Is it the register that was imported before?"


def _wrong_number(rows: int) -> Iterator[str]:
    if rows != SEATS:
        yield f"The House of Commons has {SEATS} seats; this file has {_counted(rows, 'row')}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _described(entry: Entry | None) -> str:
    return "" if entry is None else f"{entry.name}, {entry.party}, {entry.seat}"


def _from_to(read: Callable[[Entry], str]) -> Callable[[Difference], str]:
    def said(one: Difference) -> str:
        assert one.before is not None
        assert one.now is not None
        return f"{one.now.name}: {read(one.before)} → {read(one.now)}"

    return said


SAID: dict[Change, Callable[[Difference], str]] = {
    Change.LEFT: lambda one: _described(one.before),
    Change.CAME: lambda one: _described(one.now),
    Change.RETURNED: lambda one: _described(one.now),
    Change.PARTY: _from_to(lambda entry: entry.party),
    Change.SEAT: _from_to(lambda entry: f"{entry.seat} ({entry.gss})"),
    Change.NAME: _from_to(lambda entry: entry.name),
    Change.GROUP: lambda one: _described(one.now),
}
