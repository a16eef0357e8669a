"""Filling an empty database with so many made-up planks, people and votes, to see how the service bears them.

Everything is stored as the services would have stored it, whole rows at a time: the record tells of all of it, and the
rules say what was carried, which stance a group took and what all groups agree on. Planks come in from files, as it
were; those on a roll joined first, and everybody else after the last round, so that rolls stay small.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random, SystemRandom
from typing import Any

from sqlalchemy import func, insert, select, text, update

from app import clock
from app.audit import service as audit
from app.demonstration.made_up_words import THEMES, text_of, title_of
from app.extensions import db
from app.models import (
    AuditRow,
    Ballot,
    Count,
    CountedPaper,
    CountedReceipt,
    Counter,
    Membership,
    Participation,
    Person,
    Plank,
    RollEntry,
    Round,
    RoundOpening,
    RoundOrders,
    Stance,
    Theme,
    Version,
)
from app.models.orders import figures_of
from app.models.rounds import new_receipt
from app.orders import queries as standing_orders
from app.web.markup import rendered
from policies import ballots as rules
from policies.agreement import becomes_agreed
from policies.ballots import Choice, Outcome, RoundKind, RoundStage, Tally
from policies.endorsements import FormKind, StanceKind
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS, group_named
from policies.membership import MembershipStage
from policies.planks import Cause, Stage
from policies.separate_votes import decision
from policies.standing_orders import StandingOrders
from policies.text import ENGINE_VERSION
from policies.text.canonical import digest
from policies.text.lines import printed_lines
from policies.text.units import Document

AT_ONCE = 100
SPAN = timedelta(days=300)
ROUND_TAKES = timedelta(days=11)
# Out of so many planks, one has not been voted on yet.
ONE_WAITS = 7
QUESTION = "text"
# Which groups carry a plank: most often all, sometimes two or one.
CARRIED_BY = (GROUP_KEYS, GROUP_KEYS, GROUP_KEYS, GROUP_KEYS[:-1], GROUP_KEYS[1:], GROUP_KEYS[:1])

Rows = dict[Any, list[dict[str, Any]]]


@dataclass(frozen=True)
class Amounts:
    """How many of what."""

    planks: int
    people: int
    votes: int

    @property
    def rounds(self) -> int:
        """Planks that were voted on."""
        return self.planks - self.planks // ONE_WAITS

    def votes_in(self, ballot: int) -> int:
        """How many votes the ballot of this number has: all votes, spread evenly."""
        whole, rest = divmod(self.votes, self.rounds * len(GROUP_KEYS))
        return whole + (ballot < rest)

    @property
    def roll(self) -> int:
        """How many of each group stand on every roll: a fifth of them stays at home."""
        return max(12, -(-self.votes_in(0) * 5 // 4))


def populate(amounts: Amounts) -> None:
    """Fill the database, in the caller's transaction; raises `RuleBroken` where somebody or something is in it."""
    if any(db.session.scalar(select(kind.id).limit(1)) for kind in (Person, Plank, AuditRow)):
        raise RuleBroken("This database is in use, so nothing is made up in it. Point DATABASE_URL at a new one.")
    if amounts.roll * len(GROUP_KEYS) > amounts.people or amounts.votes_in(0) < rules.FEWEST_VOTES:
        raise RuleBroken(
            "So many votes on so many planks do not fit so many people: each plank takes at least"
            f" {rules.FEWEST_VOTES * len(GROUP_KEYS)} votes, and nobody votes twice. Choose other amounts."
        )
    begins = clock.now() - SPAN - ROUND_TAKES
    _join(amounts, begins)
    _themes(begins)
    orders, chance = standing_orders.current(), Random(7)
    for first in range(1, amounts.planks + 1, AT_ONCE):
        rows: Rows = {}
        for number in range(first, min(first + AT_ONCE, amounts.planks + 1)):
            _live(number, amounts, begins + SPAN * number / amounts.planks, orders, chance, rows)
        _write(rows)
    for name, value in (("plank", amounts.planks), ("round", amounts.rounds)):
        db.session.execute(update(Counter).where(Counter.name == name).values(value=value))
    _go_on_counting()
    while audit.seal_batch():
        db.session.flush()
        db.session.expunge_all()


