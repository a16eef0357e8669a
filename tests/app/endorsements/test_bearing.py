"""Which stances count for which words, said in SQL and by the rule: mended texts, pauses, and all levels of both."""

from datetime import timedelta
from itertools import product

import pytest
from flask import Flask

from app import clock
from app.endorsements import queries
from app.endorsements.finding import holding, stands
from app.endorsements.levels import shown_level
from app.endorsements.pausing import is_paused, until_of
from app.extensions import db
from app.models import Plank, Stance, Suspension, Version
from app.models.bearing import bears_on
from app.planks import queries as planks
from app.web.transactions import transaction
from policies.differences import differences
from policies.endorsements import BACKING_OF, Backing, StanceKind
from policies.groups import GROUP_KEYS
from policies.suspensions import LONGEST_DAYS
from tests import builders, many

pytestmark = pytest.mark.both

BACKS, IN_PART, DECLINED = StanceKind.ENDORSED, StanceKind.OPT_OUT, StanceKind.DECLINED
# What each group decided on the words at first, and on the same words after their punctuation was mended.
SOME = [
    dict(zip(GROUP_KEYS, kinds, strict=True))
    for kinds in product(
        [(BACKS, None), (IN_PART, None), (None, BACKS), (BACKS, DECLINED), (DECLINED, BACKS)], repeat=3
    )
]


def mended(plank_ids: list[int], decided_again: list[dict[str, StanceKind]]) -> None:
    """Give each of these planks the same words mended, as the text shown, with what groups decided on those."""
    with transaction():
        for plank_id, again in zip(plank_ids, decided_again, strict=True):
            plank = builders.plank(plank_id)
            first = plank.working_version
            assert first is not None
            copied = {column.name: getattr(first, column.name) for column in Version.__table__.columns}
            version = Version(**copied | {"id": None, "minor": 1, "parent_id": first.id})
            db.session.add(version)
            db.session.flush()
            was_agreed = plank.agreed_version_id is not None
            plank.working_version_id = version.id
            plank.agreed_version_id = version.id if was_agreed else None
            of_round = db.session.scalars(db.select(Stance.round_id).limit(1)).one()
            for group, kind in again.items():
                taken = {"plank_id": plank_id, "group": group, "version_id": version.id, "kind": kind}
                db.session.add(Stance(**taken, units=[], round_id=of_round, decided_at=clock.now()))


def by_rule() -> dict[int, str]:
    """The level of each plank by the rule."""
    found = {}
    for plank in db.session.scalars(planks.public()):
        shown = plank.shown_version
        assert shown is not None
        found[plank.id] = queries.level_of(plank, shown, queries.on_version(shown)).key.value
    return found


def in_sql() -> dict[int, str]:
    """The same in SQL, plank by plank and of all at once."""
    found = {row[0]: row[1] for row in db.session.execute(db.select(Plank.id, shown_level()))}
    assert {row.id: row.level for row in db.session.execute(stands())} == found
    return found


def paused(stance: Stance, by: tuple[int, int], days: int, ago: int) -> None:
    """A pause of some days that began some days ago."""
    start = clock.now() - timedelta(days=ago)
    row = Suspension(stance_id=stance.id, days=days, reason="We look at it again.", asked_by_id=by[0], asked_at=start)
    row.confirmed_by_id, row.starts_at, row.until = by[1], start, start + timedelta(days=days)
    db.session.add(row)


def test_every_level_of_mended_words_is_the_one_the_rulebook_gives_it(app: Flask) -> None:
    for agreed in (False, True):
        first = [{group: kinds[0] for group, kinds in one.items() if kinds[0]} for one in SOME]
        again = [{group: kinds[1] for group, kinds in one.items() if kinds[1]} for one in SOME]
        made = many.planks(len(SOME), first, agreed=agreed, first=1 + agreed * len(SOME))
        mended(made, again)
    found = in_sql()
    assert found == by_rule()
    assert {"agreed", "agreed_in_part", "no_longer_agreed", "backed_by_two"} <= set(found.values())
    held = {
        plank.number: queries.kinds(queries.on_version(plank.shown_version))
        for plank in db.session.scalars(planks.public())
    }
    numbers = {row.number for row in db.session.execute(stands()) if row.differ}
    assert numbers == {number for number, kinds in held.items() if differences(kinds)}
    backed = db.session.scalars(db.select(Plank.number).where(holding({"green": Backing.BACKED}))).all()
    assert set(backed) == {number for number, kinds in held.items() if BACKING_OF[kinds.get("green")] is Backing.BACKED}


def test_every_level_with_a_pause_is_the_one_the_rulebook_gives_it(app: Flask) -> None:
    kinds = [
        dict(zip(GROUP_KEYS, of_groups, strict=True)) for of_groups in product([BACKS, IN_PART, DECLINED], repeat=3)
    ]
    made = many.planks(len(kinds), kinds) + many.planks(len(kinds), kinds, agreed=True, first=1 + len(kinds))
    by = (builders.clerk("labour").person_id or 0, builders.clerk("labour").person_id or 0)
    with transaction():
        backing = db.select(Stance).where(Stance.group == "labour", Stance.kind != DECLINED).order_by(Stance.id)
        for place, stance in enumerate(db.session.scalars(backing)):
            # Some run, some are over, and some begin by a clock that has stepped back.
            paused(stance, by, days=LONGEST_DAYS - place % 3, ago=(1, 13, -1)[place % 3])
    found = in_sql()
    assert found == by_rule()
    assert len(found) == len(made)
    assert "paused" in found.values()
    running = {row.id for row in db.session.scalars(db.select(Stance)) if until_of(row)}
    assert set(db.session.scalars(db.select(Stance.id).where(is_paused()))) == running


def test_a_stance_bears_on_its_version_and_the_same_words_mended_until_the_group_decides_again(app: Flask) -> None:
    made = many.planks(1, [{"green": BACKS, "labour": BACKS}])
    mended(made, [{"green": DECLINED}])
    many.newer_versions(made, stances={})
    names = {version.name: version.id for version in db.session.scalars(db.select(Version))}

    def bearing(name: str) -> set[tuple[str, int]]:
        query = db.select(Stance.group, Stance.version_id).where(bears_on(names[name]))
        return {(row[0], row[1]) for row in db.session.execute(query)}

    assert bearing("1") == {("green", names["1"]), ("labour", names["1"])}
    assert bearing("1.1") == {("green", names["1.1"]), ("labour", names["1"])}
    assert bearing("2") == set()
