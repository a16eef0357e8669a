"""A complaint in words: how it stands, by when the next word is due, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import clock
from app.models import Complaint
from app.web.filters import day
from policies.complaints import ComplaintStage, is_overdue, next_word_due

STANDS = {
    ComplaintStage.RECEIVED: "We have your complaint. This page is its acknowledgement.",
    ComplaintStage.LOOKED_INTO: "Your complaint is being looked into.",
    ComplaintStage.ANSWERED: "Your complaint is answered.",
}


@dataclass(frozen=True)
class ShownComplaint:
    """A complaint as its page shows it; what was complained of is for those who answer alone."""

    key: str
    stands: str
    state: str
    received: str
    due: str
    is_late: bool
    is_open: bool
    words: str
    answers: Sequence[tuple[str, str]]


def shown(complaint: Complaint, *, with_words: bool = False) -> ShownComplaint:
    """How a complaint stands. The reference can be passed on, so that only those who answer read its words."""
    is_open = complaint.stage is not ComplaintStage.ANSWERED
    due = next_word_due(complaint.received_at, complaint.spoken_at)
    return ShownComplaint(
        key=complaint.key,
        stands=STANDS[complaint.stage],
        state=complaint.stage.words,
        received=day(complaint.received_at),
        due=day(due) if is_open else "",
        is_late=is_open and is_overdue(complaint.received_at, complaint.spoken_at, clock.now()),
        is_open=is_open,
        words=complaint.words if with_words else "",
        answers=[(day(one.said_at), one.words) for one in complaint.answers],
    )
