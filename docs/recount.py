"""Count a published round again: python recount.py round.json – needs nothing but Python, and believes nothing.

Prints for each group and question: agrees, differs, or withheld (figures of small ballots are never published).
Ends with 0 where nothing differs, with 1 where something does, with 2 where the file is not the file of a round.
docs/recounting.md says what the file holds.
"""

import json
import sys
from fractions import Fraction

WORDS = ["yes", "no", "abstain"]


def outcome(yes, no, abstain, roll, rules):
    quorum, threshold = (Fraction(*map(int, rules[name].split("/"))) for name in ("quorum", "threshold"))
    counted = {"approval": yes, "participation": yes + no + abstain}[rules["quorum_mode"]]
    if yes + no + abstain < 5 or counted < quorum * roll:
        return "no_quorum"
    needed = threshold * (yes + no)
    return "carried" if yes > no and (yes > needed if rules["strict"] else yes >= needed) else "not_carried"


def check(ballot, question):
    """Nothing where the question agrees, else what differs; None where it is withheld."""
    choices, figures, receipts = question["choices"], question["figures"], ballot["receipts"]
    if question["outcome"] not in ("carried", "not_carried", "no_quorum") or type(ballot["roll"]) is not int:
        raise ValueError("an outcome or a roll is none")
    if choices is None and figures is None:
        return None
    if choices != sorted(choices) or not set(choices) <= set(WORDS) or receipts != sorted(set(receipts)):
        raise ValueError("the lists are not sorted, or hold what is no choice, or a receipt twice")
    counted = [choices.count(word) for word in WORDS]
    if outcome(*counted, ballot["roll"], ballot["rules"]) != question["outcome"]:
        return "the choices do not give this outcome"
    if counted != [figures[word] for word in WORDS]:
        return "the figures are not those of the choices"
    if len(receipts) != len(choices) or len(choices) > ballot["roll"]:
        return "receipts, choices and roll do not go together"
    return ""


def main(path):
    try:
        with open(path, encoding="utf-8") as file:
            told = json.load(file)
        if told["format"] != "common-platform-round-1" or not told["ballots"]:
            raise ValueError("it is not the file of a round")
        found = [(b["group"], q["question"], check(b, q)) for b in told["ballots"] for q in b["questions"]]
    except (OSError, KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError, RecursionError) as fault:
        print(f"This cannot be counted: {type(fault).__name__}: {fault}")
        return 2
    for group, question, fault in found:
        print(f"{group}, {question}: " + ("withheld" if fault is None else f"differs: {fault}" if fault else "agrees"))
    return 1 if any(fault for _, _, fault in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
