"""What is looked for in SQL is what the rulebook says: for every stance of every group."""

from itertools import product

import pytest
from flask import Flask

from app.endorsements.finding import backed_in_part, backers, by_backing, differing, holding, part_number
from app.extensions import db
from app.models import Plank
from policies.differences import differences
from policies.endorsements import BACKING_OF, BY_BACKING, Backing, StanceKind
from policies.groups import GROUP_KEYS
from policies.overlap import part_of, parts
from tests import many

pytestmark = pytest.mark.both

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
    for group, backing in product(GROUP_KEYS, Backing):
        expected = [number for number, held in by_number if BACKING_OF[held.get(group)] is backing]
        assert numbers(holding({group: backing})) == expected
    both = holding({"labour": Backing.BACKED, "green": Backing.DECLINED})
    assert numbers(both) == [
        number
        for number, held in by_number
        if BACKING_OF[held.get("labour")] is Backing.BACKED and BACKING_OF[held.get("green")] is Backing.DECLINED
    ]
    for part in parts():
        assert numbers(backers() == part_number(part)) == [n for n, held in by_number if part_of(held) == part]
    counted = [n for n, held in by_number if StanceKind.OPT_OUT in held.values()]
    assert numbers(backed_in_part()) == counted
    ordered = db.session.scalars(db.select(Plank.number).order_by(by_backing("green"), Plank.number)).all()
    assert list(ordered) == sorted(ordered, key=lambda n: (BY_BACKING.index(EVERY_COMBINATION[n - 1].get("green")), n))


def test_backing_is_of_the_words_shown_and_differences_also_on_the_words_worked_on(app: Flask) -> None:
    agreed = many.planks(2, [many.BACKED_BY_ALL] * 2, agreed=True)
    many.newer_versions(agreed[:1], stances={"green": StanceKind.DECLINED})
    assert numbers(holding({"green": Backing.BACKED})) == [1, 2]
    assert numbers(differing()) == [1]
