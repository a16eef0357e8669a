"""Officers' reads: whoever opens a member's record in office is noted; the member sees the office, and when."""

from enum import StrEnum


class Office(StrEnum):
    """In which office somebody read. The values are stored."""

    CLERK = "clerk"
    OPERATOR = "operator"


class Seen(StrEnum):
    """What was read of a member. The values are stored."""

    MEMBERS_LIST = "members_list"
    APPLICATION = "application"
    ROLL = "roll"
    DEPUTIES = "deputies"
    OFFICES = "offices"
    REMOVAL = "removal"
    BESIDE = "beside"
    INTEREST = "interest"

    @property
    def words(self) -> str:
        """What was read, as the member reads it."""
        return SEEN_WORDS[self]


SEEN_WORDS: dict[Seen, str] = {
    Seen.MEMBERS_LIST: "Your name and address in the list of members",
    Seen.APPLICATION: "Your application, with name and address",
    Seen.ROLL: "Your name on a roll: that you can vote in a round, and never whether you have",
    Seen.DEPUTIES: "Your name in the list of those who can become deputies",
    Seen.OFFICES: "Your name in the list of offices",
    Seen.REMOVAL: "Your name in a proposal to end your membership",
    Seen.BESIDE: "Your name beside something you stand behind, which clerks of your group alone are told",
    Seen.INTEREST: "Your address, and a name if you gave one, in the list of those who registered interest",
}


def office_in_words(office: Office, group_title: str) -> str:
    """Who read, without a name: "A clerk of the Compass Green group"."""
    if office is Office.OPERATOR:
        return "Whoever runs the service"
    return f"A clerk of the {group_title}"
