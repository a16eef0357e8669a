"""Who may do what. Every permission in the service is a row in ALLOWED; when it is possible is the rules' business."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from policies.amendments import AmendmentStage
from policies.errors import NotPermitted
from policies.planks import Stage


@dataclass(frozen=True)
class Actor:
    """The person asking, reduced to what the rules need to know.

    `group` is set for active members only, `mp_id` only for those who sit in the Commons now.
    """

    person_id: int | None = None
    group: str | None = None
    is_clerk: bool = False
    mp_id: int | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether this is anybody known."""
        return self.person_id is not None

    @property
    def is_member(self) -> bool:
        """Whether this is an active member of a group."""
        return self.group is not None

    @property
    def is_mp(self) -> bool:
        """Whether this person sits in the Commons; an MP is no member of a group for that."""
        return self.mp_id is not None


VISITOR = Actor()


@dataclass(frozen=True)
class ServiceFacts:
    """The service itself, for pages that are about no single thing."""

    is_demonstration: bool = False


@dataclass(frozen=True)
class PlankFacts:
    """The plank asked about. `is_numbered`: it has reached `open` once, so everybody may read it."""

    stage: Stage
    is_numbered: bool = False
    mover_id: int | None = None
    group: str | None = None


@dataclass(frozen=True)
class AmendmentFacts:
    """The amendment asked about."""

    stage: AmendmentStage
    is_numbered: bool = False
    mover_id: int | None = None
    group: str | None = None


@dataclass(frozen=True)
class OfferFacts:
    """The offer of another wording asked about: who moved the amendment it is offered to, and who offers it."""

    mover_id: int | None = None
    offerer_id: int | None = None


@dataclass(frozen=True)
class RoundFacts:
    """The round asked about: the groups that vote in it, and whether the person asking is on its frozen roll."""

    groups: frozenset[str] = frozenset()
    asker_is_on_roll: bool = False


@dataclass(frozen=True)
class MembershipFacts:
    """The membership asked about: of which group, and whose."""

    group: str
    person_id: int


@dataclass(frozen=True)
class ArgumentFacts:
    """The argument asked about: whether everybody may read what it is about, who moved that, and who wrote this."""

    is_numbered: bool = False
    mover_id: int | None = None
    author_id: int | None = None


@dataclass(frozen=True)
class GroupFacts:
    """The group asked about, as its own page shows it."""

    group: str


