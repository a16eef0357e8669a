"""The privacy page, made from what the tables say of themselves and from the rules of how long things are kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.personal import HELD
from policies.personal import Held, column_in_words
from policies.privacy import PURPOSES, Basis, Kept, Kind, Purpose


@dataclass(frozen=True)
class ShownColumn:
    """One column with personal data, by its place in the tables and in words."""

    name: str
    words: str


@dataclass(frozen=True)
class ShownPurpose:
    """What is kept for one purpose."""

    key: str
    title: str
    why: str
    basis: Basis
    kept: Sequence[str]
    tables: Sequence[tuple[str, Sequence[ShownColumn]]]
    """What each table is about, with its columns."""


@dataclass(frozen=True)
class ShownKind:
    """What is kept of one kind of person."""

    key: str
    title: str
    purposes: Sequence[ShownPurpose]


@dataclass(frozen=True)
class PrivacyPage:
    """All of it, and what holds for everybody who only reads."""

    kinds: Sequence[ShownKind]
    grounds: Sequence[Basis]
    access_logs: str


def privacy_page() -> PrivacyPage:
    """By kind of person and purpose."""
    return PrivacyPage([_kind(kind) for kind in Kind], list(Basis), Kept.ACCESS_LOGS.words)


def _kind(kind: Kind) -> ShownKind:
    of_kind = [purpose for purpose, meaning in PURPOSES.items() if meaning.kind is kind]
    return ShownKind(kind.value, kind.words, [_purpose(purpose) for purpose in of_kind])


def _purpose(purpose: Purpose) -> ShownPurpose:
    meaning = purpose.meaning
    return ShownPurpose(
        key=purpose.value,
        title=meaning.title,
        why=meaning.why,
        basis=meaning.basis,
        kept=[kept.words for kept in meaning.kept],
        tables=[(held.about, _columns(name, held, purpose)) for name, held in HELD.items() if _is_of(held, purpose)],
    )


def _is_of(held: Held, purpose: Purpose) -> bool:
    return purpose in held.personal


def _columns(table: str, held: Held, purpose: Purpose) -> list[ShownColumn]:
    return [ShownColumn(f"{table}.{name}", column_in_words(name)) for name in held.personal[purpose].split()]
