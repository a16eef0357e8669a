"""What a group has decided, on which exact words: planks by decision, each decision beside the version it belongs to.

Of a plank's versions that a group backs, lists name the newest, however far it is backed. A text that it declined or
took its backing from is listed apart; that leaves its backing of other words as it is. What a group has not decided
is on no list, since no decision is not opposition.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, Subquery, and_, case, cast, func, literal, select
from sqlalchemy.orm import contains_eager, load_only

from app.endorsements.pausing import is_paused
from app.extensions import db
from app.models import Plank, Stance, Version
from app.models.bearing import is_last_word
from app.planks import queries as planks
from app.web.kept_answers import answer_of
from policies.endorsements import COUNTING, StanceKind

# In the order of the page.
LISTED = (
    StanceKind.ENDORSED,
    StanceKind.RESERVATION,
    StanceKind.OPT_OUT,
    StanceKind.DECLINED,
    StanceKind.WITHDRAWN,
)


@dataclass(frozen=True)
class Lists:
    """Every list of every group: the ids of its decisions, the newest first; and how many of them each group pauses."""

    decisions: Mapping[tuple[str, StanceKind], "array[int]"]
    paused: Mapping[str, int]

    def counts(self, group: str) -> dict[StanceKind, int]:
        """How many planks stand on each list of a group; empty lists are left out."""
        return {kind: len(ids) for (of_group, kind), ids in self.decisions.items() if of_group == group}

    def of_kind(self, group: str, kind: StanceKind) -> Sequence[int]:
        """One list, whole."""
        return self.decisions.get((group, kind), ())

    def first_of_each(self, group: str, length: int) -> list[int]:
        """The newest few decisions of every kind."""
        return [one for kind in LISTED for one in self.of_kind(group, kind)[:length]]


def lists() -> Lists:
    """Kept until something public changes: to tell which decision is the newest, all are looked at."""
    return answer_of("lists of decisions", _worked_out)


def with_words(ids: Sequence[int]) -> Sequence[Stance]:
    """These decisions, the newest first, and of each version what a list says: its name, its title, and the units that
    could be opted out of."""
    named = load_only(Version.number, Version.minor, Version.title, Version.units, raiseload=True)
    numbered = load_only(Plank.key, Plank.number, raiseload=True)
    loads = contains_eager(Stance.version)
    query = (
        select(Stance)
        .join(Version, Version.id == Stance.version_id)
        .join(Plank, Plank.id == Stance.plank_id)
        .options(loads.options(named, contains_eager(Version.plank).options(numbered)))
    )
    return db.session.scalars(query.where(Stance.id.in_(ids)).order_by(*_latest_first())).all()


def _worked_out() -> Lists:
    listed = _listed()
    pauses = and_(Stance.kind.in_(COUNTING), is_paused())
    query = select(Stance.id, Stance.group, Stance.kind, pauses).join(listed, listed.c.id == Stance.id)
    query = query.join(Plank, Plank.id == Stance.plank_id).where(listed.c.age == 1)
    decisions: dict[tuple[str, StanceKind], array[int]] = defaultdict(lambda: array("i"))
    paused: Counter[str] = Counter()
    for stance_id, group, kind, pauses_now in db.session.execute(query.order_by(*_latest_first())):
        decisions[group, kind].append(stance_id)
        paused[group] += bool(pauses_now)
    return Lists(dict(decisions), dict(paused))


def _listed() -> Subquery:
    """Every decision on a public plank with its `age` among those of its family on the plank: 1 for the newest text."""
    family = case((Stance.kind.in_(COUNTING), literal("backing")), else_=cast(Stance.kind, String))
    age = func.row_number().over(
        partition_by=(Stance.group, Stance.plank_id, family),
        order_by=(Version.number.desc(), Version.minor.desc()),
    )
    return (
        select(Stance.id, age.label("age"))
        .join(Version, Version.id == Stance.version_id)
        .join(Plank, Plank.id == Stance.plank_id)
        .where(Stance.kind.in_(LISTED), planks.is_public(), is_last_word())
        .subquery()
    )


def _latest_first() -> tuple[Any, ...]:
    return Stance.decided_at.desc(), Plank.number, Stance.id
