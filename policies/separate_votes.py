"""Separate votes: named units are voted on by themselves before the whole, and none that fails is shown as backed."""

from collections.abc import Mapping
from dataclasses import dataclass

from policies.ballots import Outcome
from policies.endorsements import FormKind, StanceKind, stance_after

# The paper stays one that can be read.
MOST_SEPARATE = 10

# What the whole's outcome gives where units were voted on apart: when all of them were carried, and when not.
# Without a quorum on the whole nothing is decided, whatever was said of the units.
STANCE_WITH_UNITS: dict[tuple[Outcome, bool], StanceKind | None] = {
    (Outcome.CARRIED, True): StanceKind.ENDORSED,
    (Outcome.CARRIED, False): StanceKind.OPT_OUT,
    (Outcome.NOT_CARRIED, True): StanceKind.DECLINED,
    (Outcome.NOT_CARRIED, False): StanceKind.DECLINED,
    (Outcome.NO_QUORUM, True): None,
    (Outcome.NO_QUORUM, False): None,
}


@dataclass(frozen=True)
class Decision:
    """What a ballot leaves: the stance, and which units it does not back."""

    kind: StanceKind | None
    left_out: tuple[str, ...] = ()


def not_carried(apart: Mapping[str, Outcome]) -> tuple[str, ...]:
    """The units voted on apart that were not carried: voted down, or without a quorum of their own."""
    return tuple(unit for unit, outcome in apart.items() if outcome is not Outcome.CARRIED)


def decision(
    form: FormKind,
    units: tuple[str, ...],
    whole: Outcome,
    apart: Mapping[str, Outcome],
    current: StanceKind | None,
    *,
    is_rerun: bool,
) -> Decision:
    """The stance a published ballot leaves, with votes on named units (`apart`) or without any.

    `units` are those the form itself leaves out. Where the whole lacks its quorum, `stance_after` says what stands.
    """
    failed = not_carried(apart)
    kind = STANCE_WITH_UNITS[whole, not failed] if apart else None
    if kind is None:
        kind = stance_after(form, whole, current, is_rerun=is_rerun)
        failed = units
    return Decision(kind, failed if kind is StanceKind.OPT_OUT else ())
