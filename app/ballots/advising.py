"""A consultative ballot in words: it advises the group and decides nothing, so nothing here may sound like backing."""

from collections.abc import Sequence

from app.ballots.wording import ABSTAINING
from app.models import Round
from app.web.backing import clauses_named
from policies.ballots import Outcome
from policies.endorsements import Form, FormKind
from policies.groups import Group
from policies.standing_orders import Effect, StandingOrders

NO_BACKING = "That is advice and no decision: the group is not shown as backing these words because of it."
_OF_A_WITHDRAWAL = "That is advice and no decision: what the group decided before stands."
_MEANING = (
    "This ballot is consultative: by its standing orders it advises your group and decides nothing. Whatever its"
    " result, your group is not shown as backing a text because of it."
)
_ASKED: dict[FormKind, str] = {
    FormKind.ENDORSE: "Do you advise the {group} to back version {version}?",
    FormKind.RESERVE: "Do you advise the {group} to back version {version}, with this reservation: “{statement}”?",
    FormKind.EXCEPT: "Do you advise the {group} to back version {version} except {units}?",
    FormKind.WITHDRAW: "Do you advise the {group} to withdraw its backing of version {version}?",
}
_ADVISED: dict[FormKind, str] = {
    FormKind.ENDORSE: "back version {version}",
    FormKind.RESERVE: "back version {version} with a reservation",
    FormKind.EXCEPT: "back version {version} except the parts named",
    FormKind.WITHDRAW: "withdraw its backing of version {version}",
}
_IN_A_WORD: dict[Outcome, str] = {
    Outcome.CARRIED: "Advice only, in favour",
    Outcome.NOT_CARRIED: "Advice only, not in favour",
    Outcome.NO_QUORUM: "No advice: no quorum",
}


def is_advice(orders: StandingOrders) -> bool:
    """Whether a ballot under these standing orders advises and decides nothing."""
    return orders.effect is Effect.CONSULTATIVE


def noted(orders: StandingOrders) -> str:
    """What stands beside the rules of such a ballot; nothing beside those of one that binds."""
    return "; the ballot advises and decides nothing" if is_advice(orders) else ""


def asked(form: Form, group: Group, of_round: Round) -> str:
    """The question put to one group."""
    return _ASKED[form.kind].format(
        group=group.title,
        version=of_round.version.name,
        statement=form.statement,
        units=clauses_named(of_round.version, form.units),
    )


def meanings() -> list[str]:
    """What yes, no and abstaining mean."""
    return [_MEANING, "Yes: you advise your group to do so. No: you advise it not to.", ABSTAINING]


def meanings_of_amendments(said: Sequence[str]) -> list[str]:
    """The same for a paper on amendments: there the vote counts, since changing a text backs nothing."""
    return [
        *said,
        "Your group’s ballots are consultative on what it backs. On amendments its vote counts as every group’s does:"
        " to change a text is not to back it.",
    ]


def decided(form: FormKind, outcome: Outcome, of_round: Round) -> str:
    """What a group's count says, in a sentence; a ballot that is repeated has said nothing yet."""
    stands = _OF_A_WITHDRAWAL if form is FormKind.WITHDRAW else NO_BACKING
    if outcome is Outcome.NO_QUORUM:
        again = "" if of_round.is_rerun else " The group votes once more."
        return f"This consultative ballot gives no advice, for want of a quorum.{again}"
    advice = _ADVISED[form].format(version=of_round.version.name)
    advises = "advise it to" if outcome is Outcome.CARRIED else "do not advise it to"
    return f"The ballot was consultative: the group’s members {advises} {advice}. {stands}"


def decided_in_a_word(outcome: Outcome) -> str:
    """The same in few words, for a heading or a cell."""
    return _IN_A_WORD[outcome]
