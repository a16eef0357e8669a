"""What the pages of rounds show: preparing one, agreeing to open it, reading it, and the register of results."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.amendments import service as amendments
from app.amendments.choices import Choice, Choices, Wording, choices_among_open, choices_of
from app.amendments.presenters import Comparison, compared
from app.ballots import queries, results, service, wording
from app.ballots.queries import RoundAsSeen
from app.ballots.results import ShownBallot, ShownDownload
from app.models import Ballot, Plank, Revision, Round
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import day, minute, span
from app.web.redlines import Reading, View, reading
from policies import ballots as rules
from policies import standing_orders
from policies.ballots import CountingRules, RoundKind, RoundStage
from policies.endorsements import Form, FormKind
from policies.groups import GROUPS, Group, group_named
from policies.permissions import Actor, Permission, may

PREPARED = "The round is prepared. It opens only if clerks of two groups agree."
HIDDEN_QUESTION = "Shown with the result"


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    url: str


@dataclass(frozen=True)
class AmendmentOnPaper:
    """An amendment put to the vote: its name on the paper, what it changes, and once published what became of it."""

    question: str
    amendment: Link
    comparison: Comparison
    fate: str
    results: Sequence[ShownBallot]


@dataclass(frozen=True)
class QuestionsTogether:
    """Amendments on the paper that belong together: what is to be chosen between, or what says the same, or one alone.

    Each keeps its own question; nothing is said of a choice once the result is published.
    """

    questions: Sequence[AmendmentOnPaper]
    choice: Choice | None = None
    twins: Wording | None = None


@dataclass(frozen=True)
class OfferedSteps:
    """What the reader can do with a round at this moment. The service checks it all again."""

    vote: bool = False
    has_voted: bool = False
    agree: bool = False
    has_agreed: bool = False
    cancel: bool = False
    check_receipt: bool = False


@dataclass(frozen=True)
class RoundPage:
    """One round as its reader may see it; nothing of its votes before it is published."""

    number: int
    name: str
    title: str
    is_result: bool
    plank: Link
    version: Link
    stage: str
    stands: str
    opened: str
    closes: str
    sha256: str
    words_title: str
    nodes: Sequence[ShownNode]
    together: Sequence[QuestionsTogether]
    reading: Reading
    head: Sequence[str]
    groups: Sequence[Sequence[str]]
    results: Sequence[ShownBallot]
    downloads: Sequence[ShownDownload]
    related: Sequence[Link]
    offered: OfferedSteps


@dataclass(frozen=True)
class PreparePage:
    """What a round on this plank would mean, computed from the groups' standing orders."""

    plank: Link
    times: str
    head: Sequence[str]
    groups: Sequence[Sequence[str]]
    choices: Choices
    """Among the amendments that a round would put to the vote."""


@dataclass(frozen=True)
class OpeningPage:
    """What a clerk reads before agreeing to open a round."""

    number: int
    name: str
    title: str
    plank: Link
    group: Group
    agreement: str
    times: str
    own_choice: str
    is_on_amendments: bool
    words_title: str
    nodes: Sequence[ShownNode]
    together: Sequence[QuestionsTogether]
    reading: Reading
    sha256: str


def round_page(seen: RoundAsSeen, actor: Actor) -> RoundPage:
    """A round's page for `actor`."""
    of_round, now = seen.round, clock.now()
    is_on_amendments = of_round.kind is RoundKind.AMENDMENTS
    return RoundPage(
        number=of_round.number,
        name=of_round.name,
        title=wording.title(of_round),
        is_result=of_round.stage is RoundStage.PUBLISHED,
        plank=plank_link(of_round.plank),
        version=version_link(of_round),
        stage=wording.stage_word(of_round, now),
        stands=wording.stands(of_round, now),
        opened=minute(of_round.opens_at),
        closes=minute(of_round.closes_at),
        sha256=of_round.version.sha256,
        words_title=of_round.version.title,
        nodes=shown_text(of_round),
        together=questions_of(of_round),
        reading=reading_of(of_round, "ballots.show"),
        head=["Group", "Question", "Roll", "To be carried", "Quorum"],
        groups=[_group_row(of_round, group, actor) for group in _groups(of_round)],
        results=[] if is_on_amendments else results.shown_ballots(of_round, service.TEXT_QUESTION),
        downloads=results.downloads(of_round),
        related=_related(of_round),
        offered=_offered(seen, actor),
    )


