"""The rules each group decides by, read from one TOML file a group."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS

FOLDER = Path(__file__).parent / "standing_orders"


class QuorumMode(StrEnum):
    """What the quorum counts: yes votes (rewards no boycott) or votes cast."""

    APPROVAL = "approval"
    PARTICIPATION = "participation"


class Effect(StrEnum):
    """What a ballot of the group does: it decides for the group, or it advises it and decides nothing."""

    BINDING = "binding"
    CONSULTATIVE = "consultative"


@dataclass(frozen=True)
class StandingOrders:
    """One group's dated, versioned rules. Fractions are exact; a ballot keeps the version it ran under."""

    group: str
    version: int
    since: date
    effect: Effect
    quorum_mode: QuorumMode
    quorum: Fraction
    threshold: Fraction
    threshold_is_strict: bool
    ballot_period: timedelta
    notice: timedelta
    qualifying_period: timedelta
    minority: Fraction
    rerun_after: timedelta
    retabling_after: timedelta


DAYS = ("ballot_days", "notice_days", "qualifying_days", "rerun_after_days", "retabling_after_days")
KEYS = frozenset({"version", "since", "effect", "quorum_mode", "quorum", "threshold", "minority", *DAYS})
MOST_DAYS = 366


def parse(group: str, text: str) -> StandingOrders:
    """Read one group's file; raises `RuleBroken` naming the group and what to mend."""
    try:
        figures = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleBroken(f"Standing orders of {group}: this is not TOML ({error}).") from None
    if set(figures) != KEYS:
        raise RuleBroken(f"Standing orders of {group}: {_faulty_keys(set(figures))}.")
    days = {name: _days(group, name, figures[name]) for name in DAYS}
    threshold, strict = _threshold(group, figures["threshold"])
    return StandingOrders(
        group=group,
        version=_version(group, figures["version"]),
        since=_since(group, figures["since"]),
        effect=_effect(group, figures["effect"]),
        quorum_mode=_mode(group, figures["quorum_mode"]),
        quorum=_share(group, "quorum", figures["quorum"]),
        threshold=threshold,
        threshold_is_strict=strict,
        ballot_period=days["ballot_days"],
        notice=days["notice_days"],
        qualifying_period=days["qualifying_days"],
        minority=_share(group, "minority", figures["minority"]),
        rerun_after=days["rerun_after_days"],
        retabling_after=days["retabling_after_days"],
    )


def load(folder: Path | None = None) -> dict[str, StandingOrders]:
    """Every group's standing orders, by group key; raises `RuleBroken` where a file is missing or wrong."""
    found = {}
    for key in GROUP_KEYS:
        path = (folder or FOLDER) / f"{key}.toml"
        if not path.is_file():
            raise RuleBroken(f"Standing orders of {key}: there is no file {path.name}. Write one.")
        found[key] = parse(key, _text_of(key, path))
    return found


def least_days(name: str) -> int:
    """The fewest days a period of the standing orders may have: a ballot is open for a day at least."""
    return 1 if name == "ballot_days" else 0


def could_carry_a_tie(threshold: Fraction, *, is_strict: bool) -> bool:
    """Whether as many no as yes, or more, could reach a threshold: no standing orders may have such a one."""
    return threshold < Fraction(1, 2) or (threshold == Fraction(1, 2) and not is_strict)


def is_out_of_reach(threshold: Fraction, *, is_strict: bool) -> bool:
    """Whether no vote could ever pass a threshold: more than all of yes and no."""
    return threshold > 1 or (threshold == 1 and is_strict)


def holding_on(versions: Sequence[StandingOrders], day: date) -> StandingOrders:
    """The version that holds on a day: the newest that has begun; before any has, the first."""
    begun = [orders for orders in versions if orders.since <= day]
    return max(begun or versions[:1], key=lambda orders: orders.version)


def _faulty_keys(found: set[str]) -> str:
    said = [
        f"{what}: {', '.join(sorted(names))}"
        for what, names in (("write what is missing", KEYS - found), ("take out what is unknown", found - KEYS))
        if names
    ]
    return "; ".join(said)


def _text_of(group: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RuleBroken(f"Standing orders of {group}: {path.name} is not UTF-8. Save it as UTF-8.") from None


def _version(group: str, number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise RuleBroken(f"Standing orders of {group}: version must be a whole number from 1.")
    return number


def _since(group: str, day: object) -> date:
    if type(day) is not date:
        raise RuleBroken(f"Standing orders of {group}: since must be a date such as 2026-01-01.")
    return day


def _effect(group: str, word: object) -> Effect:
    if word not in list(Effect):
        raise RuleBroken(f'Standing orders of {group}: effect must be "binding" or "consultative".')
    return Effect(str(word))


def _mode(group: str, word: object) -> QuorumMode:
    if word not in list(QuorumMode):
        raise RuleBroken(f'Standing orders of {group}: quorum_mode must be "approval" or "participation".')
    return QuorumMode(str(word))


def _days(group: str, name: str, number: object) -> timedelta:
    least = least_days(name)
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= MOST_DAYS:
        raise RuleBroken(f"Standing orders of {group}: {name} must be a whole number from {least} to {MOST_DAYS}.")
    return timedelta(days=number)


def _share(group: str, name: str, words: object, example: str = "1/10") -> Fraction:
    try:
        share = Fraction(str(words))
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not isinstance(words, str) or not 0 < share <= 1:
        raise RuleBroken(
            f'Standing orders of {group}: {name} must be a fraction above 0 and at most 1, such as "{example}".'
        )
    return share


def _threshold(group: str, words: object) -> tuple[Fraction, bool]:
    """ "more than 1/2" is strict, "at least 2/3" is not."""
    for opening, strict in (("more than ", True), ("at least ", False)):
        if isinstance(words, str) and words.startswith(opening):
            share = _share(group, "threshold", words.removeprefix(opening), example="2/3")
            if is_out_of_reach(share, is_strict=strict) or could_carry_a_tie(share, is_strict=strict):
                raise RuleBroken(
                    f'Standing orders of {group}: threshold must be "more than 1/2" or a larger share within reach.'
                )
            return share, strict
    raise RuleBroken(f'Standing orders of {group}: threshold must read "more than 1/2" or "at least 2/3".')
