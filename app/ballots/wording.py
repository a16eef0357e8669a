"""Ballots in words: what is asked, what yes and no mean, what was decided."""

from app.models import Round
from app.web.backing import clauses_named
from app.web.filters import day
from policies.ballots import Choice, Outcome, RoundKind
from policies.endorsements import CARRIED_GIVES, STANCE_WORDS, Form, FormKind, StanceKind
from policies.groups import Group
from policies.small_cells import OUTCOME_WORDS

CHOICE_WORDS: dict[Choice, str] = {Choice.YES: "Yes", Choice.NO: "No", Choice.ABSTAIN: "Abstain"}
ABSTAINING = "Abstain: you take part, and your paper counts neither as yes nor as no."

APART = (
    "Some units are voted on by themselves first. If the whole is carried and one of them is not, our group backs the"
    " text except that unit, which is put in brackets. If the whole is not carried, the units decide nothing."
)
_ASKED: dict[FormKind, str] = {
    FormKind.ENDORSE: "Shall the {group} back version {version}?",
    FormKind.RESERVE: "Shall the {group} back version {version} with this reservation? “{statement}”",
    FormKind.EXCEPT: "Shall the {group} back version {version} except {units}?",
    FormKind.CONDITIONAL: (
        "Shall the {group} back another exact text (SHA-256 {hash}), if it is adopted by {day},"
        " in place of version {version}?"
    ),
    FormKind.WITHDRAW: "Shall the {group} withdraw its backing of version {version}?",
}
_YES_APART = "Yes to the whole: our group backs these words, except any unit that it has not carried by itself."
_YES: dict[FormKind, str] = {
    FormKind.ENDORSE: "Yes: our group backs exactly these words.",
    FormKind.RESERVE: "Yes: our group backs exactly these words, and its reservation is printed beside them.",
    FormKind.EXCEPT: "Yes: our group backs these words except the units named, which are put in brackets.",
    FormKind.CONDITIONAL: (
        "Yes: our group does not back these words now. It will back the other text, word for word,"
        " if that is adopted by {day}; after that day this yes is void."
    ),
    FormKind.WITHDRAW: "Yes: our group no longer backs these words.",
}
_CARRIED: dict[FormKind, str] = {
    FormKind.ENDORSE: "The group backs version {version}.",
    FormKind.RESERVE: "The group backs version {version} with its reservation.",
    FormKind.EXCEPT: "The group backs version {version} except the units named.",
    FormKind.CONDITIONAL: (
        "The group will back another exact text if it is adopted in time. It does not back version {version}."
    ),
    FormKind.WITHDRAW: "The group has withdrawn its backing of version {version}.",
}


def asked(form: Form, group: Group, of_round: Round) -> str:
    """The question put to one group in an endorsement round; of the title, it names the version alone."""
    if form.separate:
        parts = clauses_named(of_round.version, form.separate)
        return f"Shall the {group.title} back version {of_round.version.name}, with a vote on {parts} apart?"
    return _ASKED[form.kind].format(
        group=group.title,
        version=of_round.version.name,
        statement=form.statement,
        units=clauses_named(of_round.version, form.units),
        **_condition(form),
    )


def meanings(form: Form, backed: str | None, backs_these_words: bool) -> list[str]:
    """What yes, no and abstaining mean in an endorsement round.

    `backed` says what else the group backs now, and how far: "version 2 except clause 3"; `backs_these_words`: it
    backs the very version voted on.
    """
    yes = _YES_APART if form.separate else _YES[form.kind].format(**_condition(form))
    said = [yes, _no(form.kind, backs_these_words), ABSTAINING]
    if form.separate:
        said.insert(0, APART)
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


def decided(form: Form, outcome: Outcome, of_round: Round) -> str:
    """What a group's count says of the text, in a sentence."""
    if outcome is Outcome.CARRIED:
        return _CARRIED[form.kind].format(version=of_round.version.name)
    if outcome is Outcome.NO_QUORUM and not of_round.is_rerun:
        return "No decision yet: the group votes once more."
    if form.kind is FormKind.WITHDRAW:
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


def _condition(form: Form) -> dict[str, str]:
    """The other text by the beginning of its hash, and its day."""
    if form.condition is None:
        return {"hash": "", "day": ""}
    return {"hash": f"{form.condition.sha256[:12]}…", "day": day(form.condition.by_date)}


def _no(form: FormKind, backs_these_words: bool) -> str:
    if form is FormKind.WITHDRAW:
        return "No: our backing of these words stands as it is."
    if form is FormKind.CONDITIONAL:
        return "No: our group does not back these words, and promises nothing of the other text."
    if backs_these_words:
        return "No: our group stops backing these words, which it backs now."
    return "No: our group does not back these words."
