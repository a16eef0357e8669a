"""Where an amendment stands and what happens to it next, in sentences with dates."""

from datetime import datetime, timedelta

from app.models import Amendment, Plank, Version
from app.visibility.names import Names, mover_of_amendment
from app.web.filters import day, minute
from policies.amendments import OBJECTION_PERIOD, AmendmentStage
from policies.groups import group_named
from policies.planks import Stage
from policies.text.units import Kind, Unit
from policies.visibility import anonymous

STATES = {
    AmendmentStage.DRAFT: "Draft",
    AmendmentStage.SUBMITTED: "Seeking a seconder",
    AmendmentStage.OPEN: "Open",
    AmendmentStage.BALLOTING: "On the ballot",
    AmendmentStage.CARRIED: "Carried",
    AmendmentStage.NOT_CARRIED: "Not carried",
    AmendmentStage.MINORITY_POSITION: "Minority position",
    AmendmentStage.NO_QUORUM: "Undecided",
    AmendmentStage.WITHDRAWN: "Withdrawn",
    AmendmentStage.SUPERSEDED: "Superseded",
    AmendmentStage.FALLEN: "Fallen",
    AmendmentStage.RULED_OUT: "Ruled out",
}

_ENDS = {
    AmendmentStage.CARRIED: "It was carried on {day} and is in {became}.",
    AmendmentStage.NOT_CARRIED: "It was put to a round of ballots and not carried; decided on {day}.",
    AmendmentStage.MINORITY_POSITION: (
        "It was not carried, but had a quarter or more of the votes in a group; since {day} it is kept beside the text."
    ),
    AmendmentStage.NO_QUORUM: "Too few members voted to decide it; the round was published on {day}.",
    AmendmentStage.WITHDRAWN: "Its mover withdrew it on {day}.",
    AmendmentStage.SUPERSEDED: "Another wording took its place on {day}.",
    AmendmentStage.FALLEN: "It fell on {day}, because a rival amendment was carried or the words it changes are gone.",
    AmendmentStage.RULED_OUT: "Clerks ruled it out of order on {day}.",
}

_FELL_WITH_ITS_PLANK = "It fell on {day} with its plank, which is {stage}. {reason}"

_SAID_ALREADY = "It was carried on {day}; another amendment that was carried with it says the same, so the text does."

_HOURS = OBJECTION_PERIOD // timedelta(hours=1)


def state(amendment: Amendment) -> str:
    """One or two words for a tag."""
    return "Text has moved" if amendment.needs_rebase else STATES[amendment.stage]


def who(group: str) -> str:
    """Who objected, or whoever else is never told by name."""
    return anonymous(group)


def moved_by(amendment: Amendment, names: Names) -> str:
    """Who moved it, and that somebody else offered its words, where that was so."""
    offered = ", a consensus wording" if amendment.is_consensus else ""
    return f"Moved by {names.who(mover_of_amendment(amendment))}{offered}"


def name_of(unit: Unit) -> str:
    """What the unit being edited is called: "Clause 3", or what it is where it has no number."""
    if unit.kind is Kind.HEADING:
        return "Heading"
    return f"Footnote {unit.label}" if unit.kind is Kind.FOOTNOTE else f"Clause {unit.clause}"


def came_into(plank: Plank, version: Version, *, is_agreed: bool) -> str:
    """The version that a carried amendment made, and whether that is agreed: it may be in no agreed text yet."""
    working = plank.working_version
    if is_agreed:
        return f"version {version.name}, the agreed text"
    if version.id == plank.agreed_version_id:
        return f"version {version.name}, the last agreed text"
    if working is None or version.id == working.id:
        return f"version {version.name}, the working text, which is not agreed"
    agreed = "" if working.id == plank.agreed_version_id else ", which is not agreed"
    return f"version {version.name}, an earlier text; the working text is version {working.name}{agreed}"


def what_next(
    amendment: Amendment,
    *,
    is_objected: bool,
    is_decided: bool,
    became: str = "",
    round_opens: datetime | None = None,
) -> str:
    """What happens next, or how it ended.

    `is_objected`: a member has objected to these words. `is_decided`: a group has a stance on the text they would
    change. Either way the amendment needs a round. `became` names the version a carried one made. `round_opens`: the
    notice of a round on its plank runs until then.
    """
    if amendment.stage is AmendmentStage.FALLEN and fell_with_its_plank(amendment):
        stands = {"stage": amendment.plank.stage.words, "reason": amendment.plank.end_reason}
        return _FELL_WITH_ITS_PLANK.format(day=day(amendment.ended_at), **stands).strip()
    if amendment.stage in _ENDS:
        is_said_already = amendment.stage is AmendmentStage.CARRIED and not became
        sentence = _SAID_ALREADY if is_said_already else _ENDS[amendment.stage]
        return sentence.format(day=day(amendment.ended_at), became=became)
    if amendment.needs_rebase:
        return "The text has changed since this was written. Its mover has to bring it up to date and submit it anew."
    if amendment.stage is AmendmentStage.DRAFT:
        return "Nobody but you sees this draft. Submit it to put it before the members."
    if amendment.stage is AmendmentStage.SUBMITTED:
        return f"It opens when a member of a group other than the {group_named(amendment.group).title} seconds it."
    if amendment.stage is AmendmentStage.BALLOTING:
        return "The groups are voting on it. The result shows when the round is published."
    if round_opens is not None:
        return (
            f"A round on this plank is announced, and opens on {minute(round_opens)}. Unless this amendment is on its"
            f" paper, it waits: nothing is adopted by agreement before the result. Its {_HOURS} hours run anew then."
        )
    return _next_of_an_open_one(amendment, is_objected=is_objected, is_decided=is_decided)


def fell_with_its_plank(amendment: Amendment) -> bool:
    """Whether its plank had ended before it did."""
    plank_ended, ended = amendment.plank.ended_at, amendment.ended_at
    return plank_ended is not None and ended is not None and plank_ended <= ended


def _next_of_an_open_one(amendment: Amendment, *, is_objected: bool, is_decided: bool) -> str:
    if amendment.plank.stage is not Stage.OPEN:
        return f"Its plank is {amendment.plank.stage.words}, so nothing happens to it until that is over."
    if is_decided:
        return "A group has decided on the text it would change, so it needs a round of ballots, carried in each group."
    if is_objected:
        return "A member has objected, so it needs a round of ballots, and every group must carry it."
    if amendment.opened_at is None:
        return ""
    return (
        f"If no member objects by {minute(amendment.opened_at + OBJECTION_PERIOD)},"
        f" {_HOURS} hours after it was seconded or the latest vote on its plank ended, it becomes part of the text."
    )