class Permission(StrEnum):
    """`noun:verb`, each with its meaning."""

    SITE_READ = "site:read"
    """Read the pages that are about no single thing: home, themes, search, how decisions are made."""
    SESSION_START = "session:start"
    """See the sign-in page and sign in."""
    SESSION_END = "session:end"
    """Sign out."""
    ACCOUNT_READ = "account:read"
    """See what the service knows of oneself, change the own name, and end the own sessions."""
    GROUP_READ = "group:read"
    """Read a group's page, what it decided, and its launch statements of all times."""
    GROUP_EDIT = "group:edit"
    """Publish a launch statement of the own group, and say where its clerks are reached."""
    GROUP_JOIN = "group:join"
    """Ask to join a group, prove an address, and answer an invitation."""
    GROUP_LEAVE = "group:leave"
    """Leave the own group, or take an application back."""
    MEMBER_LIST = "member:list"
    """See the members of the own group, and those who wait to become one."""
    MEMBER_INVITE = "member:invite"
    """Invite people into the own group."""
    MEMBER_DECIDE = "member:decide"
    """Approve or refuse somebody who wants to join the own group, or take an invitation back."""
    INTEREST_REGISTER = "interest:register"
    """Register interest without belonging to a party, confirm the address, change the own choices, unsubscribe."""
    INTEREST_LIST = "interest:list"
    """See who has registered interest and for what, and download the list."""
    OUTBOX_READ = "outbox:read"
    """Read the mail of a demonstration, none of which leaves it."""
    MAIL_MEND = "mail:mend"
    """See which mails did not arrive, and send one again."""
    CLOCK_MOVE = "clock:move"
    """Move the service's clock and have made-up voters vote, in a demonstration only."""
    TO_DO_READ = "to_do:read"
    """Read the own to-do list."""
    DESK_READ = "desk:read"
    """Read the clerks' desk."""
    NOTICE_READ = "notice:read"
    """Read the own notices, mark them as read, and choose how to be told."""
    MAIL_END = "mail:end"
    """End a kind of mail by the link in its foot; the link itself says whose."""
    PLANK_READ = "plank:read"
    """Read a plank's text and history."""
    PLANK_PROPOSE = "plank:propose"
    """Begin a plank."""
    PLANK_DRAFT = "plank:draft"
    """Edit, submit or discard the own draft."""
    PLANK_SECOND = "plank:second"
    """Second a plank, or take that back."""
    PLANK_WITHDRAW = "plank:withdraw"
    """Withdraw the own plank."""
    PLANK_RULE = "plank:rule"
    """Rule a plank in order or out, or archive it, for the own group."""
    PLANK_FOLLOW = "plank:follow"
    """Follow a plank, or follow it no more."""
    PLANK_AMEND = "plank:amend"
    """Begin an amendment to a plank."""
    COMPOSITE_BEGIN = "composite:begin"
    """Put clauses of a plank and of others together into a new plank."""
    COMPOSITE_ANSWER = "composite:answer"
    """Say whether the own plank may end in a composite of its clauses."""
    AMENDMENT_READ = "amendment:read"
    """Read an amendment."""
    AMENDMENT_DRAFT = "amendment:draft"
    """Edit, submit, renew or discard the own amendment."""
    AMENDMENT_SECOND = "amendment:second"
    """Second an amendment, or take that back."""
    AMENDMENT_OBJECT = "amendment:object"
    """Object to adopting an amendment without a round."""
    AMENDMENT_WITHDRAW = "amendment:withdraw"
    """Withdraw the own amendment."""
    OFFER_MAKE = "offer:make"
    """Offer another wording to the mover of an amendment."""
    OFFER_READ = "offer:read"
    """Read an offer of another wording."""
    OFFER_ANSWER = "offer:answer"
    """Accept or refuse another wording for the own amendment."""
    OFFER_TAKE_BACK = "offer:take_back"
    """Take the own offer back."""
    ARGUMENT_WRITE = "argument:write"
    """Write or change the own reason for or against a plank or an amendment."""
    ARGUMENT_WITHDRAW = "argument:withdraw"
    """Withdraw the own argument."""
    ARGUMENT_UNNAME = "argument:unname"
    """Take the own name back from an argument, at any time."""
    ARGUMENT_HIDE = "argument:hide"
    """Say for the own group whether somebody else's argument is to be hidden."""
    REPORT_FILE = "report:file"
    """Report an argument that one may read."""
    REPORT_FOLLOW = "report:follow"
    """See how a report ended, by its reference."""
    REPORT_READ = "report:read"
    """Read the reports that wait for clerks."""
    EDITORIAL_MEND = "editorial:mend"
    """Propose mended punctuation for a text, and say for the own group whether it is to be made."""
    STANCE_PAUSE = "stance:pause"
    """Ask to pause the own group's backing of a version, or confirm what another clerk of it asked."""
    ROUND_READ = "round:read"
    """Read what a round asks and, once published, its results."""
    ROUND_PREPARE = "round:prepare"
    """Prepare a round of ballots on a plank."""
    ROUND_OPEN = "round:open"
    """Agree to open a round, and choose the form put to the own group."""
    ROUND_CANCEL = "round:cancel"
    """Cancel a round that has not opened."""
    BALLOT_CAST = "ballot:cast"
    """Vote in the own group's ballot, and check the own receipt."""
    MP_READ = "mp:read"
    """Read who the MPs are and what positions they have recorded."""
    BRIEF_READ = "brief:read"
    """Read the own brief, and note that it was read."""
    POSITION_RECORD = "position:record"
    """Record, change or withdraw the own position on a version."""


Facts = Any
Predicate = Callable[[Actor, Facts], bool]


def anybody(_actor: Actor, _facts: Facts) -> bool:
    """Everybody, signed in or not."""
    return True


