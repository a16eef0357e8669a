"""Telling the clerks of the other groups that a proposed edition wants their word."""

from app.models import EditionProposal
from app.notices import audiences
from app.notices import service as notices
from app.notices.service import About
from policies.notices import NoticeKind


def tell_clerks_elsewhere(proposal: EditionProposal) -> None:
    """Tell them once; the to-do list leads to it."""
    about = About(f"edition {proposal.id}", "edition")
    notices.tell(NoticeKind.CLERK_WANTED, audiences.clerks_elsewhere(proposal.group), about)
