"""Letters about one's own office, and notices to the clerk who is wanted as the second person."""

from sqlalchemy import select

from app.mail import letters
from app.mail import service as mail
from app.models import Membership, OfficeProposal, Person
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from app.web.addresses import whole_url
from app.web.filters import day
from policies.notices import NoticeKind
from policies.offices import WAITS
from policies.two_persons import Matter


def tell_second_person(proposal: OfficeProposal, matter: Matter) -> None:
    """Tell those who can confirm it: the group's other clerks, or where there are none, those of other groups."""
    wanted = select(Person.id).where(Person.id.in_(matter.second_clerks))
    if not matter.second_clerks:
        wanted = audiences.clerks_elsewhere(matter.group)
    notices.tell(NoticeKind.CLERK_WANTED, wanted, About(f"office {proposal.id}", "office"))


def tell_offered(proposal: OfficeProposal) -> None:
    """Two clerks offer the office; it counts once it is accepted."""
    url = whole_url("offices.answer", key=proposal.key)
    _write("office_offered", proposal.membership, url=url, until=day(proposal.since + WAITS))


def tell_term_ending(membership: Membership) -> None:
    """The term ends soon."""
    _write("office_ends", membership, url=whole_url("offices.listed"), until=day(membership.clerk_until))


def tell_term_over(membership: Membership) -> None:
    """The term is over."""
    _write("office_over", membership, url=whole_url("people.account"), reason="")


def tell_office_ended(proposal: OfficeProposal) -> None:
    """Two clerks have ended it, and why."""
    _write("office_over", proposal.membership, url=whole_url("people.account"), reason=proposal.reason)


def _write(letter: str, membership: Membership, **values: str) -> None:
    written = letters.written(letter, group=membership.the_group, **values)
    if membership.person.email:
        mail.queue(written, membership.person.email, person_id=membership.person_id)
