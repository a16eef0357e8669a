"""Which words all groups back: the level of agreement on a version, derived from the stances, never stored by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policies.endorsements import COUNTING, StanceKind
from policies.groups import GROUPS, NUMBERS


class LevelKey(StrEnum):
    """How far the groups agree on a version: the five public tags, and the one in Agreed's place during a pause."""

    AGREED = "agreed"
    PAUSED = "paused"
    AGREED_IN_PART = "agreed_in_part"
    BACKED_BY_ALL_BUT_ONE = "backed_by_two"
    BEING_DRAFTED = "being_drafted"
    NO_LONGER_AGREED = "no_longer_agreed"


# A group that withdrew may be asked again: its "no" must not raise the level of a text it once backed.
TAKEN_BACK = frozenset({StanceKind.WITHDRAWN, StanceKind.DECLINED})


@dataclass(frozen=True)
class Level:
    """A level and its public words."""

    key: LevelKey
    label: str


def label_of(key: LevelKey, groups: int) -> str:
    """The public words of a level among `groups` groups."""
    return {
        LevelKey.AGREED: "Agreed",
        LevelKey.PAUSED: "Agreed – paused",
        LevelKey.AGREED_IN_PART: "Agreed in part",
        LevelKey.BACKED_BY_ALL_BUT_ONE: f"Backed by {NUMBERS[groups - 1]} of {NUMBERS[groups]}",
        LevelKey.BEING_DRAFTED: "Being drafted",
        LevelKey.NO_LONGER_AGREED: "No longer agreed",
    }[key]


def level(
    stances: Mapping[str, StanceKind],
    *,
    was_agreed: bool = False,
    groups: Sequence[str] | None = None,
    paused: Mapping[str, datetime] | None = None,
) -> Level:
    """The level of one version.

    `stances` are the groups' stances on that version (or, for an editorial version, on the one it differs from);
    `was_agreed` says whether this very version once was Agreed; `paused` says which groups pause their backing of it,
    and until when. Backing that is paused does not count: what would be Agreed says by whom it is paused.
    """
    keys = tuple(group.key for group in GROUPS) if groups is None else tuple(groups)
    pauses = {key: (paused or {})[key] for key in keys if key in (paused or {}) and stances.get(key) in COUNTING}
    key = _level_key(stances, was_agreed=was_agreed, keys=keys)
    if not pauses:
        return _levelled(key, len(keys))
    if key in (LevelKey.AGREED, LevelKey.AGREED_IN_PART):
        return Level(LevelKey.PAUSED, f"{label_of(key, len(keys))} – {paused_words(pauses)}")
    counting = {group: kind for group, kind in stances.items() if group not in pauses}
    return _levelled(_level_key(counting, was_agreed=was_agreed, keys=keys), len(keys))


def paused_words(pauses: Mapping[str, datetime]) -> str:
    """Who pauses and until when: "paused by Labour until 3 May 2026"."""
    said = [f"{_name(key)} until {moment.day} {moment:%B} {moment.year}" for key, moment in pauses.items()]
    return f"paused by {' and '.join(said)}"


def _name(key: str) -> str:
    return next((group.name for group in GROUPS if group.key == key), key)


def _levelled(key: LevelKey, groups: int) -> Level:
    return Level(key, label_of(key, groups))


def _level_key(stances: Mapping[str, StanceKind], *, was_agreed: bool, keys: tuple[str, ...]) -> LevelKey:
    counting = [key for key in keys if stances.get(key) in COUNTING]
    if keys and len(counting) == len(keys):
        opted_out = any(stances[key] is StanceKind.OPT_OUT for key in keys)
        return LevelKey.AGREED_IN_PART if opted_out else LevelKey.AGREED
    if was_agreed and any(stances.get(key) in TAKEN_BACK for key in keys):
        return LevelKey.NO_LONGER_AGREED
    if len(keys) >= 3 and len(counting) == len(keys) - 1:
        return LevelKey.BACKED_BY_ALL_BUT_ONE
    return LevelKey.BEING_DRAFTED


def becomes_agreed(
    stances: Mapping[str, StanceKind],
    groups: Sequence[str] | None = None,
    paused: Mapping[str, datetime] | None = None,
) -> bool:
    """Whether the public's agreed text moves to this version: every group counts, none with an opt-out or a pause."""
    return level(stances, groups=groups, paused=paused).key is LevelKey.AGREED
