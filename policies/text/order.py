"""Putting two orders of the same units together: what each side moved stays moved, past whatever it moved it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key

__all__ = ["Run", "merged_order", "slots"]

_Ranks = tuple[dict[int, int], dict[int, int], dict[int, int]]


def merged_order(
    base: Sequence[int], ours: Sequence[int], theirs: Sequence[int], moved: Collection[int]
) -> tuple[list[int], list[int]]:
    """The order that has every two units as the side has them that changed them; and the units in dispute.

    All three hold the same units; `moved` are those that both sides moved. There is a dispute where both put the same
    unit in different places, or where the moves go round in a circle.
    """
    if theirs in (base, ours):
        return list(ours), []
    if ours == base:
        return list(theirs), []
    head, tail = _common_ends(base, ours, theirs)
    middle = base[head : len(base) - tail]
    ranks: _Ranks = (_ranks(base), _ranks(ours), _ranks(theirs))
    disputed = [unit for unit in middle if unit in moved and _placed(ours, unit) != _placed(theirs, unit)]

    def compare(one: int, other: int) -> int:
        return -1 if _precedes(ranks, one, other) else 1

    order = sorted(middle, key=cmp_to_key(compare))
    if not disputed:
        disputed = _circle(ranks, order)
    return [*base[:head], *order, *base[len(base) - tail :]], disputed


def _common_ends(*orders: Sequence[int]) -> tuple[int, int]:
    length = len(orders[0])
    alike = [len({order[index] for order in orders}) == 1 for index in range(length)]
    head = alike.index(False)
    return head, alike[::-1].index(False)


def _ranks(order: Sequence[int]) -> dict[int, int]:
    return {unit: rank for rank, unit in enumerate(order)}


def _placed(order: Sequence[int], unit: int) -> tuple[Sequence[int], Sequence[int]]:
    """The units before and after one, whatever their order."""
    index = order.index(unit)
    return sorted(order[:index]), sorted(order[index + 1 :])


def _precedes(ranks: _Ranks, one: int, other: int) -> bool:
    base, ours, theirs = (rank[one] < rank[other] for rank in ranks)
    return theirs if ours == base else ours


def _circle(ranks: _Ranks, order: list[int]) -> list[int]:
    """The units that cannot stand where they are put without breaking a move."""
    place = _ranks(order)
    return [
        unit
        for unit in order
        if any(_precedes(ranks, unit, other) != (place[unit] < place[other]) for other in order if other != unit)
    ]


@dataclass
class Run:
    """New units between two units that stay, by their indexes on their side; None at the text's start and end."""

    before: int | None
    after: int | None
    new: list[int] = field(default_factory=list)


def slots(order: Sequence[int], runs: Sequence[Run], moved: Collection[int]) -> tuple[dict[int | None, Run], list[Run]]:
    """After which unit of the merged order each run of new units stands, and the runs that have lost their place.

    A run stays between its two neighbours; where the other side parted them it stays with the one that side did not
    move, first with the one before it.
    """
    following = dict(zip([None, *order], [*order, None], strict=True))
    preceding = {after: before for before, after in following.items()}
    placed: dict[int | None, Run] = {}
    lost = []
    for run in runs:
        stays = following[run.before] == run.after or run.before not in moved
        place = run.before if stays else preceding[run.after]
        if place in placed or not (stays or run.after not in moved):
            lost.append(run)
        else:
            placed[place] = run
    return placed, lost
