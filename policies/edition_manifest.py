"""The manifest of an edition: what is signed. It holds hashes and decisions, and no words, so that it stands for ever.

Canonical: JSON in UTF-8, keys sorted, no spaces, whole numbers only. Two programs that write the same facts write the
same bytes, and one signature fits both.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from policies.edition_changes import Backed, Change, Changed, Entry
from policies.endorsements import StanceKind
from policies.errors import RuleBroken
from policies.groups import GROUPS

FORMAT = "common-platform-edition-1"
ABOUT = "Groups here are Compass groups, not parties. Each decided on exactly these words, by its own ballot."
MADE_UP = "A demonstration: everything and everybody here is made up."


@dataclass(frozen=True)
class Head:
    """What an edition says of itself: its number, when it was published, the one before, and the key that signs it."""

    number: int
    published: datetime
    before: tuple[int, str] | None
    """Number and hash of the edition before; nothing for the first."""
    key: str
    is_demonstration: bool = False


def canonical(facts: Any) -> str:
    """The one way to write these facts; raises `RuleBroken` for a figure that is no whole number."""
    if _has_float(facts):
        raise RuleBroken("A manifest holds whole numbers only. Write the figure as text.")
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(key: bytes) -> str:
    """What a public key is told by: its SHA-256."""
    return hashlib.sha256(key).hexdigest()


def contents(entries: Sequence[Entry]) -> str:
    """What clerks agree to: every plank with its exact words and every group's stance on them, in canonical form."""
    return canonical([_plank(entry) for entry in entries])


def read_contents(written: str) -> tuple[Entry, ...]:
    """The planks of an edition, read back from what `contents` wrote."""
    return tuple(_entry(told) for told in json.loads(written))


def manifest(head: Head, entries: Sequence[Entry], changed: Sequence[Changed]) -> str:
    """What is signed when an edition is published."""
    return canonical(
        {
            "format": FORMAT,
            "about": f"{ABOUT} {MADE_UP}" if head.is_demonstration else ABOUT,
            "edition": head.number,
            "published": f"{head.published:%Y-%m-%dT%H:%M:%SZ}",
            "before": head.before and {"edition": head.before[0], "sha256": head.before[1]},
            "key": head.key,
            "groups": [{"group": group.key, "name": group.full_title} for group in GROUPS],
            "planks": [_plank(entry) for entry in entries],
            "changes": [_change(one) for one in changed],
        }
    )


def planks_of(written: str) -> tuple[Entry, ...]:
    """The planks that a manifest tells of."""
    return tuple(_entry(told) for told in json.loads(written)["planks"])


def changes_of(written: str) -> list[Changed]:
    """What a manifest says has changed since the edition before."""
    told: list[Mapping[str, Any]] = json.loads(written)["changes"]
    return [
        Changed(number_of(one["plank"]), Change(one["change"]), one["from"], one["to"], one["group"], one["why"])
        for one in told
    ]


def number_of(name: str) -> int:
    """12, of "P12"."""
    return int(name.removeprefix("P"))


def _plank(entry: Entry) -> dict[str, Any]:
    stances = [_stance(one) for one in entry.stances]
    return {
        "plank": f"P{entry.plank}",
        "version": entry.version,
        "sha256": entry.sha256,
        "stances": stances,
        "stances_sha256": hash_of(canonical(stances)),
    }


def _stance(one: Backed) -> dict[str, Any]:
    return {
        "group": one.group,
        "kind": one.kind.value,
        "version": one.version,
        "decided": one.decided.isoformat(),
        "statement_sha256": one.statement_sha256 or None,
    }


def _change(one: Changed) -> dict[str, str]:
    told = {"change": one.change.value, "from": one.before, "to": one.after, "group": one.group, "why": str(one.why)}
    return {"plank": f"P{one.plank}", **told}


def _entry(told: Mapping[str, Any]) -> Entry:
    return Entry(
        plank=number_of(told["plank"]),
        version=told["version"],
        sha256=told["sha256"],
        stances=tuple(_backed(one) for one in told["stances"]),
    )


def _backed(told: Mapping[str, Any]) -> Backed:
    decided = date.fromisoformat(told["decided"])
    statement = told["statement_sha256"] or ""
    return Backed(told["group"], StanceKind(told["kind"]), told["version"], decided, statement)


def _has_float(facts: Any) -> bool:
    if isinstance(facts, Mapping):
        return any(_has_float(value) for value in facts.values())
    if isinstance(facts, list | tuple):
        return any(_has_float(value) for value in facts)
    return isinstance(facts, float)
