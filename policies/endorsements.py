"""What a group decided on one exact version: its stance, and the form of words put to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.ballots import Outcome
from policies.errors import RuleBroken
from policies.standing_orders import Effect
from policies.text.canonical import digest, normalise, normalise_title

STATEMENT_CHARACTERS = 500


class StanceKind(StrEnum):
    """A group's stance on one version. The values are stored."""

    ENDORSED = "endorsed"
    RESERVATION = "reservation"
    OPT_OUT = "opt_out"
    CONDITIONAL = "conditional"
    DECLINED = "declined"
    NO_QUORUM = "no_quorum"
    WITHDRAWN = "withdrawn"


COUNTING = frozenset({StanceKind.ENDORSED, StanceKind.RESERVATION, StanceKind.OPT_OUT})

STANCE_WORDS: dict[StanceKind, tuple[str, str]] = {
    StanceKind.ENDORSED: ("✓", "Backs it"),
    StanceKind.RESERVATION: ("✓*", "Backs it with a reservation"),
    StanceKind.OPT_OUT: ("◐", "Backs it except some units"),
    StanceKind.CONDITIONAL: ("?", "Would back another text"),
    StanceKind.DECLINED: ("✗", "Did not back it"),
    StanceKind.WITHDRAWN: ("✗", "Withdrew its backing"),
    StanceKind.NO_QUORUM: ("–", "No decision"),
}
NO_STANCE: tuple[str, str] = ("–", "No position yet")

# How a list sorts what one group decided: what it backs first, what it said no to next, and last what says neither.
BY_BACKING: tuple[StanceKind | None, ...] = (
    StanceKind.ENDORSED,
    StanceKind.RESERVATION,
    StanceKind.OPT_OUT,
    StanceKind.CONDITIONAL,
    StanceKind.DECLINED,
    StanceKind.WITHDRAWN,
    StanceKind.NO_QUORUM,
    None,
)


class Backing(StrEnum):
    """What planks can be looked for by: whether a group backs the words shown, declined them, or has not decided."""

    BACKED = "backed"
    DECLINED = "declined"
    UNDECIDED = "undecided"


BACKING_OF: dict[StanceKind | None, Backing] = {
    StanceKind.ENDORSED: Backing.BACKED,
    StanceKind.RESERVATION: Backing.BACKED,
    StanceKind.OPT_OUT: Backing.BACKED,
    StanceKind.DECLINED: Backing.DECLINED,
    StanceKind.WITHDRAWN: Backing.DECLINED,
    # Neither yes nor no to these words: want of a quorum is no rejection, and a condition names another text.
    StanceKind.CONDITIONAL: Backing.UNDECIDED,
    StanceKind.NO_QUORUM: Backing.UNDECIDED,
    None: Backing.UNDECIDED,
}


class FormKind(StrEnum):
    """The question a group's clerk puts to the own group in an endorsement round."""

    ENDORSE = "endorse"
    RESERVE = "reserve"
    EXCEPT = "except"
    CONDITIONAL = "conditional"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Condition:
    """One other exact text, named by its hash, which the group will back if it is adopted by a day."""

    title: str
    text: str
    sha256: str
    by_date: date

    @staticmethod
    def of(title: str, text: str, by_date: date) -> "Condition":
        """The condition on these words, in the form in which a version's hash covers them."""
        title, text = normalise_title(title), normalise(text)
        return Condition(title, text, digest(title, text), by_date)


@dataclass(frozen=True)
class Form:
    """One group's question: its kind, the reservation's statement, the units opted out of, the condition.

    `separate` are units that the group votes on by themselves before the whole.
    """

    kind: FormKind = FormKind.ENDORSE
    statement: str = ""
    units: tuple[str, ...] = ()
    condition: Condition | None = None
    separate: tuple[str, ...] = ()


CARRIED_GIVES: dict[FormKind, StanceKind] = {
    FormKind.ENDORSE: StanceKind.ENDORSED,
    FormKind.RESERVE: StanceKind.RESERVATION,
    FormKind.EXCEPT: StanceKind.OPT_OUT,
    FormKind.CONDITIONAL: StanceKind.CONDITIONAL,
    FormKind.WITHDRAW: StanceKind.WITHDRAWN,
}


def require_sound_form(form: Form, *, unit_ids: set[str], current: StanceKind | None) -> None:
    """A form must say what it asks: a reservation has a statement, an opt-out names units, a withdrawal has backing."""
    if len(form.statement) > STATEMENT_CHARACTERS:
        raise RuleBroken(f"Shorten the statement to {STATEMENT_CHARACTERS} characters; it has {len(form.statement)}.")
    if (form.kind is FormKind.RESERVE) != bool(form.statement.strip()):
        raise RuleBroken(
            "Write the reservation’s words. They are only for a reservation: clear them to ask something else."
        )
    if (form.kind is FormKind.EXCEPT) != bool(form.units):
        raise RuleBroken("Name the units to be left out, and only for backing with exceptions.")
    if not set(form.units) <= unit_ids:
        raise RuleBroken("One of the units named is not in this version. Choose among the units shown.")
    if form.units and set(form.units) == unit_ids:
        raise RuleBroken("Every unit is left out, so nothing would be backed. Leave at least one in.")
    if form.kind is FormKind.WITHDRAW and current not in COUNTING:
        raise RuleBroken(
            "Your group does not back this version, so there is no backing to withdraw. Choose another form."
        )


def stance_after(
    form: FormKind,
    outcome: Outcome,
    current: StanceKind | None,
    *,
    is_rerun: bool,
    effect: Effect = Effect.BINDING,
) -> StanceKind | None:
    """The stance a published ballot leaves on its version; `current` unchanged where the ballot decides nothing.

    A consultative ballot advises and decides nothing. Of a binding one, yes gives the form's stance, no gives
    `declined` (for a withdrawal: no change). Without a quorum the first ballot changes nothing, since it is re-run
    once; the second records "no decision" unless an earlier decision stands.
    """
    if effect is Effect.CONSULTATIVE:
        return current
    if outcome is Outcome.CARRIED:
        return CARRIED_GIVES[form]
    if form is FormKind.WITHDRAW:
        return current
    if outcome is Outcome.NOT_CARRIED:
        return StanceKind.DECLINED
    if is_rerun and current is None:
        return StanceKind.NO_QUORUM
    return current
