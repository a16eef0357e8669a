"""Telling everybody whom a ruling concerns: who moved it, seconded it, follows it, appealed, and the clerks."""

from sqlalchemy import or_, select, union_all

from app.models import (
    AmendmentSecond,
    AppealVoice,
    Membership,
    Person,
    Plank,
    PlankSecond,
    RegisteredRuling,
    Revision,
)
from app.notices import audiences
from app.notices import service as notices
from app.notices.audiences import Audience
from app.notices.service import About
from policies.membership import MembershipStage
from policies.notices import NoticeKind


def tell_concerned(ruling: RegisteredRuling, word: str, *, mover_too: bool) -> None:
    """Tell who seconded or follows what was ruled on, and who appealed; its mover is told of a ruling by itself."""
    about = _about(ruling, word)
    mover = (ruling.amendment or ruling.plank).mover_id
    notices.tell(NoticeKind.RULING, _concerned(ruling).where(Person.id != (mover or 0)), about)
    if mover_too:
        notices.tell(NoticeKind.RULING, audiences.one(mover), about)


def tell_clerks_of_appeal(ruling: RegisteredRuling) -> None:
    """Tell the clerks of all groups that a ruling wants the word of each."""
    about = About(f"appeal {ruling.id}", "appeal", plank_id=ruling.plank_id, amendment_id=ruling.amendment_id)
    notices.tell(NoticeKind.CLERK_WANTED, audiences.clerks(), about)


def tell_of_flagged(plank: Plank) -> None:
    """Tell clerks and deputies that a plank has waited so long that deputies may rule on it."""
    since = plank.checking_since
    if since is not None:
        about = About(f"plank {plank.id} waits since {since:%Y-%m-%d %H:%M}", "flagged", plank_id=plank.id)
        notices.tell(NoticeKind.CLERK_WANTED, _officers(), about)


def _officers() -> Audience:
    is_officer = or_(Membership.is_clerk, Membership.is_deputy)
    return select(Membership.person_id).where(is_officer, Membership.stage == MembershipStage.ACTIVE)


def _about(ruling: RegisteredRuling, word: str) -> About:
    return About(f"ruling {ruling.id} {word}", word, plank_id=ruling.plank_id, amendment_id=ruling.amendment_id)


def _concerned(ruling: RegisteredRuling) -> Audience:
    if ruling.amendment_id is None:
        seconders = select(PlankSecond.person_id).where(PlankSecond.plank_id == ruling.plank_id)
    else:
        seconders = select(AmendmentSecond.person_id).join(Revision, Revision.id == AmendmentSecond.revision_id)
        seconders = seconders.where(Revision.amendment_id == ruling.amendment_id)
    appellants = select(AppealVoice.person_id).where(AppealVoice.ruling_id == ruling.id)
    everybody = union_all(seconders, appellants, audiences.followers(ruling.plank_id)).subquery()
    return select(Person.id).where(Person.id.in_(select(everybody.c.person_id)))
