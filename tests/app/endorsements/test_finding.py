"""What is looked for in SQL is what the rulebook says: for every stance of every group."""

from itertools import product
from typing import Any

import pytest
from flask import Flask

from app.endorsements.finding import holding, part_number, stands
from app.extensions import db
from app.models import Plank
from policies.differences import differences
from policies.endorsements import BACKING_OF, BY_BACKING, Backing, StanceKind
from policies.groups import GROUP_KEYS
from policies.overlap import part_of
from tests import many

pytestmark = pytest.mark.both

EVERY_COMBINATION = [
    {group: kind for group, kind in zip(GROUP_KEYS, kinds, strict=True) if kind is not None}
    for kinds in product([*StanceKind, None], repeat=len(GROUP_KEYS))
]


def numbers(condition: object) -> list[int]:
    """The numbers of the planks for which this holds."""
    return list(db.session.scalars(db.select(Plank.number).where(condition).order_by(Plank.number)))


def standing() -> dict[int, Any]:
    """Where each plank stands, by number."""
    return {row.number: row for row in db.session.execute(stands())}


def test_every_combination_of_stances_is_found_as_the_rulebook_says(app: Flask) -> None:
    many.planks(len(EVERY_COMBINATION), EVERY_COMBINATION)
    by_number, found = dict(enumerate(EVERY_COMBINATION, start=1)), standing()
    assert found.keys() == by_number.keys()
    for number, held in by_number.items():
        row = found[number]
        assert row.differ is bool(differences(held)), held
        assert row.backers == part_number(part_of(held)), held
        assert row.in_part is (StanceKind.OPT_OUT in held.values()), held
        for group in GROUP_KEYS:
            assert row._mapping[f"backing_{group}"] == BACKING_OF[held.get(group)], held
    for group in GROUP_KEYS:
        ordered = sorted(found, key=lambda number: (found[number]._mapping[f"place_{group}"], number))
        assert ordered == sorted(by_number, key=lambda n: (BY_BACKING.index(by_number[n].get(group)), n))
    for group, backing in product(GROUP_KEYS, Backing):
        expected = [number for number, held in by_number.items() if BACKING_OF[held.get(group)] is backing]
        assert numbers(holding({group: backing})) == expected
    both = holding({"labour": Backing.BACKED, "green": Backing.DECLINED})
    assert numbers(both) == [
        number
        for number, held in by_number.items()
        if BACKING_OF[held.get("labour")] is Backing.BACKED and BACKING_OF[held.get("green")] is Backing.DECLINED
    ]


def test_backing_is_of_the_words_shown_and_differences_also_on_the_words_worked_on(app: Flask) -> None:
    agreed = many.planks(2, [many.BACKED_BY_ALL] * 2, agreed=True)
    many.newer_versions(agreed[:1], stances={"green": StanceKind.DECLINED})
    assert numbers(holding({"green": Backing.BACKED})) == [1, 2]
    assert [(row.level, row.differ) for row in standing().values()] == [("agreed", True), ("agreed", False)]
