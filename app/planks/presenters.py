"""What a plank's pages show: a draft as it will look, where a plank stands in words, and what the reader can do now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app import clock, drawer
from app.models import Plank, Ruling
from app.planks import queries
from app.planks.at_hand import AtHand, at_hand
from app.planks.composed import Composed
from app.planks.provenance import Provenance, Source, provenance, sources
from app.web.documents import ShownNode, shown_nodes
from app.web.filters import day, span
from app.web.forms import Fault
from app.web.markup import rendered
from policies.groups import group_named
from policies.moderation import WORDS_HIDDEN
from policies.permissions import Actor, Permission, may
from policies.planks import (
    ENDED_STAGES,
    SECONDING_PERIOD,
    TEXT_WORDS,
    TEXT_WORDS_ADVISED,
    TITLE_CHARACTERS,
    TITLE_WORDS_ADVISED,
    Second,
    Stage,
    queue_is_flagged,
    seconds_wanted,
)
from policies.text.canonical import word_count
from policies.text.units import Document

WITHDRAWABLE = frozenset({Stage.SEEKING_SECONDERS, Stage.CHECKING, Stage.OPEN})
# Nothing more happens to what has ended, and a draft is its mover's alone.
NOT_FOLLOWED = ENDED_STAGES | {Stage.DRAFT}
VERDICT_WORDS = {"in_order": "in order", "out_of_order": "out of order", "archive": "belongs in the archive"}

SUBMITTED = (
    "Your plank is submitted. It now wants two seconds: from a member of your own group and from one of another."
    f" It has {span(SECONDING_PERIOD)} to find them."
)


@dataclass(frozen=True)
class Advice:
    """How long a plank should be, and may be."""

    title_words: int = TITLE_WORDS_ADVISED
    title_characters: int = TITLE_CHARACTERS
    text_words: int = TEXT_WORDS_ADVISED
    most_words: int = TEXT_WORDS


ADVICE = Advice()


@dataclass(frozen=True)
class DraftPreview:
    """A draft as others would read it."""

    ref: str
    title: str
    theme: str
    nodes: Sequence[ShownNode]
    reason: str
    words: int
    faults: Sequence[Fault]
    notes: Mapping[str, Provenance]
    sources: Sequence[Source]
    """Of a composite: where each clause came from, and the planks it was put together from."""


@dataclass(frozen=True)
class OfferedActions:
    """What is both permitted and possible on a plank at this moment. The service checks it all again."""

    ref: str
    state: str
    """Where the plank stands and what happens next; one or two sentences."""
    edit_draft: bool = False
    amend: bool = False
    combine: bool = False
    second: bool = False
    take_back_second: bool = False
    withdraw: bool = False
    rule: bool = False
    archive: bool = False
    follow: bool = False
    unfollow: bool = False
    prepare_round: bool = False
    """Whether a clerk could prepare a round of ballots, if none is under way."""
    said: Sequence[str] = field(default=())
    """What clerks have said so far, a sentence a group."""

    @property
    def any(self) -> bool:
        """Whether there is a button or a form to show; editing and amending are links of the page itself."""
        return self.second or self.take_back_second or self.withdraw or self.rule or self.archive


def offered_actions(plank: Plank, actor: Actor, there: AtHand | None = None) -> OfferedActions:
    """What `actor` can do with a plank now; at most five queries, and none on an open plank of which is known what is
    there."""
    there = there or at_hand(plank, actor)
    stage = plank.stage
    # Nothing is built on words that nobody can read.
    is_hidden = stage is Stage.OPEN and drawer.is_hidden_version(plank.working_version)
    is_read = stage is Stage.OPEN and not is_hidden
    seeks = stage is Stage.SEEKING_SECONDERS
    has_seconded = seeks and queries.has_seconded(actor, plank)
    is_followable = stage not in NOT_FOLLOWED and _may(actor, Permission.PLANK_FOLLOW, plank)
    follows = is_followable and actor.is_member and there.is_followed
    return OfferedActions(
        ref=plank.ref,
        state=WORDS_HIDDEN if is_hidden else state_of(plank),
        edit_draft=stage is Stage.DRAFT and _may(actor, Permission.PLANK_DRAFT, plank),
        amend=is_read and _may(actor, Permission.PLANK_AMEND, plank),
        combine=is_read and _may(actor, Permission.COMPOSITE_BEGIN, plank),
        second=seeks and not has_seconded and _may(actor, Permission.PLANK_SECOND, plank),
        take_back_second=has_seconded,
        withdraw=_can_withdraw(plank, actor),
        rule=_can_rule(plank, actor),
        archive=stage is Stage.OPEN and _may(actor, Permission.PLANK_ARCHIVE, plank),
        follow=is_followable and not follows,
        unfollow=follows,
        prepare_round=is_read and _may(actor, Permission.ROUND_PREPARE, plank),
        said=_said(plank, actor) if there.said_by_clerks else (),
    )


def preview_of(plank: Plank, faults: Sequence[Fault], made_of: Composed | None) -> DraftPreview:
    """A draft as it will look once it is submitted; `made_of` is there for a composite."""
    title, text = plank.draft_title or "", plank.draft_text or ""
    document = made_of.read(title, text) if made_of else Document.read(title, text)
    return DraftPreview(
        ref=plank.ref,
        title=document.title,
        theme=plank.theme.name,
        nodes=shown_nodes(document.units, rendered(document.units)),
        reason=plank.reason,
        words=word_count(document.text),
        faults=faults,
        notes=provenance(made_of, document.units),
        sources=sources(made_of),
    )


def state_of(plank: Plank) -> str:
    """Where a plank stands and what happens next."""
    if plank.stage is Stage.SEEKING_SECONDERS and plank.submitted_at and plank.group:
        wanted = wanted_in_words(plank.group, queries.seconds(plank))
        return f"{wanted} Without its seconders it lapses on {day(plank.submitted_at + SECONDING_PERIOD)}."
    if plank.stage is Stage.COMPOSITED:
        return f"{plank.end_reason}. Its own words stay here to read, as they were on {day(plank.ended_at)}."
    if plank.stage in ENDED_STAGES:
        ended = f"This plank is {plank.stage.words}, since {day(plank.ended_at)}." if plank.ended_at else ""
        return f"{ended} {plank.end_reason}".strip()
    return {
        Stage.DRAFT: "This is your draft. Nobody but you sees it.",
        Stage.CHECKING: "It has its seconders. It opens when clerks of two groups have found it in order.",
        Stage.OPEN: "It is open: members of every group can amend it.",
        Stage.BALLOTING: "It is on the ballot. Its text stays as it is until the result is published.",
    }.get(plank.stage, "")


def wanted_in_words(mover_group: str, seconds: Collection[Second]) -> str:
    """Which seconds a plank still wants: "It wants a second from a member of the Compass Green group."."""
    own = f"a member of the {group_named(mover_group).title}"
    phrases = {"own": own, "other": "a member of another group"}
    wanted = [phrases[which] for which in seconds_wanted(mover_group, seconds)]
    if not wanted:
        return "It has the seconds it wants."
    return f"It wants a second from {' and one from '.join(wanted)}."


def _can_rule(plank: Plank, actor: Actor) -> bool:
    """A deputy can once the plank has waited long."""
    if plank.stage is not Stage.CHECKING or not _may(actor, Permission.PLANK_RULE, plank):
        return False
    since = plank.checking_since
    return actor.is_clerk or (since is not None and queue_is_flagged(since, clock.now()))


def _can_withdraw(plank: Plank, actor: Actor) -> bool:
    if plank.stage not in WITHDRAWABLE or not _may(actor, Permission.PLANK_WITHDRAW, plank):
        return False
    return not queries.had_round(plank)


def _said(plank: Plank, actor: Actor) -> tuple[str, ...]:
    question = {Stage.CHECKING: "order", Stage.OPEN: "archive"}.get(plank.stage)
    if question is None or not actor.is_member:
        return ()
    return tuple(_ruling_in_words(ruling) for ruling in queries.rulings(plank) if ruling.question == question)


def _ruling_in_words(ruling: Ruling) -> str:
    officer = "deputy" if ruling.is_deputy else "clerk"
    sentence = f"A {officer} of the {group_named(ruling.group).title} says: {VERDICT_WORDS[ruling.verdict]}."
    return f"{sentence} {ruling.reason}".strip()


def _may(actor: Actor, permission: Permission, plank: Plank) -> bool:
    return may(actor, permission, plank.facts_for(actor))