def prepare_page(plank: Plank) -> PreparePage:
    """The dates and rules a round on `plank` would have if two groups agreed to it today."""
    orders, now = standing_orders.load(), clock.now()
    opens, closes = rules.opening_times(now, list(orders.values()))
    groups = [
        (
            group.full_title,
            f"Since {day(opens - orders[group.key].qualifying_period)} or before",
            span(orders[group.key].notice),
            span(orders[group.key].ballot_period),
            wording.threshold(CountingRules.of(orders[group.key])),
            wording.quorum(CountingRules.of(orders[group.key])),
        )
        for group in GROUPS
    ]
    times = f"If clerks of two groups agreed now, voting would open on {minute(opens)} and close on {minute(closes)}."
    head = ("Group", "Who votes: members", "Notice", "Voting days", "To be carried", "Quorum")
    choices = choices_among_open(plank, amendments.votable_on(plank))
    return PreparePage(plank_link(plank), times, head, groups, choices)


def amendments_to_vote_on(plank: Plank) -> int:
    """How many amendments a round on `plank` would put to the vote."""
    return len(amendments.votable_on(plank))


def opening_page(seen: RoundAsSeen, actor: Actor) -> OpeningPage:
    """A round for a clerk who is to agree to it."""
    of_round = seen.round
    own = next((opening for opening in of_round.openings if opening.group == actor.group), None)
    group = group_named(actor.group or "")
    return OpeningPage(
        number=of_round.number,
        name=of_round.name,
        title=wording.title(of_round),
        plank=plank_link(of_round.plank),
        group=group,
        agreement=wording.agreement(of_round),
        times=_times(of_round),
        own_choice="" if own is None else _question_to(of_round, group, service.form_for(of_round, group.key)),
        is_on_amendments=of_round.kind is RoundKind.AMENDMENTS,
        words_title=of_round.version.title,
        nodes=shown_text(of_round),
        together=questions_of(of_round),
        reading=reading_of(of_round, "ballots.open"),
        sha256=of_round.version.sha256,
    )


def questions_of(of_round: Round) -> list[QuestionsTogether]:
    """The amendments on the paper, or those that would be on it if the round opened now: rivals beside each other."""
    if of_round.kind is not RoundKind.AMENDMENTS:
        return []
    revisions = service.revision_numbers(of_round) or _votable(of_round)
    asked = {number: _on_paper(of_round, number, revision) for number, revision in revisions.items()}
    choices = choices_of(of_round.version, list(revisions.values()))
    is_over = of_round.stage is RoundStage.PUBLISHED
    by_number = {} if is_over else {choice.numbers[0]: choice for choice in choices.choices}
    alike = {} if is_over else {wording.names[0]: wording for wording in choices.alike}
    return [
        QuestionsTogether(
            [asked[number] for number in numbers],
            by_number.get(numbers[0]),
            alike.get(asked[numbers[0]].amendment.text),
        )
        for numbers in choices.together
    ]


def reading_of(of_round: Round, endpoint: str) -> Reading:
    """How the reader of a round's page reads what the amendments on it change: at first the changes alone."""
    return reading(url_for(endpoint, number=of_round.number), View.CHANGES)


def shown_text(of_round: Round) -> Sequence[ShownNode]:
    """The exact words voted on in an endorsement round."""
    if of_round.kind is RoundKind.AMENDMENTS:
        return ()
    return shown_nodes(of_round.version.units, of_round.version.rendered)


def plank_link(plank: Plank) -> Link:
    """The plank by number and title."""
    return Link(f"{plank.name}: {plank.title}", url_for("platform.plank", ref=plank.ref))


def version_link(of_round: Round) -> Link:
    """The permalink of the version voted on."""
    version = of_round.version
    url = url_for("platform.version", ref=of_round.plank.ref, name=version.name)
    return Link(f"version {version.name}", url)


