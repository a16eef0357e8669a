"""A demonstration's clerks see to their members: whom to remove, and who becomes a clerk, each by two persons."""

from app.demonstration.members import Cast
from app.extensions import db
from app.membership import removals
from app.models import Membership, Person, Removal
from app.offices import service as offices
from app.web.transactions import transaction
from policies.offices import OfficeChange
from policies.permissions import Actor


def propose_a_removal(cast: Cast) -> None:
    """A Labour clerk proposes to remove a member; a second one has to confirm it, or not."""
    with transaction():
        reason = "Nobody has reached this made-up member by mail for a year."
        removals.propose(_membership(cast.member("labour", 6)), reason, by=cast.clerk("labour"))


def hear_an_appeal(cast: Cast) -> None:
    """Two Green clerks remove a member, who appeals: clerks of the other groups decide."""
    member = cast.voters["green"][-1]
    with transaction():
        reason = "This made-up member was shown to be a member of another party as well."
        removal_id = removals.propose(_membership(member), reason, by=cast.clerk("green")).id
    with transaction():
        removals.confirm(db.session.get_one(Removal, removal_id), by=cast.clerk("green", 2))
    with transaction():
        words = "I left that party before I joined, and can show it."
        removals.appeal(db.session.get_one(Removal, removal_id), words, by=member)


def propose_offices(cast: Cast) -> None:
    """A Green member is proposed as a clerk, and a Liberal Democrat one is asked whether to become one."""
    reason = "Two clerks are few while so much is voted on."
    with transaction():
        offices.propose(_membership(cast.member("green", 6)), OfficeChange.APPOINT, reason, by=cast.clerk("green"))
    with transaction():
        asked = _membership(cast.member("lib_dem", 6))
        proposal = offices.propose(asked, OfficeChange.APPOINT, reason, by=cast.clerk("lib_dem"))
        offices.confirm(proposal, by=cast.clerk("lib_dem", 2))


def _membership(actor: Actor) -> Membership:
    membership = db.session.get_one(Person, actor.person_id).membership
    assert membership is not None
    return membership
