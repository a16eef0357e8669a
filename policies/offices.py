"""The office of a group's clerk: given by two, accepted, for a year; ended by two, handed over, or run out."""

from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken
from policies.membership import MembershipStage

TERM = timedelta(days=365)
# So long before the end of a term its clerk can ask for the next one.
NEXT_TERM_ASKED = timedelta(days=60)
# For so long a proposal waits for its second clerk, and a confirmed one for the member to accept it.
WAITS = timedelta(days=14)
# So long after its end a proposal is kept.
KEPT = timedelta(days=365)
# So many clerks of a group whoever runs the service appoints at the own word: the first, and one to confirm with.
FIRST_CLERKS = 2


class OfficeChange(StrEnum):
    """What two clerks can do with the office. The values are stored."""

    APPOINT = "appoint"
    NEXT_TERM = "next_term"
    END = "end"

    @property
    def words(self) -> str:
        """What is proposed, as a list has it."""
        return CHANGE_WORDS[self]


CHANGE_WORDS: dict[OfficeChange, str] = {
    OfficeChange.APPOINT: "A member becomes a clerk",
    OfficeChange.NEXT_TERM: "A clerk stays for another term",
    OfficeChange.END: "A clerk’s office ends",
}


class ProposalStage(StrEnum):
    """Where a proposal stands. The values are stored."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DONE = "done"
    REFUSED = "refused"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        """The stage as a sentence has it: "a proposal that is …"."""
        return PROPOSAL_WORDS[self]


PROPOSAL_WORDS: dict[ProposalStage, str] = {
    ProposalStage.PROPOSED: "waiting for a second clerk",
    ProposalStage.CONFIRMED: "waiting for the member",
    ProposalStage.DONE: "done",
    ProposalStage.REFUSED: "refused by the member",
    ProposalStage.DROPPED: "given up",
}


class ProposalStep(StrEnum):
    """What can happen to a proposal; the values complete "You cannot … a proposal"."""

    CONFIRM = "confirm"
    ACCEPT = "accept"
    REFUSE = "refuse"
    DROP = "give up"


NEXT_PROPOSAL_STAGE: dict[tuple[ProposalStage, ProposalStep], ProposalStage] = {
    (ProposalStage.PROPOSED, ProposalStep.CONFIRM): ProposalStage.CONFIRMED,
    (ProposalStage.PROPOSED, ProposalStep.DROP): ProposalStage.DROPPED,
    (ProposalStage.CONFIRMED, ProposalStep.ACCEPT): ProposalStage.DONE,
    (ProposalStage.CONFIRMED, ProposalStep.REFUSE): ProposalStage.REFUSED,
    (ProposalStage.CONFIRMED, ProposalStep.DROP): ProposalStage.DROPPED,
}
# Still to end.
WAITING = frozenset({ProposalStage.PROPOSED, ProposalStage.CONFIRMED})


def next_proposal_stage(stage: ProposalStage, step: ProposalStep) -> ProposalStage:
    """Where `step` takes a proposal in `stage`; raises `RuleBroken` in words the person can act on."""
    try:
        return NEXT_PROPOSAL_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(f"You cannot {step} a proposal that is {stage.words}. Look at the list again.") from None


def wants_acceptance(change: OfficeChange) -> bool:
    """A member accepts the office before it counts; a next term was asked for, and an end needs no consent."""
    return change is OfficeChange.APPOINT


def require_can_be_proposed(change: OfficeChange, stage: MembershipStage, *, is_clerk: bool) -> None:
    """An active member who is no clerk can become one; of a clerk the office can be prolonged or ended."""
    if stage is not MembershipStage.ACTIVE:
        raise RuleBroken("This person is no active member of your group. Look at the list of members.")
    if change is OfficeChange.APPOINT and is_clerk:
        raise RuleBroken("This member is a clerk of your group already.")
    if change is not OfficeChange.APPOINT and not is_clerk:
        raise RuleBroken("This member is no clerk of your group.")


def require_no_operator(*, is_operator: bool) -> None:
    """Whoever runs the machine holds no office, and so is no clerk by whom a group is counted to have one."""
    if is_operator:
        raise RuleBroken("This member cannot hold an office. Propose another one.")


def require_asker(change: OfficeChange, by: int | None, about: int) -> None:
    """A clerk asks for the own next term; the office of another is given or ended, for the own one is handed over."""
    if change is OfficeChange.NEXT_TERM and by != about:
        raise RuleBroken("Each clerk asks for the own next term. You can confirm it once they have asked.")
    if change is OfficeChange.END and by == about:
        raise RuleBroken("To end your own office, step down. That needs nobody else.")


def require_reason(change: OfficeChange, reason: str, longest: int) -> None:
    """Whoever loses an office is told why."""
    if change is OfficeChange.END and not reason.strip():
        raise RuleBroken("Write the reason. The clerk concerned reads it.")
    if len(reason) > longest:
        raise RuleBroken(f"Shorten the reason to {longest:,} characters; it has {len(reason):,}.")


def term_ends(begins: datetime) -> datetime:
    """When an office taken up at a moment ends by itself."""
    return begins + TERM


def next_term_ends(until: datetime | None, now: datetime) -> datetime:
    """A next term begins where the one before it ends, or now if that is past."""
    return term_ends(now if until is None else max(until, now))


def can_ask_for_next_term(until: datetime | None, now: datetime) -> bool:
    """Whether a clerk can ask for the next term now: in the last sixty days, and while the office runs on after it."""
    return until is not None and now >= until - NEXT_TERM_ASKED


def require_can_ask_for_next_term(until: datetime | None, now: datetime) -> None:
    """Refuse a next term that is asked for too early."""
    if not can_ask_for_next_term(until, now):
        raise RuleBroken("Your term is not near its end. You can ask for the next one in its last sixty days.")


def is_dropped(since: datetime, now: datetime) -> bool:
    """Whether a proposal has waited so long for its next word that it is given up."""
    return now >= since + WAITS


def require_first_clerks(clerks: int) -> None:
    """Whoever runs the service appoints a group's first clerks; from then on its clerks do, two by two."""
    if clerks >= FIRST_CLERKS:
        raise RuleBroken(
            "This group has two clerks, who make others on the page “Offices” of the clerk’s desk. Ask them."
        )


def require_a_clerk_stays(is_clerk: bool, other_clerks: int) -> None:
    """No group is left without a clerk."""
    if is_clerk and not other_clerks:
        raise RuleBroken(
            "The group would have no clerk left. Propose another member as its clerk first; once they have accepted,"
            " come back."
        )
