"""Belonging to a group: the stages of a membership, and who counts as a member."""

from enum import StrEnum


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


# A member who lapsed after the roll was frozen may still vote; one who left or was removed may not.
MAY_STILL_VOTE = frozenset({MembershipStage.ACTIVE, MembershipStage.LAPSED})
