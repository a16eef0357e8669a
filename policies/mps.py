"""The register of MPs: what a row of it must say, and what changed between two readings, person by person."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from policies.errors import RuleBroken
from policies.parties import PARTY_CHARACTERS, group_of
from policies.text.canonical import normalise_title

ID_CHARACTERS = 80
NAME_CHARACTERS = 80
SEAT_CHARACTERS = 80
GSS_CHARACTERS = 9
SEATS = 650

COLUMNS = ("person_id", "name", "party", "gss", "constituency")
# A row of a seat that nobody holds has these alone.
OF_THE_SEAT = ("gss", "constituency")
MOST: dict[str, int] = {
    "person_id": ID_CHARACTERS,
    "name": NAME_CHARACTERS,
    "party": PARTY_CHARACTERS,
    "constituency": SEAT_CHARACTERS,
}
MOST_LEAVING = 50
SAYS_NOBODY = frozenset({"", "vacant"})
GSS = re.compile(r"(?:E14|W07|S14|N05|N06)[0-9]{6}")
REGISTER_ID = re.compile(r"[\x21-\x7e]+")


@dataclass(frozen=True)
class Entry:
    """What the register says of one seat and who holds it."""

    register_id: str
    name: str
    party: str
    gss: str
    seat: str

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds the seat."""
        return not self.register_id

    @property
    def party_group(self) -> str | None:
        """The group whose party this is."""
        return group_of(self.party, self.gss)


def entry_of(row: Mapping[str, str]) -> Entry:
    """A row of the file with its words in canonical form; a row that names nobody is a vacant seat."""
    words = {column: normalise_title(row.get(column, "")) for column in COLUMNS}
    entry = Entry(words["person_id"], words["name"], words["party"], words["gss"], words["constituency"])
    if not entry.register_id and entry.name.casefold() in SAYS_NOBODY:
        return Entry("", "", "", entry.gss, entry.seat)
    return entry


def faults_of(entry: Entry) -> list[str]:
    """What is wrong with a row, each in a sentence that says what to do."""
    words = dict(zip(COLUMNS, (entry.register_id, entry.name, entry.party, entry.gss, entry.seat), strict=True))
    needed = OF_THE_SEAT if entry.is_vacant and not entry.name else COLUMNS
    faults = [f"Fill in {column}: it is empty." for column in needed if not words[column]]
    for column, most in MOST.items():
        if len(words[column]) > most:
            faults.append(f"Shorten {column} to {most} characters; it has {len(words[column])}.")
    if entry.gss and not GSS.fullmatch(entry.gss):
        faults.append(f"Write gss as the code of a seat of the Commons, such as E14001063; “{entry.gss[:20]}” is none.")
    if entry.register_id and not REGISTER_ID.fullmatch(entry.register_id):
        faults.append("Write person_id without spaces or accents, such as uk.org.publicwhip/person/25297.")
    return faults


class Change(StrEnum):
    """What an import does to one person. The values are kept in the record."""

    CAME = "came"
    RETURNED = "returned"
    LEFT = "left"
    NAME = "name"
    PARTY = "party"
    SEAT = "seat"
    GROUP = "group"


@dataclass(frozen=True)
class Known:
    """An MP as the service has it. `group` is the group whose party it is, as the last import found."""

    entry: Entry
    group: str | None
    is_sitting: bool


@dataclass(frozen=True)
class Difference:
    """One person, and what changed: `now` is nothing for somebody who left, `before` for somebody new."""

    changes: tuple[Change, ...]
    before: Entry | None
    now: Entry | None


def differences(known: Iterable[Known], entries: Iterable[Entry]) -> list[Difference]:
    """What taking in `entries` would change, by person: those who leave first, so that their seats are free.

    Persons are told apart by the register's id alone; two may share a name, and one may change it.
    """
    before = {one.entry.register_id: one for one in known}
    now = {entry.register_id: entry for entry in entries if not entry.is_vacant}
    gone = [one for register_id, one in before.items() if one.is_sitting and register_id not in now]
    left = [Difference((Change.LEFT,), one.entry, None) for one in gone]
    met = [_difference(before.get(register_id), entry) for register_id, entry in now.items()]
    return [*left, *(one for one in met if one.changes)]


def require_not_cut(changed: Collection[Difference], *, many_may_leave: bool) -> None:
    """More than fifty MPs leave at once only after a dissolution; otherwise the file is more likely cut short."""
    leaving = sum(Change.LEFT in one.changes for one in changed)
    if leaving > MOST_LEAVING and not many_may_leave:
        raise RuleBroken(
            f"By this file {leaving} MPs would leave at once, so it may be cut short. Look at its end."
            " If it is right, as after a dissolution, add --many-leave."
        )


def _difference(known: Known | None, entry: Entry) -> Difference:
    if known is None:
        return Difference((Change.CAME,), None, entry)
    was = known.entry
    differs = {
        Change.RETURNED: not known.is_sitting,
        Change.NAME: was.name != entry.name,
        Change.PARTY: was.party != entry.party,
        Change.SEAT: (was.gss, was.seat) != (entry.gss, entry.seat),
        # The table of parties may have learnt a spelling since.
        Change.GROUP: was.party == entry.party and known.group != entry.party_group,
    }
    return Difference(tuple(change for change, is_so in differs.items() if is_so), was, entry)
