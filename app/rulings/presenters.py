"""Rulings in words: on a plank's and an amendment's page, in the register, and on a page of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for

from app import clock
from app.amendments.sections import Section
from app.models import Amendment, Appeal, Plank, ReferenceBack, RegisteredRuling
from app.rulings import queries
from app.rulings.forms import AmendmentRulingForm
from app.web.filters import day, minute
from policies.amendments import LIVE_STAGES
from policies.groups import GROUPS, group_named, in_words
from policies.permissions import Actor, Permission, may
from policies.planks import Stage
from policies.rulings import (
    APPEAL_PERIOD,
    MEMBERS_TO_APPEAL,
    UPHOLDING_PERIOD,
    Answer,
    AppealStage,
    Verdict,
    can_be_appealed,
)

DONE = {
    Verdict.IN_ORDER: "ruled it in order",
    Verdict.OUT_OF_ORDER: "ruled it out of order",
    Verdict.ARCHIVED: "archived it",
    Verdict.REFERRED: "referred it back to its drafters",
}
ANSWERED = {Answer.UPHOLD: "upholds the ruling", Answer.OVERTURN: "overturns the ruling"}


@dataclass(frozen=True)
class ShownRuling:
    """A ruling in a sentence, with its reason, what came of an appeal, and its own page."""

    words: str
    reason: str
    appeal: str
    url: str


@dataclass(frozen=True)
class ShownReference:
    """That a plank is with its drafters, since when, by whom and why."""

    words: str
    reason: str
    can_answer: bool


@dataclass(frozen=True)
class PlankRulings:
    """What the page of a plank shows of rulings on it, and what a clerk can do."""

    reference: ShownReference | None
    registered: Sequence[RegisteredRuling]
    refer: bool
    said_to_refer: Sequence[str] = field(default=())

    @property
    def rulings(self) -> Sequence[ShownRuling]:
        """What was ruled, in words, oldest first."""
        return [shown(ruling) for ruling in self.registered]


@dataclass(frozen=True)
class AmendmentRulings:
    """The same of an amendment."""

    ref: str
    rulings: Sequence[ShownRuling]
    said: Sequence[str]
    form: AmendmentRulingForm | None

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.rulings or self.said or self.form)


@dataclass(frozen=True)
class RulingPage:
    """One ruling: what was ruled, on what, by whom and why; the appeal against it, and what its reader can do."""

    key: str
    title: str
    about: str
    about_url: str
    words: str
    reason: str
    appeal: str
    stands: str
    reasons: Sequence[str]
    answers: Sequence[str]
    can_appeal: bool
    has_appealed: bool
    can_take_back: bool
    can_answer: bool


def rulings_of_plank(plank: Plank, actor: Actor, *, are_there: bool = True) -> PlankRulings:
    """One query where it was never referred back; one more for a clerk, who alone reads what other clerks ask for.

    One less where it is known that no ruling is there.
    """
    rulings = queries.on_plank(plank) if are_there else []
    was_referred = any(ruling.verdict is Verdict.REFERRED for ruling in rulings)
    reference = queries.reference_of(plank) if was_referred else None
    may_refer = plank.stage is Stage.OPEN and _may(actor, Permission.PLANK_REFER, plank)
    said = queries.words_to_refer(plank) if may_refer else []
    return PlankRulings(
        reference=_reference(reference, actor) if reference else None,
        registered=rulings,
        refer=may_refer and reference is None,
        said_to_refer=[_said(word.group, "refer it back to its drafters", word.reason) for word in said],
    )


def section_of_amendment(amendment: Amendment, actor: Actor) -> Section:
    """Rulings on an amendment, what clerks have said of it, and the form for a clerk."""
    said = queries.words_on(amendment) if actor.is_member and amendment.stage in LIVE_STAGES else []
    is_live = amendment.stage in LIVE_STAGES and amendment.plank.stage is Stage.OPEN
    can_rule = is_live and may(actor, Permission.AMENDMENT_RULE, amendment.facts_for(actor))
    return Section(
        "rulings/_of_amendment.html",
        AmendmentRulings(
            ref=amendment.ref,
            rulings=[shown(ruling) for ruling in queries.on_amendment(amendment)],
            said=[_said(word.group, "out of order", word.reason) for word in said],
            form=AmendmentRulingForm(formdata=None) if can_rule else None,
        ),
    )


def shown(ruling: RegisteredRuling) -> ShownRuling:
    """A ruling as lists show it."""
    return ShownRuling(
        words=f"{by_whom(ruling)} {DONE[ruling.verdict]} on {day(ruling.ruled_at)}.",
        reason=ruling.reason,
        appeal=appeal_in_words(ruling.appeal),
        url=url_for("rulings.show", key=ruling.key),
    )


def ruling_page(ruling: RegisteredRuling, actor: Actor) -> RulingPage:
    """One ruling as `actor` sees it: what appealing members wrote is for members alone."""
    appeal = ruling.appeal
    stage = appeal.stage if appeal else None
    has_appealed = queries.voice_of(actor, ruling) is not None
    is_open = stage in (None, AppealStage.GATHERING)
    in_time = can_be_appealed(ruling.verdict, ruling.ruled_at, clock.now())
    facts = ruling.facts_for(actor)
    return RulingPage(
        key=ruling.key,
        title=f"{ruling.verdict.words}: {about(ruling)}",
        about=about(ruling),
        about_url=about_url(ruling),
        words=f"{by_whom(ruling)} {DONE[ruling.verdict]} on {minute(ruling.ruled_at)}.",
        reason=ruling.reason,
        appeal=appeal_in_words(appeal),
        stands=_stands(ruling),
        reasons=[voice.reason for voice in appeal.voices] if appeal and actor.is_member else [],
        answers=_answers(appeal) if appeal and (actor.is_member or appeal.ended_at) else [],
        can_appeal=is_open and in_time and not has_appealed and may(actor, Permission.RULING_APPEAL, facts),
        has_appealed=has_appealed,
        can_take_back=has_appealed and stage is AppealStage.GATHERING,
        can_answer=stage is AppealStage.OPEN and may(actor, Permission.RULING_UPHOLD, facts),
    )


def about(ruling: RegisteredRuling) -> str:
    """What was ruled on: "P3: Warm homes for all", or an amendment to it."""
    plank, amendment = ruling.plank, ruling.amendment
    if amendment is not None:
        return f"{amendment.name or 'An amendment'} to “{plank.title}”"
    return f"{plank.name}: {plank.title}" if plank.name else plank.title


def about_url(ruling: RegisteredRuling) -> str:
    """The page of what was ruled on."""
    if ruling.amendment is not None:
        return url_for("amendments.show", ref=ruling.amendment.ref)
    return url_for("platform.plank", ref=ruling.plank.ref)


def by_whom(ruling: RegisteredRuling) -> str:
    """ "Clerks of the Compass Labour and Green groups", and for which of them a deputy spoke."""
    named = f"Clerks of the Compass {in_words(ruling.groups)} groups"
    if not ruling.deputies:
        return named
    return f"{named} (for {in_words(ruling.deputies)} a deputy)"


def appeal_in_words(appeal: Appeal | None) -> str:
    """Who appealed, as far as anybody is told, and how that stands; nothing while members are only being gathered."""
    if appeal is None or appeal.opened_at is None:
        return ""
    began = f"{_appellants(appeal)} appealed on {day(appeal.opened_at)}."
    return {
        AppealStage.OPEN: f"{began} The ruling stands only if clerks of every group uphold it by"
        f" {minute(appeal.opened_at + UPHOLDING_PERIOD)}.",
        AppealStage.UPHELD: f"{began} Clerks of every group upheld the ruling on {day(appeal.ended_at)}.",
        AppealStage.OVERTURNED: f"{began} The ruling was overturned on {day(appeal.ended_at)}.",
    }.get(appeal.stage, "")


def _appellants(appeal: Appeal) -> str:
    clerks = [voice.group for voice in appeal.voices if voice.is_clerk]
    if clerks:
        return f"A clerk of the {group_named(clerks[0]).title}"
    return f"{MEMBERS_TO_APPEAL} members"


def _stands(ruling: RegisteredRuling) -> str:
    """What can be done about it still, for members."""
    if ruling.verdict is not Verdict.OUT_OF_ORDER:
        return ""
    until, now = ruling.ruled_at + APPEAL_PERIOD, clock.now()
    appeal = ruling.appeal
    if appeal is not None and appeal.stage is AppealStage.GATHERING and now < until:
        number = len(appeal.voices)
        appealed = "One member has" if number == 1 else f"{number} members have"
        return f"{appealed} appealed. With {MEMBERS_TO_APPEAL}, by {minute(until)}, it goes before the clerks."
    if appeal is None and now < until:
        return f"Until {minute(until)} {MEMBERS_TO_APPEAL} members, or one clerk of any group, can appeal."
    if appeal is None or appeal.opened_at is None:
        return "Nobody appealed in time, so the ruling stands."
    return ""


def _answers(appeal: Appeal) -> list[str]:
    said = {word.group: word for word in appeal.answers}
    return [
        f"A clerk of the {group.title} {ANSWERED[said[group.key].answer]}. {said[group.key].reason}".strip()
        for group in GROUPS
        if group.key in said
    ]


def _reference(reference: ReferenceBack, actor: Actor) -> ShownReference:
    ruling, plank = reference.ruling, reference.plank
    ends = "It ends with a new text" + (" or its mover’s answer." if plank.mover_id else ".")
    return ShownReference(
        words=f"{by_whom(ruling)} referred this plank back to its drafters on {day(ruling.ruled_at)}."
        f" That is no decision on its merits. {ends}",
        reason=ruling.reason,
        can_answer=_may(actor, Permission.PLANK_ANSWER, plank),
    )


def _said(group: str, what: str, reason: str) -> str:
    return f"A clerk of the {group_named(group).title} says: {what}. {reason}".strip()


def _may(actor: Actor, permission: Permission, plank: Plank) -> bool:
    return may(actor, permission, plank.facts_for(actor))
