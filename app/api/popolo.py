"""The same in the shapes of the Popolo project (popoloproject.com): organisations, motions, votes by group.

A motion is the question of a round about one text. A vote event is one group's decision on it: votes of groups are
never added up. What single members voted is known to nobody, so that `votes` is always empty.
"""

from collections.abc import Sequence

from app.api import naming
from app.api.naming import Told, moment
from app.api.telling_decisions import Counted, result
from app.models import Ballot, Count, Round
from app.rounds import wording
from policies.ballots import Outcome, RoundKind
from policies.groups import GROUPS, group_named

# Of want of a quorum Popolo has no word: it is neither.
RESULTS: dict[Outcome, str | None] = {Outcome.CARRIED: "pass", Outcome.NOT_CARRIED: "fail", Outcome.NO_QUORUM: None}
CLASSIFICATION = "Compass group"
OF_KIND = {RoundKind.ENDORSEMENT: "endorsement", RoundKind.AMENDMENTS: "amendments"}


def organizations() -> list[Told]:
    """The Compass groups. They are no parties."""
    return [
        {
            "id": group.key,
            "name": group.full_title,
            "other_names": [{"name": group.title}],
            "classification": CLASSIFICATION,
            "links": [{"url": naming.url_of("groups.show", group=group.key), "note": "The group’s page"}],
        }
        for group in GROUPS
    ]


def motions(found: Sequence[Round]) -> list[Told]:
    """Published rounds."""
    return [
        {
            "id": one.name,
            "identifier": one.name,
            "classification": OF_KIND[one.kind],
            "text": _text(one),
            "date": moment(one.opens_at),
            "requirement": "Each group decides by itself, under its own standing orders.",
            "result": None,
            "sources": [{"url": naming.url_of("ballots.show", number=one.number), "note": "The round’s page"}],
        }
        for one in found
    ]


def vote_events(found: Counted) -> list[Told]:
    """Each group's decision on each question of a published round."""
    return [_vote_event(count, ballot) for count, ballot in found]


def _text(of_round: Round) -> str:
    version = of_round.version
    if of_round.kind is RoundKind.AMENDMENTS:
        return f"Which amendments to {of_round.plank.name}, version {version.name}, to adopt: “{version.title}”"
    return (
        f"Whether to back {of_round.plank.name}, version {version.name}: “{version.title}” (SHA-256 {version.sha256})"
    )


def _vote_event(count: Count, ballot: Ballot) -> Told:
    told, of_round = result(count, ballot), ballot.round
    figures = told["figures"] or {}
    return {
        "id": f"{of_round.name}-{ballot.group}-{count.question}",
        "identifier": count.question,
        "motion_id": of_round.name,
        "organization_id": ballot.group,
        "organization": {"id": ballot.group, "name": group_named(ballot.group).full_title},
        "legislative_session": None,
        "text": told["asked"],
        "start_date": moment(of_round.opens_at),
        "end_date": moment(of_round.closes_at),
        "result": None if ballot.advises else RESULTS[count.outcome],
        "decision": told["decision"],
        "said": told["said"],
        "requirement": f"{wording.threshold(ballot.rules)}. {wording.quorum(ballot.rules)}.",
        "counts": [{"option": option, "value": value} for option, value in figures.items()],
        "votes": [],
    }