def _join(amounts: Amounts, begins: datetime) -> None:
    """Everybody joins; the first two of each group are its clerks."""
    founders, rows = amounts.roll * len(GROUP_KEYS), Rows()
    for number in range(1, amounts.people + 1):
        group, is_clerk = group_of(number), number <= 2 * len(GROUP_KEYS)
        since = begins - timedelta(days=60) if number <= founders else begins + SPAN
        name = f"Made-up member {number} ({group_named(group).name})"
        address = f"made-up-{number}@example.org"
        person = {"id": number, "name": name, "email": address, "is_demonstration": True, "created_at": since}
        membership = {"id": number, "person_id": number, "group": group, "stage": MembershipStage.ACTIVE}
        membership |= {"active_since": since, "is_clerk": is_clerk}
        _add(rows, Person, **person)
        _add(rows, Membership, **membership)
        _record(rows, "member joined", "people", number, since, group=group, is_clerk=is_clerk)
        if number % 5000 == 0:
            _write(rows)
            rows = Rows()
    _write(rows)


def group_of(number: int) -> str:
    """The group of the person of this number: one after the other."""
    return GROUP_KEYS[number % len(GROUP_KEYS)]


def _themes(at: datetime) -> None:
    rows = Rows()
    for place, (slug, name) in enumerate(THEMES.items(), start=1):
        _add(rows, Theme, id=place, slug=slug, name=name)
        _record(rows, "theme added", "themes", place, at, slug=slug)
    _write(rows)


def _live(
    number: int, amounts: Amounts, at: datetime, orders: Mapping[str, StandingOrders], chance: Random, rows: Rows
) -> None:
    """One plank: it comes in, and most often a round is held on it."""
    title, words = title_of(number), text_of(number, chance)
    sha256 = _come_in(number, title, words, at, rows)
    stands: dict[str, Any] = {"id": number, "stage": Stage.OPEN, "draft_title": None, "draft_text": None}
    stands |= {"number": number, "opened_at": at, "working_version_id": number, "agreed_version_id": None}
    if number % ONE_WAITS:
        round_id = number - number // ONE_WAITS
        if _vote(round_id, number, sha256, amounts, at, orders, rows):
            stands["agreed_version_id"] = number
    rows.setdefault("stands", []).append(stands)


def _come_in(number: int, title: str, words: str, at: datetime, rows: Rows) -> str:
    document, sha256 = Document.read(title, words, ()), digest(title, words)
    theme = 1 + number % len(THEMES)
    made_up = {"reason": "Made up, to see how the service bears many planks.", "source": f"made-up/{number}.md"}
    _add(rows, Plank, id=number, theme_id=theme, draft_title=title, draft_text=words, created_at=at, **made_up)
    _add(
        rows,
        Version,
        id=number,
        plank_id=number,
        number=1,
        title=title,
        text=words,
        sha256=sha256,
        units=document.units,
        rendered=rendered(document.units),
        lines=printed_lines(document.units),
        engine=ENGINE_VERSION,
        cause=Cause.IMPORTED,
        created_at=at,
    )
    _record(rows, "version written", "versions", number, at, plank=number, cause=Cause.IMPORTED, sha256=sha256)
    stages = {"before": Stage.DRAFT, "after": Stage.OPEN, "number": number, "version": number}
    _record(rows, "plank imported", "planks", number, at, **stages)
    return sha256


