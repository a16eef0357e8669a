"""Consensus wording: a compromise offered to the mover of an amendment, and what can become of the offer."""

from dataclasses import dataclass
from enum import StrEnum

from policies.amendments import LIVE_STAGES, AmendmentStage
from policies.errors import RuleBroken
from policies.planks import Stage

# Open offers to one amendment, and all that one member ever makes to it, however they ended.
MOST_OPEN = 5
MOST_EACH = 3


class OfferStage(StrEnum):
    """Where an offer stands. The values are stored."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"

    @property
    def words(self) -> str:
        """The stage as a sentence has it: "an offer that is …"."""
        return STAGE_WORDS[self]


STAGE_WORDS: dict[OfferStage, str] = {
    OfferStage.OPEN: "open",
    OfferStage.ACCEPTED: "accepted",
    OfferStage.REFUSED: "refused",
    OfferStage.TAKEN_BACK: "taken back",
    OfferStage.LAPSED: "lapsed",
}


class OfferStep(StrEnum):
    """What can happen to an offer; the values complete "You cannot … an offer"."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    TAKE_BACK = "take back"
    LAPSE = "let lapse"


NEXT_STAGE: dict[tuple[OfferStage, OfferStep], OfferStage] = {
    (OfferStage.OPEN, OfferStep.ACCEPT): OfferStage.ACCEPTED,
    (OfferStage.OPEN, OfferStep.REFUSE): OfferStage.REFUSED,
    (OfferStage.OPEN, OfferStep.TAKE_BACK): OfferStage.TAKEN_BACK,
    (OfferStage.OPEN, OfferStep.LAPSE): OfferStage.LAPSED,
}

# While its plank is in one of these, an offer can wait for its answer.
WAITING_STAGES = frozenset({Stage.OPEN, Stage.BALLOTING})


@dataclass(frozen=True)
class Ground:
    """What an offer stands on: the amendment and its plank, as they are now.

    `text_stands`: the text is the one it was offered for; `words_stand`: so are the words of the amendment.
    """

    amendment: AmendmentStage
    plank: Stage
    text_stands: bool = True
    words_stand: bool = True


def next_stage(stage: OfferStage, step: OfferStep) -> OfferStage:
    """Return where `step` takes an offer in `stage`, or refuse in words the person can act on."""
    try:
        return NEXT_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(
            f"You cannot {step} an offer that is {stage.words}. The amendment’s page says where it stands."
        ) from None


def why_lapsed(ground: Ground) -> str:
    """An offer lapses when its amendment ends or is put to the vote, its plank ends, the text moves, or the words it
    was offered in place of are no longer the amendment's; nothing where it stands.
    """
    if ground.amendment not in LIVE_STAGES:
        return f"The amendment is {ground.amendment.words} now, so no other wording can take its place."
    if ground.plank not in WAITING_STAGES:
        return f"The plank is {ground.plank.words} now, so it is not amended any more."
    if not ground.text_stands:
        return "The text has moved since this was offered. It can be offered anew, on the text as it is now."
    if not ground.words_stand:
        return "The amendment’s mover has submitted other words since. This can be offered anew in place of those."
    return ""


def require_answerable(stage: OfferStage, step: OfferStep, ground: Ground) -> OfferStage:
    """The mover answers an open offer while it stands, and accepts one only while the plank takes amendments."""
    after = next_stage(stage, step)
    reason = why_lapsed(ground)
    if reason:
        raise RuleBroken(f"This offer has lapsed. {reason}")
    if step is OfferStep.ACCEPT and ground.plank is not Stage.OPEN:
        raise RuleBroken(
            "The groups are voting on this plank, so nothing can be accepted now."
            " Come back when the result is published: the offer waits unless the text moves."
        )
    return after


def require_offerable(ground: Ground, *, own_open: int, own: int, open_ones: int) -> None:
    """Another wording is offered to an amendment that waits for its decision, on an open plank; one at a time by each
    member, and not without end.
    """
    if ground.amendment not in LIVE_STAGES or ground.plank is not Stage.OPEN:
        raise RuleBroken(
            f"This amendment is {ground.amendment.words} and its plank {ground.plank.words}."
            " Another wording is offered only to an amendment that waits for its decision, on an open plank."
        )
    if not ground.text_stands:
        raise RuleBroken(
            "The text has moved under this amendment. Once its mover has renewed it you can offer a wording."
        )
    if own_open:
        raise RuleBroken("You have offered another wording already. Take that back before you offer a new one.")
    if own >= MOST_EACH:
        raise RuleBroken(f"You have offered {MOST_EACH} wordings to this amendment. Move an amendment of your own.")
    if open_ones >= MOST_OPEN:
        raise RuleBroken(
            f"{MOST_OPEN} offers wait for this mover’s answer already. Try again when one is answered,"
            " or move an amendment of your own."
        )


def can_be_offered(ground: Ground, *, own_open: int, own: int, open_ones: int) -> bool:
    """The same as a question."""
    try:
        require_offerable(ground, own_open=own_open, own=own, open_ones=open_ones)
    except RuleBroken:
        return False
    return True


def require_other_words(*, is_the_text: bool, is_the_amendment: bool) -> None:
    """An offer differs from the text as it is and from what the amendment makes of it."""
    if is_the_amendment:
        raise RuleBroken("This is the amendment as it stands. Change some of its words, or leave this page.")
    if is_the_text:
        raise RuleBroken("This leaves the text as it is. Offer other words, or object to the amendment on its page.")


def opens_at_once(mover_group: str, offerer_group: str | None) -> bool:
    """Accepted wording is seconded already where a member of another group, who still is one, offered just these words.

    Else it needs a second as any amendment does. `offerer_group` is the group of the offerer now.
    """
    return offerer_group is not None and offerer_group != mover_group