def is_signed_in(actor: Actor, _facts: Facts) -> bool:
    """Anybody known to the service."""
    return actor.is_signed_in


def is_member(actor: Actor, _facts: Facts) -> bool:
    """An active member of any group."""
    return actor.is_member


def is_clerk(actor: Actor, _facts: Facts) -> bool:
    """A clerk of any group."""
    return actor.is_member and actor.is_clerk


def is_mp(actor: Actor, _facts: Facts) -> bool:
    """Somebody who sits in the Commons."""
    return actor.is_mp


def is_no_mp(actor: Actor, _facts: Facts) -> bool:
    """Anybody who does not sit in the Commons: an MP's position is personal, so an MP votes in no group."""
    return not actor.is_mp


def is_mover(actor: Actor, facts: PlankFacts | AmendmentFacts | ArgumentFacts | OfferFacts) -> bool:
    """The person who proposed this very thing."""
    return actor.person_id is not None and actor.person_id == facts.mover_id


def is_not_mover(actor: Actor, facts: PlankFacts | AmendmentFacts) -> bool:
    """Anybody but the person who proposed this very thing."""
    return not is_mover(actor, facts)


def is_numbered(_actor: Actor, facts: PlankFacts | AmendmentFacts | ArgumentFacts) -> bool:
    """It has been open once, so it is public for ever."""
    return facts.is_numbered


def is_no_draft(_actor: Actor, facts: PlankFacts | AmendmentFacts) -> bool:
    """It has been submitted, so members of all groups may read it."""
    return facts.stage not in {Stage.DRAFT, AmendmentStage.DRAFT}


def is_author(actor: Actor, facts: ArgumentFacts) -> bool:
    """The person who wrote this very argument."""
    return actor.person_id is not None and actor.person_id == facts.author_id


def is_not_author(actor: Actor, facts: ArgumentFacts) -> bool:
    """Anybody but the person who wrote this very argument."""
    return not is_author(actor, facts)


def is_offerer(actor: Actor, facts: OfferFacts) -> bool:
    """The person who made this very offer."""
    return actor.person_id is not None and actor.person_id == facts.offerer_id


def is_of_another_group(actor: Actor, facts: AmendmentFacts) -> bool:
    """A member of a group other than the mover's."""
    return actor.is_member and actor.group != facts.group


def is_voter_here(actor: Actor, facts: RoundFacts) -> bool:
    """A person on the frozen roll of this round."""
    return actor.is_signed_in and facts.asker_is_on_roll


def is_clerk_of_a_voting_group(actor: Actor, facts: RoundFacts) -> bool:
    """A clerk of a group that votes in this round."""
    return is_clerk(actor, facts) and actor.group in facts.groups


def is_own_membership(actor: Actor, facts: MembershipFacts) -> bool:
    """The person whose membership it is."""
    return actor.person_id is not None and actor.person_id == facts.person_id


def is_clerk_of_that_group(actor: Actor, facts: MembershipFacts | GroupFacts) -> bool:
    """A clerk of the group asked about, or of the group the membership is of."""
    return is_clerk(actor, facts) and actor.group == facts.group


def is_demonstration(_actor: Actor, facts: ServiceFacts) -> bool:
    """The database was created as a demonstration."""
    return facts.is_demonstration


