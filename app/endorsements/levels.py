"""The level of many planks at once: `policies.agreement.level` said in SQL, for filtering, sorting and counting.

Nothing is stored. A property test holds this and the rule together, stance by stance.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select

from app.endorsements.pausing import is_paused
from app.models import Plank, Stance
from app.models.bearing import bears_on
from policies.agreement import TAKEN_BACK, Level, LevelKey, label_of
from policies.endorsements import COUNTING, StanceKind
from policies.groups import GROUP_KEYS

# The order in which readers meet them: what all back first, what is only being written last.
READING_ORDER: tuple[LevelKey, ...] = (
    LevelKey.AGREED,
    LevelKey.PAUSED,
    LevelKey.AGREED_IN_PART,
    LevelKey.BACKED_BY_ALL_BUT_ONE,
    LevelKey.NO_LONGER_AGREED,
    LevelKey.BEING_DRAFTED,
)


def level_named(key: LevelKey | str) -> Level:
    """A level with its public words; raises `ValueError` for any other word."""
    known = LevelKey(key)
    return Level(known, label_of(known, len(GROUP_KEYS)))


def shown_version_id() -> ColumnElement[int]:
    """The id of the version the public reads: the agreed one where there is one, else the working one."""
    return func.coalesce(Plank.agreed_version_id, Plank.working_version_id)


def shown_level() -> ColumnElement[str]:
    """The key of the level of a plank's shown version, as a column of a query on planks: one look at its stances."""
    return on_shown(level_said())


def level_said() -> ColumnElement[str]:
    """The key of the level that stances on the words shown make together: for a question that counts over them."""
    groups, was_agreed = len(GROUP_KEYS), Plank.agreed_version_id.is_not(None)
    counting, paused = _number(Stance.kind.in_(COUNTING)), _number(Stance.kind.in_(COUNTING) & is_paused())
    opted_out, taken_back = _number(Stance.kind == StanceKind.OPT_OUT), _number(Stance.kind.in_(TAKEN_BACK))
    return case(
        ((counting == groups) & (paused > 0), _word(LevelKey.PAUSED)),
        ((counting == groups) & (opted_out > 0), _word(LevelKey.AGREED_IN_PART)),
        (counting == groups, _word(LevelKey.AGREED)),
        (was_agreed & (taken_back > 0), _word(LevelKey.NO_LONGER_AGREED)),
        ((counting - paused == groups - 1) & literal(groups >= 3), _word(LevelKey.BACKED_BY_ALL_BUT_ONE)),
        else_=_word(LevelKey.BEING_DRAFTED),
    )


def on_shown(said: ColumnElement[Any]) -> ColumnElement[Any]:
    """What stances on the words shown say together, as a column of a query on planks."""
    return select(said).select_from(Stance).where(bears_on_shown()).correlate(Plank).scalar_subquery()


def bears_on_shown() -> ColumnElement[bool]:
    """The stances on the words shown. Of each group at most one counts for a version, so that stances are groups."""
    return and_(Stance.plank_id == Plank.id, bears_on(shown_version_id()), Stance.group.in_(GROUP_KEYS))


def in_reading_order(planks: Select[Plank]) -> Select[Plank]:
    """The same planks, the most agreed first, then by number."""
    place = {key.value: position for position, key in enumerate(READING_ORDER)}
    return planks.order_by(None).order_by(case(place, value=shown_level()), Plank.number)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _word(key: LevelKey) -> ColumnElement[str]:
    return literal(key.value)