def _vote(
    round_id: int,
    plank: int,
    sha256: str,
    amounts: Amounts,
    at: datetime,
    orders: Mapping[str, StandingOrders],
    rows: Rows,
) -> bool:
    """A whole round of all groups on a plank's text; returns whether all of them back it now."""
    opens, closes = at + timedelta(days=3), at + timedelta(days=10)
    times = {"opens_at": opens, "closes_at": closes}
    _prepare(round_id, plank, sha256, at, times, orders, rows)
    outcomes = {
        group: _ballot(round_id, place, plank, amounts, orders[group], rows) for place, group in enumerate(GROUP_KEYS)
    }
    stages = (RoundStage.PREPARED, RoundStage.OPEN, RoundStage.CLOSED, RoundStage.PUBLISHED)
    asked = {"form": FormKind.ENDORSE, "units": [], "separate": []}
    opened: dict[str, Any] = {name: moment.isoformat() for name, moment in times.items()}
    opened |= {"rolls": dict.fromkeys(GROUP_KEYS, amounts.roll), "groups": list(GROUP_KEYS), "amendments": []}
    opened |= {"forms": dict.fromkeys(GROUP_KEYS, asked), "orders": {key: one.version for key, one in orders.items()}}
    moved = {"before": Stage.OPEN, "after": Stage.BALLOTING, "number": plank}
    _record(rows, "round opened on plank", "planks", plank, opens, **moved)
    _record(rows, "round opened", "rounds", round_id, opens, before=stages[0], after=stages[1], **opened)
    _record(rows, "round closed", "rounds", round_id, closes, before=stages[1], after=stages[2])
    _record(rows, "round counted", "rounds", round_id, closes)
    told = {group: {QUESTION: outcome} for group, outcome in outcomes.items()}
    _record(rows, "round published", "rounds", round_id, closes, before=stages[2], after=stages[3], outcomes=told)
    kinds = _decide(round_id, plank, outcomes, closes, rows)
    is_agreed = becomes_agreed(kinds)
    if is_agreed:
        _record(rows, "agreed text moved", "planks", plank, closes, agreed_version=plank)
    back = {"before": Stage.BALLOTING, "after": Stage.OPEN, "number": plank}
    _record(rows, "round published on plank", "planks", plank, closes, **back)
    return is_agreed


def _prepare(
    round_id: int,
    plank: int,
    sha256: str,
    at: datetime,
    times: Mapping[str, datetime],
    orders: Mapping[str, StandingOrders],
    rows: Rows,
) -> None:
    clerks = {group_of(number): number for number in range(1, 1 + len(GROUP_KEYS))}
    first, second = GROUP_KEYS[:2]
    about: dict[str, Any] = {"number": round_id, "kind": RoundKind.ENDORSEMENT, "groups": list(GROUP_KEYS)}
    prepared = {"prepared_by_id": clerks[first], "prepared_group": first, "prepared_at": at}
    stands = {"stage": RoundStage.PUBLISHED, "published_at": times["closes_at"]}
    _add(rows, Round, id=round_id, plank_id=plank, version_id=plank, **about, **prepared, **times, **stands)
    kept = {key: one.version for key, one in orders.items()}
    text_of_round = {"plank": plank, "version": plank, "sha256": sha256, "orders": kept}
    by = {"by_person": clerks[first], "by_group": first}
    _record(rows, "round prepared", "rounds", round_id, at, by=by, after=RoundStage.PREPARED, **about, **text_of_round)
    for group in (first, second):
        _add(rows, RoundOpening, round_id=round_id, group=group, clerk_id=clerks[group], agreed_at=at)
        by = {"by_person": clerks[group], "by_group": group}
        form = {"form": FormKind.ENDORSE, "units": [], "separate": []}
        runs = {name: None if group == first else moment.isoformat() for name, moment in times.items()}
        _record(rows, "round agreed to", "rounds", round_id, at, by=by, **form, **runs)
    for key, one in orders.items():
        _add(rows, RoundOrders, round_id=round_id, group=key, version=one.version, **figures_of(one))


