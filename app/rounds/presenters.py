"""What the pages of rounds show: preparing one, agreeing to open it, and reading it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from app import clock
from app.amendments import service as amendments
from app.amendments.choices import Choices, choices_among_open
from app.ballots import advising, results
from app.ballots import service as ballots
from app.ballots import wording as ballot_wording
from app.ballots.papers import OtherText, other_text_of
from app.ballots.queries import RoundAsSeen, is_extended
from app.ballots.questions import (
    Link,
    QuestionsTogether,
    plank_link,
    questions_of,
    reading_of,
    shown_text,
    version_link,
)
from app.ballots.results import ShownBallot, ShownDownload
from app.models import Ballot, Plank, Round
from app.orders import queries as standing_orders
from app.rounds import asking, queries, retabling, wording
from app.rounds.joint_pages import JointSteps, joint_steps, reasons
from app.web.documents import ShownNode
from app.web.filters import day, minute, span
from app.web.redlines import Reading
from policies import ballots as rules
from policies.ballots import CountingRules, RoundKind, RoundStage
from policies.endorsements import Form
from policies.groups import GROUPS, Group, group_named
from policies.permissions import Actor, Permission, may

WITHOUT_RESULT = frozenset({RoundStage.CANCELLED, RoundStage.ANNULLED})
PREPARED = "The round is prepared. It opens only if clerks of two groups agree."
HIDDEN_QUESTION = "Shown with the result"
# Of a round that ended without a result.
UNPUBLISHED_QUESTION = "Not published, since there is no result"


@dataclass(frozen=True)
class OfferedSteps:
    """What the reader can do with a round at this moment. The service checks it all again."""

    vote: bool = False
    has_voted: bool = False
    agree: bool = False
    is_in_notice: bool = False
    has_agreed: bool = False
    cancel: bool = False
    check_receipt: bool = False
    preview: bool = False
    read_roll: bool = False


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
    left_out: str
    """That the reader's own group would not be asked, since the day of its condition comes too soon; else nothing."""
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
    first: str
    """What goes first, the round or an amendment that nobody objects to."""
    reasons: Sequence[str]
    joint: JointSteps
    other_texts: Sequence[tuple[Group, OtherText]]
    """What groups are asked about on a condition: the own group's, and with the result everybody's."""
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
    rest: Sequence[str]
    """Which groups are left in peace with these words, and until when."""


@dataclass(frozen=True)
class OpeningPage:
    """What a clerk reads before agreeing to open a round."""

    number: int
    is_in_notice: bool
    name: str
    title: str
    plank: Link
    group: Group
    agreement: str
    times: str
    own_choice: str
    is_late: bool
    """Whether what the own group is to be asked names a day that has come too near, since others agreed late."""
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
        title=ballot_wording.title(of_round),
        is_result=of_round.stage is RoundStage.PUBLISHED,
        plank=plank_link(of_round.plank),
        version=version_link(of_round),
        stage=wording.stage_word(of_round, now),
        stands=wording.stands(of_round, now, is_extended=is_extended(of_round)),
        left_out=wording.LEFT_OUT if asking.is_left_out(of_round, actor.group) else "",
        opened=minute(of_round.opens_at),
        closes=minute(of_round.closes_at),
        sha256=of_round.version.sha256,
        words_title=of_round.version.title,
        nodes=shown_text(of_round),
        together=questions_of(of_round),
        reading=reading_of(of_round, "ballots.show"),
        head=["Group", "Question", "Roll", "To be carried", "Quorum"],
        groups=[_group_row(of_round, group, actor) for group in _groups(of_round)],
        results=[] if is_on_amendments else results.shown_ballots(of_round, ballots.TEXT_QUESTION),
        downloads=results.downloads(of_round),
        related=_related(of_round),
        first=_goes_first(of_round),
        reasons=reasons(of_round),
        joint=joint_steps(of_round, actor),
        other_texts=_other_texts(of_round, actor),
        offered=_offered(seen, actor),
    )


def prepare_page(plank: Plank) -> PreparePage:
    """The dates and rules a round on `plank` would have if two groups agreed to it today."""
    orders, now = standing_orders.current(), clock.now()
    opens, closes = rules.opening_times(now, list(orders.values()))
    groups = [
        (
            group.full_title,
            f"Since {day(opens - orders[group.key].qualifying_period)} or before",
            span(orders[group.key].notice),
            span(orders[group.key].ballot_period),
            wording.threshold(CountingRules.of(orders[group.key])) + advising.noted(orders[group.key]),
            wording.quorum(CountingRules.of(orders[group.key])),
        )
        for group in GROUPS
    ]
    times = f"If clerks of two groups agreed now, voting would open on {minute(opens)} and close on {minute(closes)}."
    head = ("Group", "Who votes: members", "Notice", "Voting days", "To be carried", "Quorum")
    choices = choices_among_open(plank, amendments.votable_on(plank))
    rest = retabling.said(plank, plank.working_version, plank.agreed_version)
    return PreparePage(plank_link(plank), times, head, groups, choices, rest)


def amendments_to_vote_on(plank: Plank) -> int:
    """How many amendments a round on `plank` would put to the vote."""
    return len(amendments.votable_on(plank))


