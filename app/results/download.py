"""The file of a published round: all that anybody needs to count it again, as far as the small cells allow."""

import json
from datetime import datetime
from typing import Any

from app.ballots import queries as ballots
from app.ballots import service
from app.models import Ballot, Round
from app.rounds import queries as rounds
from app.web.imprint import MADE_UP, imprint
from policies.ballots import RoundStage
from policies.errors import RuleBroken
from policies.groups import GROUPS, group_named
from policies.recount import FORMAT
from policies.small_cells import ShownResult

DISCLAIMER = "Compass groups, not parties."


def file_of(of_round: Round, *, is_demonstration: bool) -> str:
    """The file as it is sent: JSON, one line a value; raises `RuleBroken` before publication."""
    return json.dumps(told_of(of_round, is_demonstration=is_demonstration), ensure_ascii=False, indent=1) + "\n"


def told_of(of_round: Round, *, is_demonstration: bool) -> dict[str, Any]:
    """What the file tells."""
    if of_round.stage is not RoundStage.PUBLISHED:
        raise RuleBroken("The file of a round is there once its result is published. Its page says when voting closes.")
    about = " ".join([*([MADE_UP] if is_demonstration else []), DISCLAIMER, *_disclaimers(), imprint()]).strip()
    by_group = {ballot.group: ballot for ballot in of_round.ballots}
    return {
        "format": FORMAT,
        "about": about,
        "round": of_round.number,
        "kind": of_round.kind,
        "plank": of_round.plank.name,
        "version": of_round.version.name,
        "sha256": of_round.version.sha256,
        "opened": _moment(of_round.opens_at),
        "closed": _moment(of_round.closes_at),
        "published": _moment(of_round.published_at),
        "repeats": None if (before := rounds.repeated_by(of_round)) is None else before.number,
        "ballots": [_ballot(of_round, by_group[group.key]) for group in GROUPS if group.key in by_group],
    }


def _ballot(of_round: Round, ballot: Ballot) -> dict[str, Any]:
    listed = service.may_list_receipts(of_round, ballot)
    shown = ballot.shown
    return {
        "group": ballot.group,
        "name": group_named(ballot.group).full_title,
        "form": {"kind": ballot.form, "statement": ballot.statement, "units": ballot.units},
        "standing_orders": ballot.orders_version,
        "rules": {
            "quorum_mode": ballot.quorum_mode,
            "quorum": ballot.quorum,
            "threshold": ballot.threshold,
            "strict": ballot.threshold_is_strict,
            "minority": ballot.minority,
        },
        "roll": ballot.roll_size,
        "receipts": list(ballots.receipts_of(ballot)) if listed else None,
        "questions": [_question(of_round, ballot, name, shown[name]) for name in service.questions_of(ballot)],
    }


def _question(of_round: Round, ballot: Ballot, name: str, shown: ShownResult) -> dict[str, Any]:
    """Figures and choices together or neither: what may not be shown as a figure is not there to be counted either."""
    exact = shown.exact if name in service.listed_questions(of_round, ballot) else None
    return {
        "question": name,
        "outcome": shown.outcome,
        "said": shown.sentence,
        "figures": None if exact is None else {"yes": exact.yes, "no": exact.no, "abstain": exact.abstain},
        "choices": None if exact is None else [str(choice) for _, choice in ballots.choices_of(ballot, [name])],
    }


def _disclaimers() -> list[str]:
    return [f"The {group.title} is {group.disclaimer}." for group in GROUPS]


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
