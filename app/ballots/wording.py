"""Rounds and ballots in words: what is asked, what yes and no mean, where a round stands, when it is carried."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from app.models import Round
from app.web.backing import clauses_named
from app.web.filters import minute
from policies.ballots import GROUPS_TO_OPEN, Choice, CountingRules, Outcome, RoundKind, RoundStage
from policies.endorsements import CARRIED_GIVES, STANCE_WORDS, Form, FormKind, StanceKind
from policies.groups import GROUPS, NUMBERS, Group
from policies.small_cells import OUTCOME_WORDS
from policies.standing_orders import QuorumMode

CHOICE_WORDS: dict[Choice, str] = {Choice.YES: "Yes", Choice.NO: "No", Choice.ABSTAIN: "Abstain"}
ABSTAINING = "Abstain: you take part, and your paper counts neither as yes nor as no."

_ASKED: dict[FormKind, str] = {
    FormKind.ENDORSE: "Shall the {group} back version {version}?",
    FormKind.RESERVE: "Shall the {group} back version {version}, with this reservation: “{statement}”?",
    FormKind.EXCEPT: "Shall the {group} back version {version} except {units}?",
    FormKind.WITHDRAW: "Shall the {group} withdraw its backing of version {version}?",
}
_YES: dict[FormKind, str] = {
    FormKind.ENDORSE: "Yes: our group backs exactly these words.",
    FormKind.RESERVE: "Yes: our group backs exactly these words, and its reservation is printed beside them.",
    FormKind.EXCEPT: "Yes: our group backs these words except the parts named, which are put in brackets.",
    FormKind.WITHDRAW: "Yes: our group no longer backs these words.",
}
_CARRIED: dict[FormKind, str] = {
    FormKind.ENDORSE: "The group backs version {version}.",
    FormKind.RESERVE: "The group backs version {version} with its reservation.",
    FormKind.EXCEPT: "The group backs version {version} except the parts named.",
    FormKind.WITHDRAW: "The group has withdrawn its backing of version {version}.",
}


def asked(form: Form, group: Group, of_round: Round) -> str:
    """The question put to one group in an endorsement round; of the title, it names the version alone."""
    return _ASKED[form.kind].format(
        group=group.title,
        version=of_round.version.name,
        statement=form.statement,
        units=clauses_named(of_round.version, form.units),
    )


def meanings(form: Form, backed: str | None, backs_these_words: bool) -> list[str]:
    """What yes, no and abstaining mean in an endorsement round.

    `backed` says what else the group backs now, and how far: "version 2 except clause 3"; `backs_these_words`: it
    backs the very version voted on.
    """
    said = [_YES[form.kind], _no(form.kind, backs_these_words), ABSTAINING]
    if backed is not None and form.kind is not FormKind.WITHDRAW:
        said.append(f"If this is not carried, our backing of {backed} stands.")
    return said


def meanings_of_amendments(backed: str | None) -> list[str]:
    """The same for a paper on amendments."""
    said = [
        "Yes: you want the text changed like this. No: you want it left as it is.",
        ABSTAINING,
        "An amendment is adopted only if every group carries it in its own vote.",
        "Of two that change the same place, the larger is taken first; where every group carries it, the other falls.",
    ]
    if backed is not None:
        said.append(f"Whatever is decided here, our backing of {backed} stands: it belongs to those words.")
    return said


def decided(form: FormKind, outcome: Outcome, of_round: Round) -> str:
    """What a group's count says of the text, in a sentence."""
    if outcome is Outcome.CARRIED:
        return _CARRIED[form].format(version=of_round.version.name)
    if outcome is Outcome.NO_QUORUM and not of_round.is_rerun:
        return "No decision yet: the group votes once more."
    if form is FormKind.WITHDRAW:
        return "The group’s backing stands."
    if outcome is Outcome.NO_QUORUM:
        return "No decision, for want of a quorum. That is not a rejection; what the group decided before stands."
    return f"The group does not back version {of_round.version.name}."


def decided_in_a_word(form: Form, outcome: Outcome, of_round: Round) -> str:
    """The same in few words, for a heading or a cell: a withdrawal that is carried is no backing."""
    if outcome is Outcome.NO_QUORUM:
        return OUTCOME_WORDS[outcome]
    if outcome is Outcome.NOT_CARRIED:
        return "Its backing stands" if form.kind is FormKind.WITHDRAW else STANCE_WORDS[StanceKind.DECLINED][1]
    if form.kind is FormKind.EXCEPT:
        return f"Backs it except {clauses_named(of_round.version, form.units)}"
    return STANCE_WORDS[CARRIED_GIVES[form.kind]][1]


