"""What a voter sees: the ballot paper, the page to check it on, and the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_wtf import FlaskForm

from app import clock
from app.amendments.presenters import compared
from app.ballots import advising, queries, questions, service, wording
from app.ballots.forms import label_of, questions_on
from app.ballots.queries import RoundAsSeen
from app.ballots.questions import Link, QuestionsTogether
from app.models import Ballot, Round, Stance
from app.web.backing import backed_words, clauses_named
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import day, minute
from app.web.markup import rendered
from app.web.redlines import Reading
from policies.ballots import Choice, CountingRules, RoundKind, RoundStage
from policies.endorsements import Form
from policies.groups import Group, group_named
from policies.standing_orders import QuorumMode
from policies.text.render import plain
from policies.text.units import Document


@dataclass(frozen=True)
class PartApart:
    """A part that is voted on by itself: its question, how it is called, and its words."""

    question: str
    about: str
    words: str


@dataclass(frozen=True)
class OtherText:
    """The other text that a condition names, with its hash and the day by which it has to be adopted."""

    title: str
    nodes: Sequence[ShownNode]
    differs: str
    sha256: str
    by_date: str


@dataclass(frozen=True)
class PaperPage:
    """A ballot paper: the whole question with its exact words, and what each answer means."""

    number: int
    name: str
    title: str
    plank: Link
    version: Link
    group: Group
    asked: str
    statement: str
    left_out: Sequence[str]
    meanings: Sequence[str]
    closes: str
    sha256: str
    nodes: Sequence[ShownNode]
    together: Sequence[QuestionsTogether]
    reading: Reading
    apart: Sequence[PartApart] = ()
    other_text: OtherText | None = None


@dataclass(frozen=True)
class CheckedChoice:
    """One question with the choice made and what it is about, to be read once more."""

    question: str
    word: str
    says: str = ""


@dataclass(frozen=True)
class CheckPage:
    """A filled-in paper before it is cast."""

    number: int
    title: str
    asked: str
    choices: Sequence[CheckedChoice]
    fields: dict[str, str]


@dataclass(frozen=True)
class ReceiptPage:
    """A receipt, shown to its voter alone."""

    number: int
    name: str
    title: str
    receipt: str
    closes: str
    appears: str
    """Whose results will be read there: a re-run is of one group alone."""
    is_over: bool
    is_annulled: bool


def paper_page(seen: RoundAsSeen, ballot: Ballot) -> PaperPage:
    """The paper of one group's ballot."""
    return page_of_paper(seen.round, ballot.group, service.form_of(ballot), ballot.rules, advises=ballot.advises)


def page_of_paper(
    of_round: Round, group_key: str, form: Form, rules: CountingRules, *, advises: bool, endpoint: str = "ballots.vote"
) -> PaperPage:
    """The paper that a group sees which is asked like this, by these rules; `advises` where it decides nothing.

    `endpoint` is the page on which it is shown.
    """
    group = group_named(group_key)
    return PaperPage(
        number=of_round.number,
        name=of_round.name,
        title=of_round.version.title,
        plank=questions.plank_link(of_round.plank),
        version=questions.version_link(of_round),
        group=group,
        asked=_asked(of_round, group, form, advises=advises),
        statement=form.statement,
        left_out=[plain(unit.markdown) for unit in of_round.version.units if unit.unit_id in form.units],
        meanings=[*_meanings(of_round, group, form, advises=advises), _quorum(rules)],
        closes=minute(of_round.closes_at),
        sha256=of_round.version.sha256,
        nodes=questions.shown_text(of_round),
        together=questions.questions_of(of_round),
        reading=questions.reading_of(of_round, endpoint),
        apart=_parts(of_round, form),
        other_text=other_text_of(of_round, form),
    )


def other_text_of(of_round: Round, form: Form) -> OtherText | None:
    """The other text that a form asks about, where it does, and how it differs from the one voted on."""
    other, voted_on = form.condition, of_round.version.document
    if other is None:
        return None
    document = Document.read(other.title, other.text, voted_on.units)
    return OtherText(
        title=document.title,
        nodes=shown_nodes(document.units, rendered(document.units)),
        differs=compared(voted_on, document).sentence,
        sha256=other.sha256,
        by_date=day(other.by_date),
    )


def check_page(seen: RoundAsSeen, ballot: Ballot, form: FlaskForm) -> CheckPage:
    """A complete paper, with each choice in words."""
    of_round = seen.round
    abouts = questions_on(ballot)
    made = {name: Choice(form[name].data) for name in abouts}
    says = _what_each_changes(of_round, ballot)
    return CheckPage(
        number=of_round.number,
        title=of_round.version.title,
        asked=_asked(of_round, group_named(ballot.group), service.form_of(ballot), advises=ballot.advises),
        choices=[
            CheckedChoice(label_of(abouts[name]), wording.CHOICE_WORDS[choice], says.get(name, ""))
            for name, choice in made.items()
        ],
        fields={name: choice.value for name, choice in made.items()},
    )


def is_to_be_changed() -> bool:
    """Whether the voter asked for the filled-in paper back."""
    return request.form.get("step") == "change"


def receipt_page(seen: RoundAsSeen, receipt: str) -> ReceiptPage:
    """The receipt kept in the voter's own session."""
    of_round = seen.round
    return ReceiptPage(
        number=of_round.number,
        name=of_round.name,
        title=of_round.version.title,
        receipt=receipt,
        closes=minute(of_round.closes_at),
        appears="The results of all groups appear" if len(of_round.groups) > 1 else "The result appears",
        is_over=of_round.closes_at is not None and clock.now() >= of_round.closes_at,
        is_annulled=of_round.stage is RoundStage.ANNULLED,
    )


def _parts(of_round: Round, form: Form) -> list[PartApart]:
    version = of_round.version
    apart = [unit for unit in version.units if unit.unit_id in form.separate]
    return [
        PartApart(f"U{place}", clauses_named(version, [unit.unit_id]), plain(unit.markdown))
        for place, unit in enumerate(apart, start=1)
    ]


def _what_each_changes(of_round: Round, ballot: Ballot) -> dict[str, str]:
    """What every question is about, in words: what an amendment changes, or what a part says."""
    if of_round.kind is RoundKind.AMENDMENTS:
        asked = [one for together in questions.questions_of(of_round) for one in together.questions]
        return {one.question: one.comparison.sentence for one in asked}
    return {part.question: f"“{part.words}”" for part in _parts(of_round, service.form_of(ballot))}


def _asked(of_round: Round, group: Group, form: Form, *, advises: bool) -> str:
    if of_round.kind is RoundKind.AMENDMENTS:
        return (
            f"Shall version {of_round.version.name} be amended like this? The {group.title} decides on each amendment."
        )
    return (advising if advises else wording).asked(form, group, of_round)


def _meanings(of_round: Round, group: Group, form: Form, *, advises: bool) -> list[str]:
    these, other = queries.backing(of_round, group.key), queries.other_backing(of_round, group.key)
    if of_round.kind is RoundKind.AMENDMENTS:
        said = wording.meanings_of_amendments(_backed(these or other))
        return advising.meanings_of_amendments(said) if advises else said
    if advises:
        return advising.meanings()
    return wording.meanings(form, _backed(other), these is not None)


def _backed(stance: Stance | None) -> str | None:
    return None if stance is None else backed_words(stance.version.name, stance)


def _quorum(rules: CountingRules) -> str:
    if rules.quorum_mode is QuorumMode.APPROVAL:
        return "A decision needs enough yes votes; abstaining or staying away does not help to reach them."
    return "A decision needs enough votes cast, and abstentions count towards them."
