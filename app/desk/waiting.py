"""What clerks of several groups do together: what waits for this clerk's group, and what this group waits for."""

from datetime import datetime

from flask import url_for

from app import clock
from app.desk import queries
from app.desk.lines import Action, Line, Section, line_of_round
from app.models import Round
from app.rounds import queries as rounds
from app.rounds.joint_pages import pending, said_by_clerks
from app.rounds.wording import agreement
from app.web.backing import listed
from app.web.filters import day
from policies.groups import GROUPS
from policies.permissions import Actor
from policies.rounds import JointAct


def to_answer(actor: Actor) -> list[Section]:
    """Open rounds that clerks of other groups want extended or annulled; no section where there is none."""
    lines = [_asked(one, is_answered=False) for one in rounds.joint_awaited(actor.group, clock.now())]
    return [Section("joint", "Open rounds to extend or to annul", lines)] if lines else []


def for_others(actor: Actor) -> Section:
    """What a clerk of this group has said that waits for one of another group, and since when."""
    lines = [
        *(_ruled(one, actor) for one in queries.order_queue() if actor.group in one.verdicts),
        *(_agreed(one, actor) for one in rounds.agreed_by(actor.group)),
        *(_asked(one, is_answered=True) for one in rounds.joint_said(actor.group, clock.now())),
    ]
    empty = "Nothing that your group has said waits for another."
    return Section("others", "Waits for clerks of other groups", lines, empty)


def _ruled(queued: queries.QueuedPlank, actor: Actor) -> Line:
    plank = queued.plank
    missing = listed([group.title for group in GROUPS if group.key not in queued.verdicts])
    detail = f"Your group has ruled. In the queue since {day(plank.checking_since)}; no word yet from the {missing}."
    return Line(plank.title, url_for("platform.plank", ref=plank.ref), detail)


def _agreed(of_round: Round, actor: Actor) -> Line:
    since = min((one.agreed_at for one in of_round.openings if one.group == actor.group), default=None)
    return line_of_round(of_round, f"{_since(since)}{agreement(of_round)}")


def _asked(of_round: Round, *, is_answered: bool) -> Line:
    said = " ".join(said_by_clerks(of_round))
    if is_answered:
        return line_of_round(of_round, said)
    # Where both are asked, the page of the graver one.
    endpoint = "ballots.annul" if JointAct.ANNUL in pending(of_round) else "ballots.extend"
    return line_of_round(of_round, said, Action("Read and answer", url_for(endpoint, number=of_round.number)))


def _since(moment: datetime | None) -> str:
    return f"Since {day(moment)}. " if moment else ""
