"""Not the same question again: what a group declined, or left undecided twice, is not put to it anew for some time.

The time is the re-tabling period of the standing orders under which it was decided, so that no later change of them
moves the day. Other words are free at once, and so is the question whether a group withdraws its backing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.ballots import Outcome
from policies.errors import RuleBroken
from policies.groups import GROUPS


@dataclass(frozen=True)
class Asked:
    """That a group was asked about exactly these words: what came of it, when, and the period of its orders then."""

    outcome: Outcome
    is_rerun: bool
    at: datetime
    period: timedelta


def free_from(asked: Asked) -> datetime | None:
    """From when on a group can be asked about these words again; None where it can be asked at once.

    A first ballot without a quorum is repeated by itself, and one that was carried may be followed by another form.
    """
    undecided_twice = asked.outcome is Outcome.NO_QUORUM and asked.is_rerun
    return asked.at + asked.period if asked.outcome is Outcome.NOT_CARRIED or undecided_twice else None


def resting(asked: Mapping[str, Iterable[Asked]], now: datetime) -> dict[str, datetime]:
    """The groups that are left in peace with these words now, each with the moment from which it can be asked again."""
    found = {}
    for group, times in asked.items():
        ends = [end for end in map(free_from, times) if end is not None and end > now]
        if ends:
            found[group] = max(ends)
    return found


def said_of(rest: Mapping[str, datetime]) -> str:
    """Which groups are left in peace with these words, and until when, in a sentence."""
    names = [group.title for group in GROUPS if group.key in rest]
    listed = " and the ".join(filter(None, [", the ".join(names[:-1]), names[-1]]))
    whom = "that group" if len(names) == 1 else "those groups"
    return (
        f"The {listed} voted on these very words not long ago, and did not carry them or twice had no quorum. By the"
        f" standing orders the same words are not put to {whom} again before {_moment(max(rest.values()))}."
    )


def require_free(rest: Mapping[str, datetime], *, is_backed_by_another: bool) -> None:
    """A round is not prepared on words with which a group is left in peace.

    Where another group backs them it may be asked whether it withdraws that, at any time; the groups left in peace are
    then not asked.
    """
    if rest and not is_backed_by_another:
        raise RuleBroken(f"{said_of(rest)} A round can be prepared from then on. A new version is free at once.")


def require_change_is_free(refused: Iterable[tuple[datetime, timedelta]], now: datetime) -> None:
    """The same change that was not carried is not submitted again before the period of every group is over."""
    ends = [at + period for at, period in refused]
    if ends and max(ends) > now:
        raise RuleBroken(
            "This very change was put to the vote not long ago and not carried. It can be submitted again from"
            f" {_moment(max(ends))} on. Your words are kept as a draft, and any other change is free at once."
        )


def _moment(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