def opening_page(seen: RoundAsSeen, actor: Actor) -> OpeningPage:
    """A round for a clerk who is to agree to it."""
    of_round = seen.round
    own = next((opening for opening in of_round.openings if opening.group == actor.group), None)
    group = group_named(actor.group or "")
    form = None if own is None else asking.form_for(of_round, group.key)
    return OpeningPage(
        number=of_round.number,
        is_in_notice=of_round.opens_at is not None,
        name=of_round.name,
        title=ballot_wording.title(of_round),
        plank=plank_link(of_round.plank),
        group=group,
        agreement=" ".join([wording.agreement(of_round), *retabling.said_of_round(of_round)]),
        times=_times(of_round),
        own_choice="" if form is None else _question_to(of_round, group, form),
        is_late=form is not None and not asking.is_in_time(of_round, form),
        is_on_amendments=of_round.kind is RoundKind.AMENDMENTS,
        words_title=of_round.version.title,
        nodes=shown_text(of_round),
        together=questions_of(of_round),
        reading=reading_of(of_round, "ballots.open"),
        sha256=of_round.version.sha256,
    )


def _goes_first(of_round: Round) -> str:
    """Which goes first, said before the opening, when it matters."""
    if of_round.stage is not RoundStage.PREPARED or of_round.is_rerun:
        return ""
    return wording.goes_first(of_round, len(amendments.votable_on(of_round.plank)))


def _other_texts(of_round: Round, actor: Actor) -> list[tuple[Group, OtherText]]:
    if of_round.kind is RoundKind.AMENDMENTS:
        return []
    shown = [group for group in _groups(of_round) if _is_shown(of_round, group, actor)]
    found = [(group, other_text_of(of_round, asking.form_for(of_round, group.key))) for group in shown]
    return [(group, other) for group, other in found if other is not None]


def _is_shown(of_round: Round, group: Group, actor: Actor) -> bool:
    """What a group is asked is its own until the result; a re-run asks again what was published with the first."""
    return of_round.stage is RoundStage.PUBLISHED or of_round.is_rerun or actor.group == group.key


def _groups(of_round: Round) -> list[Group]:
    return [group for group in GROUPS if group.key in of_round.groups]


def _group_row(of_round: Round, group: Group, actor: Actor) -> tuple[str, ...]:
    """The size of a group's roll is public once the round is open."""
    ballot = next((one for one in of_round.ballots if one.group == group.key), None)
    orders_kept = standing_orders.of_round(of_round)[group.key]
    counting = ballot.rules if ballot else CountingRules.of(orders_kept)
    is_shown = of_round.kind is RoundKind.AMENDMENTS or _is_shown(of_round, group, actor)
    hidden = UNPUBLISHED_QUESTION if of_round.stage in WITHOUT_RESULT else HIDDEN_QUESTION
    asked = _question_to(of_round, group, _form(of_round, group, ballot)) if is_shown else hidden
    orders = f" (standing orders, version {ballot.orders_version if ballot else orders_kept.version})"
    orders += advising.noted(orders_kept)
    return (
        group.full_title,
        asked,
        _roll_words(of_round, ballot),
        wording.threshold(counting) + orders,
        wording.quorum(counting),
    )


def _roll_words(of_round: Round, ballot: Ballot | None) -> str:
    if ballot is not None:
        return f"{ballot.roll_size} members"
    return "None, since it did not open" if of_round.stage is RoundStage.CANCELLED else "Known when it opens"


def _form(of_round: Round, group: Group, ballot: Ballot | None) -> Form:
    if ballot is None:
        return asking.form_for(of_round, group.key)
    return ballots.form_of(ballot)


def _question_to(of_round: Round, group: Group, form: Form) -> str:
    if of_round.kind is RoundKind.AMENDMENTS:
        return "Yes, no or abstain to each amendment"
    is_advice = advising.is_advice(standing_orders.of_round(of_round)[group.key])
    return (advising if is_advice else ballot_wording).asked(form, group, of_round)


def _times(of_round: Round) -> str:
    if of_round.opens_at is not None:
        return f"Voting opens on {minute(of_round.opens_at)} and closes on {minute(of_round.closes_at)}."
    opens, closes = rules.opening_times(clock.now(), list(standing_orders.of_round(of_round).values()))
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
        vote=is_voter and ballots.is_open_now(of_round) and not seen.has_voted,
        has_voted=seen.has_voted,
        agree=can_be_agreed and may(actor, Permission.ROUND_OPEN, facts),
        is_in_notice=is_prepared and of_round.opens_at is not None,
        has_agreed=any(opening.group == actor.group for opening in of_round.openings),
        cancel=can_be_agreed and may(actor, Permission.ROUND_CANCEL, facts),
        preview=is_prepared and may(actor, Permission.ROUND_OPEN, facts),
        read_roll=actor.is_clerk and any(ballot.group == actor.group for ballot in of_round.ballots),
        # Who voted is forgotten in time; the receipts stay.
        check_receipt=is_voter and of_round.stage is RoundStage.PUBLISHED,
    )