def title(of_round: Round) -> str:
    """What a round is about, as a heading."""
    words = f"“{of_round.version.title}”"
    if of_round.kind is RoundKind.AMENDMENTS:
        return f"Amendments to {words}"
    if of_round.is_rerun:
        return f"Once more: who backs {words}?"
    return f"Who backs {words}?"


def stage_word(of_round: Round, now: datetime) -> str:
    """One or two words for a tag."""
    if of_round.stage is RoundStage.PREPARED:
        return "Being prepared" if of_round.opens_at is None else "Opens soon"
    if of_round.stage is RoundStage.OPEN:
        return "Open" if of_round.closes_at and now < of_round.closes_at else "Being counted"
    return {
        RoundStage.CLOSED: "Being counted",
        RoundStage.PUBLISHED: "Result published",
        RoundStage.CANCELLED: "Cancelled",
    }[of_round.stage]


def stands(of_round: Round, now: datetime) -> str:
    """Where a round stands and what happens next; nothing of its votes before it is published."""
    if of_round.stage is RoundStage.PREPARED:
        return _stands_prepared(of_round, now)
    if of_round.stage is RoundStage.CANCELLED:
        return f"It was cancelled before it opened, so nobody voted. {of_round.ended_reason}".strip()
    if of_round.stage is RoundStage.PUBLISHED:
        return f"Voting closed on {minute(of_round.closes_at)}. The results of all groups were published together."
    if of_round.stage is RoundStage.OPEN and of_round.closes_at and now < of_round.closes_at:
        return f"Voting is open until {minute(of_round.closes_at)}. Nothing of the result shows before it is published."
    return (
        f"Voting closed on {minute(of_round.closes_at)}. The papers are being counted;"
        " the results of all groups appear here together, within minutes."
    )


def agreement(of_round: Round) -> str:
    """Who has agreed to open a round that is being prepared, and who is still wanted."""
    said = {opening.group for opening in of_round.openings}
    agreed = [group.title for group in GROUPS if group.key in said]
    still = GROUPS_TO_OPEN - len(agreed)
    wanted = "a clerk of one more group" if still == 1 else f"clerks of {_number(still)} groups"
    if not agreed:
        return f"Clerks of {_number(GROUPS_TO_OPEN)} groups have to agree before its notice begins. Nobody has yet."
    if still > 0:
        return f"Agreed so far: a clerk of the {_joined(agreed)}. It wants {wanted} before its notice begins."
    return f"Clerks of the {_joined(agreed)} agreed to open it."


def share(fraction: Fraction) -> str:
    """10 %, or 2/3 where that is no whole number of hundredths."""
    hundredths = fraction * 100
    return f"{hundredths.numerator} %" if hundredths.denominator == 1 else str(fraction)


def threshold(rules: CountingRules) -> str:
    """When a question is carried."""
    needed = "half" if rules.threshold == Fraction(1, 2) else share(rules.threshold)
    return f"{'More than' if rules.threshold_is_strict else 'At least'} {needed} of yes and no"


def quorum(rules: CountingRules) -> str:
    """When enough have voted."""
    counted = "Yes votes" if rules.quorum_mode is QuorumMode.APPROVAL else "Votes cast"
    return f"{counted} of {share(rules.quorum)} of the roll or more"


def _stands_prepared(of_round: Round, now: datetime) -> str:
    if of_round.opens_at is None:
        return f"It is being prepared. {agreement(of_round)}"
    if now >= of_round.opens_at:
        return "Its notice has run out; it opens within minutes."
    why = "It opens by itself, since a quorum was missed." if of_round.is_rerun else agreement(of_round)
    return f"{why} Voting opens on {minute(of_round.opens_at)} and closes on {minute(of_round.closes_at)}."


def _no(form: FormKind, backs_these_words: bool) -> str:
    if form is FormKind.WITHDRAW:
        return "No: our backing of these words stands as it is."
    if backs_these_words:
        return "No: our group stops backing these words, which it backs now."
    return "No: our group does not back these words."


def _joined(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _number(count: int) -> str:
    return NUMBERS[count]
