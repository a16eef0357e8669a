"""What is put to the vote, as pages show it: the exact words, or each amendment with what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app.amendments import service as amendments
from app.amendments.choices import Choice, Wording, choices_of
from app.amendments.presenters import Comparison, compared
from app.ballots import results, service
from app.ballots.results import ShownBallot
from app.models import Plank, Revision, Round
from app.web.documents import ShownNode, shown_nodes
from app.web.redlines import Reading, View, reading
from policies.ballots import RoundKind, RoundStage


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    url: str


@dataclass(frozen=True)
class AmendmentOnPaper:
    """An amendment put to the vote: its name on the paper, what it changes, and once published what became of it."""

    question: str
    amendment: Link
    comparison: Comparison
    fate: str
    results: Sequence[ShownBallot]


@dataclass(frozen=True)
class QuestionsTogether:
    """Amendments on the paper that belong together: what is to be chosen between, or what says the same, or one alone.

    Each keeps its own question; nothing is said of a choice once the result is published.
    """

    questions: Sequence[AmendmentOnPaper]
    choice: Choice | None = None
    twins: Wording | None = None


def questions_of(of_round: Round) -> list[QuestionsTogether]:
    """The amendments on the paper, or those that would be on it if the round opened now: rivals beside each other."""
    if of_round.kind is not RoundKind.AMENDMENTS:
        return []
    revisions = service.revision_numbers(of_round) or _votable(of_round)
    asked = {number: _on_paper(of_round, number, revision) for number, revision in revisions.items()}
    choices = choices_of(of_round.version, list(revisions.values()))
    is_over = of_round.stage is RoundStage.PUBLISHED
    by_number = {} if is_over else {choice.numbers[0]: choice for choice in choices.choices}
    alike = {} if is_over else {wording.names[0]: wording for wording in choices.alike}
    return [
        QuestionsTogether(
            [asked[number] for number in numbers],
            by_number.get(numbers[0]),
            alike.get(asked[numbers[0]].amendment.text),
        )
        for numbers in choices.together
    ]


def shown_text(of_round: Round) -> Sequence[ShownNode]:
    """The exact words voted on in an endorsement round."""
    if of_round.kind is RoundKind.AMENDMENTS:
        return ()
    return shown_nodes(of_round.version.units, of_round.version.rendered)


def plank_link(plank: Plank) -> Link:
    """The plank by number and title."""
    return Link(f"{plank.name}: {plank.title}", url_for("platform.plank", ref=plank.ref))


def version_link(of_round: Round) -> Link:
    """The permalink of the version voted on."""
    version = of_round.version
    url = url_for("platform.version", ref=of_round.plank.ref, name=version.name)
    return Link(f"version {version.name}", url)


def _votable(of_round: Round) -> dict[int, Revision]:
    if of_round.stage is not RoundStage.PREPARED or of_round.version_id != of_round.plank.working_version_id:
        return {}
    open_ones = amendments.votable_on(of_round.plank)
    return {one.number: one.revision for one in open_ones if one.number and one.revision}


def _on_paper(of_round: Round, number: int, revision: Revision) -> AmendmentOnPaper:
    question, amendment = f"A{number}", revision.amendment
    is_published = of_round.stage is RoundStage.PUBLISHED
    return AmendmentOnPaper(
        question=question,
        amendment=Link(amendment.name, url_for("amendments.show", ref=amendment.ref)),
        comparison=compared(of_round.version.document, revision.document),
        fate=results.fate(of_round, number) if is_published else "",
        results=results.shown_ballots(of_round, question),
    )


def reading_of(of_round: Round, endpoint: str) -> Reading:
    """How the reader of a round's page reads what the amendments on it change: at first the changes alone."""
    return reading(url_for(endpoint, number=of_round.number), View.CHANGES)
