"""What clerks see who extend or annul an open round together: its times, and what each group has said. No turnout."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.ballots import wording as ballot_wording
from app.ballots.queries import is_extended
from app.ballots.questions import Link, plank_link
from app.models import JointWord, Round
from app.rounds import joint, queries
from app.web.backing import listed
from app.web.filters import minute
from policies.ballots import RoundStage
from policies.groups import GROUPS, group_named
from policies.permissions import Actor
from policies.rounds import ANNULLABLE, JointAct, longest_extension

ASKED = {JointAct.EXTEND: "asked for more time", JointAct.ANNUL: "asked to annul it"}


@dataclass(frozen=True)
class Said:
    """What a clerk of one group said, and when; `days` where another group can say the same by one button."""

    who: str
    what: str
    when: str
    days: int = 0
    same_label: str = ""


@dataclass(frozen=True)
class JointPage:
    """The page on which a clerk says it for the own group."""

    number: int
    name: str
    title: str
    plank: Link
    closes: str
    longest: int
    said: Sequence[Said]
    own_is_said: bool
    wanted: str


@dataclass(frozen=True)
class JointSteps:
    """What of this a clerk is offered on the round's page, and what clerks have said."""

    extend: bool = False
    annul: bool = False
    said: Sequence[str] = ()


def joint_page(of_round: Round, act: JointAct, actor: Actor) -> JointPage:
    """What has been said of extending or annulling a round, for a clerk who is to say it too."""
    words = queries.joint_words(of_round, act)
    return JointPage(
        number=of_round.number,
        name=of_round.name,
        title=ballot_wording.title(of_round),
        plank=plank_link(of_round.plank),
        closes=minute(of_round.closes_at),
        longest=_longest(of_round),
        said=[_said(word, of_round, actor) for word in words],
        own_is_said=any(word.group == actor.group for word in words),
        wanted=_wanted(words),
    )


def joint_steps(of_round: Round, actor: Actor) -> JointSteps:
    """What a clerk can do together with others at this moment; nothing for anybody else."""
    if not actor.is_clerk or of_round.stage not in ANNULLABLE:
        return JointSteps()
    return JointSteps(joint.is_extendable(of_round), annul=True, said=said_by_clerks(of_round))


def said_by_clerks(of_round: Round) -> list[str]:
    """What clerks have asked for so far, in a sentence for each act; for clerks alone."""
    said = []
    for act, words in pending(of_round).items():
        names = listed([group_named(word.group).title for word in words])
        said.append(f"Clerks of the {names} have {ASKED[act]}, first on {minute(words[0].said_at)}. {_wanted(words)}")
    return said


def pending(of_round: Round) -> dict[JointAct, Sequence[JointWord]]:
    """What clerks have said of a round that is not so yet."""
    words = {act: queries.joint_words(of_round, act) for act in JointAct}
    if is_extended(of_round):
        del words[JointAct.EXTEND]
    return {act: said for act, said in words.items() if said}


def reasons(of_round: Round) -> list[str]:
    """Why clerks of each group annulled a round, once it is annulled."""
    if of_round.stage is not RoundStage.ANNULLED:
        return []
    words = {word.group: word.reason for word in queries.joint_words(of_round, JointAct.ANNUL)}
    return [f"{group.title}: {words[group.key]}" for group in GROUPS if group.key in words]


def _said(word: JointWord, of_round: Round, actor: Actor) -> Said:
    who, when = f"A clerk of the {group_named(word.group).title}", minute(word.said_at)
    if word.closes_at is None or of_round.closes_at is None:
        return Said(who, word.reason, when)
    close = minute(word.closes_at)
    days = (word.closes_at - of_round.closes_at) // timedelta(days=1)
    label = "" if word.group == actor.group else f"Agree: voting closes on {close}"
    return Said(who, f"Voting closes on {close}", when, days, label)


def _wanted(words: Sequence[JointWord]) -> str:
    said = {word.group for word in words}
    waiting = [group.title for group in GROUPS if group.key not in said]
    if not waiting:
        return "The groups have named different days. It is so once all have named the same."
    return f"Still wanted: {listed([f'a clerk of the {title}' for title in waiting])}."


def _longest(of_round: Round) -> int:
    if of_round.opens_at is None or of_round.closes_at is None:
        return 0
    return longest_extension(of_round.opens_at, of_round.closes_at)
