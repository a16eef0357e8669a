"""Standing orders as they were changed, version by version, and as each round keeps them from its preparing."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.models.base import Model, Moment, group_type, one_of
from policies.orders_changes import REASON_CHARACTERS, ChangeStage
from policies.permissions import Actor, GroupFacts
from policies.standing_orders import MOST_DAYS, Effect, QuorumMode, StandingOrders, least_days

_WAITING = "stage = 'waiting'"
_SHARES = ("quorum", "threshold", "minority")
_DAYS = ("ballot_days", "notice_days", "qualifying_days", "rerun_after_days", "retabling_after_days")


class Share(TypeDecorator[Fraction]):
    """An exact share above 0 and at most 1, stored as words: "1/10"."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        """Refuse what is no share."""
        if value is not None and not 0 < value <= 1:
            raise ValueError("A stored share is above 0 and at most 1.")
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        """Read it back, exactly."""
        return None if value is None else Fraction(value)


def _figures_are_possible() -> list[CheckConstraint]:
    """What no standing orders may say, refused by the database as well."""
    shares = [
        CheckConstraint(
            f"{name} = '1' OR (replace({name}, '/', '') <> {name} AND substr({name}, 1, 1) BETWEEN '1' AND '9')",
            name=f"{name}_is_a_share",
        )
        for name in _SHARES
    ]
    days = [
        CheckConstraint(f"{name} BETWEEN {least_days(name)} AND {MOST_DAYS}", name=f"{name}_in_range") for name in _DAYS
    ]
    ties = CheckConstraint("threshold_is_strict OR threshold <> '1/2'", name="no_tie_carries")
    reach = CheckConstraint("NOT threshold_is_strict OR threshold <> '1'", name="threshold_within_reach")
    return [*shares, *days, ties, reach]


class Figures:
    """The columns of one version's figures, the same wherever they are kept."""

    since: Mapped[date]
    effect: Mapped[Effect] = mapped_column(one_of(Effect, "orders_effect"))
    quorum_mode: Mapped[QuorumMode] = mapped_column(one_of(QuorumMode, "orders_quorum_mode"))
    quorum: Mapped[Fraction] = mapped_column(Share)
    threshold: Mapped[Fraction] = mapped_column(Share)
    threshold_is_strict: Mapped[bool]
    ballot_days: Mapped[int]
    notice_days: Mapped[int]
    qualifying_days: Mapped[int]
    minority: Mapped[Fraction] = mapped_column(Share)
    rerun_after_days: Mapped[int]
    retabling_after_days: Mapped[int]

    def orders_of(self, group: str, version: int) -> StandingOrders:
        """These figures as the rules read them."""
        return StandingOrders(
            group=group,
            version=version,
            since=self.since,
            effect=self.effect,
            quorum_mode=self.quorum_mode,
            quorum=self.quorum,
            threshold=self.threshold,
            threshold_is_strict=self.threshold_is_strict,
            ballot_period=timedelta(days=self.ballot_days),
            notice=timedelta(days=self.notice_days),
            qualifying_period=timedelta(days=self.qualifying_days),
            minority=self.minority,
            rerun_after=timedelta(days=self.rerun_after_days),
            retabling_after=timedelta(days=self.retabling_after_days),
        )


def figures_of(orders: StandingOrders) -> dict[str, Any]:
    """The columns in which these standing orders are kept."""
    return {
        "since": orders.since,
        "effect": orders.effect,
        "quorum_mode": orders.quorum_mode,
        "quorum": orders.quorum,
        "threshold": orders.threshold,
        "threshold_is_strict": orders.threshold_is_strict,
        "ballot_days": orders.ballot_period.days,
        "notice_days": orders.notice.days,
        "qualifying_days": orders.qualifying_period.days,
        "minority": orders.minority,
        "rerun_after_days": orders.rerun_after.days,
        "retabling_after_days": orders.retabling_after.days,
    }


class OrdersChange(Figures, Model):
    """A change of one group's standing orders, whole: proposed by a clerk, and a version once another confirmed it."""

    __tablename__ = "orders_changes"
    __table_args__ = (
        Index(
            "uq_orders_changes_one_waiting",
            "group_key",
            unique=True,
            sqlite_where=text(_WAITING),
            postgresql_where=text(_WAITING),
        ),
        UniqueConstraint("group_key", "version"),
        CheckConstraint("(stage = 'confirmed') = (version IS NOT NULL)", name="confirmed_has_version"),
        CheckConstraint("(stage = 'waiting') = (decided_at IS NULL)", name="decided_has_moment"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by_somebody"),
        CheckConstraint(
            "decided_by_id IS NULL OR (decided_by_id = proposed_by_id) = (stage = 'taken_back')",
            name="decided_by_another_clerk",
        ),
        CheckConstraint("version IS NULL OR version >= 2", name="follows_the_first"),
        CheckConstraint(f"length(reason) BETWEEN 1 AND {REASON_CHARACTERS}", name="has_reason"),
        *_figures_are_possible(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("orders_change_group"))
    stage: Mapped[ChangeStage] = mapped_column(one_of(ChangeStage, "orders_change_stage"), default=ChangeStage.WAITING)
    version: Mapped[int | None]
    """Its number among the versions of the group, once it is confirmed."""
    reason: Mapped[str] = mapped_column(String(REASON_CHARACTERS))
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    def facts_for(self, _actor: Actor) -> GroupFacts:
        """The group whose standing orders these are, as the permissions see one."""
        return GroupFacts(self.group)


class RoundOrders(Figures, Model):
    """The version of a group's standing orders that a round runs under, kept from its preparing and never changed."""

    __tablename__ = "round_orders"
    __table_args__ = (CheckConstraint("version >= 1", name="counts_from_one"), *_figures_are_possible())

    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    group: Mapped[str] = mapped_column("group_key", group_type("round_orders_group"), primary_key=True)
    version: Mapped[int]

    @property
    def orders(self) -> StandingOrders:
        """As the rules read them."""
        return self.orders_of(self.group, self.version)
