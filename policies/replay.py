"""Rebuilding from the record alone where everything stands, so that a state changed past the record is found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Of each kind of thing: which details of its rows are facts about it, and what the fact is called.
FACTS: dict[str, dict[str, str]] = {
    "planks": {"after": "stage", "number": "number", "agreed_version": "agreed_version"},
    "amendments": {"after": "stage", "number": "number", "plank": "plank", "revision": "revision"},
    "rounds": {
        "after": "stage",
        "plank": "plank",
        "version": "version",
        "kind": "kind",
        "groups": "groups",
        "opens_at": "opens_at",
        "closes_at": "closes_at",
    },
    "stances": {"after": "kind", "plank": "plank", "group": "group", "version": "version", "round": "round"},
    "positions": {"after": "state", "mp": "mp", "version": "version", "kind": "kind"},
}
# Where a thing stands when it begins; a stance and a position begin with what was decided.
BEGINNING: dict[str, str] = {"planks": "draft", "amendments": "draft", "rounds": "prepared"}
# A thrown-away draft is gone, words and all.
REMOVAL = "draft discarded"
# A version is written for a plank, and becomes what is discussed there; one that mends the agreed text alone says so.
NEW_TEXT = "version written"

SINGULAR: dict[str, str] = {
    "planks": "plank",
    "amendments": "amendment",
    "rounds": "round",
    "stances": "stance",
    "positions": "position",
}

Key = tuple[str, int]
Facts = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One row of the record, reduced to what rebuilding needs."""

    act: str
    subject: str
    subject_id: int
    details: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """What the row is about."""
        return self.subject, self.subject_id


@dataclass
class Rebuilt:
    """The facts of each thing by kind and id, as the record tells them, and where the record contradicts itself."""

    facts: dict[Key, Facts] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def replay(entries: Iterable[Entry]) -> Rebuilt:
    """Go through the record from its first row to its last."""
    rebuilt = Rebuilt()
    for entry in entries:
        if entry.act == NEW_TEXT:
            if entry.details.get("working", True):
                _of(("planks", entry.details["plank"]), rebuilt)["working_version"] = entry.subject_id
        elif entry.act == REMOVAL:
            rebuilt.facts.pop(entry.key, None)
        elif entry.subject in FACTS:
            _apply(entry, rebuilt)
    return rebuilt


def differences(rebuilt: Mapping[Key, Facts], stored: Mapping[Key, Facts]) -> list[str]:
    """Each difference between the record and what is stored, as a sentence, in the order of kind and id."""
    found = []
    for key in sorted(rebuilt.keys() | stored.keys()):
        told, kept = rebuilt.get(key), stored.get(key)
        if kept is None:
            found.append(f"The record tells of {_name(key)}, but it is not stored.")
        elif told is None:
            found.append(f"{_capital(_name(key))} is stored, but the record does not tell of it.")
        else:
            found += _facts_that_differ(key, told, kept)
    return found


def _apply(entry: Entry, rebuilt: Rebuilt) -> None:
    names = FACTS[entry.subject]
    facts = _of(entry.key, rebuilt)
    before = entry.details.get("before")
    now = facts.get(names["after"])
    if "before" in entry.details and before != now:
        rebuilt.faults.append(
            f"“{entry.act}” says that {_name(entry.key)} was {_word(before)} before; by the record it was {_word(now)}."
        )
    facts.update({names[name]: value for name, value in entry.details.items() if name in names})


def _of(key: Key, rebuilt: Rebuilt) -> Facts:
    begin: Facts = {"stage": BEGINNING[key[0]]} if key[0] in BEGINNING else {}
    return rebuilt.facts.setdefault(key, begin)


def _facts_that_differ(key: Key, told: Facts, kept: Facts) -> list[str]:
    return [
        f"{_capital(_name(key))}: the record says {name.replace('_', ' ')} {_word(told.get(name))},"
        f" but {_word(value)} is stored."
        for name, value in sorted(kept.items())
        if told.get(name) != value
    ]


def _name(key: Key) -> str:
    return f"{SINGULAR[key[0]]} {key[1]}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _word(value: object) -> str:
    return "nothing" if value is None else str(value)