def _ballot(round_id: int, place: int, plank: int, amounts: Amounts, orders: StandingOrders, rows: Rows) -> Outcome:
    """One group's ballot: its roll, who voted, the papers apart from that, and what they come to."""
    ballot = (round_id - 1) * len(GROUP_KEYS) + place + 1
    group, cast = GROUP_KEYS[place], amounts.votes_in(ballot - 1)
    share = 80 if group in CARRIED_BY[plank % len(CARRIED_BY)] else 35
    yes = cast * share // 100
    tally = Tally(yes, cast - yes - cast // 20, cast // 20)
    rule = rules.CountingRules(
        orders.quorum_mode, orders.quorum, orders.threshold, orders.threshold_is_strict, orders.minority
    )
    frozen = {"orders_version": orders.version, "quorum_mode": orders.quorum_mode, "quorum": str(orders.quorum)}
    frozen |= {"threshold": str(orders.threshold), "threshold_is_strict": orders.threshold_is_strict}
    frozen |= {"minority": str(orders.minority), "roll_size": amounts.roll, "form": FormKind.ENDORSE}
    _add(rows, Ballot, id=ballot, round_id=round_id, group=group, **frozen)
    on_roll = [number for number in range(1, amounts.roll * len(GROUP_KEYS) + 1) if group_of(number) == group]
    for person in on_roll:
        _add(rows, RollEntry, ballot_id=ballot, person_id=person, round_id=round_id)
    for person in on_roll[:cast]:
        _add(rows, Participation, ballot_id=ballot, person_id=person)
    choices = [Choice.YES] * tally.yes + [Choice.NO] * tally.no + [Choice.ABSTAIN] * tally.abstain
    SystemRandom().shuffle(choices)
    for choice in choices:
        _add(rows, CountedPaper, mark=new_receipt(), ballot_id=ballot, question=QUESTION, choice=choice)
        _add(rows, CountedReceipt, receipt=new_receipt(), ballot_id=ballot)
    outcome = rules.outcome(tally, amounts.roll, rule)
    counted = {"yes": tally.yes, "no": tally.no, "abstain": tally.abstain, "outcome": outcome}
    _add(rows, Count, ballot_id=ballot, question=QUESTION, **counted)
    return outcome


def _decide(
    round_id: int, plank: int, outcomes: Mapping[str, Outcome], at: datetime, rows: Rows
) -> dict[str, StanceKind]:
    kinds: dict[str, StanceKind] = {}
    for place, (group, outcome) in enumerate(outcomes.items()):
        kind = decision(FormKind.ENDORSE, (), outcome, {}, None, is_rerun=False).kind
        if kind is None:
            raise LookupError("A made-up ballot lacks its quorum.")
        stance = (round_id - 1) * len(GROUP_KEYS) + place + 1
        held = {"plank_id": plank, "group": group, "version_id": plank, "kind": kind, "round_id": round_id}
        _add(rows, Stance, id=stance, decided_at=at, **held)
        told = {"plank": plank, "version": plank, "group": group, "before": None, "before_on": None, "after": kind}
        _record(rows, "stance taken", "stances", stance, at, **told, units=[], round=round_id)
        kinds[group] = kind
    return kinds


def _add(rows: Rows, table: Any, /, **values: Any) -> None:
    rows.setdefault(table, []).append(values)


def _record(
    rows: Rows,
    act: str,
    subject: str,
    subject_id: int,
    at: datetime,
    /,
    by: Any = None,
    **details: Any,
) -> None:
    who = by or {"by_person": None, "by_group": None}
    _add(rows, AuditRow, at=at, act=act, subject=subject, subject_id=subject_id, details=details, **who)


def _write(rows: Rows) -> None:
    """Write what was gathered, in an order in which nothing names what is not there yet."""
    stands = rows.pop("stands", [])
    for kind in _in_order(rows):
        db.session.execute(insert(kind), rows[kind])
        if kind is Version and stands:
            db.session.execute(update(Plank), stands)


def _in_order(rows: Rows) -> Sequence[Any]:
    order = [Theme, Person, Membership, Plank, Version, Round, RoundOpening, RoundOrders, Ballot, RollEntry]
    order += [Participation, CountedPaper, CountedReceipt, Count, Stance, AuditRow]
    return [kind for kind in order if rows.get(kind)]


def _go_on_counting() -> None:
    """Have PostgreSQL number what comes after what has its number already."""
    if db.engine.dialect.name != "postgresql":
        return
    for table, last in _last_numbers():
        if last is not None:
            move = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
            db.session.execute(move, {"table": table, "last": last})


def _last_numbers() -> Iterator[tuple[str, int | None]]:
    for kind in (Theme, Person, Membership, Plank, Version, Round, Ballot, Stance):
        yield kind.__tablename__, db.session.scalar(select(func.max(kind.id)))
