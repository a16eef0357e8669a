"""Counting a round again from its file: what was decided is found again, and what was altered is found out."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.ballots import Choice, Outcome, Tally
from policies.errors import RuleBroken
from policies.recount import FORMAT, MOST_CHARACTERS, Finding, PublishedRound, read, recount

RULES = {"quorum_mode": "approval", "quorum": "1/10", "threshold": "1/2", "strict": True, "minority": "1/4"}
RECEIPTS = sorted(f"{number:026d}" for number in range(60))
CHOICES = ["abstain"] * 5 + ["no"] * 15 + ["yes"] * 40
LARGE = {
    "group": "labour",
    "roll": 200,
    "rules": RULES,
    "receipts": RECEIPTS,
    "questions": [
        {"question": "A1", "outcome": "carried", "figures": {"yes": 40, "no": 15, "abstain": 5}, "choices": CHOICES},
        {"question": "A2", "outcome": "carried", "figures": None, "choices": None},
    ],
}
SMALL = {
    "group": "green",
    "roll": 40,
    "rules": {**RULES, "quorum_mode": "participation", "threshold": "1"},
    "receipts": None,
    "questions": [{"question": "A1", "outcome": "no_quorum", "figures": None, "choices": None}],
}
FILE = {"format": FORMAT, "round": 7, "ballots": [LARGE, SMALL]}


def altered(path, value):
    """The file with one thing in it replaced, or taken away where the value is `...`."""
    told = deepcopy(FILE)
    *way, last = path
    place = told
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return told


def findings(told):
    return [(one.group, one.question, one.finding) for one in recount(read(json.dumps(told)))]


def test_a_file_is_read_whole():
    of_round = read(json.dumps(FILE))
    assert isinstance(of_round, PublishedRound)
    assert (of_round.number, [ballot.group for ballot in of_round.ballots]) == (7, ["labour", "green"])
    question = of_round.ballots[0].questions[0]
    assert (question.outcome, question.figures, len(question.choices)) == (Outcome.CARRIED, Tally(40, 15, 5), 60)


def test_what_is_listed_agrees_and_what_is_withheld_is_said_to_be():
    assert findings(FILE) == [
        ("labour", "A1", Finding.AGREES),
        ("labour", "A2", Finding.WITHHELD),
        ("green", "A1", Finding.WITHHELD),
    ]
    assert recount(read(json.dumps(FILE)))[0].why == "carried: 40 yes, 15 no, 5 abstained"


FIRST = ("ballots", 0, "questions", 0)


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ((*FIRST, "outcome"), "not_carried", "the choices give carried, and the file says not_carried"),
        ((*FIRST, "figures", "yes"), 41, "the figures are not those of the choices"),
        ((*FIRST, "choices"), CHOICES[:-1], "the figures are not those of the choices; there are not as many receipts"),
        (("ballots", 0, "receipts"), RECEIPTS[1:], "there are not as many receipts as choices"),
        (("ballots", 0, "roll"), 59, "more voted than are on the roll"),
        (("ballots", 0, "roll"), 401, "the choices give no_quorum, and the file says carried"),
        (("ballots", 0, "rules", "threshold"), "3/4", "the choices give not_carried, and the file says carried"),
    ],
)
def test_what_was_altered_differs_and_the_reason_is_said(path, value, why):
    first = recount(read(json.dumps(altered(path, value))))[0]
    assert first.finding is Finding.DIFFERS
    assert first.why.startswith(why)


@given(st.tuples(*[st.integers(0, 90)] * 3), st.integers(0, 300), st.sampled_from(["1/10", "1/3"]))
def test_the_outcome_of_the_rules_alone_agrees(counts, more, quorum):
    yes, no, abstain = counts
    choices = ["abstain"] * abstain + ["no"] * no + ["yes"] * yes
    roll = len(choices) + more
    figures = dict(zip(Choice, counts, strict=True))
    found = set()
    for outcome in Outcome:
        question = {"question": "text", "outcome": outcome, "figures": figures, "choices": choices}
        receipts = sorted(f"{number:026d}" for number in range(len(choices)))
        ballot = {**LARGE, "roll": roll, "rules": {**RULES, "quorum": quorum}, "receipts": receipts}
        told = {**FILE, "ballots": [{**ballot, "questions": [question]}]}
        found |= {outcome for _, _, finding in findings(told) if finding is Finding.AGREES}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("format",), "other", "not the file of a round"),
        (("round",), -1, '"round" is not a whole number'),
        (("round",), True, '"round" is not a whole number'),
        (("ballots",), ..., '"ballots" is missing'),
        (("ballots",), {}, '"ballots" is not a list'),
        (("ballots",), [], "no ballot"),
        (("ballots",), [SMALL, SMALL], "two ballots of one group"),
        (("ballots", 0), "labour", '"group" is missing'),
        (("ballots", 0, "group"), "tory", '"group" is none of labour, lib_dem, green'),
        (("ballots", 0, "questions"), [], "there is no question"),
        (("ballots", 0, "questions", 1, "question"), "A1", "or one twice"),
        (("ballots", 0, "receipts"), None, "choices are listed without receipts"),
        (("ballots", 0, "receipts"), RECEIPTS[::-1], "sorted order"),
        (("ballots", 0, "receipts", 1), RECEIPTS[0], "a receipt stands twice"),
        (("ballots", 0, "receipts", 0), "0", "has not 26 characters"),
        (("ballots", 0, "rules", "strict"), 1, "neither true nor false"),
        (("ballots", 0, "rules", "quorum_mode"), ["approval"], '"quorum_mode" is none of approval'),
        (("ballots", 0, "rules", "quorum"), 0.1, "not a fraction"),
        (("ballots", 0, "rules", "quorum"), "1e999999999", "not a fraction"),
        (("ballots", 0, "rules", "quorum"), "1/0", "not a fraction"),
        (("ballots", 0, "rules", "quorum"), "3/2", "not a fraction"),
        ((*FIRST, "question"), 5, "a question has no name"),
        ((*FIRST, "outcome"), "agreed", '"outcome" is none of'),
        ((*FIRST, "figures"), None, "choices without figures"),
        ((*FIRST, "choices", 0), "maybe", "sorted order"),
        ((*FIRST, "choices", 59), "zebra", "a choice is none of yes, no, abstain"),
        ((*FIRST, "choices", 0), 5, "not words"),
        ((*FIRST, "choices"), "yes", '"choices" is not a list'),
    ],
)
def test_what_is_no_file_of_a_round_is_refused_in_clear_words(path, value, said):
    with pytest.raises(RuleBroken) as refused:
        read(json.dumps(altered(path, value)))
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["", "no JSON", "[]", "7", "[" * 100_000, " " * (MOST_CHARACTERS + 1)])
def test_what_is_not_even_json_is_refused(text):
    with pytest.raises(RuleBroken):
        read(text)
