"""Counting a published round again from its file alone: nothing of the service is needed, and nothing is believed."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from policies.ballots import Choice, CountingRules, Outcome, Tally, outcome
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.standing_orders import QuorumMode

FORMAT = "common-platform-round-1"
RECEIPT_CHARACTERS = 26
MOST_CHARACTERS = 50_000_000
_DIGITS = re.compile("[0-9]{1,9}")


class Finding(StrEnum):
    """What counting one question of one group's ballot again says."""

    AGREES = "agrees"
    DIFFERS = "differs"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Question:
    """One question of a ballot as it was published; figures and choices are None where they are withheld."""

    name: str
    outcome: Outcome
    figures: Tally | None
    choices: tuple[Choice, ...] | None


@dataclass(frozen=True)
class PublishedBallot:
    """One group's ballot as it was published; receipts are None where they are withheld."""

    group: str
    roll: int
    rules: CountingRules
    receipts: tuple[str, ...] | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class PublishedRound:
    """A published round as its file tells it."""

    number: int
    ballots: tuple[PublishedBallot, ...]


@dataclass(frozen=True)
class Recounted:
    """One question of one group counted again: what was found, and why, in words."""

    group: str
    question: str
    finding: Finding
    why: str


def read(text: str) -> PublishedRound:
    """Read the file of a round; raises `RuleBroken` naming the first thing in it that cannot be so."""
    if len(text) > MOST_CHARACTERS:
        raise RuleBroken("The file is far larger than the file of any round. Download it again.")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise RuleBroken("The file is not JSON. Download it again from the page of the round.") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise RuleBroken(f'The file does not say "format": "{FORMAT}", so it is not the file of a round.')
    ballots = tuple(_ballot(ballot, f"ballot {place}") for place, ballot in enumerate(_list(told, "ballots", "it"), 1))
    if len({ballot.group for ballot in ballots}) != len(ballots) or not ballots:
        raise RuleBroken("The file has no ballot, or two ballots of one group.")
    return PublishedRound(_whole(told, "round", "it"), ballots)


def recount(of_round: PublishedRound) -> list[Recounted]:
    """Count every question of every ballot again and compare it with what the file says was decided."""
    return [_recounted(ballot, question) for ballot in of_round.ballots for question in ballot.questions]


def _recounted(ballot: PublishedBallot, question: Question) -> Recounted:
    if question.choices is None:
        why = "figures are not published, so the file alone cannot show it"
        return Recounted(ballot.group, question.name, Finding.WITHHELD, why)
    tally = Tally.of(question.choices)
    found = outcome(tally, ballot.roll, ballot.rules)
    faults = [
        (found is not question.outcome, f"the choices give {found}, and the file says {question.outcome}"),
        (tally != question.figures, "the figures are not those of the choices"),
        (tally.cast != len(ballot.receipts or ()), "there are not as many receipts as choices"),
        (tally.cast > ballot.roll, "more voted than are on the roll"),
    ]
    why = "; ".join(fault for is_so, fault in faults if is_so)
    if why:
        return Recounted(ballot.group, question.name, Finding.DIFFERS, why)
    words = f"{found}: {tally.yes} yes, {tally.no} no, {tally.abstain} abstained"
    return Recounted(ballot.group, question.name, Finding.AGREES, words)


def _ballot(told: Any, where: str) -> PublishedBallot:
    group = _one_of(told, "group", GROUP_KEYS, where)
    where = f"the ballot of {group}"
    receipts = None if _value(told, "receipts", where) is None else _receipts(told, where)
    questions = tuple(_question(question, where) for question in _list(told, "questions", where))
    if len({question.name for question in questions}) != len(questions) or not questions:
        raise RuleBroken(f"In {where} there is no question, or one twice.")
    if receipts is None and any(question.choices is not None for question in questions):
        raise RuleBroken(f"In {where} choices are listed without receipts, which is never published.")
    return PublishedBallot(group, _whole(told, "roll", where), _rules(told, where), receipts, questions)


