"""Where the groups overlap: which of them back the words of a plank, and no other. Every plank has one such part."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations

from policies.endorsements import COUNTING, StanceKind
from policies.groups import GROUP_KEYS, all_in_words, group_named, in_words, number_in_words

Part = frozenset[str]
"""Some of the groups: those that back the words of a plank. The empty part backs nothing."""


class Standing(StrEnum):
    """What a list can be narrowed to that is no level: one group backs the words, or the groups differ on them."""

    BACKED_BY_ONE = "backed_by_one"
    DIFFER = "differ"


def parts(groups: Sequence[str] = GROUP_KEYS) -> tuple[Part, ...]:
    """Every part in which somebody backs a plank, the largest first: seven where there are three groups."""
    sizes = range(len(groups), 0, -1)
    return tuple(frozenset(some) for size in sizes for some in combinations(groups, size))


def part_of(stances: Mapping[str, StanceKind], paused: Collection[str] = ()) -> Part:
    """The groups whose stance on these words counts. Backing that is paused does not, as long as it is."""
    return frozenset(group for group, kind in stances.items() if kind in COUNTING and group not in paused)


def overlap(backers: Iterable[tuple[Part, int]], groups: Sequence[str] = GROUP_KEYS) -> dict[Part, int]:
    """How many planks each part has, of parts with a number of planks; what nobody backs is in none."""
    found = dict.fromkeys(parts(groups), 0)
    for part, planks in backers:
        if part:
            found[part] += planks
    return found


def part_key(part: Part) -> str:
    """A part as an address has it, in the order of the groups: "labour-green"; "none" of what nobody backs."""
    return "-".join(key for key in GROUP_KEYS if key in part) or "none"


def part_name(part: Part) -> str:
    """Who backs, as a list of parts has it: "All three groups", "Labour and Green alone".

    Of the others nothing is said: not to have decided is not to be against.
    """
    if not part:
        return "No group yet"
    if len(part) == len(GROUP_KEYS):
        name = f"{all_in_words()} groups"
        return f"{name[0].upper()}{name[1:]}"
    return f"{in_words(set(part))} alone"


def part_in_words(part: Part) -> str:
    """The groups that back and no other, as a sentence goes on: "the Compass Labour and Green groups and no other"."""
    if not part:
        return "no group"
    if len(part) == len(GROUP_KEYS):
        return f"{all_in_words()} Compass groups"
    if len(part) == 1:
        return f"the {group_named(next(iter(part))).title} and no other"
    return f"the Compass {in_words(set(part))} groups and no other"


def finding(counts: Mapping[Part, int]) -> str:
    """What the picture shows, in one sentence of all its numbers; a part without planks is left out."""
    found = [(part, planks) for part, planks in counts.items() if planks]
    if not found:
        return "No group backs a plank yet."
    (first, planks), *others = found
    whole = f"{planks} plank{'' if planks == 1 else 's'}, at least in part"
    clauses = [f"{_who(first)} {whole}", *(f"{_who(part)} {number}" for part, number in others)]
    return f"Of {number_in_words()} Compass groups, {'; '.join(clauses)}."


def _who(part: Part) -> str:
    if len(part) == len(GROUP_KEYS):
        return f"{all_in_words()} back"
    return f"{in_words(set(part))} alone {'backs' if len(part) == 1 else 'back'}"
