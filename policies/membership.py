"""Belonging to a group: from an invitation or an application to an active membership, and its ends."""

from datetime import datetime, timedelta
from enum import StrEnum

from policies.errors import RuleBroken

NAME_CHARACTERS = 80
REASON_CHARACTERS = 500
# Somebody who never proved the address is forgotten after this time.
UNPROVEN_KEPT = timedelta(days=14)


class MembershipStage(StrEnum):
    """Where a membership stands. The values are stored."""

    APPLIED = "applied"
    INVITED = "invited"
    VERIFIED = "verified"
    ACTIVE = "active"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    LEFT = "left"
    REMOVED = "removed"
    ERASED = "erased"

    @property
    def words(self) -> str:
        """The stage as a sentence has it: "a membership that is …"."""
        return MEMBERSHIP_WORDS[self]


MEMBERSHIP_WORDS: dict[MembershipStage, str] = {
    MembershipStage.APPLIED: "applied for",
    MembershipStage.INVITED: "offered by invitation",
    MembershipStage.VERIFIED: "waiting for the clerk’s check",
    MembershipStage.ACTIVE: "active",
    MembershipStage.LAPSED: "lapsed",
    MembershipStage.SUSPENDED: "suspended",
    MembershipStage.LEFT: "ended by the member",
    MembershipStage.REMOVED: "ended by the group",
    MembershipStage.ERASED: "erased",
}


class MembershipStep(StrEnum):
    """What can happen to a membership; the values complete "You cannot … a membership"."""

    PROVE_ADDRESS = "confirm the address of"
    APPROVE = "approve"
    REFUSE = "refuse"
    REVOKE = "take back the invitation to"
    LEAVE = "leave"
    FORGET = "forget"
    LAPSE = "end the time of"
    RENEW = "renew"
    SUSPEND = "suspend"
    REINSTATE = "give back"
    REMOVE = "remove"


NEXT_MEMBERSHIP_STAGE: dict[tuple[MembershipStage, MembershipStep], MembershipStage] = {
    (MembershipStage.APPLIED, MembershipStep.PROVE_ADDRESS): MembershipStage.VERIFIED,
    (MembershipStage.INVITED, MembershipStep.PROVE_ADDRESS): MembershipStage.VERIFIED,
    (MembershipStage.VERIFIED, MembershipStep.APPROVE): MembershipStage.ACTIVE,
    (MembershipStage.VERIFIED, MembershipStep.REFUSE): MembershipStage.REMOVED,
    (MembershipStage.VERIFIED, MembershipStep.LEAVE): MembershipStage.LEFT,
    (MembershipStage.INVITED, MembershipStep.REVOKE): MembershipStage.ERASED,
    (MembershipStage.ACTIVE, MembershipStep.LEAVE): MembershipStage.LEFT,
    (MembershipStage.LAPSED, MembershipStep.LEAVE): MembershipStage.LEFT,
    (MembershipStage.APPLIED, MembershipStep.FORGET): MembershipStage.ERASED,
    (MembershipStage.INVITED, MembershipStep.FORGET): MembershipStage.ERASED,
    (MembershipStage.ACTIVE, MembershipStep.LAPSE): MembershipStage.LAPSED,
    (MembershipStage.ACTIVE, MembershipStep.RENEW): MembershipStage.ACTIVE,
    (MembershipStage.LAPSED, MembershipStep.RENEW): MembershipStage.ACTIVE,
    # Two clerks have confirmed a removal, which can still be appealed against.
    (MembershipStage.ACTIVE, MembershipStep.SUSPEND): MembershipStage.SUSPENDED,
    (MembershipStage.LAPSED, MembershipStep.SUSPEND): MembershipStage.SUSPENDED,
    (MembershipStage.SUSPENDED, MembershipStep.REINSTATE): MembershipStage.ACTIVE,
    (MembershipStage.SUSPENDED, MembershipStep.REMOVE): MembershipStage.REMOVED,
    (MembershipStage.SUSPENDED, MembershipStep.LEAVE): MembershipStage.LEFT,
    (MembershipStage.REMOVED, MembershipStep.FORGET): MembershipStage.ERASED,
    (MembershipStage.LEFT, MembershipStep.FORGET): MembershipStage.ERASED,
}

# A member who lapsed after the roll was frozen may still vote; one who left or was removed may not.
MAY_STILL_VOTE = frozenset({MembershipStage.ACTIVE, MembershipStage.LAPSED})
# Still to be settled: such a membership can become active.
PENDING = frozenset({MembershipStage.APPLIED, MembershipStage.INVITED, MembershipStage.VERIFIED})
# The address is not proven yet.
UNPROVEN = frozenset({MembershipStage.APPLIED, MembershipStage.INVITED})
# Whoever is in such a stage still signs in: to take part, to renew, or to see where a removal stands.
SIGNS_IN = MAY_STILL_VOTE | {MembershipStage.SUSPENDED, MembershipStage.REMOVED}
# The stages of which a person has at most one in a group.
LASTING = PENDING | {MembershipStage.ACTIVE, MembershipStage.LAPSED, MembershipStage.SUSPENDED}


def next_membership_stage(stage: MembershipStage, step: MembershipStep) -> MembershipStage:
    """Where `step` takes a membership in `stage`; raises `RuleBroken` in words the person can act on."""
    try:
        return NEXT_MEMBERSHIP_STAGE[stage, step]
    except KeyError:
        raise RuleBroken(f"You cannot {step} a membership that is {stage.words}. Look at the list again.") from None


def require_may_leave(is_clerk: bool, other_clerks: int) -> None:
    """A group's only clerk hands over before leaving, so that nobody who waits for a check is left waiting."""
    if is_clerk and not other_clerks:
        raise RuleBroken(
            "You are the only clerk of your group. Propose another member as its clerk first, on the page “Offices” of"
            " the clerk’s desk, and leave once they have accepted."
        )


def require_name(name: str) -> None:
    """A name by which the group's clerks know a member."""
    if not name:
        raise RuleBroken("Write your name. Only the clerks of your group see it.")
    if len(name) > NAME_CHARACTERS:
        raise RuleBroken(f"Shorten the name to {NAME_CHARACTERS} characters; it has {len(name)}.")


def require_reason(reason: str) -> None:
    """An applicant is refused with a reason that can be read."""
    if not reason:
        raise RuleBroken("Say why, so that the person knows what to do.")
    if len(reason) > REASON_CHARACTERS:
        raise RuleBroken(f"Shorten the reason to {REASON_CHARACTERS} characters; it has {len(reason)}.")


def is_forgotten(asked_at: datetime, now: datetime) -> bool:
    """Whether an application or invitation whose address was never proven has to be erased."""
    return now >= asked_at + UNPROVEN_KEPT
