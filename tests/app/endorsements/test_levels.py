"""The level said in SQL is the level the rulebook says: for every stance of every group, agreed before or not."""

from itertools import product

import pytest
from flask import Flask

from app.endorsements import queries
from app.endorsements.finding import stands
from app.endorsements.levels import READING_ORDER, in_reading_order, level_named, shown_level
from app.extensions import db
from app.models import Plank
from app.planks import queries as planks
from policies.agreement import LevelKey
from policies.endorsements import StanceKind
from policies.groups import GROUP_KEYS
from tests import many

pytestmark = pytest.mark.both

EVERY_COMBINATION = [
    {group: kind for group, kind in zip(GROUP_KEYS, kinds, strict=True) if kind is not None}
    for kinds in product([*StanceKind, None], repeat=len(GROUP_KEYS))
]


def levels_in_sql() -> dict[int, str]:
    found = {row[0]: row[1] for row in db.session.execute(db.select(Plank.id, shown_level()))}
    assert {row.id: row.level for row in db.session.execute(stands())} == found
    return found


def levels_by_rule() -> dict[int, str]:
    found = {}
    for plank in db.session.scalars(planks.public()):
        version = plank.shown_version
        assert version is not None
        found[plank.id] = queries.level_of(plank, version, queries.on_version(version)).key.value
    return found


@pytest.mark.parametrize("agreed", [False, True])
def test_every_combination_of_stances_has_the_level_the_rulebook_gives_it(app: Flask, agreed: bool) -> None:
    made = many.planks(len(EVERY_COMBINATION), EVERY_COMBINATION, agreed=agreed)
    found = levels_in_sql()
    assert found == levels_by_rule()
    assert len(found) == len(made) == 512
    assert LevelKey.NO_LONGER_AGREED in found.values() if agreed else LevelKey.NO_LONGER_AGREED not in found.values()


def test_stances_on_a_newer_text_leave_the_level_of_the_agreed_one(app: Flask) -> None:
    two = {"labour": StanceKind.ENDORSED, "green": StanceKind.ENDORSED}
    made = many.planks(1, [two], agreed=True)
    many.newer_versions(made)
    assert levels_in_sql() == levels_by_rule() == {made[0]: "backed_by_two"}


def test_the_most_agreed_come_first_and_then_the_lowest_numbers(app: Flask) -> None:
    everyone = dict.fromkeys(GROUP_KEYS, StanceKind.ENDORSED)
    many.planks(4, [{}, everyone, {"green": StanceKind.ENDORSED, "labour": StanceKind.ENDORSED}, everyone])
    ordered = db.session.scalars(in_reading_order(planks.public())).all()
    assert [plank.number for plank in ordered] == [2, 4, 3, 1]


def test_every_level_has_its_place_and_its_words() -> None:
    assert set(READING_ORDER) == set(LevelKey)
    assert level_named("backed_by_two").label == "Backed by two of three"
    with pytest.raises(ValueError, match="nearly"):
        level_named("nearly")