def _rules(ballot: Any, where: str) -> CountingRules:
    told = _value(ballot, "rules", where)
    strict = _value(told, "strict", where)
    if not isinstance(strict, bool):
        raise RuleBroken(f'In {where} "strict" is neither true nor false.')
    mode = QuorumMode(_one_of(told, "quorum_mode", list(QuorumMode), where))
    shares = [_share(told, name, where) for name in ("quorum", "threshold", "minority")]
    return CountingRules(mode, shares[0], shares[1], strict, shares[2])


def _question(told: Any, where: str) -> Question:
    name = _value(told, "question", where)
    if not isinstance(name, str):
        raise RuleBroken(f"In {where} a question has no name.")
    where = f"{where}, question {name[:20]!r}"
    decided = Outcome(_one_of(told, "outcome", list(Outcome), where))
    listed, figures = _value(told, "choices", where), _value(told, "figures", where)
    if (listed is None) != (figures is None):
        raise RuleBroken(f"In {where} there are figures without choices, or choices without figures.")
    if listed is None:
        return Question(name, decided, None, None)
    return Question(name, decided, _figures(told, where), _choices(told, where))


def _figures(told: Any, where: str) -> Tally:
    figures = _value(told, "figures", where)
    return Tally(*(_whole(figures, choice.value, where) for choice in Choice))


def _choices(told: Any, where: str) -> tuple[Choice, ...]:
    listed = _sorted(_list(told, "choices", where), "choices", where)
    if not set(listed) <= {choice.value for choice in Choice}:
        raise RuleBroken(f"In {where} a choice is none of {', '.join(Choice)}.")
    return tuple(Choice(word) for word in listed)


def _receipts(told: Any, where: str) -> tuple[str, ...]:
    listed = _sorted(_list(told, "receipts", where), "receipts", where)
    if len(set(listed)) != len(listed) or any(len(receipt) != RECEIPT_CHARACTERS for receipt in listed):
        raise RuleBroken(f"In {where} a receipt stands twice or has not {RECEIPT_CHARACTERS} characters.")
    return tuple(listed)


def _sorted(listed: list[Any], name: str, where: str) -> Sequence[str]:
    if not all(isinstance(word, str) for word in listed) or listed != sorted(listed):
        raise RuleBroken(f"In {where} the {name} are not words in their sorted order, as they are published.")
    return listed


def _value(told: Any, name: str, where: str) -> Any:
    if not isinstance(told, Mapping) or name not in told:
        raise RuleBroken(f'In {where} "{name}" is missing.')
    return told[name]


def _list(told: Any, name: str, where: str) -> list[Any]:
    value = _value(told, name, where)
    if not isinstance(value, list):
        raise RuleBroken(f'In {where} "{name}" is not a list.')
    return value


def _whole(told: Any, name: str, where: str) -> int:
    value = _value(told, name, where)
    if type(value) is not int or value < 0:
        raise RuleBroken(f'In {where} "{name}" is not a whole number.')
    return value


def _one_of(told: Any, name: str, known: Collection[str], where: str) -> str:
    value = _value(told, name, where)
    if not isinstance(value, str) or value not in known:
        raise RuleBroken(f'In {where} "{name}" is none of {", ".join(known)}.')
    return value


def _share(told: Any, name: str, where: str) -> Fraction:
    value = _value(told, name, where)
    parts = value.split("/") if isinstance(value, str) else []
    is_written_so = 1 <= len(parts) <= 2 and all(_DIGITS.fullmatch(part) for part in parts)
    share = Fraction(value) if is_written_so and int(parts[-1]) else Fraction(0)
    if not 0 < share <= 1:
        raise RuleBroken(f'In {where} "{name}" is not a fraction above 0 and at most 1, such as "1/10".')
    return share
