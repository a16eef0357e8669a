"""What clerks of all groups do together with an open round: extend it once, or annul it before it is published.

Each says it for the own group, and the last makes it so. Nothing of who has voted is read for either.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from app import clock
from app.amendments import service as amendments
from app.amendments.rebasing import give_time_to_object
from app.audit import service as audit
from app.ballots.queries import is_extended
from app.extensions import db
from app.models import (
    Count,
    CountedPaper,
    CountedReceipt,
    JointWord,
    OpenPaper,
    Participation,
    Round,
    locked,
)
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.planks import service as planks
from app.rounds import queries
from policies import amendments as amendment_rules
from policies import ballots as rules
from policies import planks as plank_rules
from policies import rounds
from policies.amendments import AmendmentStage, AmendmentStep
from policies.ballots import RoundStep
from policies.errors import RuleBroken
from policies.groups import GROUP_KEYS
from policies.notices import ANNULLED, EXTENDED, NoticeKind
from policies.permissions import Actor
from policies.planks import Stage, Step
from policies.rounds import JointAct
from policies.speaking import require_own_voice

SAID = "It is recorded for your group. It is so once clerks of all groups have said the same."
TAKEN_BACK = "What your group said is taken back."


def extend(of_round: Round, days: int, *, by: Actor) -> bool:
    """Say for the own group that voting is to go on so many days longer; returns whether that made it so.

    It is so once clerks of all groups have named the same close. Until then each group can name another.
    """
    _lock(of_round)
    opens_at, closes_at = require_extendable(of_round)
    new_close = rounds.extended_close(opens_at, closes_at, days)
    _say(of_round, JointAct.EXTEND, by=by, closes_at=new_close)
    audit.record("extension asked for", of_round, by=by, asked_close=new_close.isoformat())
    words = queries.joint_words(of_round, JointAct.EXTEND)
    agreed = rounds.all_groups_agree_on({word.group: word.closes_at for word in words if word.closes_at})
    if agreed is None:
        return False
    # The roll is reminded of the new close as of every close.
    of_round.closes_at, of_round.reminded_at = agreed, None
    audit.record(
        "round extended",
        of_round,
        by=None,
        closed_before=closes_at.isoformat(),
        closes_at=agreed.isoformat(),
        agreed_by=_keys(words),
    )
    notices.tell(NoticeKind.BALLOT_CHANGED, audiences.on_the_roll(of_round.id), About.round(of_round, EXTENDED))
    return True


def require_extendable(of_round: Round) -> tuple[datetime, datetime]:
    """The times of a round that can be extended at this moment; refuses for all others."""
    opens_at, closes_at = of_round.opens_at, of_round.closes_at
    if opens_at is None or closes_at is None:
        raise RuleBroken("A ballot can be extended only while it is open. Its page says where it stands.")
    rounds.require_extendable(of_round.stage, clock.now(), opens_at, closes_at, is_extended=is_extended(of_round))
    return opens_at, closes_at


def is_extendable(of_round: Round) -> bool:
    """Whether a round can be extended at this moment."""
    try:
        require_extendable(of_round)
    except RuleBroken:
        return False
    return True


def annul(of_round: Round, reason: str, *, by: Actor) -> bool:
    """Say for the own group, with a reason, that an unpublished round is void; returns whether that made it so.

    Once clerks of all groups have said it, its papers and its list of who has voted are destroyed, unread and
    uncounted; the plank is open again, and a new round can be held.
    """
    _lock(of_round)
    rounds.require_annullable(of_round.stage)
    _say(of_round, JointAct.ANNUL, by=by, reason=reason)
    audit.record("annulment asked for", of_round, by=by)
    words = queries.joint_words(of_round, JointAct.ANNUL)
    if not rounds.all_groups_said(_keys(words)):
        return False
    before, of_round.stage = of_round.stage, rules.next_stage(of_round.stage, RoundStep.ANNUL)
    audit.record("round annulled", of_round, by=None, before=before, after=of_round.stage, agreed_by=_keys(words))
    _destroy_votes(of_round)
    _put_amendments_back(of_round)
    plank = of_round.plank
    if plank.stage is Stage.BALLOTING:
        planks.move(plank, plank_rules.next_stage(plank.stage, Step.ANNUL_ROUND), "round annulled on plank", by=None)
    give_time_to_object(plank)
    notices.tell(NoticeKind.BALLOT_CHANGED, audiences.on_the_roll(of_round.id), About.round(of_round, ANNULLED))
    return True


def take_back(of_round: Round, act: JointAct, *, by: Actor) -> None:
    """Take back what was said for the own group, while it has not made anything so."""
    _lock(of_round)
    word = db.session.get(JointWord, (of_round.id, act, by.group or ""))
    if word is None:
        raise RuleBroken("Your group has said nothing of the kind. The round's page shows what it has said.")
    if act is JointAct.EXTEND:
        require_extendable(of_round)
    else:
        rounds.require_annullable(of_round.stage)
    db.session.delete(word)
    audit.record("joint word taken back", of_round, by=by, joint_act=act)


def extend_or_take_back(of_round: Round, days: int | None, *, by: Actor) -> str:
    """Do what a clerk asks on the page of an extension; returns what came of it, in words."""
    if days is None:
        take_back(of_round, JointAct.EXTEND, by=by)
        return TAKEN_BACK
    return "The round is extended, and everybody on its roll is told." if extend(of_round, days, by=by) else SAID


def annul_or_take_back(of_round: Round, reason: str | None, *, by: Actor) -> str:
    """Do what a clerk asks on the page of an annulment; returns what came of it, in words."""
    if reason is None:
        take_back(of_round, JointAct.ANNUL, by=by)
        return TAKEN_BACK
    return "The round is annulled, and everybody on its roll is told." if annul(of_round, reason, by=by) else SAID


def _lock(of_round: Round) -> None:
    locked(of_round.plank)
    locked(of_round)


def _say(of_round: Round, act: JointAct, *, by: Actor, closes_at: datetime | None = None, reason: str = "") -> None:
    said = {one.group: one.clerk_id for one in queries.joint_words(of_round, act)}
    require_own_voice(said, by.group, by.person_id)
    word = db.session.get(JointWord, (of_round.id, act, by.group or ""))
    if word is None:
        word = JointWord(round_id=of_round.id, act=act, group=by.group or "")
        db.session.add(word)
    word.clerk_id, word.said_at = by.person_id or 0, clock.now()
    word.closes_at, word.reason = closes_at, reason
    db.session.flush()


def _keys(words: Sequence[JointWord]) -> list[str]:
    said = {word.group for word in words}
    return [key for key in GROUP_KEYS if key in said]


def _destroy_votes(of_round: Round) -> None:
    """Papers first, counted or not, then who has voted: nobody looks at either. The roll stays, as of every round."""
    ballots = [ballot.id for ballot in of_round.ballots]
    for votes in (OpenPaper, CountedPaper, CountedReceipt, Count, Participation):
        db.session.execute(delete(votes).where(votes.ballot_id.in_(ballots)))
    for ballot in of_round.ballots:
        db.session.expire(ballot, ["counts"])


def _put_amendments_back(of_round: Round) -> None:
    for question in of_round.questions:
        amendment = question.revision.amendment
        if amendment.stage is AmendmentStage.BALLOTING:
            stage = amendment_rules.next_stage(amendment.stage, AmendmentStep.ANNUL_ROUND)
            amendments.move(amendment, stage, "amendment back from an annulled round", by=None)
