"""What waits for clerks: reported arguments, what the reports say, and what clerks of each group have said so far."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload, load_only

from app.extensions import db
from app.models import Amendment, Argument, ArgumentRuling, Plank, Report, Version
from policies.arguments import Verdict
from policies.errors import NotThere
from policies.permissions import Actor


@dataclass(frozen=True)
class Case:
    """An argument before the clerks, its open reports, the oldest first, and the rulings on its words as they are."""

    argument: Argument
    reports: Sequence[Report]
    rulings: Sequence[ArgumentRuling]

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """What clerks have said so far, by group."""
        return {ruling.group: ruling.verdict for ruling in self.rulings}


def by_reference(_actor: Actor, key: str) -> Report:
    """The report with this reference; raises `NotThere`."""
    query = select(Report).options(joinedload(Report.argument)).where(Report.key == key)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotThere("There is no report with this reference. Check it for a slip.")
    return found


def waiting() -> Select[Argument]:
    """The arguments that wait for clerks, the longest waiting first."""
    names = load_only(Version.number, Version.minor, Version.title, Version.plank_id, raiseload=True)
    title = joinedload(Plank.working_version).options(names)
    agreed = joinedload(Plank.agreed_version).options(names)
    return (
        select(Argument)
        .where(Argument.queued_since.is_not(None))
        .order_by(Argument.queued_since, Argument.id)
        .options(
            joinedload(Argument.version).options(names, joinedload(Version.plank).options(title, agreed)),
            joinedload(Argument.amendment).joinedload(Amendment.plank).options(title, agreed),
        )
    )


def how_many_wait() -> int:
    """How many arguments wait for clerks."""
    return db.session.scalar(select(func.count()).where(Argument.queued_since.is_not(None))) or 0


def how_many_wait_for(actor: Actor) -> int:
    """How many of them this person can rule on, and no clerk of the own group has."""
    spoken = exists().where(
        ArgumentRuling.argument_id == Argument.id,
        ArgumentRuling.sitting == Argument.sitting,
        ArgumentRuling.group == actor.group,
    )
    query = select(func.count()).where(Argument.queued_since.is_not(None), Argument.author_id != actor.person_id)
    return db.session.scalar(query.where(~spoken)) or 0


def cases(arguments: Sequence[Argument]) -> list[Case]:
    """These arguments with their open reports and rulings: two queries, however many."""
    ids = [argument.id for argument in arguments]
    reports: dict[int, list[Report]] = defaultdict(list)
    open_ones = select(Report).where(Report.argument_id.in_(ids), Report.settled_at.is_(None)).order_by(Report.id)
    for report in db.session.scalars(open_ones):
        reports[report.argument_id].append(report)
    rulings: dict[int, list[ArgumentRuling]] = defaultdict(list)
    said = select(ArgumentRuling).join(Argument, Argument.id == ArgumentRuling.argument_id)
    said = said.where(ArgumentRuling.argument_id.in_(ids), ArgumentRuling.sitting == Argument.sitting)
    for ruling in db.session.scalars(said.order_by(ArgumentRuling.ruled_at, ArgumentRuling.group)):
        rulings[ruling.argument_id].append(ruling)
    return [Case(argument, reports[argument.id], rulings[argument.id]) for argument in arguments]


def case_of(argument: Argument) -> Case:
    """One argument with its open reports and rulings."""
    return cases([argument])[0]


def has_been_ruled_on_before(argument: Argument) -> bool:
    """Whether clerks spoke of earlier words of it, or settled earlier reports."""
    query = select(ArgumentRuling.group).where(
        ArgumentRuling.argument_id == argument.id, ArgumentRuling.sitting < argument.sitting
    )
    return db.session.scalar(query.limit(1)) is not None