def _votable(of_round: Round) -> dict[int, Revision]:
    if of_round.stage is not RoundStage.PREPARED or of_round.version_id != of_round.plank.working_version_id:
        return {}
    open_ones = amendments.votable_on(of_round.plank)
    return {one.number: one.revision for one in open_ones if one.number and one.revision}


def _on_paper(of_round: Round, number: int, revision: Revision) -> AmendmentOnPaper:
    question, amendment = f"A{number}", revision.amendment
    is_published = of_round.stage is RoundStage.PUBLISHED
    return AmendmentOnPaper(
        question=question,
        amendment=Link(amendment.name, url_for("amendments.show", ref=amendment.ref)),
        comparison=compared(of_round.version.document, revision.document),
        fate=results.fate(of_round, number) if is_published else "",
        results=results.shown_ballots(of_round, question),
    )


def _groups(of_round: Round) -> list[Group]:
    return [group for group in GROUPS if group.key in of_round.groups]


def _group_row(of_round: Round, group: Group, actor: Actor) -> tuple[str, ...]:
    """What a group is asked is its own until the result; the size of its roll is public once the round is open."""
    ballot = next((one for one in of_round.ballots if one.group == group.key), None)
    counting = ballot.rules if ballot else CountingRules.of(standing_orders.load()[group.key])
    is_shown = of_round.stage is RoundStage.PUBLISHED or actor.group == group.key
    asked = _question_to(of_round, group, _form(of_round, group, ballot)) if is_shown else HIDDEN_QUESTION
    orders = f" (standing orders, version {ballot.orders_version})" if ballot else ""
    return (
        group.full_title,
        asked,
        f"{ballot.roll_size} members" if ballot else "Known when it opens",
        wording.threshold(counting) + orders,
        wording.quorum(counting),
    )


def _form(of_round: Round, group: Group, ballot: Ballot | None) -> Form:
    if ballot is None:
        return service.form_for(of_round, group.key)
    return Form(FormKind(ballot.form), ballot.statement, tuple(ballot.units))


def _question_to(of_round: Round, group: Group, form: Form) -> str:
    if of_round.kind is RoundKind.AMENDMENTS:
        return "Yes, no or abstain to each amendment"
    return wording.asked(form, group, of_round)


def _times(of_round: Round) -> str:
    if of_round.opens_at is not None:
        return f"Voting opens on {minute(of_round.opens_at)} and closes on {minute(of_round.closes_at)}."
    opens, closes = rules.opening_times(clock.now(), list(standing_orders.load().values()))
    return f"If the second group agreed now, voting would open on {minute(opens)} and close on {minute(closes)}."


def _related(of_round: Round) -> list[Link]:
    repeated, rerun = queries.repeated_by(of_round), queries.rerun_of(of_round)
    links = [] if repeated is None else [_round_link("It repeats", repeated)]
    return links if rerun is None else [*links, _round_link("It is repeated by", rerun)]


def _round_link(words: str, other: Round) -> Link:
    names = [group_named(key).title for key in other.groups]
    whose = "" if len(names) == len(GROUPS) else f", of the {' and the '.join(names)} alone"
    return Link(f"{words} round {other.name}{whose}", url_for("ballots.show", number=other.number))


def _offered(seen: RoundAsSeen, actor: Actor) -> OfferedSteps:
    of_round = seen.round
    is_prepared, facts = of_round.stage is RoundStage.PREPARED, seen.facts_for(actor)
    is_voter = may(actor, Permission.BALLOT_CAST, facts)
    can_be_agreed = is_prepared and not of_round.is_rerun
    return OfferedSteps(
        vote=is_voter and service.is_open_now(of_round) and not seen.has_voted,
        has_voted=seen.has_voted,
        agree=can_be_agreed and may(actor, Permission.ROUND_OPEN, facts),
        has_agreed=any(opening.group == actor.group for opening in of_round.openings),
        cancel=can_be_agreed and may(actor, Permission.ROUND_CANCEL, facts),
        check_receipt=is_voter and seen.has_voted and of_round.stage is RoundStage.PUBLISHED,
    )
