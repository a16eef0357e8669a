"""What is looked for in SQL is what the rulebook says: for every stance of every group."""

from itertools import product

from flask import Flask

from app.endorsements.positions import differing, holding
from app.extensions import db
from app.models import Plank
from policies.differences import differences
from policies.endorsements import POSITION_OF, Position, StanceKind
from policies.groups import GROUP_KEYS
from tests import many

EVERY_COMBINATION = [
    {group: kind for group, kind in zip(GROUP_KEYS, kinds, strict=True) if kind is not None}
    for kinds in product([*StanceKind, None], repeat=len(GROUP_KEYS))
]


def numbers(condition: object) -> list[int]:
    """The numbers of the planks for which this holds."""
    return list(db.session.scalars(db.select(Plank.number).where(condition).order_by(Plank.number)))


def test_every_combination_of_stances_is_found_as_the_rulebook_says(app: Flask) -> None:
    many.planks(len(EVERY_COMBINATION), EVERY_COMBINATION)
    by_number = list(enumerate(EVERY_COMBINATION, start=1))
    assert numbers(differing()) == [number for number, held in by_number if differences(held)]
    for group, position in product(GROUP_KEYS, Position):
        expected = [number for number, held in by_number if POSITION_OF[held.get(group)] is position]
        assert numbers(holding({group: position})) == expected
    both = holding({"labour": Position.BACKED, "green": Position.DECLINED})
    assert numbers(both) == [
        number
        for number, held in by_number
        if POSITION_OF[held.get("labour")] is Position.BACKED and POSITION_OF[held.get("green")] is Position.DECLINED
    ]


def test_positions_are_on_the_words_shown_and_differences_also_on_the_words_worked_on(app: Flask) -> None:
    agreed = many.planks(2, [many.BACKED_BY_ALL] * 2, agreed=True)
    many.newer_versions(agreed[:1], stances={"green": StanceKind.DECLINED})
    assert numbers(holding({"green": Position.BACKED})) == [1, 2]
    assert numbers(differing()) == [1]
