"""How a version came to stand where it stands: its published rounds, gone through one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from policies.agreement import Level, LevelKey, level
from policies.ballots import Outcome
from policies.endorsements import FormKind, StanceKind, stance_after

# The levels at which the public reads the words as agreed, in whole or in part, or no longer.
TOLD = frozenset({LevelKey.AGREED, LevelKey.AGREED_IN_PART, LevelKey.NO_LONGER_AGREED})


@dataclass(frozen=True)
class Decided:
    """One published endorsement round: what each voting group was asked, and the outcome of its ballot."""

    ballots: Mapping[str, tuple[FormKind, Outcome]]
    is_rerun: bool = False
    paused: Mapping[str, datetime] = field(default_factory=dict)
    """The groups whose backing was paused when it was published, and until when."""


@dataclass(frozen=True)
class Standing:
    """The stances on a version after one of its rounds, its level then, and whether that is news."""

    stances: Mapping[str, StanceKind]
    level: Level
    is_news: bool


def standings(rounds: Sequence[Decided], given: Mapping[str, StanceKind] | None = None) -> list[Standing]:
    """Where one version stood after each of its published rounds, in the order of the rounds given.

    `given` are the stances that it had from the first, because groups had promised to back just these words.
    """
    found: list[Standing] = []
    stances: dict[str, StanceKind] = dict(given or {})
    before = level(stances)
    was_agreed = before.key is LevelKey.AGREED
    for decided in rounds:
        stances = _after(stances, decided)
        now = level(stances, was_agreed=was_agreed, paused=decided.paused)
        was_agreed = was_agreed or now.key is LevelKey.AGREED
        found.append(Standing(stances, now, is_news=now != before and now.key in TOLD))
        before = now
    return found


def _after(stances: Mapping[str, StanceKind], decided: Decided) -> dict[str, StanceKind]:
    after = dict(stances)
    for group, (form, outcome) in decided.ballots.items():
        stance = stance_after(form, outcome, stances.get(group), is_rerun=decided.is_rerun)
        if stance is not None:
            after[group] = stance
    return after
