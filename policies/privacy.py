"""What is kept of people: why, on which ground of the law, and how long. The privacy page and the clock read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policies.address_lists import KEPT as LISTS_KEPT
from policies.applications import REFUSED_KEPT
from policies.complaints import CONTACT_KEPT as COMPLAINTS_KEPT
from policies.errors import LinkEnded
from policies.interest import UNCONFIRMED_KEPT
from policies.links import KEPT_AFTER_END, SIGNED_IN_FOR
from policies.mail import KEPT_AFTER_SENDING
from policies.membership import PENDING, UNPROVEN_KEPT, MembershipStage
from policies.moderation import CONTACT_KEPT as REPORTS_KEPT
from policies.moderation import WORDS_KEPT
from policies.notices import KEPT as NOTICES_KEPT
from policies.offices import KEPT as OFFICES_KEPT
from policies.passkeys import BROWSERS_KEPT
from policies.removals import KEPT as REMOVALS_KEPT
from policies.results import PARTICIPATION_KEPT

# An account that belongs to no group any more is erased this long after the last membership ended.
DORMANT_KEPT = timedelta(days=365)
# An archive of one's own data can be fetched once, and within this time.
EXPORT_KEPT = timedelta(days=1)
READS_KEPT = timedelta(days=365)
ACCESS_LOGS_KEPT = timedelta(days=30)


class Kept(StrEnum):
    """A rule of how long something is kept."""

    UNPROVEN = "unproven"
    UNCONFIRMED = "unconfirmed"
    REFUSED = "refused"
    LISTS = "lists"
    LINKS = "links"
    SESSIONS = "sessions"
    BROWSERS = "browsers"
    REPORTS = "reports"
    REPORT_WORDS = "report_words"
    REMOVALS = "removals"
    OFFICES = "offices"
    COMPLAINTS = "complaints"
    MAIL = "mail"
    NOTICES = "notices"
    PARTICIPATION = "participation"
    DORMANT = "dormant"
    EXPORTS = "exports"
    READS = "reads"
    ACCESS_LOGS = "access_logs"
    WITH_ACCOUNT = "with_account"
    WITH_CONSENT = "with_consent"
    WITH_TEXT = "with_text"
    WITH_CHOICE = "with_choice"
    FOR_GOOD = "for_good"
    PUBLIC_OFFICE = "public_office"

    @property
    def words(self) -> str:
        """The rule in a sentence."""
        return RETENTION[self].words


@dataclass(frozen=True)
class Rule:
    """How long, counted from what the words say; None where no clock ends it."""

    period: timedelta | None
    words: str


RETENTION: dict[Kept, Rule] = {
    Kept.UNPROVEN: Rule(UNPROVEN_KEPT, "An application or invitation whose address is not confirmed: 14 days."),
    Kept.UNCONFIRMED: Rule(UNCONFIRMED_KEPT, "Interest that is not confirmed: 14 days."),
    Kept.REFUSED: Rule(REFUSED_KEPT, "An application that was refused: 30 days."),
    Kept.LISTS: Rule(
        LISTS_KEPT, "A fingerprint of an address on a group’s list: 30 days, or until a clerk deletes it."
    ),
    Kept.LINKS: Rule(KEPT_AFTER_END, "A mailed link, as a fingerprint: one day after it stops working."),
    Kept.SESSIONS: Rule(SIGNED_IN_FOR, "A session: until you sign out, at most 30 days."),
    Kept.BROWSERS: Rule(BROWSERS_KEPT, "A kind of browser you signed in with: 90 days after its last use."),
    Kept.REPORTS: Rule(REPORTS_KEPT, "The address for the answer to a report: 30 days after the case ends."),
    Kept.REPORT_WORDS: Rule(
        WORDS_KEPT, "A report with its words, and an appeal against a decision on a text: 12 months after the decision."
    ),
    Kept.REMOVALS: Rule(
        REMOVALS_KEPT, "A removal, with its reason, its appeal and the answers: 12 months after its end."
    ),
    Kept.OFFICES: Rule(OFFICES_KEPT, "A proposal about a clerk’s office, with its reason: 12 months after its end."),
    Kept.COMPLAINTS: Rule(COMPLAINTS_KEPT, "The address for the answer to a complaint: 12 months after its outcome."),
    Kept.MAIL: Rule(
        KEPT_AFTER_SENDING, "That a letter was sent: 30 days. Its words are deleted as soon as it has gone."
    ),
    Kept.NOTICES: Rule(NOTICES_KEPT, "A notice: 90 days."),
    Kept.PARTICIPATION: Rule(
        PARTICIPATION_KEPT, "That you voted, never how: until 90 days after that text can no longer be voted on."
    ),
    Kept.DORMANT: Rule(
        DORMANT_KEPT, "An account whose last membership has lapsed or ended: 12 months, and then it is erased."
    ),
    Kept.EXPORTS: Rule(EXPORT_KEPT, "That you asked for an archive of your data: until you fetch it, at most a day."),
    Kept.READS: Rule(READS_KEPT, "That an officer read your record: 12 months."),
    Kept.ACCESS_LOGS: Rule(
        ACCESS_LOGS_KEPT, "A web server’s log, where one is written, with addresses cut short: 30 days."
    ),
    Kept.WITH_ACCOUNT: Rule(None, "As long as you have an account; erasing it deletes this."),
    Kept.WITH_CONSENT: Rule(None, "Until you take your last consent back; then all of it is deleted."),
    Kept.WITH_TEXT: Rule(
        None, "As long as the text it belongs to. Once your account is erased, nothing here says who you were."
    ),
    Kept.WITH_CHOICE: Rule(None, "Until you choose otherwise or erase your account."),
    Kept.FOR_GOOD: Rule(None, "For good, under a number that says nothing of you once your account is erased."),
    Kept.PUBLIC_OFFICE: Rule(None, "For good, under your name: it is what somebody said in a public office."),
}


class Basis(StrEnum):
    """On which ground of the UK GDPR something is kept."""

    GROUP_WORK = "group_work"
    CONSENT = "consent"
    MADE_PUBLIC = "made_public"
    LEGAL_DUTY = "legal_duty"

    @property
    def in_short(self) -> str:
        """The ground in short."""
        return BASES_IN_SHORT[self]

    @property
    def words(self) -> str:
        """The ground, with its articles."""
        return BASES[self]


BASES_IN_SHORT: dict[Basis, str] = {
    Basis.GROUP_WORK: "The groups’ work",
    Basis.CONSENT: "Your consent",
    Basis.MADE_PUBLIC: "What MPs make public",
    Basis.LEGAL_DUTY: "Legal duties",
}
BASES: dict[Basis, str] = {
    Basis.GROUP_WORK: "Our legitimate interest in running the groups’ work (article 6(1)(f)); for what shows political"
    " opinions, the internal activities of a political body that is not for profit, with safeguards (article 9(2)(d)).",
    Basis.CONSENT: "Your consent (article 6(1)(a)), explicit where it shows political opinions (article 9(2)(a)). You"
    " can take it back at any time.",
    Basis.MADE_PUBLIC: "Our legitimate interest in showing where MPs stand (article 6(1)(f)), from a public register"
    " and from what they publish themselves (article 9(2)(e)).",
    Basis.LEGAL_DUTY: "Legal duties, such as to answer for what we do with data and to act on unlawful content"
    " (article 6(1)(c)), and within the groups article 9(2)(d).",
}


class Kind(StrEnum):
    """Whose data they are: the headings of the privacy page, in its order."""

    ACCOUNTS = "accounts"
    MEMBERS = "members"
    OFFICERS = "officers"
    SUPPORTERS = "supporters"
    MPS = "mps"

    @property
    def words(self) -> str:
        """The heading."""
        return KIND_WORDS[self]


KIND_WORDS: dict[Kind, str] = {
    Kind.ACCOUNTS: "Everybody with an account",
    Kind.MEMBERS: "Members of a group",
    Kind.OFFICERS: "Clerks and deputies",
    Kind.SUPPORTERS: "People of no party who registered interest",
    Kind.MPS: "Members of Parliament",
}


class Purpose(StrEnum):
    """What something is kept for."""

    ACCOUNT = "account"
    SIGN_IN = "sign_in"
    MAIL = "mail"
    RECORD = "record"
    RIGHTS = "rights"
    MEMBERSHIP = "membership"
    PROPOSING = "proposing"
    DELIBERATION = "deliberation"
    VOTING = "voting"
    NOTICES = "notices"
    REPORTS = "reports"
    OFFICE = "office"
    INTEREST = "interest"
    MP = "mp"
    LISTED = "listed"
    NAMES = "names"
    DELEGATES = "delegates"
    COMPLAINTS = "complaints"

    @property
    def meaning(self) -> "Meaning":
        """Whose data, why, on which ground, and how long."""
        return PURPOSES[self]


@dataclass(frozen=True)
class Meaning:
    """A purpose in words."""

    kind: Kind
    title: str
    why: str
    basis: Basis
    kept: tuple[Kept, ...]


PURPOSES: dict[Purpose, Meaning] = {
    Purpose.ACCOUNT: Meaning(
        Kind.ACCOUNTS,
        "Your account",
        "Your name and address are how the clerks of your own group know you, and how we reach you.",
        Basis.GROUP_WORK,
        (Kept.WITH_ACCOUNT, Kept.DORMANT),
    ),
    Purpose.SIGN_IN: Meaning(
        Kind.ACCOUNTS,
        "Signing in",
        "Keys are kept as fingerprints, of a passkey only its public half, and the kind of browser so that you know"
        " your own sessions again and are told of a new one.",
        Basis.GROUP_WORK,
        (Kept.SESSIONS, Kept.LINKS, Kept.BROWSERS, Kept.WITH_ACCOUNT),
    ),
    Purpose.MAIL: Meaning(
        Kind.ACCOUNTS,
        "Mail to you",
        "So that each letter goes out once, and one that did not arrive can be sent again.",
        Basis.GROUP_WORK,
        (Kept.MAIL,),
    ),
    Purpose.RECORD: Meaning(
        Kind.ACCOUNTS,
        "The record of changes",
        "Who changed what and when, as numbers, so that anybody can check that nothing was altered. It holds no name,"
        " no address and no words.",
        Basis.LEGAL_DUTY,
        (Kept.FOR_GOOD,),
    ),
    Purpose.RIGHTS: Meaning(
        Kind.ACCOUNTS,
        "That your rights are kept",
        "That you asked for your data, that an officer read your record, and since when you belong to no group.",
        Basis.LEGAL_DUTY,
        (Kept.EXPORTS, Kept.READS),
    ),
    Purpose.MEMBERSHIP: Meaning(
        Kind.MEMBERS,
        "Your membership",
        "Each group decides who belongs to it, and its votes are its members’ alone.",
        Basis.GROUP_WORK,
        (Kept.WITH_ACCOUNT, Kept.UNPROVEN, Kept.REFUSED, Kept.DORMANT, Kept.REMOVALS),
    ),
    Purpose.PROPOSING: Meaning(
        Kind.MEMBERS,
        "What you propose",
        "Drafts are yours alone. Texts you put before the members are read as those of a member of your group.",
        Basis.GROUP_WORK,
        (Kept.WITH_TEXT,),
    ),
    Purpose.DELIBERATION: Meaning(
        Kind.MEMBERS,
        "What you second, object to, argue and offer",
        "A text is considered, amended and adopted by what members say of it. Your name is shown beside an argument"
        " only where you ticked that for this argument.",
        Basis.GROUP_WORK,
        (Kept.WITH_TEXT,),
    ),
    Purpose.VOTING: Meaning(
        Kind.MEMBERS,
        "That you can vote, and that you voted",
        "So that each member votes once. How you voted is kept nowhere with you: a paper has no name and no time.",
        Basis.GROUP_WORK,
        (Kept.PARTICIPATION, Kept.WITH_TEXT),
    ),
    Purpose.NOTICES: Meaning(
        Kind.MEMBERS,
        "What you are told, and what you follow",
        "So that you are told of what concerns you, once, and in the way you chose.",
        Basis.GROUP_WORK,
        (Kept.NOTICES, Kept.WITH_CHOICE),
    ),
    Purpose.REPORTS: Meaning(
        Kind.MEMBERS,
        "Reports",
        "What is reported and why, never by whom, and what clerks decided. An address is kept for the answer alone.",
        Basis.LEGAL_DUTY,
        (Kept.WITH_TEXT, Kept.REPORTS, Kept.REPORT_WORDS),
    ),
    Purpose.OFFICE: Meaning(
        Kind.OFFICERS,
        "What you do in office",
        "Rulings, openings, pauses and appointments are a group’s acts; who did them is kept so that nobody speaks for"
        " a group alone where two have to, or for two groups.",
        Basis.GROUP_WORK,
        (Kept.WITH_TEXT, Kept.OFFICES),
    ),
    Purpose.INTEREST: Meaning(
        Kind.SUPPORTERS,
        "What you agreed to",
        "Your address, a name if you gave one, and what you agreed to, in which words and when. Clerks write to you"
        " about that and nothing else.",
        Basis.CONSENT,
        (Kept.UNCONFIRMED, Kept.WITH_CONSENT),
    ),
    Purpose.MP: Meaning(
        Kind.MPS,
        "Your seat and your positions",
        "Name, party and seat as in the public register, and the positions you record yourself, under your name.",
        Basis.MADE_PUBLIC,
        (Kept.PUBLIC_OFFICE,),
    ),
    Purpose.LISTED: Meaning(
        Kind.MEMBERS,
        "Whether your group knows your address",
        "A group’s clerk can upload a list of addresses, so that applicants it knows are marked for its clerks. Only"
        " fingerprints are kept.",
        Basis.GROUP_WORK,
        (Kept.LISTS,),
    ),
    Purpose.NAMES: Meaning(
        Kind.MEMBERS,
        "Who sees your name",
        "What you chose for single things and in general. Where you chose nothing, only the clerks of your own group"
        " can know.",
        Basis.GROUP_WORK,
        (Kept.WITH_CHOICE,),
    ),
    Purpose.DELEGATES: Meaning(
        Kind.MPS,
        "Delegates of MPs",
        "Who drafts for an MP, and what: it is seen in that MP’s office alone, and nothing of it is public before the"
        " MP confirms it.",
        Basis.GROUP_WORK,
        (Kept.WITH_ACCOUNT,),
    ),
    Purpose.COMPLAINTS: Meaning(
        Kind.ACCOUNTS,
        "Complaints about data",
        "What is complained of and what came of it, never by whom. An address is kept for the answer alone.",
        Basis.LEGAL_DUTY,
        (Kept.COMPLAINTS, Kept.FOR_GOOD),
    ),
}


def forgotten_until(kept: Kept, now: datetime) -> datetime:
    """What began then or earlier is no longer kept under this rule, which has to be one with a clock."""
    period = RETENTION[kept].period
    if period is None:
        raise LookupError(f"No clock ends what is kept “{kept}”.")
    return now - period


def require_fetchable(asked_at: datetime, used_at: datetime | None, now: datetime) -> None:
    """An archive is fetched once, and within a day."""
    if used_at is not None:
        raise LinkEnded("This archive has been fetched, and can be only once. Ask for a new one on “Your data”.")
    if asked_at <= forgotten_until(Kept.EXPORTS, now):
        raise LinkEnded("This archive waited for a day and is gone. Ask for a new one on “Your data”.")


def belongs_nowhere(stages: Collection[MembershipStage]) -> bool:
    """Whether somebody was a member, and is none now, nor about to become one.

    A group's suspending somebody ends nothing; a membership that lapsed does, until it is renewed.
    """
    stays = PENDING | {MembershipStage.ACTIVE, MembershipStage.SUSPENDED}
    ended = {MembershipStage.LAPSED, MembershipStage.LEFT, MembershipStage.REMOVED}
    return bool(ended & set(stages)) and not stays & set(stages)
