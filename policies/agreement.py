"""Which words all groups back: the level of agreement on a version, derived from the stances, never stored by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from policies.endorsements import COUNTING, StanceKind
from policies.groups import GROUPS, NUMBERS


class LevelKey(StrEnum):
    """How far the groups agree on a version: the five public tags."""

    AGREED = "agreed"
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
        LevelKey.AGREED_IN_PART: "Agreed in part",
        LevelKey.BACKED_BY_ALL_BUT_ONE: f"Backed by {NUMBERS[groups - 1]} of {NUMBERS[groups]}",
        LevelKey.BEING_DRAFTED: "Being drafted",
        LevelKey.NO_LONGER_AGREED: "No longer agreed",
    }[key]


def level(stances: Mapping[str, StanceKind], *, was_agreed: bool = False, groups: Sequence[str] | None = None) -> Level:
    """The level of one version.

    `stances` are the groups' stances on that version (or, for an editorial version, on the one it differs from);
    `was_agreed` says whether this very version once was Agreed.
    """
    keys = tuple(group.key for group in GROUPS) if groups is None else tuple(groups)
    return _levelled(_level_key(stances, was_agreed=was_agreed, keys=keys), len(keys))


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


def becomes_agreed(stances: Mapping[str, StanceKind], groups: Sequence[str] | None = None) -> bool:
    """Whether the public's agreed text moves to this version: every group counts, none with an opt-out."""
    return level(stances, groups=groups).key is LevelKey.AGREED
