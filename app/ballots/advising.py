"""A consultative ballot in words: it advises the group and decides nothing, so nothing here may sound like backing."""

from collections.abc import Sequence

from app.ballots import wording
from app.ballots.wording import ABSTAINING
from app.models import Round
from policies.ballots import Outcome
from policies.endorsements import Form, FormKind
from policies.groups import Group
from policies.standing_orders import Effect, StandingOrders

DECIDES_NOTHING = (
    "That decides nothing: the group is not shown as backing a text because of it, and what it decided before stands."
)
_MEANING = (
    "This ballot is consultative: by its standing orders it advises your group and decides nothing. Whatever its"
    " result, your group is not shown as backing a text because of it."
)
_IN_A_WORD: dict[Outcome, str] = {
    Outcome.CARRIED: "Advice only, in favour",
    Outcome.NOT_CARRIED: "Advice only, not in favour",
    Outcome.NO_QUORUM: "No advice: no quorum",
}
# Whoever is in favour of a withdrawal is not in favour of the text.
_IN_A_WORD_OF_A_WITHDRAWAL: dict[Outcome, str] = {
    **_IN_A_WORD,
    Outcome.CARRIED: "Advice only, to withdraw its backing",
    Outcome.NOT_CARRIED: "Advice only, to keep its backing",
}


def is_advice(orders: StandingOrders) -> bool:
    """Whether a ballot under these standing orders advises and decides nothing."""
    return orders.effect is Effect.CONSULTATIVE


def noted(orders: StandingOrders) -> str:
    """What stands beside the rules of such a ballot; nothing beside those of one that binds."""
    return "; the ballot advises and decides nothing" if is_advice(orders) else ""


def asked(form: Form, group: Group, of_round: Round) -> str:
    """The question put to one group, and that its answer advises."""
    question = wording.asked(form, group, of_round)
    return f"For advice only: {question[0].lower()}{question[1:]}"


def meanings() -> list[str]:
    """What yes, no and abstaining mean."""
    return [_MEANING, "Yes: you advise your group to do what is asked. No: you advise it not to.", ABSTAINING]


def meanings_of_amendments(said: Sequence[str]) -> list[str]:
    """The same for a paper on amendments: there the vote counts, since changing a text backs nothing."""
    return [
        *said,
        "Your group’s ballots are consultative on what it backs. On amendments its vote counts as every group’s does:"
        " to change a text is not to back it.",
    ]


def counted(outcome: Outcome, figures: str, of_round: Round) -> str:
    """A group's count and what it says, in sentences; a ballot that is repeated has said nothing yet.

    `figures` is what of the tally may be shown, as it follows the outcome in a word.
    """
    if outcome is Outcome.NO_QUORUM:
        again = "" if of_round.is_rerun else " The group votes once more."
        return f"This consultative ballot gives no advice, for want of a quorum.{again}"
    answer, word = ("yes", "Advised") if outcome is Outcome.CARRIED else ("no", "Not advised")
    advice = f"This ballot was consultative: to the question put to them, the group’s members advise {answer}."
    return f"{advice} {DECIDES_NOTHING} {word}{figures}"


def decided_in_a_word(form: FormKind, outcome: Outcome) -> str:
    """The same in few words, for a heading or a cell."""
    return (_IN_A_WORD_OF_A_WITHDRAWAL if form is FormKind.WITHDRAW else _IN_A_WORD)[outcome]
