"""Lists that let anyone count a ballot again: its receipts, and apart from them its choices, both sorted."""

from collections.abc import Iterable

from app.ballots import queries, service
from app.ballots.queries import BallotAsSeen
from policies.errors import RuleBroken
from policies.small_cells import EXACT_FROM


def receipts_list(seen: BallotAsSeen) -> str:
    """One receipt a line. A voter finds the own one and sees that the paper was counted."""
    if not service.may_list_receipts(seen.round, seen.ballot):
        raise RuleBroken(f"Receipts are listed once a round is published, for groups with {EXACT_FROM} votes or more.")
    return _lines(queries.receipts_of(seen.ballot))


def choices_list(seen: BallotAsSeen) -> str:
    """One choice a line, "text yes" or "A3 no": `sort choices.txt | uniq -c` gives the published figures."""
    questions = service.listed_questions(seen.round, seen.ballot)
    if not questions:
        raise RuleBroken(
            f"Choices are listed once a round is published, for groups with {EXACT_FROM} votes or more"
            " that did not all but agree."
        )
    return _lines(f"{question} {choice}" for question, choice in queries.choices_of(seen.ballot, questions))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
