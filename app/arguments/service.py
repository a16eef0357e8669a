"""What people do with arguments, and with reports of them. Each function is one thing a person can do."""

from sqlalchemy import select

from app import clock
from app.arguments import queries, reports
from app.arguments.queries import Place
from app.audit import service as audit
from app.extensions import db
from app.models import Argument, ArgumentRuling, Report, locked
from app.visibility import service as visibility
from policies import arguments as rules
from policies.arguments import Complaint, Settlement, Verdict
from policies.errors import RuleBroken
from policies.permissions import Actor
from policies.speaking import require_own_voice
from policies.visibility import Role


def write(place: Place, words: str, *, by: Actor) -> Argument:
    """Give the own reason on one side, or change it. To write twice is to write once.

    What its author chose for the name goes on, but not into another group.
    """
    _lock(place)
    require_open(place)
    rules.require_argument_fits(words)
    argument = queries.row_of(place, by.person_id)
    if argument is None:
        argument = _begin(place, words, by)
        audit.record("argument written", argument, by=by, about=argument.about, about_id=argument.about_id)
        return argument
    locked(argument)
    rules.require_not_hidden(argument.hidden_at is not None)
    if argument.words == words:
        return argument
    _reword(argument, words)
    if argument.group != by.group:
        argument.group = by.group or ""
        visibility.forget(Role.ARGUMENT, argument.id, argument.author_id)
    audit.record("argument changed", argument, by=by, sitting=argument.sitting)
    return argument


def require_open(place: Place) -> None:
    """Refuse what can no longer be done: raises `RuleBroken` once a round has opened here."""
    rules.require_open(queries.why_closed_here(place))


def require_not_hidden(own: Argument | None) -> None:
    """Refuse to write in the place of an own argument that clerks have hidden: raises `RuleBroken`."""
    rules.require_not_hidden(own is not None and own.hidden_at is not None)


def withdraw(argument: Argument, *, by: Actor) -> None:
    """Take the own argument back, words and all, until a round opens; its reports are settled by that."""
    place = queries.place_of(argument)
    _lock(place)
    locked(argument)
    if argument.withdrawn_at is not None:
        return
    require_open(place)
    rules.require_not_hidden(argument.hidden_at is not None)
    _settle(argument, Settlement.WITHDRAWN)
    argument.words, argument.withdrawn_at = "", clock.now()
    visibility.forget(Role.ARGUMENT, argument.id, argument.author_id)
    audit.record("argument withdrawn", argument, by=by)


def report(argument: Argument, kind: Complaint, words: str) -> tuple[Report, bool]:
    """Tell the clerks that an argument should not stand. Nobody is named, so nobody is asked who it is.

    Returns the report and that it is kept. While as many as are kept wait already it is only counted, and what is
    returned is the oldest of them, since clerks settle all together.
    """
    locked(argument)
    require_reportable(argument)
    open_reports = reports.case_of(argument).reports
    if not rules.is_kept(len(open_reports)):
        # No row is written, not even an audit row: anybody can send these, as many as they like.
        argument.reports_beyond = rules.counted_on(argument.reports_beyond)
        return open_reports[0], False
    filed = Report(argument_id=argument.id, kind=kind, words=words, filed_at=clock.now())
    db.session.add(filed)
    _queue(argument)
    audit.record("report filed", filed, by=None, argument=argument.id, kind=kind)
    return filed, True


def require_reportable(argument: Argument) -> None:
    """Refuse reports of what nobody can read any more: raises `RuleBroken`."""
    if argument.hidden_at is not None:
        raise RuleBroken("Clerks of two groups have hidden this argument already, so nobody can read it any more.")
    if argument.withdrawn_at is not None:
        raise RuleBroken("Its author has withdrawn this argument, so nobody can read it any more.")


def rule(argument: Argument, verdict: Verdict, reason: str, sitting_read: str, *, by: Actor) -> Settlement | None:
    """Say for the own group whether an argument is to be hidden; clerks of two groups saying the same decide.

    `sitting_read` names the words the clerk had before their eyes. Returns how it was settled, if it was.
    """
    locked(argument)
    rules.require_not_hidden(argument.hidden_at is not None)
    rules.require_same_words(sitting_read, argument.sitting)
    _say(argument, verdict, reason, by=by)
    decided = rules.decision(reports.case_of(argument).verdicts)
    if decided is None:
        _queue(argument)
        return None
    settlement = Settlement.HIDDEN if decided is Verdict.HIDE else Settlement.LEFT
    _settle(argument, settlement)
    if settlement is Settlement.HIDDEN:
        argument.hidden_at, argument.hidden_reason = clock.now(), reason
    audit.record(f"argument {settlement}", argument, by=by)
    return settlement


def _lock(place: Place) -> None:
    """The plank first, so that nothing is written while a round opens."""
    locked(place.plank)
    if place.amendment is not None:
        locked(place.amendment)


def _begin(place: Place, words: str, by: Actor) -> Argument:
    about, about_id = place.about
    argument = Argument(
        about=about,
        about_id=about_id,
        version_id=place.version.id if place.version else None,
        amendment_id=place.amendment.id if place.amendment else None,
        author_id=by.person_id,
        group=by.group or "",
        side=place.side,
        words=words,
        written_at=clock.now(),
        changed_at=clock.now(),
    )
    db.session.add(argument)
    return argument


def _reword(argument: Argument, words: str) -> None:
    """Put in new words: what clerks said of the old ones no longer counts, but the reports still wait."""
    if argument.words == words:
        return
    argument.words, argument.changed_at = words, clock.now()
    argument.sitting += 1
    if argument.withdrawn_at is not None:
        argument.withdrawn_at, argument.written_at = None, argument.changed_at


def _say(argument: Argument, verdict: Verdict, reason: str, *, by: Actor) -> None:
    said = select(ArgumentRuling.group, ArgumentRuling.clerk_id).where(
        ArgumentRuling.argument_id == argument.id, ArgumentRuling.sitting == argument.sitting
    )
    require_own_voice({row.group: row.clerk_id for row in db.session.execute(said)}, by.group, by.person_id)
    ruling = db.session.get(ArgumentRuling, (argument.id, argument.sitting, by.group))
    if ruling is None:
        ruling = ArgumentRuling(argument_id=argument.id, sitting=argument.sitting, group=by.group or "")
        db.session.add(ruling)
    ruling.verdict, ruling.reason, ruling.clerk_id, ruling.ruled_at = verdict, reason, by.person_id or 0, clock.now()
    audit.record("clerk ruled on argument", argument, by=by, verdict=verdict, sitting=argument.sitting)
    db.session.flush()


def _settle(argument: Argument, settlement: Settlement) -> None:
    """End what waits for clerks: the open reports, and the sitting, so that later reports are ruled on anew."""
    for filed in reports.case_of(argument).reports:
        filed.settled_at, filed.settlement = clock.now(), settlement
    argument.queued_since, argument.reports_beyond = None, 0
    argument.sitting += 1


def _queue(argument: Argument) -> None:
    if argument.queued_since is None:
        argument.queued_since = clock.now()
