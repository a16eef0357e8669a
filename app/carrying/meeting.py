"""A clerk's meeting paper: a plank's text in large numbered lines, then its open amendments in the count's order."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from app.amendments import queries as amendments
from app.amendments.choices import choices_among_open
from app.amendments.presenters import compared
from app.carrying.changes import facts_of
from app.carrying.foot import foot
from app.carrying.planks import address_of, called
from app.models import Amendment, Plank, Revision, Version
from app.papers.describing import blocks_of, changed_alone
from app.papers.paper import Paper, Section
from app.web.addresses import whole_url
from app.web.backing import listed
from policies.amendments import AmendmentStage
from policies.errors import RuleBroken
from policies.permissions import VISITOR
from policies.text.line_marks import lines_named
from policies.text.redline import Change
from policies.text.telling import place_of

ORDER = (
    "At the count the amendments are taken in this order: those that change most words first, then by number. The first"
    " that every group carries wins, and what cannot be adopted beside it falls."
)
MOVED_ON = "The text has moved since these were written; their movers have to submit them anew before a vote: {}."
Progress = Callable[[int, int], None]


def open_amendments(plank: Plank) -> list[Amendment]:
    """What a meeting speaks of, as everybody may read it: open or on the ballot, in the order of the count."""
    found = [
        one
        for one in amendments.of_plank(plank, VISITOR)
        if one.stage in (AmendmentStage.OPEN, AmendmentStage.BALLOTING) and one.revision is not None
    ]
    return sorted(found, key=lambda one: (-(one.revision.changed_tokens if one.revision else 0), one.number or 0))


def require_paper(plank: Plank) -> Version:
    """The text that a meeting speaks of; raises `RuleBroken` where the plank has none, or is not public."""
    if plank.number is None or plank.working_version is None:
        raise RuleBroken("A meeting paper can be made once the plank is open. See its page for where it stands.")
    return plank.working_version


def meeting_paper(plank: Plank, made: datetime, progress: Progress) -> Paper:
    """The whole paper."""
    text = require_paper(plank)
    found = open_amendments(plank)
    votable = [one for one in found if not one.needs_rebase]
    late = [one.name for one in found if one.needs_rebase]
    whole = Section("The text as it stands", blocks=blocks_of(text.units, text.lines or ()), source=text.text)
    rivals, sections = _rivals(plank, votable), []
    for place, amendment in enumerate(votable, start=1):
        sections.append(_section(amendment, place, rivals.get(amendment.number or 0, ())))
        progress(place, len(votable))
    none = [] if votable else ["No amendment is open that could be voted on now."]
    return Paper(
        name=f"{plank.name}-meeting-paper",
        title=f"{plank.name}: {text.title}",
        made=made,
        kicker=f"Meeting paper for {called(plank, text)}",
        said=[ORDER if votable else none[0], *([MOVED_ON.format(listed(late))] if late else [])],
        facts=[("Address", address_of(plank, text)), ("SHA-256 of title and text", text.sha256)],
        sections=[whole, *sections],
        foot=foot(made, whole_url("platform.plank", ref=plank.ref)),
        has_contents=bool(sections),
        is_large=True,
    )


def _section(amendment: Amendment, place: int, rivals: Sequence[str]) -> Section:
    revision = amendment.revision
    assert revision is not None
    old, new = revision.base.document, revision.document
    chosen = [("Choose between this and", listed(rivals))] if rivals else []
    return Section(
        title=f"{place}. Amendment {amendment.name}",
        said=compared(old, new).changes,
        facts=[("In the text", _places(revision)), *chosen, *facts_of(amendment)],
        blocks=changed_alone(old, new),
        starts_page=place == 1,
        is_kept_whole=True,
        is_tracked=True,
    )


def _places(revision: Revision) -> str:
    """Where in the text it changes something: "Clause 3, lines 12 to 14; Clause 4, line 15"."""
    lines = revision.base.lines or ()
    said = []
    for unit in compared(revision.base.document, revision.document).units:
        if unit.change is Change.SAME:
            continue
        numbered = lines_named([line for line in lines if line.unit_id == unit.unit_id])
        said.append(", ".join(filter(None, (place_of(unit), numbered or "new"))))
    return "; ".join(said) or "The title"


def _rivals(plank: Plank, votable: Iterable[Amendment]) -> dict[int, list[str]]:
    """With which others each amendment cannot be adopted together, by number."""
    found: dict[int, list[str]] = {}
    for choice in choices_among_open(plank, list(votable)).choices:
        for number in choice.numbers:
            found[number] = [f"{plank.name}-A{other}" for other in choice.numbers if other != number]
    return found
