"""Letters about one's own membership, which are no news and have no way to end them; and notices to clerks."""

from datetime import timedelta

from sqlalchemy import select

from app.mail import letters
from app.mail import service as mail
from app.models import Membership, Person, Removal
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.web.addresses import whole_url
from app.web.filters import day
from policies.lapsing import RENEWABLE_AFTER
from policies.membership import MembershipStage
from policies.notices import NoticeKind
from policies.removals import ends_at
from policies.two_persons import Matter


def tell_ending(membership: Membership) -> None:
    """The membership ends soon, and can be renewed."""
    _write("membership_ends", membership, url=_renew_url(membership), until=day(membership.runs_until))


def tell_lapsed(membership: Membership) -> None:
    """It has lapsed, and can still be renewed."""
    until = membership.runs_until + RENEWABLE_AFTER if membership.runs_until else None
    _write("membership_lapsed", membership, url=_renew_url(membership), until=day(until))


def tell_removed(removal: Removal) -> None:
    """Two clerks have ended it: why, and how to appeal."""
    until = day(ends_at(removal.since) - timedelta(minutes=1))
    _write("removal", removal.membership, url=_removal_url(removal), reason=removal.reason, until=until)


def tell_ended(removal: Removal, *, is_overturned: bool) -> None:
    """The removal is final, or overturned."""
    letter = "removal_overturned" if is_overturned else "removal_final"
    is_back = removal.membership.stage is MembershipStage.ACTIVE
    _write(letter, removal.membership, url=_removal_url(removal), is_back=is_back)


def tell_second_clerk(removal: Removal, matter: Matter) -> None:
    """Tell who can confirm a removal: the group's other clerks, or where there are none, those of others."""
    wanted = select(Person.id).where(Person.id.in_(matter.second_clerks))
    if not matter.second_clerks:
        wanted = audiences.clerks_elsewhere(matter.group)
    notices.tell(NoticeKind.CLERK_WANTED, wanted, About(f"removal {removal.id}", "removal"))


def tell_of_appeal(removal: Removal) -> None:
    """Tell the other groups' clerks that a removal was appealed against."""
    about = About(f"appeal of removal {removal.id}", "removal")
    notices.tell(NoticeKind.CLERK_WANTED, audiences.clerks_elsewhere(removal.group), about)


def _write(letter: str, membership: Membership, **values: str | bool) -> None:
    written = letters.written(letter, group=membership.the_group, **values)
    if membership.person.email:
        mail.queue(written, membership.person.email, person_id=membership.person_id)


def _renew_url(membership: Membership) -> str:
    return whole_url("membership.renew", key=membership.key)


def _removal_url(removal: Removal) -> str:
    return whole_url("membership.own_removal", key=removal.membership.key)
