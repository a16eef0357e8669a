"""The level of many planks at once: `policies.agreement.level` said in SQL, for filtering, sorting and counting.

Nothing is stored. A property test holds this and the rule together, stance by stance.
"""

from sqlalchemy import ColumnElement, Select, case, func, literal, select, true

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
    """The key of the level of a plank's shown version, as a column of a query on planks."""
    groups = len(GROUP_KEYS)
    counting, paused = _stances(*COUNTING), _stances(*COUNTING, only=is_paused())
    return case(
        ((counting == groups) & (paused > 0), _word(LevelKey.PAUSED)),
        ((counting == groups) & (_stances(StanceKind.OPT_OUT) > 0), _word(LevelKey.AGREED_IN_PART)),
        (counting == groups, _word(LevelKey.AGREED)),
        (Plank.agreed_version_id.is_not(None) & (_stances(*TAKEN_BACK) > 0), _word(LevelKey.NO_LONGER_AGREED)),
        ((counting - paused == groups - 1) & literal(groups >= 3), _word(LevelKey.BACKED_BY_ALL_BUT_ONE)),
        else_=_word(LevelKey.BEING_DRAFTED),
    )


def in_reading_order(planks: Select[Plank]) -> Select[Plank]:
    """The same planks, the most agreed first, then by number."""
    place = {key.value: position for position, key in enumerate(READING_ORDER)}
    return planks.order_by(None).order_by(case(place, value=shown_level()), Plank.number)


def _stances(*kinds: StanceKind, only: ColumnElement[bool] | None = None) -> ColumnElement[int]:
    """How many groups have a stance of one of these kinds that counts for the shown version; at most one each."""
    counts = (Stance.plank_id == Plank.id, bears_on(shown_version_id()), true() if only is None else only)
    return (
        select(func.count())
        .where(*counts, Stance.kind.in_(kinds), Stance.group.in_(GROUP_KEYS))
        .correlate(Plank)
        .scalar_subquery()
    )


def _word(key: LevelKey) -> ColumnElement[str]:
    return literal(key.value)