# A permission is granted when every predicate of any one line holds.
ALLOWED: dict[Permission, tuple[tuple[Predicate, ...], ...]] = {
    Permission.SITE_READ: ((anybody,),),
    Permission.SESSION_START: ((anybody,),),
    Permission.SESSION_END: ((is_signed_in,),),
    Permission.ACCOUNT_READ: ((is_signed_in,),),
    Permission.GROUP_READ: ((anybody,),),
    Permission.GROUP_EDIT: ((is_clerk_of_that_group,),),
    Permission.GROUP_JOIN: ((anybody,),),
    Permission.GROUP_LEAVE: ((is_own_membership,),),
    Permission.MEMBER_LIST: ((is_clerk,),),
    Permission.MEMBER_INVITE: ((is_clerk,),),
    Permission.MEMBER_DECIDE: ((is_clerk_of_that_group,),),
    Permission.INTEREST_REGISTER: ((anybody,),),
    Permission.INTEREST_LIST: ((is_clerk,),),
    Permission.OUTBOX_READ: ((is_demonstration,),),
    Permission.MAIL_MEND: ((is_clerk,),),
    Permission.CLOCK_MOVE: ((is_demonstration,),),
    Permission.TO_DO_READ: ((is_member,),),
    Permission.DESK_READ: ((is_clerk,),),
    Permission.NOTICE_READ: ((is_member,),),
    Permission.MAIL_END: ((anybody,),),
    Permission.PLANK_READ: ((is_numbered,), (is_member, is_no_draft), (is_mover,)),
    Permission.PLANK_PROPOSE: ((is_member,),),
    Permission.PLANK_DRAFT: ((is_member, is_mover),),
    Permission.PLANK_SECOND: ((is_member, is_not_mover),),
    Permission.PLANK_WITHDRAW: ((is_member, is_mover),),
    Permission.PLANK_RULE: ((is_clerk,),),
    Permission.PLANK_FOLLOW: ((is_member,),),
    Permission.PLANK_AMEND: ((is_member,),),
    Permission.COMPOSITE_BEGIN: ((is_member,),),
    Permission.COMPOSITE_ANSWER: ((is_member, is_mover),),
    Permission.AMENDMENT_READ: ((is_numbered,), (is_member, is_no_draft), (is_mover,)),
    Permission.AMENDMENT_DRAFT: ((is_member, is_mover),),
    Permission.AMENDMENT_SECOND: ((is_member, is_not_mover, is_of_another_group),),
    Permission.AMENDMENT_OBJECT: ((is_member,),),
    Permission.AMENDMENT_WITHDRAW: ((is_member, is_mover),),
    Permission.OFFER_MAKE: ((is_member, is_not_mover),),
    Permission.OFFER_READ: ((is_member, is_mover), (is_member, is_offerer)),
    Permission.OFFER_ANSWER: ((is_member, is_mover),),
    Permission.OFFER_TAKE_BACK: ((is_member, is_offerer),),
    Permission.ARGUMENT_WRITE: ((is_member,),),
    Permission.ARGUMENT_WITHDRAW: ((is_author,),),
    Permission.ARGUMENT_UNNAME: ((is_author,),),
    Permission.ARGUMENT_HIDE: ((is_clerk, is_not_author),),
    Permission.REPORT_FILE: ((is_numbered,), (is_member,), (is_mover,)),
    Permission.REPORT_FOLLOW: ((anybody,),),
    Permission.REPORT_READ: ((is_clerk,),),
    **dict.fromkeys((Permission.EDITORIAL_MEND, Permission.STANCE_PAUSE), ((is_clerk,),)),
    Permission.ROUND_READ: ((anybody,),),
    Permission.ROUND_PREPARE: ((is_clerk,),),
    Permission.ROUND_OPEN: ((is_clerk_of_a_voting_group,),),
    Permission.ROUND_CANCEL: ((is_clerk_of_a_voting_group,),),
    Permission.BALLOT_CAST: ((is_voter_here, is_no_mp),),
    Permission.MP_READ: ((anybody,),),
    Permission.BRIEF_READ: ((is_mp,),),
    Permission.POSITION_RECORD: ((is_mp,),),
}


def may(actor: Actor, permission: Permission, facts: Facts) -> bool:
    """Whether `actor` has `permission` over the thing that `facts` describe."""
    return any(all(holds(actor, facts) for holds in line) for line in ALLOWED[permission])


def require(actor: Actor, permission: Permission, facts: Facts) -> None:
    """Raise `NotPermitted` unless `may`."""
    if may(actor, permission, facts):
        return
    if not actor.is_signed_in:
        raise NotPermitted("Sign in as a member to do that.")
    if actor.is_mp and not actor.is_member:
        raise NotPermitted("That is for members of the groups. Your brief shows what you can do as an MP.")
    raise NotPermitted("That is for other members of the alliance. Your to-do list shows what you can do.")
